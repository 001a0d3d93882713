//! The exports that hold no clicks and say something about them. One file a kind, one line in the list below.
//!
//! Owns the list, its types, and which column of a file is which of a kind. What is kept of them, and how it meets the
//! clicks, is in [`crate::beside`]. A kind must not know containers.

use std::collections::HashSet;

use super::log::Why;
use super::names::Names;
use super::when::{Clock, Moment};
use crate::beside::Tables;
use crate::model::{hash, windows_1252, yes_or_no};

/// Declares the kinds of each module named: the first that fits is taken.
macro_rules! besides {
    ($($module:ident: $($kind:ident),+);+ $(;)?) => {
        $(mod $module;)+

        /// All kinds.
        pub const BESIDES: &[&Beside] = &[$($(&$module::$kind),+),+];
    };
}

besides![
    messages: EVENTS, POST_DELIVERY, TRACE, AUDIT, LINKS, TEAMS_LINKS, TEAMS_MESSAGES;
    simulations: ATTACK_SIMULATION, GRAPH_USERS, GOPHISH_EVENTS, GOPHISH_RESULTS, KNOWBE4, KNOWBE4_API, AUDIT_SIMULATION;
    sign_ins: ENTRA, GRAPH, LOG_ANALYTICS, HUNTING;
    policies: POLICY;
    verdicts: VERDICTS;
    people: PEOPLE;
];

/// One kind of export that stands beside clicks.
pub struct Beside {
    /// Stable word.
    pub id: &'static str,
    /// What it is, to be put after "This is".
    pub label: &'static str,
    /// What it is good for.
    pub serves: &'static str,
    /// What each of its columns is called, normalised, the best name first. In JSON a name with dots leads inside.
    pub columns: &'static [&'static [&'static str]],
    /// The names under which a streaming service sends it.
    pub sent_as: &'static [&'static str],
    /// Whether names are those of such a file.
    pub fit: fn(&Names) -> bool,
    /// Takes a record, or says why not.
    pub take: fn(&mut Row<'_>, &mut Tables) -> Result<(), Why>,
}

impl Beside {
    /// Whether it is a directory of people.
    pub fn is_people(&self) -> bool {
        self.id == people::PEOPLE.id
    }

    /// Whether a streaming service calls it so.
    pub fn is_sent_as(&self, table: &[u8]) -> bool {
        self.sent_as.iter().any(|name| name.as_bytes() == table)
    }
}

/// A record on its way into a table.
pub struct Row<'a> {
    /// Its cells, in the order of [`Beside::columns`]; empty where it has none.
    pub cells: &'a [&'a [u8]],
    /// Index of the file.
    pub file: u16,
    /// Stable word of what it is a record of.
    pub kind: &'static str,
    /// What the document around the record is called.
    pub about: &'a str,
    /// Reads times.
    pub clock: &'a mut Clock,
}

impl Row<'_> {
    /// What the record is the same as when it comes again, in another envelope or another file.
    pub fn fingerprint(&self, kind: &Beside) -> u64 {
        let start = hash::mix(hash::hash_bytes(kind.id.as_bytes()), hash::hash_bytes(self.about.as_bytes()));
        self.cells.iter().fold(start, |sum, cell| hash::mix(sum, hash::hash_bytes(cell).wrapping_add(1)))
    }

    /// A cell as text; nothing for words that say that there is nothing.
    pub fn text(&self, column: usize) -> String {
        let cell = self.cells.get(column).copied().unwrap_or_default().trim_ascii();
        if crate::model::is_empty_word(cell) { String::new() } else { windows_1252(cell).into_owned() }
    }

    /// A cell as lower case text: addresses and ids are compared so.
    pub fn key(&self, column: usize) -> String {
        self.text(column).to_lowercase()
    }

    /// A cell as yes or no; none where it says neither.
    pub fn truth(&self, column: usize) -> Option<bool> {
        yes_or_no(self.cells.get(column).copied().unwrap_or_default())
    }

    /// A cell as a time; none where it is empty or cannot be read.
    pub fn time(&mut self, column: usize) -> Option<Moment> {
        let cell = self.cells.get(column).copied().unwrap_or_default().trim_ascii();
        self.clock.read(cell)
    }
}

/// More addresses in one cell are no list of recipients but an attack on memory.
const MOST_ADDRESSES: usize = 5_000;

/// The addresses in a text, lower case: one alone, a list of any kind, with names or with words behind them.
pub fn addresses_in(text: &str) -> Vec<String> {
    let apart = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '"' | '\'' | '[' | ']' | '{' | '}' | '<' | '>' | '(' | ')')
    };
    let mut found: Vec<String> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for part in text.split(apart) {
        // A message trace writes what became of the message behind each address.
        let address = part.split("##").next().unwrap_or_default().to_lowercase();
        let whole = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        if found.len() >= MOST_ADDRESSES {
            break;
        }
        if whole && known.insert(address.clone()) {
            found.push(address);
        }
    }
    found
}

/// Where a column of a kind is found: the place of its name, and the way inside.
pub type Way = Option<(usize, &'static [&'static str])>;

/// Which names are which columns, remembered for the names of the record before.
#[derive(Default)]
pub struct Bindings {
    names: Vec<String>,
    id: &'static str,
    ways: Vec<Way>,
}

impl Bindings {
    /// Where the columns of a kind are among names.
    pub fn of(&mut self, beside: &Beside, names: Vec<String>) -> &[Way] {
        if self.id != beside.id || self.names != names {
            self.id = beside.id;
            self.ways = ways(beside, &Names::new(names.clone()));
            self.names = names;
        }
        &self.ways
    }
}

/// Where the columns of a kind are among names.
pub fn ways(beside: &Beside, names: &Names) -> Vec<Way> {
    let find = |wanted: &&'static [&'static str]| {
        wanted.iter().find_map(|name| {
            if let Some(place) = names.place_of(name) {
                return Some((place, &[][..]));
            }
            let (outer, inner) = PATHS.iter().find(|(path, _, _)| path == name).map(|(_, o, i)| (*o, *i))?;
            Some((names.place_of(outer)?, inner))
        })
    };
    beside.columns.iter().map(find).collect()
}

/// The names with dots: what they begin with, and the way from there.
const PATHS: &[(&str, &str, &[&str])] = &[
    ("user.email", "user", &["email"]),
    ("user.firstname", "user", &["firstname"]),
    ("user.lastname", "user", &["lastname"]),
    ("template.name", "template", &["name"]),
    ("simulationuser.email", "simulationuser", &["email"]),
    ("simulationuser.displayname", "simulationuser", &["displayname"]),
    ("devicedetail.operatingsystem", "devicedetail", &["operatingsystem"]),
    ("devicedetail.browser", "devicedetail", &["browser"]),
    ("devicedetail.displayname", "devicedetail", &["displayname"]),
    ("status.errorcode", "status", &["errorcode"]),
    (
        "onpremisesextensionattributes.extensionattribute1",
        "onpremisesextensionattributes",
        &["extensionattribute1"],
    ),
    ("manager.userprincipalname", "manager", &["userprincipalname"]),
];

#[cfg(test)]
mod tests {
    use super::super::names::normalised;
    use super::*;

    #[test]
    fn beside_names_are_normalised_and_those_with_dots_are_known() {
        for beside in BESIDES {
            assert!(!beside.label.is_empty() && !beside.serves.is_empty(), "{}", beside.id);
            for name in beside.columns.iter().flat_map(|names| *names) {
                assert_eq!(normalised(name), *name, "{}", beside.id);
                let known = !name.contains('.') || PATHS.iter().any(|(path, _, _)| path == name);
                assert!(known, "{}: {name}", beside.id);
            }
        }
    }
}
