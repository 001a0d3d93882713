//! Lines of the common event format: a head of bars, then names and values.
//!
//! Owns the way from a line to names and values. Source: the format's description (ArcSight, “Implementing ArcSight Common
//! Event Format”): `CEF:0|vendor|product|version|id|name|severity|key=value key=value`, with `\` before bars of the head
//! and equal signs of values; `cs1Label=x cs1=y` says that x is y. Must not know formats.

use std::collections::HashMap;

use super::csv::MAX_RECORD;
use super::json::{At, Cursor, Records};
use crate::import::context::Context;
use crate::import::log::Why;

/// What each line begins with, behind what a log server may put before it.
const HEAD: &[u8] = b"CEF:";

/// The longest name of a value, in bytes: the format's own are at most 23 long.
const LONGEST_NAME: usize = 64;

/// What the name of the event in the head is called among the names of a line.
pub const NAME: &str = "cefName";

/// Reads the lines of one file.
pub struct CefImport {
    /// What its lines are.
    pub records: Records,
    line: u32,
    /// In the middle of a line that was given up.
    skips_line: bool,
}

/// Whether a text is of such lines.
pub fn begins(text: &[u8]) -> bool {
    let line = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty());
    line.and_then(|line| memchr::memmem::find(line, HEAD)).is_some_and(|at| at < 300)
}

impl CefImport {
    /// A reader at line 1.
    pub fn new() -> CefImport {
        CefImport { records: Records::new(), line: 1, skips_line: false }
    }

    /// Takes all whole lines at the start of `text`, and returns how many bytes they are.
    pub fn consume(&mut self, text: &[u8], base: u64, eof: bool, cx: &mut Context<'_>) -> usize {
        let mut done = 0;
        while done < text.len() {
            let left = &text[done..];
            let end = match memchr::memchr(b'\n', left) {
                Some(end) => end + 1,
                None if eof || self.skips_line || left.len() > MAX_RECORD => left.len(),
                None => break,
            };
            let whole = left[..end].ends_with(b"\n") || eof;
            if self.skips_line || end > MAX_RECORD {
                // The rest of a line that is longer than any real one.
                if !self.skips_line {
                    cx.log.records += 1;
                    cx.log.note(Why::TooLong, u64::from(self.line), &left[..end.min(200)]);
                }
                self.skips_line = !whole;
                self.line += u32::from(whole);
                done += end;
                continue;
            }
            let line = left[..end].trim_ascii();
            if !line.is_empty() {
                self.take(line, base + done as u64, cx);
            }
            self.line += 1;
            done += end;
        }
        let meaning = self.records.meaning();
        cx.flush(&[], meaning);
        done
    }

    fn take(&mut self, line: &[u8], offset: u64, cx: &mut Context<'_>) {
        let object = as_object(&names_and_values(line));
        let whole = memchr::memmem::find(line, HEAD).is_some();
        if !whole || self.records.object(&mut Cursor { text: &object, at: 0 }).is_err() {
            cx.log.records += 1;
            cx.log.note(Why::BrokenLine, u64::from(self.line), line);
            return;
        }
        self.records.take_apart(&object, At { offset, line: self.line }, cx);
    }
}

/// Names and values of the line at the start of `text`, for the row detail; nothing when it is not whole.
pub fn names_and_cells(text: &[u8], to_end: bool) -> Vec<(String, String)> {
    match memchr::memchr(b'\n', text) {
        Some(end) => names_and_values(text[..end].trim_ascii()),
        None if to_end => names_and_values(text.trim_ascii()),
        None => Vec::new(),
    }
}

/// The name of the event, then names and values in their order, labels resolved.
fn names_and_values(line: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(line);
    let Some(at) = text.find("CEF:") else { return Vec::new() };
    let (head, rest) = head_of(&text[at..]);
    let mut pairs = vec![(NAME.to_owned(), head.get(5).cloned().unwrap_or_default())];
    pairs.extend(extension(rest));
    let labels: HashMap<String, String> = pairs
        .iter()
        .filter_map(|(name, value)| Some((name.strip_suffix("Label")?.to_owned(), value.clone())))
        .collect();
    for (name, _) in &mut pairs {
        if let Some(label) = labels.get(name) {
            name.clone_from(label);
        }
    }
    pairs.retain(|(name, _)| !name.ends_with("Label"));
    pairs
}

/// The seven parts of the head, and what follows it.
fn head_of(text: &str) -> (Vec<String>, &str) {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '|' if !escaped => {
                if parts.len() == 7 {
                    return (parts, &text[at + 1..]);
                }
                parts.push(String::new());
            }
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
        escaped = false;
    }
    (parts, "")
}

/// The pairs behind the head. A value goes on to the blank before the next name, which ends with an equal sign that nothing
/// escapes.
fn extension(text: &str) -> Vec<(String, String)> {
    let bytes = text.as_bytes();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'=', bytes) {
        if at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        // Names are short; looking further back for each sign would take forever in a text of nothing but signs.
        let near = at.saturating_sub(LONGEST_NAME);
        let blank = bytes[near..at].iter().rposition(|b| *b == b' ').map(|blank| near + blank + 1);
        // What begins further back is a part of a value.
        let Some(from) = blank.or((near == 0).then_some(0)) else { continue };
        let is_name = from < at && bytes[from..at].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if is_name {
            starts.push((from, at));
        }
    }
    let mut pairs = Vec::new();
    for (place, (from, equal)) in starts.iter().enumerate() {
        let end = starts.get(place + 1).map_or(text.len(), |(next, _)| *next);
        let value = text.get(equal + 1..end).unwrap_or_default().trim_end();
        pairs.push((text[*from..*equal].to_owned(), unescaped(value)));
    }
    pairs
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

/// The pairs as a JSON object, which is what records are read from.
fn as_object(pairs: &[(String, String)]) -> Vec<u8> {
    let members: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            format!("{}:{}", serde_json::Value::from(name.as_str()), serde_json::Value::from(value.as_str()))
        })
        .collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cef_line_labels_escapes_and_blanks_are_understood() {
        let line = br"<134>x CEF:0|A\|B|P|1|7|NAME|8|cs2Label=timeOfClick cs2=2026-05-04 09:10:33 request=https://k.example/?a\=1 msg= act=warned and stopped";
        let pairs = names_and_values(line);
        let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(value(NAME), Some("NAME"));
        assert_eq!(value("timeOfClick"), Some("2026-05-04 09:10:33"));
        assert_eq!(value("request"), Some("https://k.example/?a=1"));
        assert_eq!(value("msg"), Some(""));
        assert_eq!(value("act"), Some("warned and stopped"));
        assert!(names_and_values(b"nothing").is_empty());
        assert!(begins(b"\n<1> CEF:0|a\n") && !begins(b"a,b\nCEF:0"));
    }
}
