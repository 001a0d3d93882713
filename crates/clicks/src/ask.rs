//! Every question there is, in one table, and how one travels.
//!
//! A question is a type with its answer and its computation beside it, see [`Ask`]. Page and engine pass it as
//! its name and its JSON, and the answer as JSON alone: both sides know its type. Must not know how an answer
//! is computed, nor how it is shown.

use crate::failure::Failure;
use crate::query::Cx;

pub use crate::query::Ask;
use crate::query::{
    AskDashboard, AskDetail, AskLens, AskNotTaken, AskQuery, AskReport, AskRows, AskSuggest, AskTopUrls,
    AskTopUsers, AskTrust,
};

/// Version of what page and worker say to each other. Both are cut from one file, so a difference is a defect,
/// and the handshake refuses it.
pub const PROTOCOL: u32 = 2;

/// The table of questions: one word each.
macro_rules! questions {
    ($($ask:ident),+ $(,)?) => {
        /// The names of all questions.
        pub const NAMES: &[&str] = &[$(<$ask as Ask>::NAME),+];

        /// Reads a question that came as text.
        pub fn read(written: &Written) -> Result<Box<dyn Question>, Failure> {
            $(if written.name == <$ask as Ask>::NAME {
                return read_one::<$ask>(&written.body);
            })+
            Err(not_understood(&format!("there is none called “{}”", written.name)))
        }
    };
}

questions![
    AskDashboard,
    AskDetail,
    AskLens,
    AskNotTaken,
    AskQuery,
    AskReport,
    AskRows,
    AskSuggest,
    AskTopUrls,
    AskTopUsers,
    AskTrust,
];

/// A question as it travels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Its name, see [`Ask::NAME`].
    pub name: String,
    /// Its JSON.
    pub body: String,
}

impl Written {
    /// Writes a question.
    pub fn of<Q: Ask>(question: &Q) -> Written {
        // Plain data: there is nothing in it that could not be written.
        Written { name: Q::NAME.to_owned(), body: serde_json::to_string(question).unwrap_or_default() }
    }
}

/// A question of any kind.
pub trait Question {
    /// See [`Ask::row_to_read`].
    fn reads(&self) -> Option<u32>;
    /// The answer as JSON.
    fn answer_json(&self, cx: &mut Cx) -> Result<String, Failure>;
}

impl<Q: Ask> Question for Q {
    fn reads(&self) -> Option<u32> {
        self.row_to_read()
    }

    fn answer_json(&self, cx: &mut Cx) -> Result<String, Failure> {
        let answer = self.answer(cx)?;
        serde_json::to_string(&answer).map_err(|e| not_understood(&e.to_string()))
    }
}

/// Reads a question of a kind that is known.
pub fn read_one<Q: Ask + 'static>(body: &str) -> Result<Box<dyn Question>, Failure> {
    match serde_json::from_str::<Q>(body) {
        Ok(question) => Ok(Box::new(question)),
        Err(error) => Err(not_understood(&error.to_string())),
    }
}

/// A question that is none.
pub fn not_understood(what: &str) -> Failure {
    Failure::bad_request(format!("The engine does not understand the question: {what}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_names_are_different_and_each_is_read() {
        for (place, name) in NAMES.iter().enumerate() {
            assert_eq!(NAMES.iter().position(|n| n == name), Some(place), "{name}");
        }
        let detail = read(&Written::of(&AskDetail { row: 7, lens: String::new() }))
            .ok()
            .and_then(|question| question.reads());
        assert_eq!(detail, Some(7));
        let unknown = read(&Written { name: "fly".to_owned(), body: "{}".to_owned() });
        assert!(unknown.err().is_some_and(|failure| failure.message.original().contains("fly")));
        assert!(read(&Written { name: "rows".to_owned(), body: "[".to_owned() }).is_err());
    }
}
