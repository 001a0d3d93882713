//! What has to be known before the numbers, each thing once, and which files it is about.

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
    for (place, file) in (0..).zip(&trust.files) {
        for note in file.notes.iter().filter(|note| note.level > Level::Info) {
            let is_same = |point: &&mut Point| {
                let known = &point.note;
                !point.files.is_empty()
                    && (&known.code, known.level, &known.title) == (&note.code, note.level, &note.title)
            };
            match points.iter_mut().find(is_same) {
                Some(point) => {
                    if point.note.text != note.text {
                        point.note.text = Untrusted::default();
                    }
                    if !point.files.contains(&place) {
                        point.files.push(place);
                    }
                }
                None => points.push(Point { note: note.clone(), files: vec![place] }),
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

/// Name of the file that a note speaks of, where there are several and one of them has it.
pub fn file_of<'a>(trust: &'a Trust, note: &Note) -> Option<&'a Untrusted> {
    let mut having = trust.files.iter().filter(|f| f.notes.contains(note));
    match (having.next(), having.next()) {
        (Some(file), None) if trust.files.len() > 1 => Some(&file.name),
        _ => None,
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
        assert_eq!(file_of(&trust, &note("x", "")), Some(&"b.csv".into()));
        assert_eq!(file_of(&trust, &note("y", "")), None);
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
