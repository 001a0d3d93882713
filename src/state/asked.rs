//! Questions of which only the newest counts: an answer that comes after a newer question is dropped, and so is
//! one about data that is no longer open.

use clicks::protocol::{DataToken, Failure, FailureKind, Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AppState;

/// One place where something is asked again and again.
#[derive(Clone, Copy, Debug)]
pub struct Newest(StoredValue<u32>);

impl Default for Newest {
    fn default() -> Newest {
        Newest(StoredValue::new(0))
    }
}

/// The right to answer, until a newer question is asked in the same place.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    place: Newest,
    number: u32,
}

impl Newest {
    /// Supersedes whatever was asked before.
    pub fn begin(self) -> Turn {
        self.0.update_value(|n| *n += 1);
        Turn { place: self, number: self.0.get_value() }
    }

    /// Asks, superseding whatever was asked before.
    pub fn ask(
        self,
        state: AppState,
        about: DataToken,
        request: Request,
        take: impl FnOnce(Result<Response, Failure>) + 'static,
    ) {
        self.begin().ask(state, about, request, take);
    }
}

impl Turn {
    /// Which question of its place this is, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Whether nothing newer was asked; false too when the place is gone with the view it belonged to.
    pub fn is_newest(self) -> bool {
        self.place.0.try_get_value() == Some(self.number)
    }

    /// Asks in this turn. The answer is handed on while it still counts.
    pub fn ask(
        self,
        state: AppState,
        about: DataToken,
        request: Request,
        take: impl FnOnce(Result<Response, Failure>) + 'static,
    ) {
        // Not tied to an effect or a view: those run again, or go, as soon as they have asked.
        spawn_local(async move {
            let answer = state.engine.ask(about, request).await;
            let is_open = state.load.try_read_untracked().is_some_and(|l| l.is_open(about));
            if is_open && self.is_newest() {
                take(answer);
            }
        });
    }
}

/// The failure in an answer that is not the one expected.
pub fn failure_of(answer: Result<Response, Failure>) -> Failure {
    match answer {
        Err(failure) | Ok(Response::Failed(failure)) => failure,
        Ok(_) => Failure {
            kind: FailureKind::Crashed,
            message: "The engine answered another question than the one asked. Reload the page and open the file again.".to_owned(),
            ..Failure::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turn_is_over_when_a_newer_one_begins_or_its_place_is_gone() {
        let owner = Owner::new();
        let (old, new) = owner.with(|| {
            let place = Newest::default();
            (place.begin(), place.begin())
        });
        assert!(!old.is_newest() && new.is_newest());
        assert_eq!((old.number(), new.number()), (1, 2));
        owner.cleanup();
        assert!(!new.is_newest());
    }
}
