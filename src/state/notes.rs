//! What has to be known before the numbers, each thing once, and which files it is about.

use std::collections::HashMap;

use clicks::import::{FileReport, Level, Note};
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
    gravest_first(points)
}

/// Notes on the data as a whole: those that no file has for itself.
pub fn of_all(trust: &Trust) -> impl Iterator<Item = &Note> {
    trust.notes.iter().filter(|note| !trust.files.iter().any(|f| f.notes.contains(note)))
}

/// The same, and what is only of the clicks in view.
pub fn points_in_view(trust: &Trust, of_view: &[Note]) -> Vec<Point> {
    let mut all = points(trust);
    let is_known = |note: &&Note| {
        note.level > Level::Info
            && !trust.notes.contains(note)
            && !trust.files.iter().any(|f| f.notes.contains(note))
    };
    all.extend(of_view.iter().filter(is_known).map(|note| Point { note: note.clone(), files: Vec::new() }));
    gravest_first(all)
}

/// Of one level in the order in which they stand.
fn gravest_first(points: Vec<Point>) -> Vec<Point> {
    let (bad, rest): (Vec<Point>, Vec<Point>) =
        points.into_iter().partition(|point| point.note.level == Level::Bad);
    bad.into_iter().chain(rest).collect()
}

/// The files that a point is of, in words: the name of the one, how many of how many; nothing where it is of all.
pub fn files_of(trust: &Trust, point: &Point) -> Untrusted {
    let (all, having) = (trust.files.len(), point.files.len());
    let at = |place: &u32| trust.files.get(*place as usize);
    let has_clicks = |file: &&FileReport| file.rows > 0;
    let with_clicks = trust.files.iter().filter(has_clicks).count();
    match point.files.as_slice() {
        [one] if all > 1 => at(one).map(|file| file.name.clone()).unwrap_or_default(),
        [_, _, ..] if having == all => Untrusted::default(),
        places @ [_, _, ..] if places.iter().filter_map(at).all(|file| file.rows > 0) => {
            match having < with_clicks {
                true => format!("{having} of {with_clicks} files with clicks").into(),
                false => Untrusted::default(),
            }
        }
        [_, _, ..] => format!("{having} of {all} files").into(),
        _ => Untrusted::default(),
    }
}

#[cfg(test)]
mod tests {
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
        let points = points(&trust);
        let files: Vec<Untrusted> = points.iter().map(|point| files_of(&trust, point)).collect();
        assert_eq!(files.iter().map(Untrusted::original).collect::<Vec<_>>(), ["", "b.csv"]);
    }

    #[test]
    fn note_of_some_files_says_of_how_many() {
        let with = |notes| FileReport { rows: 3, ..file("a.csv", notes) };
        let trust = Trust {
            files: vec![with(vec![note("x", "")]), with(vec![note("x", "")]), with(vec![])],
            ..Trust::default()
        };
        assert_eq!(files_of(&trust, &points(&trust)[0]).original(), "2 of 3 files with clicks");
    }

    #[test]
    fn note_of_files_without_clicks_does_not_speak_of_those_with_some() {
        let good = |name| FileReport { rows: 3, ..file(name, vec![]) };
        let trust = Trust {
            files: vec![
                good("a.csv"),
                good("b.csv"),
                file("a.pdf", vec![note("notClicks", "")]),
                file("b.pdf", vec![note("notClicks", "")]),
            ],
            ..Trust::default()
        };
        assert_eq!(files_of(&trust, &points(&trust)[0]).original(), "2 of 4 files");
    }

    #[test]
    fn note_of_the_view_is_a_point_beside_those_of_the_data() {
        let trust = Trust { files: vec![file("a.csv", vec![note("x", "")])], ..Trust::default() };
        assert_eq!(points_in_view(&trust, &[note("x", ""), note("ignored", "")]).len(), 2);
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
