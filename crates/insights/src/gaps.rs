//! What the exports do not say, in words that every conclusion shares.
//!
//! Owns the words. Which file lacks what is known to whoever read it ([`clicks::import::Gap`]).

use clicks::import::{FileReport, Gap};

const GAPS: [(Gap, &str); 4] = [
    (Gap::Threats, "what was malicious"),
    (Gap::Action, "what came of a click"),
    (Gap::ClickThrough, "who went past a warning"),
    (Gap::Allowed, "who was let through"),
];

/// What some file does not say, of that which matters.
pub fn missing(files: &[FileReport], matters: impl Fn(Gap) -> bool) -> Vec<&'static str> {
    let lacks = |gap: Gap| files.iter().flat_map(|file| &file.notes).any(|note| note.code == gap.code());
    GAPS.iter().filter(|(gap, _)| matters(*gap) && lacks(*gap)).map(|(_, what)| *what).collect()
}

/// The same as the beginning of a sentence; empty where nothing is missing.
pub fn said(files: &[FileReport], missing: &[&str]) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let one = files.iter().filter(|file| file.gave_clicks()).count() == 1;
    let who = if one { "The export does not say" } else { "Not every export says" };
    format!("{who} {}", missing.join(if one { ", nor " } else { " and " }))
}

/// A sentence for a list of people; empty where nothing is missing.
pub fn of_people(files: &[FileReport], matters: impl Fn(Gap) -> bool) -> String {
    match said(files, &missing(files, matters)) {
        text if text.is_empty() => text,
        text => format!("{text}: people may be missing here."),
    }
}
