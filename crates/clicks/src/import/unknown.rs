//! A table of no known kind: its columns, its first rows, and what each column looks like.
//!
//! Owns these guesses. They are shown to somebody who says what is what; nothing is read by a guess.

use std::net::IpAddr;

use super::container::csv::Delimiter;
use super::container::csv::first_records;
use super::names::Names;
use super::when::Clock;
use crate::failure::UnknownTable;
use crate::model::{Field, Untrusted, address, is_empty_word};

/// How many rows are shown.
const ROWS: usize = 5;

/// How many columns are told of: a table with more is no export of clicks.
const COLUMNS: usize = 200;

/// What the columns of a table without a header are called.
pub(super) fn number_of(place: usize, all: usize) -> String {
    format!("#{} of {all}", place + 1)
}

/// Whether a table has no names of its own.
pub fn is_numbered(table: &UnknownTable) -> bool {
    let all = table.columns.len() + table.more_columns as usize;
    all > 0 && table.columns.iter().enumerate().all(|(at, name)| name.original() == number_of(at, all))
}

/// What speaks against a column being a field, as the rest of a sentence that begins with its name; none where nothing
/// does.
pub fn doubt(table: &UnknownTable, field: Field, place: usize) -> Option<&'static str> {
    let are = |is: &dyn Fn(&str) -> bool| {
        most(table.rows.iter().filter_map(|row| row.get(place)).map(Untrusted::original), is)
    };
    let is_blank = |cell: &Untrusted| is_empty_word(cell.original().as_bytes());
    if table.rows.iter().filter_map(|row| row.get(place)).all(is_blank) {
        return None;
    }
    let is_link = |cell: &str| is_url(cell) && !cell.contains('@');
    match field {
        Field::Time if !are(&is_time) => Some("holds no times that can be read"),
        Field::Ip if !are(&is_address) => Some("holds no addresses of machines"),
        // Any text may be one.
        Field::Time | Field::Ip | Field::Subject => None,
        _ if are(&is_moment) => Some("holds times"),
        _ if are(&is_address) => Some("holds addresses of machines"),
        Field::User | Field::Sender if are(&is_link) => Some("holds URLs"),
        Field::User | Field::Sender => None,
        _ if are(&is_mail) => Some("holds addresses of people"),
        Field::Url => None,
        _ if are(&is_link) => Some("holds URLs"),
        _ => None,
    }
}

/// Whether most of the cells that are not blank are such: one odd cell says nothing of a column.
fn most<'a>(cells: impl Iterator<Item = &'a str>, is: &dyn Fn(&str) -> bool) -> bool {
    let cells = cells.map(str::trim).filter(|cell| !is_empty_word(cell.as_bytes()));
    let (all, fitting) =
        cells.fold((0, 0), |(all, fitting), cell| (all + 1, fitting + usize::from(is(cell))));
    fitting * 2 > all
}

/// The table whose header has these names and is followed by `text`.
pub(super) fn table(names: &Names, text: &[u8], delimiter: &Delimiter) -> UnknownTable {
    of_rows(names.written.iter().map(|n| n.trim().to_owned()).collect(), rows(text, delimiter))
}

/// The first rows behind a header.
pub(super) fn rows(text: &[u8], delimiter: &Delimiter) -> Vec<Vec<String>> {
    first_records(text, delimiter, ROWS)
}

/// The table of these columns and first rows.
pub(super) fn of_rows(mut columns: Vec<String>, rows: Vec<Vec<String>>) -> UnknownTable {
    let more_columns = columns.len().saturating_sub(COLUMNS) as u32;
    columns.truncate(COLUMNS);
    let guesses = guesses(&columns, &rows);
    let shown = |row: Vec<String>| row.into_iter().take(COLUMNS).map(Untrusted::from).collect();
    UnknownTable {
        columns: columns.into_iter().map(Untrusted::from).collect(),
        more_columns,
        rows: rows.into_iter().map(shown).collect(),
        guesses: guesses
            .into_iter()
            .map(|(field, column)| (field.name().to_owned(), column as u32))
            .collect(),
    }
}

/// How many of the signs are known by their cells alone, a sender apart, who looks as any other address.
const SURE: usize = 8;

/// Whether a cell is a word of some export for what happened.
fn is_action(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    cell.len() < 60
        && ["block", "allow", "permit", "override", "denied"].iter().any(|word| lower.contains(word))
}

/// Whether a cell names threats as Microsoft does: `Phish`, `Malware, Phish`.
fn is_threat(cell: &str) -> bool {
    let mut words = cell.split([',', ';', '|', ' ']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| ["phish", "malware", "spam"].iter().any(|known| word.eq_ignore_ascii_case(known)))
}

fn is_verdict(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    cell.len() < 30
        && ["malicious", "phish", "safe", "clean", "benign", "suspicious"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Whether somebody may be asked which column is what: one of them may be a URL, and what nobody can see nobody can name.
pub(super) fn may_be_named(table: &UnknownTable) -> bool {
    let is_called_so = |name: &Untrusted| {
        let lower = name.original().to_lowercase();
        ["url", "uri", "link", "site", "host", "domain", "target", "destination", "address", "web", "page"]
            .iter()
            .any(|word| lower.contains(word))
    };
    let is_bare = |cell: &str| {
        let host = cell.split('/').next().unwrap_or_default();
        !cell.contains([' ', '@'])
            && host
                .rsplit_once('.')
                .is_some_and(|(_, end)| end.bytes().all(|b| b.is_ascii_alphabetic()) && end.len() > 1)
    };
    let any_cell = |is: &dyn Fn(&str) -> bool| table.rows.iter().flatten().any(|cell| is(cell.original()));
    match is_numbered(table) {
        true => !table.rows.is_empty(),
        false => table.columns.iter().any(is_called_so) || any_cell(&is_url) || any_cell(&is_bare),
    }
}

impl UnknownTable {
    /// Whether it may be one of clicks: a column of it looks like a URL, and one like a time.
    pub fn may_be_clicks(&self) -> bool {
        let is_guessed = |field: Field| self.guesses.iter().any(|(known, _)| known == field.name());
        is_guessed(Field::Url) && is_guessed(Field::Time)
    }
}

/// Whether a table that names people tells of clicks: a column of URLs is there and one of times, and neither is called as
/// those of a person are, or one of them is called after a click.
pub(super) fn tells_of_clicks<S: AsRef<str>>(names: &[String], rows: &[Vec<S>]) -> bool {
    let may: Vec<MayTell> = names.iter().map(|name| may_tell(name)).collect();
    let is_there = |of: Named, is: Holds| {
        may.iter().enumerate().any(|(place, may)| {
            let cells = rows.iter().filter_map(|row| row.get(place)).map(AsRef::as_ref);
            of(*may) && most(cells, &|cell| is(*may, cell))
        })
    };
    is_of_clicks(&is_there)
}

/// Whether a name is one of these.
type Named = fn(MayTell) -> bool;
/// Whether a cell under a name is one of these.
type Holds = fn(MayTell, &str) -> bool;

/// The rule: `is_there` says whether there is a column of such a name that holds such cells.
pub(super) fn is_of_clicks(is_there: &dyn Fn(Named, Holds) -> bool) -> bool {
    let urls = |of: Named| is_there(of, |_, cell| is_url(cell) && !cell.contains('@'));
    let times = |of: Named| is_there(of, MayTell::is_time);
    // Names come first: they are known, cells have to be looked at.
    (urls(|may| may.url) && times(|may| may.time))
        || (times(|may| may.clicked) && urls(|_| true))
        || (urls(|may| may.clicked) && times(|_| true))
}

/// Of what a column may tell by its name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MayTell {
    /// A URL that is no picture, mailbox or page of a person.
    url: bool,
    /// A time that is not of a person's coming and going.
    time: bool,
    /// A click.
    clicked: bool,
    /// A time, also where it is a bare number.
    moment: bool,
}

impl MayTell {
    /// Of a name that is not known.
    pub(super) const ANYTHING: MayTell = MayTell { url: true, time: true, clicked: false, moment: false };

    /// A bare number is a time only where the name says so: cost centres and telephones have ten digits too.
    fn is_time(self, cell: &str) -> bool {
        is_time(cell) && (self.moment || !cell.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    }
}

/// What a column of this name may tell.
pub(super) fn may_tell(name: &str) -> MayTell {
    let words = words_of(name);
    // Short ones begin many others: `end` an endpoint, `id` an identity.
    let is = |word: &str, known: &str| word == known || (known.len() > 4 && word.starts_with(known));
    let is_any = |known: &[&str]| words.iter().any(|word| known.iter().any(|known| is(word, known)));
    MayTell {
        url: !is_any(&URLS_OF_A_PERSON),
        time: !is_any(&TIMES_OF_A_PERSON),
        clicked: is_any(&CLICKED),
        moment: is_any(&MOMENTS),
    }
}

/// The words of a name, lower case: `lastLogin`, `last_login` and `Last login` have two.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (was_lower && c.is_uppercase()) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Words in the names of columns in which directories keep URLs of people: pictures, mailboxes, pages of their own. Longer
/// ones also begin such words.
const URLS_OF_A_PERSON: [&str; 17] = [
    "photo",
    "picture",
    "avatar",
    "image",
    "thumbnail",
    "profile",
    "site",
    "sites",
    "website",
    "owa",
    "homepage",
    "web",
    "webpage",
    "linkedin",
    "blog",
    "odata",
    "manager",
];

/// The same for times: when somebody came, was changed, was seen last. Telephone numbers read as times too.
const TIMES_OF_A_PERSON: [&str; 28] = [
    "hire", "hired", "created", "creation", "login", "logon", "sign", "signin", "last", "lastlog",
    "lastsign", "lastseen", "change", "modif", "updat", "birth", "start", "end", "expir", "join", "joined",
    "password", "sync", "phone", "mobile", "fax", "id", "number",
];

/// The same for what a directory does not have: its other columns may be called as they like.
const CLICKED: [&str; 6] = ["click", "visit", "browse", "event", "occur", "destination"];

/// The same for times that may be written as numbers.
const MOMENTS: [&str; 8] = ["time", "times", "timestamp", "date", "epoch", "ts", "click", "when"];

/// How much values say of a click: how many of a URL, a time, an address of somebody, a word for what happened.
pub(super) fn says(values: &[&str]) -> usize {
    let is: [&dyn Fn(&str) -> bool; 4] =
        [&is_url, &is_time, &is_mail, &|cell| is_action(cell) || is_verdict(cell)];
    is.iter().filter(|is| values.iter().any(|value| is(value))).count()
}

/// Whether what should be a header is the record of a click: a URL stands in it, and a time or an address of somebody.
pub(super) fn is_record(cells: &[&str]) -> bool {
    let any = |is: fn(&str) -> bool| cells.iter().any(|cell| is(cell));
    !any(|cell| cell.contains('\r')) && any(is_url) && any(|cell| is_time(cell) || is_mail(cell))
}

fn is_time(cell: &str) -> bool {
    Clock::default().read(cell.trim().as_bytes()).is_some()
}

/// A time with its clock.
fn is_moment(cell: &str) -> bool {
    cell.contains(':') && is_time(cell)
}

fn is_address(cell: &str) -> bool {
    address(cell).parse::<IpAddr>().is_ok()
}

fn is_url(cell: &str) -> bool {
    cell.contains("://") || cell.contains("[.]") || cell.starts_with("www.")
}

fn is_mail(cell: &str) -> bool {
    cell.contains('@') && !cell.contains("://")
}

/// Which column may hold which field, by what stands in it and by how it is called.
fn guesses(columns: &[String], rows: &[Vec<String>]) -> Vec<(Field, usize)> {
    let mut guesses: Vec<(Field, usize)> = Vec::new();
    let looks = |column: usize, is: &dyn Fn(&str) -> bool| {
        most(rows.iter().filter_map(|row| row.get(column)).map(String::as_str), is)
    };
    let called = |column: usize, words: &[&str]| {
        let name = columns[column].to_lowercase();
        words.iter().any(|word| name.contains(word))
    };
    type Sign<'a> = (Field, &'a dyn Fn(&str) -> bool, &'a [&'a str]);
    let any = |_: &str| true;
    let signs: [Sign<'_>; 14] = [
        (Field::Time, &is_time, &["click", "time", "date", "when"]),
        (Field::Url, &is_url, &["url", "link", "address"]),
        (Field::User, &is_mail, &["user", "recipient", "account", "who", "mail"]),
        (Field::Sender, &is_mail, &["sender", "from"]),
        (Field::Ip, &is_address, &["ip", "address"]),
        (Field::Threat, &is_threat, &["threat", "danger", "category"]),
        (Field::Verdict, &is_verdict, &["verdict", "rating", "classification"]),
        (Field::RawAction, &is_action, &["action", "result", "outcome", "status"]),
        (Field::Verdict, &any, &["verdict", "classification"]),
        (Field::RawAction, &any, &["action", "result", "outcome", "status"]),
        (Field::Source, &any, &["source", "workload", "app"]),
        (Field::Subject, &any, &["subject"]),
        (Field::Device, &any, &["device", "platform"]),
        (Field::Threat, &any, &["threat"]),
    ];
    for (index, (field, is, words)) in signs.into_iter().enumerate() {
        if guesses.iter().any(|(known, _)| *known == field) {
            continue;
        }
        let free = |column: &usize| guesses.iter().all(|(_, taken)| taken != column);
        let all = (0..columns.len()).filter(free);
        let fitting: Vec<usize> = all.filter(|column| looks(*column, is)).collect();
        let by_name = fitting.iter().copied().find(|column| called(*column, words));
        // What says itself what it is needs no name.
        let says_itself = index < SURE && field != Field::Sender;
        if let Some(column) = by_name.or_else(|| fitting.first().copied().filter(|_| says_itself)) {
            guesses.push((field, column));
        }
    }
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_follow_cells_first_and_names_second() {
        let columns = ["Ref", "Sender", "Who", "When", "Target", "From where", "Result"].map(str::to_owned);
        let row = [
            "7",
            "a@b.example",
            "ana@contoso.com",
            "2026-05-04 09:12",
            "https://a.example/",
            "203.0.113.7",
            "stopped",
        ];
        let found = guesses(&columns, &[row.map(str::to_owned).to_vec()]);
        let of = |field: Field| found.iter().find(|(f, _)| *f == field).map(|(_, column)| *column);
        assert_eq!(of(Field::Time), Some(3));
        assert_eq!(of(Field::Url), Some(4));
        assert_eq!(of(Field::User), Some(2));
        assert_eq!(of(Field::Sender), Some(1));
        assert_eq!(of(Field::Ip), Some(5));
        assert_eq!(of(Field::RawAction), Some(6));
        assert_eq!(of(Field::Subject), None);
    }
}
