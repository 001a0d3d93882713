//! What has to be known before the numbers, each thing once, and which files it is about.

use std::collections::HashMap;

use clicks::import::{Level, Note};
use clicks::model::Untrusted;
use clicks::query::Trust;

/// Something to know, and the places of the files that it is about; none where it is about all of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// What it is. Where files say it in other words, only its title is said.
    pub note: Note,
    /// Places in the list of files.
    pub files: Vec<u32>,
}

/// All that asks for care, gravest first; what several files have is one point.
pub fn points(trust: &Trust) -> Vec<Point> {
    let mut points: Vec<Point> = of_all(trust)
        .filter(|note| note.level > Level::Info)
        .map(|note| Point { note: note.clone(), files: Vec::new() })
        .collect();
    let mut known: HashMap<(&str, bool, &str), usize> = HashMap::new();
    for (place, file) in (0..).zip(&trust.files) {
        for note in file.notes.iter().filter(|note| note.level > Level::Info) {
            let key = (note.code.as_str(), note.level == Level::Bad, note.title.original());
            let point = *known.entry(key).or_insert_with(|| {
                points.push(Point { note: note.clone(), files: Vec::new() });
                points.len() - 1
            });
            let Some(point) = points.get_mut(point) else { continue };
            if point.note.text != note.text {
                point.note.text = Untrusted::default();
            }
            if point.files.last() != Some(&place) {
                point.files.push(place);
            }
        }
    }
    let of_level = |level: Level| points.iter().filter(move |point| point.note.level == level).cloned();
    of_level(Level::Bad).chain(of_level(Level::Warn)).collect()
}

/// Notes on the data as a whole: those that no file has for itself.
pub fn of_all(trust: &Trust) -> impl Iterator<Item = &Note> {
    trust.notes.iter().filter(|note| !trust.files.iter().any(|f| f.notes.contains(note)))
}

/// The files that a note speaks of, in words: the name of the one, how many of how many; nothing where it speaks of all.
pub fn files_of(trust: &Trust, note: &Note) -> Untrusted {
    let having: Vec<&Untrusted> =
        trust.files.iter().filter(|f| f.notes.contains(note)).map(|file| &file.name).collect();
    let with_clicks = trust.files.iter().filter(|file| file.rows > 0).count();
    match having.as_slice() {
        [one] if trust.files.len() > 1 => (*one).clone(),
        [_, _, ..] if having.len() < with_clicks => {
            format!("{} of {} files with clicks", having.len(), with_clicks).into()
        }
        _ => Untrusted::default(),
    }
}

#[cfg(test)]
mod tests {
    use clicks::import::FileReport;

    use super::*;

    fn note(code: &str, text: &str) -> Note {
        Note { level: Level::Warn, code: code.to_owned(), title: code.into(), text: text.into() }
    }

    fn file(name: &str, notes: Vec<Note>) -> FileReport {
        FileReport { name: name.into(), notes, ..FileReport::default() }
    }

    #[test]
    fn note_of_one_file_is_one_point_and_names_it() {
        let trust = Trust {
            files: vec![file("a.csv", vec![]), file("b.csv", vec![note("x", "")])],
            notes: vec![note("x", ""), note("y", "")],
            ..Trust::default()
        };
        assert_eq!(points(&trust).len(), 2);
        assert_eq!(files_of(&trust, &note("x", "")).original(), "b.csv");
        assert_eq!(files_of(&trust, &note("y", "")).original(), "");
    }

    #[test]
    fn note_of_some_files_says_of_how_many() {
        let with = |notes| FileReport { rows: 3, ..file("a.csv", notes) };
        let trust = Trust {
            files: vec![with(vec![note("x", "")]), with(vec![note("x", "")]), with(vec![])],
            ..Trust::default()
        };
        assert_eq!(files_of(&trust, &note("x", "")).original(), "2 of 3 files with clicks");
    }

    #[test]
    fn point_of_several_files_is_one_and_the_gravest_is_first() {
        let bad = Note { level: Level::Bad, ..note("refused", "1 of 3") };
        let trust = Trust {
            files: vec![
                file("a.csv", vec![note("x", "same"), bad.clone()]),
                file("b.csv", vec![note("x", "same"), Note { text: "2 of 9".into(), ..bad }]),
            ],
            ..Trust::default()
        };
        let points = points(&trust);
        assert_eq!(points.len(), 2);
        assert_eq!((points[0].note.code.as_str(), points[0].note.text.original()), ("refused", ""));
        assert_eq!((points[1].note.text.original(), &points[1].files[..]), ("same", &[0, 1][..]));
    }
}
