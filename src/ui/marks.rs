//! Verdict and action, each with a word and a shape: never colour alone.

use clicks::model::{Action, Verdict};
use leptos::prelude::*;

/// Shape and class of a verdict.
pub const fn verdict_mark(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Malicious => ("▲", "bad"),
        Verdict::Blocked => ("■", "good"),
        Verdict::Pending => ("◔", "pending"),
        Verdict::Safe => ("●", "plain"),
        Verdict::Unknown => ("○", "plain"),
    }
}

/// Class of an action: who got to a page that is not safe is a finding.
pub const fn action_class(action: Action, verdict: Verdict) -> &'static str {
    match (action, verdict) {
        (Action::UserOverride, _) => "warn",
        (Action::Allowed, Verdict::Malicious | Verdict::Blocked) => "bad",
        (Action::Blocked, _) => "good",
        (Action::None, Verdict::Pending) => "pending",
        _ => "plain",
    }
}

/// A verdict.
#[component]
pub fn VerdictMark(
    /// The verdict
    verdict: Verdict,
) -> impl IntoView {
    let (shape, class) = verdict_mark(verdict);
    view! {
        <span class=format!("verdict {class}")><span aria-hidden="true">{shape}</span> " " {verdict.label()}</span>
    }
}

/// An action.
#[component]
pub fn ActionTag(
    /// The action
    action: Action,
    /// What the scan said: it decides whether being let through is a finding
    verdict: Verdict,
) -> impl IntoView {
    let label = match (action, verdict) {
        (Action::None, Verdict::Pending) => "Waiting page",
        (Action::None, _) => "Error page",
        _ => action.label(),
    };
    view! { <span class=format!("action {}", action_class(action, verdict))>{label}</span> }
}
