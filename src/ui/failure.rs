//! What went wrong, where, and what to do next.

use clicks::model::text::shown;
use clicks::{Failure, FailureKind};
use leptos::prelude::*;

use super::{NameColumns, words};

/// The message: what was recognised, the file, the line, the reason, and what to export instead.
#[component]
pub fn FailureMessage(
    /// What happened
    failure: Failure,
    /// What to do about it at once: a word and what it does; default nothing
    #[prop(optional_no_strip)]
    way_out: Option<(&'static str, Callback<()>)>,
    /// Closes the message
    on_close: Callback<()>,
) -> impl IntoView {
    let Failure { kind, message, file, line, recognised, instead, table, also } = failure;
    let title = if table.is_some() { "This is a table of no known kind" } else { title(kind) };
    let named = file.as_ref().map(clicks::model::Untrusted::shown).unwrap_or_default();
    let name_columns = table.map(|table| view! { <p><NameColumns name=named table is_open=false/></p> });
    let place = match (&file, line) {
        (Some(file), Some(line)) => Some(format!("{}, line {}", file.shown(), words::number(line))),
        (Some(file), None) => Some(file.shown()),
        (None, Some(line)) => Some(format!("line {}", words::number(line))),
        (None, None) => None,
    };
    let entry = |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let message = if message.is_empty() {
        "The engine gave no answer. Reload the page and open the file again.".to_owned()
    } else {
        words::defanged_inside(message.original())
    };
    view! {
        <div class="failure" role="alert" data-testid="error-message">
            <div class="failure-head">
                <strong>{title}</strong>
                <button class="link" type="button" on:click=move |_| on_close.run(())>"Close"</button>
            </div>
            <p>{message}</p>
            {name_columns}
            {way_out.map(|(word, go)| view! {
                <p><button class="btn" type="button" data-testid="way-out" on:click=move |_| go.run(())>{word}</button></p>
            })}
            <dl>
                {place.map(|p| entry("File", p))}
                {recognised.as_deref().map(|r| entry("Recognised as", shown(r)))}
                {instead.as_deref().map(|i| entry("Export instead", shown(i)))}
            </dl>
            {(!also.is_empty()).then(|| view! {
                <ul class="failure-also" data-testid="other-failures">
                    {also.iter().map(|other| view! { <li>{in_a_line(other)}</li> }).collect_view()}
                </ul>
            })}
        </div>
    }
}

/// A failure of another file in one line: the file, what it is, and what to do.
fn in_a_line(failure: &Failure) -> String {
    let file = failure.file.as_ref().map(|file| format!("{}: ", file.shown())).unwrap_or_default();
    format!("{file}{}. {}", title(failure.kind), words::defanged_inside(failure.message.original()))
}

/// The kind in words.
fn title(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::NotClicks => "This file holds no clicks",
        FailureKind::Empty => "This file is empty",
        FailureKind::Zipped => "This file is packed",
        FailureKind::Broken => "This file is broken",
        FailureKind::Unreadable => "This file could not be read",
        FailureKind::Cancelled => "Cancelled",
        FailureKind::BadRequest | FailureKind::NoData => "That could not be answered",
        FailureKind::TooLarge => "The answer is too large",
        FailureKind::NoRoom => "There is no room for this export",
        FailureKind::Crashed => "The engine failed",
        _ => "That did not work",
    }
}
