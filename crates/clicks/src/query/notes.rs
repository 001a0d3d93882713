//! Notes to read before the numbers: those of the files, and those that only all files together give.

use super::{Coverage, Cx};
use crate::beside::Policy;
use crate::import::{Level, Note, gravest_first};
use crate::model::text::{counted, thousands};
use crate::model::{Action, DAY_MS, Dataset, iso_date_of_ms};

/// The notes of all files, each said once, the gravest first.
pub(super) fn notes(cx: &Cx) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for note in cx.files().iter().flat_map(|f| &f.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    let told_again = cx.data().told_again;
    if told_again > 0 {
        notes.push(Note {
            level: Level::Info,
            code: "told-again".to_owned(),
            title: match told_again {
                1 => "1 click is told of by another export too and counted once".into(),
                many => format!("{} clicks are told of by another export too and counted once", thousands(many)).into(),
            },
            text: "Same person, same URL, same message where both name one, at most two seconds apart, and nothing that speaks against it. The row that says what happened is kept, of several that of the export with most columns, and says where else it is.".into(),
        });
    }
    notes.extend(of_policies(cx));
    let duplicates = duplicates(cx).saturating_sub(told_again);
    if duplicates > 0 {
        notes.push(Note {
            level: Level::Info,
            code: "duplicates".to_owned(),
            title: match duplicates {
                1 => "1 identical record was not counted again".into(),
                many => format!("{} identical records were not counted again", thousands(many)).into(),
            },
            text: "Exports that overlap and streams that deliver twice repeat records.".into(),
        });
    }
    let look_alikes = cx.data().look_alikes;
    if look_alikes > 0 {
        notes.push(Note {
            level: Level::Warn,
            code: "look-alikes".to_owned(),
            title: match look_alikes {
                1 => "1 click looks like one of another file".into(),
                many => format!("{} clicks look like clicks of another file", thousands(many)).into(),
            },
            text: "Report id, user, time and URL are the same, something else differs, so both are counted. Perhaps one of the files was changed after it was exported.".into(),
        });
    }
    notes.extend(of_far_newest(cx.data()));
    gravest_first(notes)
}

/// Few clicks long after all others are dated by a clock that is wrong; ranges count back from them. No source for a year, nor
/// for one in twenty.
fn of_far_newest(data: &Dataset) -> Option<Note> {
    const FAR_MS: i64 = 365 * DAY_MS;
    let times = &data.time;
    let after_gap = |few: &usize| {
        let at = times.len() - few;
        times[at] - times[at - 1] > FAR_MS
    };
    let few = (1..=(times.len() / 20).min(100)).rev().find(after_gap)?;
    let (first, before) = (times[times.len() - few], times[times.len() - few - 1]);
    Some(Note {
        level: Level::Warn,
        code: "far-newest".to_owned(),
        title: match few {
            1 => format!("1 click is of {}, long after all others", iso_date_of_ms(first)).into(),
            many => format!(
                "{} clicks are of {} or later, long after all others",
                thousands(many as u64),
                iso_date_of_ms(first)
            )
            .into(),
        },
        text: format!(
            "The one before is of {}. Ranges such as 30 days count back from the newest click: choose a period by its dates, or open the file without the record.",
            iso_date_of_ms(before)
        )
        .into(),
    })
}

/// Clicks that went through a warning. All rows are looked at: only where a policy says that there are none.
fn overrides(cx: &Cx) -> u64 {
    let data = cx.data();
    let of_kind: Vec<bool> = data.kinds.iter().map(|kind| kind.action == Action::UserOverride).collect();
    let rows = (0..data.len()).filter(|row| of_kind[data.kind[*row] as usize]);
    rows.map(|row| u64::from(data.weight_of(row))).sum()
}

/// What policies say about clicks that are not there.
fn of_policies(cx: &Cx) -> Vec<Note> {
    let policies = &cx.tables().policies.rows;
    let mut notes = Vec::new();
    let names = |of: fn(&Policy) -> bool| -> Vec<&str> {
        policies.iter().filter(|p| of(p)).map(|p| p.name.original()).collect()
    };
    let untracked = names(|p| p.track_clicks == Some(false));
    if !untracked.is_empty() {
        notes.push(Note {
            level: Level::Warn,
            code: "not-tracked".to_owned(),
            title: "A policy does not record clicks".into(),
            text: format!(
                "Under {} clicks leave no trace: people without a click may have clicked.",
                untracked.join(", ")
            )
            .into(),
        });
    }
    let closed = names(|p| p.allow_click_through == Some(false));
    if !closed.is_empty() {
        notes.push(Note {
            level: Level::Info,
            code: "no-way-through".to_owned(),
            title: "A policy lets nobody through a warning".into(),
            text: format!(
                "Under {} a warning cannot be clicked through: no override there means nothing.{}",
                closed.join(", "),
                match overrides(cx) {
                    0 => String::new(),
                    many => format!(
                        " {} here went through one all the same: the policy was another one then, or is of other people.",
                        counted(many, "click", "clicks")
                    ),
                }
            )
            .into(),
        });
    }
    notes
}

/// Days in which clicks are to be expected and are in no file.
pub(super) fn of_missing_days(coverage: &Coverage) -> Option<Note> {
    let longest = coverage.missing.first()?;
    let others = match coverage.missing.len() {
        1 => String::new(),
        many => format!(" So are {} more times.", many - 1),
    };
    Some(Note {
        level: Level::Warn,
        code: "days-missing".to_owned(),
        title: format!("No file has a click of {} to {}", longest.from, longest.to).into(),
        text: format!(
            "{} without one, where about {} would be expected: nobody clicked, or an export of these days is missing.{others}",
            counted(u64::from(longest.days), "day", "days"),
            thousands(longest.expected)
        )
        .into(),
    })
}

/// What is said when parts of a filter have no effect.
pub(super) fn of_ignored(ignored: &[String]) -> Option<Note> {
    (!ignored.is_empty()).then(|| Note {
        level: Level::Warn,
        code: "ignored".to_owned(),
        title: "A part of the filter has no effect".into(),
        text: format!("Nothing in this data answers to {}.", ignored.join(", ")).into(),
    })
}

/// Records that repeat a click and were not counted again.
pub(super) fn duplicates(cx: &Cx) -> u64 {
    cx.data().files.iter().map(|f| f.duplicates).sum()
}
