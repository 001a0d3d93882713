//! What has been done for the people of the worklist, and the list as text that leaves the page.
//!
//! Owns the words and the file that keeps them (`clickglass-handled.json`), which says nothing but users, what was done and
//! notes. Must not know where it is kept.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{ToDo, Worklist};
use clicks::export::table_csv;
use clicks::model::text::{defanged, has_link, shown, shown_url};
use clicks::model::{Untrusted, iso_of_ms};

/// What can be done for somebody, one bit each, in the order shown.
pub const DONE: [(&str, &str); 4] = [
    ("sessionRevoked", "Session revoked"),
    ("passwordReset", "Password reset"),
    ("mailPurged", "Mail purged"),
    ("falsePositive", "False positive"),
];

/// A note longer than this is cut: it is a note.
const NOTE: usize = 2_000;
/// More people than this are no worklist.
const MOST: usize = 100_000;

/// What was done for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handled {
    /// A bit for each of [`DONE`].
    pub done: u8,
    /// Whatever somebody wrote.
    pub note: String,
}

impl Handled {
    /// Whether nothing has been done yet.
    pub const fn is_open(&self) -> bool {
        self.done == 0
    }

    /// What was done, in words.
    pub fn said(&self) -> String {
        let done = DONE.iter().enumerate().filter(|(bit, _)| self.done & (1 << bit) != 0);
        let done: Vec<&str> = done.map(|(_, (_, label))| *label).collect();
        if done.is_empty() { "to do".to_owned() } else { done.join(", ").to_lowercase() }
    }
}

/// What was done, by user in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllHandled(HashMap<String, Handled>);

impl AllHandled {
    /// What was done for a user.
    pub fn of(&self, user: &Untrusted) -> Handled {
        self.0.get(&user.original().to_lowercase()).cloned().unwrap_or_default()
    }

    /// Changes what was done for a user.
    pub fn change(&mut self, user: &Untrusted, change: impl FnOnce(&mut Handled)) {
        let one = self.0.entry(user.original().to_lowercase()).or_default();
        change(one);
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|one| one.is_open() && one.note.is_empty())
    }

    /// The file that keeps it.
    pub fn to_json(&self) -> String {
        let mut users: Vec<&String> = self.0.keys().collect();
        users = clicks::model::sorting::sorted(users, Ord::cmp);
        let people = users.into_iter().filter_map(|user| {
            let one = self.0.get(user).filter(|one| !one.is_open() || !one.note.is_empty())?;
            let done = DONE.iter().enumerate().filter(|(bit, _)| one.done & (1 << bit) != 0);
            let done: Vec<&str> = done.map(|(_, (name, _))| *name).collect();
            Some(json!({ "user": user, "done": done, "note": one.note }))
        });
        json!({ "clickglass": "handled", "version": 1, "people": people.collect::<Vec<Value>>() }).to_string()
    }

    /// Takes what such a file keeps, beside what is here of the same people. Says how many people it names.
    pub fn take_json(&mut self, text: &str) -> Result<usize, String> {
        let file: Value = serde_json::from_str(text).map_err(|error| format!("This is no JSON: {error}."))?;
        if file.get("clickglass").and_then(Value::as_str) != Some("handled") {
            return Err(
                "This is no file of what was done: it was not saved by “Save what was done”.".to_owned()
            );
        }
        if file.get("version").and_then(Value::as_u64) != Some(1) {
            return Err("This file was saved by a newer Clickglass. Open it there.".to_owned());
        }
        let people = file.get("people").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut count = 0;
        for one in people.iter().take(MOST) {
            let Some(user) = one.get("user").and_then(Value::as_str).filter(|user| !user.is_empty()) else {
                continue;
            };
            let done = one.get("done").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let bit_of = |name: &Value| DONE.iter().position(|(known, _)| name.as_str() == Some(known));
            let done = done.iter().filter_map(bit_of).fold(0, |all, bit| all | 1 << bit);
            let note = one.get("note").and_then(Value::as_str).unwrap_or_default();
            let note: String =
                note.split_whitespace().collect::<Vec<&str>>().join(" ").chars().take(NOTE).collect();
            let one = self.0.entry(user.to_lowercase()).or_default();
            one.done |= done;
            one.note = match (one.note.as_str(), note) {
                ("", note) => note,
                (known, note) if note.is_empty() || known.contains(&note) => known.to_owned(),
                (known, note) => format!("{known} / {note}"),
            };
            count += 1;
        }
        Ok(count)
    }
}

/// The list as a Markdown table for a ticket: nothing in it is a link, nothing of an export is markup.
pub fn worklist_markdown(list: &Worklist, handled: &AllHandled) -> String {
    let mut out = "| Who | What happened | State | Note |\n|---|---|---|---|\n".to_owned();
    for entry in &list.entries {
        let one = handled.of(&entry.user);
        let happened: Vec<String> = lines(entry).map(|line| marked(&inert(&line))).collect();
        let cells = [
            marked(&inert(entry.user.original())),
            happened.join("<br>"),
            one.said(),
            marked(&inert(&one.note)),
        ];
        out.push_str("| ");
        out.push_str(&cells.join(" | "));
        out.push_str(" |\n");
    }
    out
}

/// The list as CSV, a line for each click.
pub fn worklist_csv(list: &Worklist, handled: &AllHandled) -> String {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for entry in &list.entries {
        let one = handled.of(&entry.user);
        for click in &entry.happened {
            rows.push(
                [
                    entry.user.original().to_owned(),
                    entry.group.original().to_owned(),
                    entry.reason.clone(),
                    iso_of_ms(click.time_ms),
                    defanged(click.url.original()),
                    defanged(click.campaign.original()),
                    click.said.join("; "),
                    one.said(),
                    one.note.clone(),
                ]
                .map(Value::from)
                .to_vec(),
            );
        }
        if entry.more > 0 {
            let mut row = vec![Value::Null; 9];
            row[0] = entry.user.original().into();
            row[6] = format!("and {} more clicks", entry.more).into();
            rows.push(row);
        }
    }
    let unlisted = (list.total + list.machines).saturating_sub(list.entries.len() as u64);
    if unlisted > 0 {
        rows.push(vec![format!("{unlisted} more people are not in this file: narrow the view").into()]);
    }
    let headings =
        ["User", "Group", "Why", "Date (UTC)", "URL", "Campaign", "What happened", "State", "Note"];
    table_csv(&headings, &rows)
}

/// What happened to somebody, a line a click.
fn lines(entry: &ToDo) -> impl Iterator<Item = String> + '_ {
    let line = |click: &super::Happened| {
        format!("{} {}: {}", iso_of_ms(click.time_ms), shown_url(click.url.original()), click.said.join("; "))
    };
    let more = (entry.more > 0).then(|| format!("and {} more", entry.more));
    entry.happened.iter().map(line).chain(more)
}

/// Text in which no program sees a link.
fn inert(text: &str) -> String {
    if has_link(text) || text.to_ascii_lowercase().contains("www.") { defanged(text) } else { shown(text) }
}

/// Text in a cell of a Markdown table: what would be markup stands for itself.
pub(super) fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '!' | '#' | '~' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_of_what_was_done_gives_it_back_in_any_case_of_names() {
        let mut all = AllHandled::default();
        all.change(&"Ana@contoso.com".into(), |one| {
            one.done |= 0b101;
            one.note = "called “her”\nback".to_owned();
        });
        all.change(&"bo@contoso.com".into(), |_| {});
        let mut again = AllHandled::default();
        assert_eq!(again.take_json(&all.to_json()), Ok(1));
        let one = again.of(&"ANA@contoso.com".into());
        assert_eq!((one.done, one.said().as_str()), (0b101, "session revoked, mail purged"));
        assert_eq!(one.note, "called “her” back");
        assert!(!again.is_empty() && AllHandled::default().is_empty());
    }

    #[test]
    fn file_that_is_none_is_refused_and_changes_nothing() {
        let mut all = AllHandled::default();
        for text in ["", "[]", "{\"clickglass\":\"report\"}", "{\"clickglass\":\"handled\",\"version\":2}"] {
            assert!(all.take_json(text).is_err(), "{text}");
        }
        let odd = r#"{"clickglass":"handled","version":1,"people":[1,{"user":""},{"user":"x","done":["fly",3],"note":7}]}"#;
        assert_eq!(all.take_json(odd), Ok(1));
        assert!(all.is_empty());
    }

    #[test]
    fn markdown_of_hostile_texts_is_one_inert_table() {
        let happened = super::super::Happened {
            url: "https://evil.example/|x](http://y)".into(),
            said: vec!["let through".to_owned()],
            ..super::super::Happened::default()
        };
        let entry = ToDo { user: "a|b\n# c".into(), happened: vec![happened], ..ToDo::default() };
        let list = Worklist { entries: vec![entry], ..Worklist::default() };
        let text = worklist_markdown(&list, &AllHandled::default());
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(!text.contains("https://") && text.contains("a\\|b"), "{text}");
        assert!(worklist_csv(&list, &AllHandled::default()).contains("hxxps://evil[.]example/"));
    }
}
