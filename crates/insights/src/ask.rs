//! The questions of this crate, in one table, beside those of [`clicks::ask`].

use clicks::Failure;
use clicks::ask::{self, Ask, Question, Written};

use crate::{
    AskCompare, AskFirstRead, AskKql, AskMeaning, AskOffenders, AskSigns, AskSimulations, AskStory, AskSweep,
    AskWarnings, AskWhen, AskWorklist,
};

/// How a question is read from its JSON.
type Reader = fn(&str) -> Result<Box<dyn Question>, Failure>;

const fn row<Q: Ask + 'static>() -> (&'static str, Reader) {
    (Q::NAME, ask::read_one::<Q>)
}

/// The names of all questions of this crate, each with its reader.
pub const TABLE: [(&str, Reader); 12] = [
    row::<AskCompare>(),
    row::<AskFirstRead>(),
    row::<AskKql>(),
    row::<AskMeaning>(),
    row::<AskOffenders>(),
    row::<AskSigns>(),
    row::<AskSimulations>(),
    row::<AskStory>(),
    row::<AskSweep>(),
    row::<AskWarnings>(),
    row::<AskWhen>(),
    row::<AskWorklist>(),
];

/// Reads a question that came as text: one of these, or one of the core's.
pub fn read(written: &Written) -> Result<Box<dyn Question>, Failure> {
    match TABLE.iter().find(|(name, _)| *name == written.name) {
        Some((_, reader)) => reader(&written.body),
        None => ask::read(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_a_name_of_its_own_and_is_read() {
        for (at, (name, _)) in TABLE.iter().enumerate() {
            assert_eq!(TABLE.iter().position(|(other, _)| other == name), Some(at), "{name}");
            assert!(!ask::NAMES.contains(name), "{name}");
        }
        assert!(read(&Written::of(&AskMeaning { row: 7 })).is_ok());
        assert!(read(&Written::of(&ask_of_the_core())).is_ok());
        assert!(read(&Written { name: "worklist".to_owned(), body: "[1".to_owned() }).is_err());
    }

    fn ask_of_the_core() -> clicks::query::AskDashboard {
        clicks::query::AskDashboard::default()
    }
}
