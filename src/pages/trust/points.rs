//! Whether the numbers can be believed, in a sentence, and all that speaks against it.

use std::sync::Arc;

use clicks::import::{Level, Note};
use clicks::query::Trust;
use leptos::prelude::*;

use super::show_all::ShowAll;
use crate::state::notes::{self, Point};
use crate::state::use_state;
use crate::ui::{NameColumns, OneNote, words};

/// How many are shown before the rest is asked for.
const FIRST: usize = 8;

/// How many files are named at one point.
const NAMED: usize = 3;

/// The answer to the question that the page is called after.
#[component]
pub fn Answer(
    /// What is known
    trust: Arc<Trust>,
) -> impl IntoView {
    let state = use_state();
    let all = RwSignal::new(false);
    let points = notes::points(&trust);
    let sentence = sentence(&points);
    let summary = summary(&trust);
    let many = points.len();
    // Good to know, and no reason to doubt.
    let infos: Vec<Note> = notes::of_all(&trust).filter(|note| note.level == Level::Info).cloned().collect();
    let trust = StoredValue::new(trust);
    let one = move |point: Point| {
        let note = point.note;
        let named = point.files.clone().into_iter().take(NAMED).filter_map(move |place| {
            let name = trust.with_value(|trust| {
                trust.files.get(place as usize).map(|file| words::defanged_inside(file.name.original()))
            })?;
            let open = move |_| state.show_file(place);
            Some(view! { <button class="link" type="button" on:click=open>{name}</button> " " })
        });
        let named = named.collect_view();
        // One text that several files have is not about all of them together.
        let (several, says_one) = (point.files.len() > 1, !note.text.is_empty());
        let more = point.files.len().saturating_sub(NAMED);
        // What can be opened as it is, is: there is nothing to export again.
        let nameable = trust.with_value(|trust| {
            let [place] = point.files.as_slice() else { return None };
            let file = trust.files.get(*place as usize)?;
            let table = file.table.clone().filter(|_| file.is_refused())?;
            Some((file.name.shown(), table))
        });
        let is_named = trust.with_value(|trust| trust.files.len() > 1) && !point.files.is_empty();
        view! {
            <OneNote note>
                {is_named.then(|| view! {
                    <span class="trust-of">
                        {(several && says_one).then_some("Each of: ")}
                        {named}
                        {(more > 0).then(|| format!("and {}", words::counted(more as u64, "more file", "more files")))}
                        {nameable.map(|(name, table)| view! { " · " <NameColumns name table is_open=true class="link"/> })}
                    </span>
                })}
            </OneNote>
        }
    };
    let list = move || {
        let shown = if all.get() { many } else { FIRST };
        points.clone().into_iter().take(shown).map(one).collect_view()
    };
    view! {
        <p class="trust-answer" data-testid="trust-answer">{sentence}</p>
        <p class="trust-summary">{summary}</p>
        <ul class="trust-notes" data-testid="trust-points" tabindex="-1">{list}</ul>
        <ShowAll
            label=format!("Show all {}", words::number(many as u64))
            when=Signal::derive(move || many > FIRST && !all.get())
            show=Callback::new(move |()| all.set(true))
            focus="trust-points"
        />
        <ul class="trust-notes">{infos.into_iter().map(|note| view! { <OneNote note/> }).collect_view()}</ul>
    }
}

/// `Usable with care: 3 points bear on these numbers.`
fn sentence(points: &[Point]) -> String {
    let bad = points.iter().filter(|point| point.note.level == Level::Bad).count() as u64;
    let all = points.len() as u64;
    let bear = words::counted(all, "point bears on these numbers", "points bear on these numbers");
    match (bad, all) {
        (_, 0) => "Nothing was found that speaks against these numbers.".to_owned(),
        (0, _) => format!("Usable with care: {bear}."),
        _ => format!("Not all of the data is in here: {bear}."),
    }
}

/// `4,137 clicks from 2 of 3 files, 12 duplicates counted once`
fn summary(trust: &Trust) -> String {
    let with_clicks = trust.files.iter().filter(|file| file.gave_clicks()).count() as u64;
    let files = match trust.files.len() as u64 {
        all if all == with_clicks => words::counted(all, "file", "files"),
        all => format!("{with_clicks} of {}", words::counted(all, "file", "files")),
    };
    let twice = match trust.duplicates {
        0 => "no duplicates".to_owned(),
        n => format!("{} counted once", words::counted(n, "duplicate", "duplicates")),
    };
    format!("{} from {files}, {twice}", words::counted(trust.clicks, "click", "clicks"))
}
