//! The canonical text of a filter: read and printed.
//!
//! Owns the order of the parts and the percent-encoding.

use std::fmt;

use super::{Filter, Key};

impl Filter {
    /// Reads the text form. Never fails: what cannot be understood is kept, and said by whoever asks with it.
    pub fn parse(text: &str) -> Filter {
        let mut filter = Filter::default();
        let text = text.strip_prefix(['#', '?']).unwrap_or(text);
        for part in text.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name);
            match Key::from_name(&name) {
                Some(key) => filter.add_all(key, value.split(',').filter(|v| !v.is_empty()).map(term)),
                None => filter.set_single(&name, &decode(value)),
            }
        }
        filter
    }
}

fn term(raw: &str) -> (String, bool) {
    match raw.strip_prefix('!') {
        Some(rest) => (decode(rest), true),
        None => (decode(raw), false),
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sep = "";
        let singles = [("from", &self.from), ("to", &self.to), ("range", &self.range)];
        for (key, value) in singles {
            if let Some(value) = value {
                write!(f, "{sep}{key}={}", Encoded(value))?;
                sep = "&";
            }
        }
        for key in Key::all() {
            let mut comma = "";
            for term in self.terms(key) {
                if comma.is_empty() {
                    write!(f, "{sep}{}=", key.name())?;
                    sep = "&";
                }
                let sign = if term.exclude { "!" } else { "" };
                write!(f, "{comma}{sign}{}", Encoded(&term.value))?;
                comma = ",";
            }
        }
        if let Some(tz) = &self.tz {
            write!(f, "{sep}tz={}", Encoded(tz))?;
            sep = "&";
        }
        if let Some(lens) = &self.lens {
            write!(f, "{sep}lens={}", Encoded(lens))?;
            sep = "&";
        }
        for (key, value) in &self.other {
            // At the start of a text a question mark is that of an address, not part of a name.
            let (mark, rest) = key.strip_prefix('?').map_or(("", key.as_str()), |rest| ("%3F", rest));
            write!(f, "{sep}{mark}{}={}", Encoded(rest), Encoded(value))?;
            sep = "&";
        }
        Ok(())
    }
}

/// Percent-encodes what would end a value, be read as a sign, or not survive a URL hash; the rest stays
/// readable.
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, c) in self.0.char_indices() {
            let first_sign = i == 0 && c == '!';
            let special = matches!(c, '%' | '&' | ',' | '=' | '#' | '+' | '"' | '<' | '>' | '`' | '\\');
            if first_sign || special || c <= ' ' || c >= '\u{7f}' {
                let mut buf = [0; 4];
                for b in c.encode_utf8(&mut buf).bytes() {
                    write!(f, "%{b:02X}")?;
                }
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Undoes percent-encoding; `+` stays `+`, a broken escape stays as it is, bad UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |k: usize| bytes.get(i + k).and_then(|b| (*b as char).to_digit(16));
        match (bytes[i], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (b, _, _) => {
                out.push(b);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
