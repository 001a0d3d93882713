//! Questions of which only the newest counts: an answer that comes after a newer question is dropped, and so is
//! one about data that is no longer open.

use std::sync::Arc;

use clicks::Failure;
use clicks::ask::{Ask, Written};
use clicks::engine::DataToken;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AppState;
use crate::platform::engine::answer_of;

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
    pub fn ask<Q: Ask + 'static>(
        self,
        state: AppState,
        about: DataToken,
        question: &Q,
        take: impl FnOnce(Result<Q::Answer, Failure>) + 'static,
    ) {
        self.begin().ask(state, about, question, take);
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
    pub fn ask<Q: Ask + 'static>(
        self,
        state: AppState,
        about: DataToken,
        question: &Q,
        take: impl FnOnce(Result<Q::Answer, Failure>) + 'static,
    ) {
        let take = |text: Result<String, Failure>| take(text.and_then(|text| answer_of::<Q>(&text)));
        self.ask_text(state, about, Written::of(question), Box::new(take));
    }

    /// The part that is the same for every question, and stands in the program once.
    fn ask_text(self, state: AppState, about: DataToken, question: Written, take: Take) {
        // Not tied to an effect or a view: those run again, or go, as soon as they have asked.
        spawn_local(async move {
            let answer = state.engine.ask_text(about, &question).await;
            let is_open = state.load.try_read_untracked().is_some_and(|l| l.is_open(about));
            if is_open && self.is_newest() {
                take(answer);
            }
        });
    }
}

/// The answer to a question about the clicks in view, asked again whenever data or filter change, for as long as the caller is
/// there. None until it has come.
pub fn kept<Q>(state: AppState, question: impl Fn(String) -> Q + 'static) -> RwSignal<Option<Arc<Q::Answer>>>
where
    Q: Ask + 'static,
    Q::Answer: Send + Sync + 'static,
{
    kept_if(state, move |filter| Some(question(filter)))
}

/// The same, of a question that is not always there: without it the last answer stays.
pub fn kept_if<Q>(
    state: AppState,
    question: impl Fn(String) -> Option<Q> + 'static,
) -> RwSignal<Option<Arc<Q::Answer>>>
where
    Q: Ask + 'static,
    Q::Answer: Send + Sync + 'static,
{
    let answer = RwSignal::new(None);
    let newest = Newest::default();
    let about = Memo::new(move |_| Some((state.load.read().askable()?, state.filter.read().to_string())));
    Effect::new(move || {
        let Some((data, filter)) = about.get() else { return };
        let Some(question) = question(filter) else { return };
        newest.ask(state, data.token, &question, move |found| match found {
            Ok(found) => {
                answer.try_set(Some(Arc::new(found)));
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
    answer
}

/// Takes an answer as it travels.
type Take = Box<dyn FnOnce(Result<String, Failure>)>;

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
