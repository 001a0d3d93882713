//! Walks JSON text that may end anywhere. No recursion: depth costs no stack.

use wide::u8x16;

/// Why the walk stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The text ends inside the value.
    More,
    /// This is no JSON.
    Bad,
}

/// A value by its outer shape; places are those of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Between the quotes; `escaped` when a backslash is in it.
    Text {
        /// First byte after the quote.
        from: usize,
        /// The closing quote.
        to: usize,
        /// There is a backslash in it.
        escaped: bool,
    },
    /// A number, `true` or `false`, as written.
    Word(usize, usize),
    /// `null`
    Null,
    /// An object with its braces.
    Object(usize, usize),
    /// An array with its brackets.
    Array(usize, usize),
}

impl Value {
    /// Where it stands, without the quotes of a text.
    pub fn range(self) -> std::ops::Range<usize> {
        match self {
            Value::Text { from, to, .. }
            | Value::Word(from, to)
            | Value::Object(from, to)
            | Value::Array(from, to) => from..to,
            Value::Null => 0..0,
        }
    }
}

/// A place in the text.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    /// The text.
    pub text: &'a [u8],
    /// The place.
    pub at: usize,
}

impl Cursor<'_> {
    /// Skips white space.
    #[inline]
    pub fn blank(&mut self) {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Skips white space and commas: stray commas are forgiven.
    pub fn blank_and_commas(&mut self) {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r' | b',')) {
            self.at += 1;
        }
    }

    /// The byte here.
    #[inline]
    pub fn peek(&self) -> Result<u8, Stop> {
        self.text.get(self.at).copied().ok_or(Stop::More)
    }

    /// The first byte inside the brackets that open here.
    pub fn first_inside(mut self) -> Result<u8, Stop> {
        self.at += 1;
        self.blank_and_commas();
        self.peek()
    }

    /// Steps over one expected byte.
    #[inline]
    pub fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.peek()? != byte {
            return Err(Stop::Bad);
        }
        self.at += 1;
        Ok(())
    }

    /// A string; its quotes are stepped over. No string goes on over the end of a line: that is how a quote
    /// that nobody closed is found.
    #[inline]
    pub fn string(&mut self) -> Result<Value, Stop> {
        self.expect(b'"')?;
        let from = self.at;
        let mut escaped = false;
        loop {
            let rest = self.text.get(self.at..).ok_or(Stop::More)?;
            let step = special(rest).ok_or(Stop::More)?;
            self.at += step + 1;
            match rest[step] {
                b'"' => return Ok(Value::Text { from, to: self.at - 1, escaped }),
                b'\n' => return Err(Stop::Bad),
                _ => {
                    escaped = true;
                    if rest.get(step + 1) == Some(&b'\n') {
                        return Err(Stop::Bad);
                    }
                    self.at += 1;
                }
            }
        }
    }

    /// A key and its colon.
    #[inline]
    pub fn key(&mut self) -> Result<(usize, usize), Stop> {
        let Value::Text { from, to, .. } = self.string()? else { return Err(Stop::Bad) };
        self.blank();
        self.expect(b':')?;
        self.blank();
        Ok((from, to))
    }

    /// Any value.
    #[inline]
    pub fn value(&mut self) -> Result<Value, Stop> {
        let start = self.at;
        match self.peek()? {
            b'"' => self.string(),
            b'{' => self.nested().map(|()| Value::Object(start, self.at)),
            b'[' => self.nested().map(|()| Value::Array(start, self.at)),
            b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.word(start),
            _ => Err(Stop::Bad),
        }
    }

    fn word(&mut self, start: usize) -> Result<Value, Stop> {
        let rest = &self.text[start..];
        let length = rest
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')))
            .ok_or(Stop::More)?;
        self.at = start + length;
        match &rest[..length] {
            b"null" | b"NaN" | b"None" => Ok(Value::Null),
            word => {
                let boolean = matches!(word, b"true" | b"false" | b"True" | b"False");
                let number = word.iter().any(u8::is_ascii_digit) && !word[0].is_ascii_alphabetic();
                if boolean || number { Ok(Value::Word(start, self.at)) } else { Err(Stop::Bad) }
            }
        }
    }

    /// Steps over an object or array. What stands in it must be JSON, but for stray commas: where a record was
    /// cut, the next one stands in its middle, and that must be seen.
    fn nested(&mut self) -> Result<(), Stop> {
        let mut open = Nesting::default();
        loop {
            self.blank_and_commas();
            match self.peek()? {
                brace @ (b'{' | b'[') => {
                    self.at += 1;
                    open.enter(brace == b'{')?;
                }
                brace @ (b'}' | b']') => {
                    self.at += 1;
                    if open.leave() != (brace == b'}') {
                        return Err(Stop::Bad);
                    }
                    if open.depth == 0 {
                        return Ok(());
                    }
                    self.after_value()?;
                }
                _ => {
                    self.value()?;
                    self.after_value()?;
                }
            }
            if open.in_object() {
                self.blank_and_commas();
                if self.peek()? != b'}' {
                    self.key()?;
                }
            }
        }
    }

    /// A value is followed by a comma or the end of what it stands in.
    fn after_value(&mut self) -> Result<(), Stop> {
        self.blank();
        if matches!(self.peek()?, b',' | b'}' | b']') { Ok(()) } else { Err(Stop::Bad) }
    }
}

/// Place of the first quote, backslash or line end. Most strings are shorter than what a call of a search for long
/// texts costs.
#[inline]
fn special(text: &[u8]) -> Option<usize> {
    let (blocks, rest) = text.as_chunks::<16>();
    for (i, block) in blocks.iter().enumerate() {
        let bytes = u8x16::new(*block);
        let is = |mark: u8| bytes.simd_eq(u8x16::splat(mark));
        let found = (is(b'"') | is(b'\\') | is(b'\n')).to_bitmask();
        if found != 0 {
            return Some(16 * i + found.trailing_zeros() as usize);
        }
    }
    let at = rest.iter().position(|b| matches!(b, b'"' | b'\\' | b'\n'))?;
    Some(16 * blocks.len() + at)
}

/// No export nests deeper than a handful. Without a limit a file of nothing but opening brackets would be read
/// again and again, from each of them to the end.
const DEEPEST: u32 = 128;

/// Which of the brackets that are open are braces, one bit each.
#[derive(Default)]
struct Nesting {
    depth: u32,
    objects: u128,
}

impl Nesting {
    fn enter(&mut self, object: bool) -> Result<(), Stop> {
        if self.depth == DEEPEST {
            return Err(Stop::Bad);
        }
        self.objects = (self.objects << 1) | u128::from(object);
        self.depth += 1;
        Ok(())
    }

    /// Whether the bracket left was a brace.
    const fn leave(&mut self) -> bool {
        let object = self.in_object();
        self.objects >>= 1;
        self.depth -= 1;
        object
    }

    const fn in_object(&self) -> bool {
        self.depth > 0 && self.objects & 1 == 1
    }
}

/// Appends a string without its escapes. What is no valid escape becomes U+FFFD.
pub fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let (c, used) = escape(&rest[at + 1..]);
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        rest = rest.get(at + 1 + used..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

/// The character of an escape (what follows the backslash) and its length.
fn escape(rest: &[u8]) -> (char, usize) {
    let c = match rest.first() {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unicode(rest),
        Some(b) if b.is_ascii_punctuation() => char::from(*b),
        _ => char::REPLACEMENT_CHARACTER,
    };
    (c, 1)
}

fn unicode(rest: &[u8]) -> (char, usize) {
    let unit = |from: usize| -> Option<u32> {
        let digits = rest.get(from..from + 4)?;
        digits.iter().try_fold(0, |n, b| Some(n * 16 + char::from(*b).to_digit(16)?))
    };
    let Some(high) = unit(1) else { return (char::REPLACEMENT_CHARACTER, 1) };
    if (0xd800..0xdc00).contains(&high) && rest.get(5..7) == Some(b"\\u") {
        let low = unit(7).filter(|low| (0xdc00..0xe000).contains(low));
        if let Some(low) = low {
            let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11);
        }
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
}

/// How many values there are in a whole array.
pub fn values_in(array: &[u8]) -> usize {
    let mut cursor = Cursor { text: array, at: 1 };
    let mut values = 0;
    loop {
        cursor.blank_and_commas();
        if cursor.peek().is_ok_and(|byte| byte == b']') || cursor.value().is_err() {
            return values;
        }
        values += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursor_cut_anywhere_asks_for_more() {
        let text = br#"{"a":[1,{"b":"}\"]"},[],{}],"c":null} "#;
        let value = |text: &[u8]| Cursor { text, at: 0 }.value();
        assert_eq!(value(text), Ok(Value::Object(0, text.len() - 1)));
        for end in 1..text.len() - 1 {
            assert_eq!(value(&text[..end]), Err(Stop::More), "{end}");
        }
        for bad in [
            "nope ",
            r#"{"a":{"b":1 {"c":2}}"#,
            r#"{"a":{"b":1,{"c":2}}"#,
            r#"{"a":[1 2]}"#,
            "{\"a\n\":1}",
            "[}",
        ] {
            assert_eq!(value(bad.as_bytes()), Err(Stop::Bad), "{bad}");
        }
        assert_eq!(value(b"-1.5e3,"), Ok(Value::Word(0, 6)));
    }

    #[test]
    fn unescape_every_escape_is_undone() {
        let mut out = Vec::new();
        unescape(br#"a\"\\\/\n\u00e9\ud83d\ude00\ud83dx\q\uzzzz"#, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), "a\"\\/\né😀\u{fffd}x\u{fffd}\u{fffd}zzzz");
    }
}
