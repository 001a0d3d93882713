//! What somebody says about files that do not say it themselves: which column is what, day or month first, whose clock,
//! what a word means, whose clicks they are.
//!
//! Owns these answers and their text, which is a part of the address of a view. Must not know files.

use crate::model::{Action, Field, Verdict};

/// How files are read where they leave it open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// Which field is in which column, for files of no known kind that have all of these columns.
    pub columns: Vec<(String, String)>,
    /// Day before month, in dates that read both ways; none: as the files let conclude.
    pub day_first: Option<bool>,
    /// The zone of times that are said to be local: an IANA name or an offset; empty where nobody said.
    pub zone: String,
    /// What words of exports mean, whatever their formats say.
    pub meanings: Vec<Meant>,
    /// The tenant of the clicks of a file that name none: the name of the file, the tenant.
    pub tenants: Vec<(String, String)>,
}

/// What a word of an export for what happened means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// The word; empty for clicks of which the export says nothing.
    pub word: String,
    /// Our verdict; none where the format's holds.
    pub verdict: Option<Verdict>,
    /// Our action; none where the format's holds.
    pub action: Option<Action>,
}

/// The fields that can be named, the needed ones first.
pub const MAPPED: [Field; 11] = [
    Field::Time,
    Field::Url,
    Field::User,
    Field::RawAction,
    Field::Verdict,
    Field::Ip,
    Field::Source,
    Field::Subject,
    Field::Sender,
    Field::Device,
    Field::Threat,
];

/// Without these nothing can be said of a click.
pub const NEEDED: [Field; 3] = [Field::Time, Field::Url, Field::User];

/// What the parts are called in an address.
const KEYS: [&str; 5] = ["columns", "dates", "times", "meanings", "tenants"];

impl ReadAs {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == ReadAs::default()
    }

    /// Whether a part of an address, `key=value`, is one of these.
    pub fn is_part(part: &str) -> bool {
        KEYS.iter().any(|key| part.strip_prefix(key).is_some_and(|rest| rest.starts_with('=')))
    }

    /// Reads the parts of an address that are its own; what cannot be meant is left out.
    pub fn parse(text: &str) -> ReadAs {
        let mut read_as = ReadAs::default();
        for part in text.split('&') {
            match part.split_once('=') {
                Some(("columns", value)) => {
                    let pairs = value.split(';').filter_map(|pair| pair.split_once(':'));
                    read_as.columns = pairs
                        .map(|(field, name)| (field.to_owned(), decoded(name)))
                        .filter(|(field, name)| {
                            !name.is_empty() && MAPPED.iter().any(|known| known.name() == field)
                        })
                        .collect();
                }
                Some(("dates", "day-first")) => read_as.day_first = Some(true),
                Some(("dates", "month-first")) => read_as.day_first = Some(false),
                Some(("times", zone)) => read_as.zone = decoded(zone),
                Some(("meanings", value)) => {
                    read_as.meanings = value.split(';').filter_map(Meant::parse).collect();
                }
                Some(("tenants", value)) => {
                    let pairs = value.split(';').filter_map(|pair| pair.split_once(':'));
                    let pairs = pairs.map(|(file, tenant)| (decoded(file), decoded(tenant)));
                    read_as.tenants = pairs.filter(|(_, tenant)| !tenant.trim().is_empty()).collect();
                }
                _ => {}
            }
        }
        read_as
    }

    /// The column of a field, as its file calls it.
    pub fn column_of(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|(known, _)| known == field.name()).map(|(_, column)| column.as_str())
    }

    /// What a word was said to mean, if anything was said.
    pub fn meaning_of(&self, word: &str) -> Option<&Meant> {
        self.meanings.iter().find(|meant| meant.is_of(word))
    }

    /// The tenant of the clicks of a file that name none, if one was said.
    pub fn tenant_of(&self, file: &str) -> Option<&str> {
        self.tenants.iter().find(|(name, _)| name == file).map(|(_, tenant)| tenant.trim())
    }

    /// Whether a file with these names can be read so: all columns are there, the needed ones among them.
    pub(super) fn fits(&self, written: &[String]) -> bool {
        let there = |column: &str| written.iter().any(|name| name.trim() == column);
        NEEDED.iter().all(|field| self.column_of(*field).is_some())
            && self.columns.iter().all(|(_, column)| there(column))
    }

    /// The names of such a file, each that was said to be a field under the name of that field in `format/mapped`.
    pub(super) fn renamed(&self, written: &[String]) -> Vec<String> {
        let new = |name: &String| {
            let field = self.columns.iter().find(|(_, column)| column == name.trim());
            field.map_or_else(|| name.clone(), |(field, _)| format!("\u{e000}{field}"))
        };
        written.iter().map(new).collect()
    }
}

impl Meant {
    /// Whether it is about this word, in any case.
    pub fn is_of(&self, word: &str) -> bool {
        self.word.trim().to_lowercase() == word.trim().to_lowercase()
    }

    /// `word:verdict/action`, each of the two by its name or left out.
    fn parse(text: &str) -> Option<Meant> {
        let (word, meaning) = text.split_once(':')?;
        let (verdict, action) = meaning.split_once('/')?;
        let meant = Meant {
            word: decoded(word),
            verdict: Verdict::from_word(verdict),
            action: Action::from_word(action),
        };
        (meant.verdict.is_some() || meant.action.is_some()).then_some(meant)
    }
}

impl std::fmt::Display for Meant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (verdict, action) =
            (self.verdict.map_or("", Verdict::name), self.action.map_or("", Action::name));
        write!(f, "{}:{verdict}/{action}", encoded(&self.word))
    }
}

impl std::fmt::Display for ReadAs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if !self.columns.is_empty() {
            let pairs: Vec<String> =
                self.columns.iter().map(|(field, column)| format!("{field}:{}", encoded(column))).collect();
            parts.push(format!("columns={}", pairs.join(";")));
        }
        match self.day_first {
            Some(true) => parts.push("dates=day-first".to_owned()),
            Some(false) => parts.push("dates=month-first".to_owned()),
            None => {}
        }
        if !self.zone.is_empty() {
            parts.push(format!("times={}", encoded(&self.zone)));
        }
        if !self.meanings.is_empty() {
            let all: Vec<String> = self.meanings.iter().map(Meant::to_string).collect();
            parts.push(format!("meanings={}", all.join(";")));
        }
        if !self.tenants.is_empty() {
            let all =
                self.tenants.iter().map(|(file, tenant)| format!("{}:{}", encoded(file), encoded(tenant)));
            parts.push(format!("tenants={}", all.collect::<Vec<_>>().join(";")));
        }
        f.write_str(&parts.join("&"))
    }
}

/// Everything but letters, digits and a few signs as `%xx`.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => out.push(char::from(byte)),
            // Writing to a text cannot fail.
            _ => write!(out, "%{byte:02X}").unwrap_or_default(),
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (byte, hex.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(decoded)) => {
                out.push(decoded);
                rest = &after[2..];
            }
            _ => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_as_text_is_read_again() {
        for text in [
            "",
            "columns=time:When;url:Link%20%26%20more;user:Who%3B",
            "dates=day-first",
            "dates=month-first&times=Europe/Berlin",
            "columns=time:a;url:b;user:c&dates=day-first&times=%2B02%3A00",
            "meanings=let%20in:/Allowed;:Pending/None;x%3By:Safe/",
            "tenants=May%202026.csv:Contoso;a.zip%20%E2%80%BA%20b.csv:fabrikam.example",
        ] {
            assert_eq!(ReadAs::parse(text).to_string(), text);
            assert!(text.split('&').all(|part| part.is_empty() || ReadAs::is_part(part)));
        }
        assert!(
            ReadAs::parse("columns=nobody:x;time:&dates=maybe&meanings=a:x/y;b&tenants=a:%20&q=a").is_empty()
        );
        assert!(!ReadAs::is_part("q=a") && !ReadAs::is_part("columnsX=a"));
    }
}
