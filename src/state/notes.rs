//! Which note speaks of which file.

use clicks::import::{Level, Note};
use clicks::model::Untrusted;
use clicks::query::Trust;

/// Notes on the data as a whole: those that no file has for itself.
pub fn of_all(trust: &Trust) -> impl Iterator<Item = &Note> {
    trust.notes.iter().filter(|note| !trust.files.iter().any(|f| f.notes.contains(note)))
}

/// How many notes ask for care.
pub fn warnings(trust: &Trust) -> usize {
    let of_files = trust.files.iter().flat_map(|f| &f.notes);
    of_all(trust).chain(of_files).filter(|n| n.level > Level::Info).count()
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

    #[test]
    fn note_of_one_file_is_counted_once_and_names_it() {
        let note = |code: &str| Note { level: Level::Warn, code: code.to_owned(), ..Note::default() };
        let file = |name: &str, notes| FileReport { name: name.into(), notes, ..FileReport::default() };
        let trust = Trust {
            files: vec![file("a.csv", vec![]), file("b.csv", vec![note("x")])],
            notes: vec![note("x"), note("y")],
            ..Trust::default()
        };
        assert_eq!(warnings(&trust), 2);
        assert_eq!(file_of(&trust, &note("x")), Some(&"b.csv".into()));
        assert_eq!(file_of(&trust, &note("y")), None);
    }
}
