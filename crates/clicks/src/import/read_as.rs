//! What somebody says about files that do not say it themselves: which column is what, day or month first, whose clock,
//! what a word means, whose clicks they are.
//!
//! Owns these answers and their text, which is a part of the address of a view. Must not know files.

use super::unknown;
use crate::failure::UnknownTable;
use crate::model::sorting::sorted;
use crate::model::{Action, Field, Verdict};

/// How files are read where they leave it open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// Which field is in which column, for files of no known kind: one entry a kind of table.
    pub columns: Vec<Mapping>,
    /// Day before month, in dates that read both ways; none: as the files let conclude.
    pub day_first: Option<bool>,
    /// The zone of times that are said to be local: an IANA name or an offset; empty where nobody said.
    pub zone: String,
    /// What words of exports mean, whatever their formats say.
    pub meanings: Vec<Meant>,
    /// The tenants of the clicks of files that name none.
    pub tenants: Vec<TenantOf>,
}

/// Which field is in which column of a table, or at the end of which way of keys: `time` and `When`. It is of every table
/// that has all of these columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(pub Vec<(String, String)>);

/// The tenant of the clicks of a file that name none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantOf {
    /// The name of the file.
    pub file: String,
    /// Which of the open files of that name, from 1.
    pub nth: u32,
    /// The tenant.
    pub tenant: String,
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
pub const NAMEABLE: [Field; 11] = [
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
        ReadAs::parse_all(text).0
    }

    /// The same, and what cannot be meant, as it is written there.
    pub fn parse_all(text: &str) -> (ReadAs, Vec<String>) {
        let mut read_as = ReadAs::default();
        let mut left = Vec::new();
        for part in text.split('&') {
            let Some((key, value)) = part.split_once('=').filter(|(key, _)| KEYS.contains(key)) else {
                continue;
            };
            let said = value.split(';').filter(|said| !said.is_empty());
            let mut leave = |said: &str| left.push(format!("{key}={said}"));
            match (key, value) {
                ("columns", _) => match Mapping::parse(value) {
                    Some(mapping) => read_as.columns.push(mapping),
                    None => leave(value),
                },
                ("dates", "day-first") => read_as.day_first = Some(true),
                ("dates", "month-first") => read_as.day_first = Some(false),
                ("times", zone) if !zone.is_empty() => read_as.zone = decoded(zone),
                ("meanings", _) => said.for_each(|said| match Meant::parse(said) {
                    Some(meant) => read_as.meanings.push(meant),
                    None => leave(said),
                }),
                ("tenants", _) => said.for_each(|said| match TenantOf::parse(said) {
                    Some(tenant) => read_as.tenants.push(tenant),
                    None => leave(said),
                }),
                _ => leave(value),
            }
        }
        (read_as, left)
    }

    /// Says which column of a table is what, in the place of what was said of such a table before.
    pub fn say_columns(&mut self, table: &UnknownTable, mapping: Mapping) {
        let columns: Vec<String> = table.columns.iter().map(|name| name.original().to_owned()).collect();
        self.columns.retain(|known| !known.is_of(&columns) || known.contradicts(table));
        self.columns.push(mapping);
    }

    /// What was said of columns, in the order in which it is tried: what names most of them first, then what was said last.
    pub(super) fn mappings(&self) -> Vec<&Mapping> {
        let newest_first = self.columns.iter().rev().collect();
        sorted(newest_first, |a: &&Mapping, b: &&Mapping| b.0.len().cmp(&a.0.len()))
    }

    /// What a word was said to mean, if anything was said.
    pub fn meaning_of(&self, word: &str) -> Option<&Meant> {
        self.meanings.iter().find(|meant| meant.is_of(word))
    }

    /// The tenant of the clicks, where they name none, of the `nth` open file of a name; if one was said.
    pub fn tenant_of(&self, file: &str, nth: u32) -> Option<&str> {
        let of_it = self.tenants.iter().find(|said| said.file == file && said.nth == nth);
        of_it.map(|said| said.tenant.trim())
    }

    /// Says whose the clicks of the `nth` open file of a name are; nobody's where `tenant` is blank.
    pub fn say_tenant(&mut self, file: &str, nth: u32, tenant: &str) {
        self.tenants.retain(|said| said.file != file || said.nth != nth);
        if !tenant.trim().is_empty() {
            let (file, tenant) = (file.to_owned(), tenant.trim().to_owned());
            self.tenants.push(TenantOf { file, nth, tenant });
        }
    }

    /// Forgets what was said of the `nth` open file of a name, which is closed: those after it move up.
    pub fn forget_file(&mut self, file: &str, nth: u32) {
        self.tenants.retain(|said| said.file != file || said.nth != nth);
        for said in self.tenants.iter_mut().filter(|said| said.file == file && said.nth > nth) {
            said.nth -= 1;
        }
    }
}

impl Mapping {
    /// `field:column;…` with every field that is needed.
    fn parse(text: &str) -> Option<Mapping> {
        let mut pairs = Vec::new();
        for pair in text.split(';') {
            let (field, column) = pair.split_once(':')?;
            let column = decoded(column);
            if column.is_empty() || !NAMEABLE.iter().any(|known| known.name() == field) {
                return None;
            }
            pairs.push((field.to_owned(), column));
        }
        let mapping = Mapping(pairs);
        NEEDED.iter().all(|field| mapping.column_of(*field).is_some()).then_some(mapping)
    }

    /// The column of a field, as its file calls it.
    pub fn column_of(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == field.name()).map(|(_, column)| column.as_str())
    }

    /// Whether all columns are among these names.
    pub(super) fn is_of(&self, written: &[String]) -> bool {
        self.0.iter().all(|(_, column)| written.iter().any(|name| name.trim() == column))
    }

    /// Whether the columns of a table without names hold, or may hold, something else: numbers say nothing of what they stand for.
    pub(super) fn contradicts(&self, table: &UnknownTable) -> bool {
        let is_unlike = |field: &Field| {
            let place = table.columns.iter().position(|name| Some(name.original()) == self.column_of(*field));
            place.is_some_and(|place| unknown::doubt(table, *field, place).is_some())
        };
        // Of what cannot be seen nothing is known.
        unknown::is_numbered(table) && (table.rows.is_empty() || NAMEABLE.iter().any(is_unlike))
    }

    /// The names of such a file, each that was said to be a field under the name of that field in `format/mapped`.
    pub(super) fn renamed(&self, written: &[String]) -> Vec<String> {
        let new = |name: &String| {
            let field = self.0.iter().find(|(_, column)| column == name.trim());
            field.map_or_else(|| name.clone(), |(field, _)| format!("\u{e000}{field}"))
        };
        written.iter().map(new).collect()
    }
}

impl std::fmt::Display for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs = self.0.iter().map(|(field, column)| format!("{field}:{}", encoded(column)));
        f.write_str(&pairs.collect::<Vec<_>>().join(";"))
    }
}

impl TenantOf {
    /// `file:tenant`, or `file*2:tenant` of the second open file of that name.
    fn parse(text: &str) -> Option<TenantOf> {
        let (file, tenant) = text.split_once(':')?;
        let (file, nth) = match file.split_once('*') {
            Some((file, nth)) => (file, nth.parse().ok().filter(|nth| *nth > 0)?),
            None => (file, 1),
        };
        let (file, tenant) = (decoded(file), decoded(tenant));
        (!tenant.trim().is_empty()).then_some(TenantOf { file, nth, tenant })
    }
}

impl std::fmt::Display for TenantOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nth = if self.nth > 1 { format!("*{}", self.nth) } else { String::new() };
        write!(f, "{}{nth}:{}", encoded(&self.file), encoded(&self.tenant))
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
        let is_said = meant.verdict.is_some() || meant.action.is_some();
        let is_known = |word: &str, known: bool| word.is_empty() || known;
        (is_said && is_known(verdict, meant.verdict.is_some()) && is_known(action, meant.action.is_some()))
            .then_some(meant)
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
        let mut parts: Vec<String> =
            self.columns.iter().map(|mapping| format!("columns={mapping}")).collect();
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
            let all: Vec<String> = self.tenants.iter().map(TenantOf::to_string).collect();
            parts.push(format!("tenants={}", all.join(";")));
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
            "columns=time:When;url:Link;user:Who&columns=time:at;url:u;user:n;ip:i",
            "dates=day-first",
            "dates=month-first&times=Europe/Berlin",
            "columns=time:a;url:b;user:c&dates=day-first&times=%2B02%3A00",
            "meanings=let%20in:/Allowed;:Pending/None;x%3By:Safe/",
            "tenants=May%202026.csv:Contoso;May%202026.csv*2:Fabrikam;a.zip%20%E2%80%BA%20b.csv:fabrikam.example",
        ] {
            assert_eq!(ReadAs::parse(text).to_string(), text);
            assert!(text.split('&').all(|part| part.is_empty() || ReadAs::is_part(part)));
        }
        let wrong = "columns=nobody:x;time:&dates=maybe&meanings=a:x/y;b;c:Safe/y&tenants=a:%20;b*0:c&q=a";
        assert!(ReadAs::parse(wrong).is_empty());
        assert_eq!(
            ReadAs::parse_all(wrong).1.join(" "),
            "columns=nobody:x;time: dates=maybe meanings=a:x/y meanings=b meanings=c:Safe/y tenants=a:%20 tenants=b*0:c"
        );
        assert!(!ReadAs::is_part("q=a") && !ReadAs::is_part("columnsX=a"));
    }
}
