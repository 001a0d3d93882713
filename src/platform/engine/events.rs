//! What happens to the engine without anybody asking, and how that is said.

use clicks::{Failure, FailureKind};

use super::host::cancelled;

/// Something happened that nobody asked for.
#[derive(Clone, Debug)]
pub enum Event {
    /// The engine was ended and another one started, which has no data.
    Lost(Lost),
    /// Somebody waits, and there has been no sign of life for a while; or there is one again.
    Silent(bool),
}

/// Why the engine was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It stopped by itself.
    Crashed {
        /// What the browser said; some say nothing.
        why: String,
    },
    /// Somebody had no more patience with it.
    GivenUp,
    /// A load that was cancelled did not stop in time.
    Cancelled,
}

impl Lost {
    /// What happened, as the beginning of a sentence.
    pub fn said(&self) -> String {
        match self {
            Lost::Crashed { why } if why.is_empty() => "The engine stopped unexpectedly".to_owned(),
            Lost::Crashed { why } => format!("The engine stopped unexpectedly ({why})"),
            Lost::GivenUp => "The engine did not answer and was ended".to_owned(),
            Lost::Cancelled => {
                "The load did not stop when it was cancelled, so the engine was ended".to_owned()
            }
        }
    }

    /// What is said to somebody who waits for a load, or for another answer.
    pub fn failure(&self, is_load: bool) -> Failure {
        let rest = match (self, is_load) {
            (Lost::Cancelled, true) => return cancelled(),
            (Lost::Crashed { .. }, true) => {
                "while it read the files. Nothing in them was changed. More than about ten million clicks do not fit in one tab: export a shorter period then."
            }
            (Lost::GivenUp, true) => "before it had read the files. Nothing in them was changed.",
            (_, false) => "before it had answered this question.",
        };
        let message = format!("{} {rest}", self.said());
        Failure::new(FailureKind::Crashed, message)
    }
}
