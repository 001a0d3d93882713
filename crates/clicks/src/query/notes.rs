//! Sentences to read before the numbers: those of the files, and those that only all files together give.

use super::Cx;
use crate::import::{Level, Note, gravest_first};

/// The notes of all files, each said once, the gravest first.
pub(super) fn notes(cx: &Cx) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for note in cx.files().iter().flat_map(|f| &f.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    let duplicates = duplicates(cx);
    if duplicates > 0 {
        notes.push(Note {
            level: Level::Info,
            code: "duplicates".to_owned(),
            title: match duplicates {
                1 => "1 identical record was not counted again".into(),
                many => format!("{many} identical records were not counted again").into(),
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
                many => format!("{many} clicks look like clicks of another file").into(),
            },
            text: "Report id, user, time and URL are the same, something else differs, so both are counted. Perhaps one of the files was changed after it was exported.".into(),
        });
    }
    gravest_first(notes)
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

/// Records that were identical to another and counted once.
pub(super) fn duplicates(cx: &Cx) -> u64 {
    cx.data().files.iter().map(|f| f.duplicates).sum()
}
