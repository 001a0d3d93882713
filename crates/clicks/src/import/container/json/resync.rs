//! From a broken record to the next one.
//!
//! Owns the guess where a record begins, whatever the broken one left open: a line that begins as the line of
//! the broken record did, or, where records share a line, the next place that looks like the start of one.
//! Each byte is looked at once, however long the search.

use super::cursor::Cursor;

/// A search under way.
pub struct Resync {
    /// What stood before the broken record on its line, if only white space did.
    indent: Option<Vec<u8>>,
    /// `{` or `[`.
    opener: u8,
    /// Records stand in an array, which may end.
    inside: bool,
    /// First key of the records before.
    key: Vec<u8>,
    /// First key of the broken one.
    own_key: Vec<u8>,
    /// The search has not moved yet: the record itself is no candidate.
    fresh: bool,
    /// Whatever stands on the next line is the next record.
    any_line: bool,
}

impl Resync {
    /// A search from a broken record. `indent` is what stands before it on its line, if only white space does; `keys`
    /// are the first ones of the records before and of itself.
    pub fn after(indent: Option<Vec<u8>>, opener: u8, inside: bool, keys: [&[u8]; 2]) -> Resync {
        let [key, own_key] = keys.map(<[u8]>::to_vec);
        Resync { indent, opener, inside, key, own_key, fresh: true, any_line: false }
    }

    /// A search for the end of the line alone.
    pub fn of_lines(self) -> Resync {
        Resync { any_line: true, ..self }
    }

    /// Where the next record, or the end of its array, is; or how far nothing was found. `from` is a place
    /// that the search has come to.
    pub fn look(&mut self, text: &[u8], from: usize, eof: bool) -> (usize, bool) {
        if self.any_line {
            let end = memchr::memchr(b'\n', &text[from..]);
            return (end.map_or(text.len(), |end| from + end + 1), end.is_some());
        }
        match &self.indent {
            Some(indent) => self.look_by_line(text, from, eof, &indent.clone()),
            None => self.look_in_line(text, from, eof),
        }
    }

    fn look_by_line(&mut self, text: &[u8], from: usize, eof: bool, indent: &[u8]) -> (usize, bool) {
        let mut at = from;
        loop {
            let Some(end) = memchr::memchr(b'\n', &text[at..]) else {
                // A line that goes on beyond the text is looked at when its end is there.
                return (text.len(), false);
            };
            let line = at + end + 1;
            let needed = indent.len() + 1;
            if text.len() - line < needed && !eof {
                return (at + end, false);
            }
            let rest = &text[line..];
            if rest.starts_with(indent) && rest.get(indent.len()) == Some(&self.opener) {
                return (line + indent.len(), true);
            }
            let blank = rest.iter().take(needed).take_while(|b| matches!(b, b' ' | b'\t')).count();
            if self.inside && blank <= indent.len() && rest.get(blank) == Some(&b']') {
                return (line + blank, true);
            }
            at = line;
        }
    }

    fn look_in_line(&mut self, text: &[u8], from: usize, eof: bool) -> (usize, bool) {
        let closer = if self.opener == b'{' { b'}' } else { b']' };
        let mut at = from + usize::from(self.fresh);
        while let Some(step) = memchr::memchr2(closer, b',', text.get(at..).unwrap_or_default()) {
            let place = at + step;
            match self.starts_behind(text, place, closer) {
                Some(Some(start)) => return (start, true),
                Some(None) => at = place + 1,
                // What stands behind it is not here yet.
                None if !eof => {
                    self.fresh = false;
                    return (place, false);
                }
                None => at = place + 1,
            }
        }
        self.fresh = false;
        (text.len(), false)
    }

    /// Where the next record or the end of the array stands behind a closing bracket, or behind a comma: the bracket
    /// may be what is broken. None in the inner option where neither does, none in the outer one where the text ends
    /// before that is clear.
    fn starts_behind(&self, text: &[u8], at: usize, closer: u8) -> Option<Option<usize>> {
        let closed = text.get(at) == Some(&closer);
        let mut cursor = Cursor { text, at: at + 1 };
        cursor.blank();
        if closed {
            match cursor.peek().ok()? {
                b']' if self.inside => return Some(Some(cursor.at)),
                b',' => cursor.at += 1,
                _ => return Some(None),
            }
            cursor.blank();
        }
        let start = cursor.at;
        if cursor.peek().ok()? != self.opener {
            return Some(None);
        }
        // Behind a comma alone there may be an object inside the broken record.
        let key = if closed || !self.key.is_empty() { &self.key } else { &self.own_key };
        if self.opener == b'[' || key.is_empty() {
            return Some((closed || self.opener == b'[').then_some(start));
        }
        cursor.at += 1;
        cursor.blank();
        let rest = &text[cursor.at..];
        let quoted = key.len() + 2;
        if rest.len() < quoted {
            return None;
        }
        let same = rest[0] == b'"' && &rest[1..=key.len()] == key.as_slice();
        Some((same && rest[quoted - 1] == b'"').then_some(start))
    }
}
