//! The files: one row each, those that need care first, with what is known of one behind its name.

use std::sync::Arc;

use clicks::import::{FileReport, Level, nth_of_name};
use clicks::model::sorting::sorted;
use clicks::query::Trust;
use leptos::prelude::*;

use super::coverage::{axis, days, gaps_text, most_a_step};
use super::file::file_details;
use super::show_all::ShowAll;
use crate::state::{file_row_id, use_state};
use crate::ui::{rescue_focus_near, words};

/// How many rows are shown before the rest is asked for.
const FIRST: usize = 60;

/// A file, by its name and which of the files of that name it is.
type Named = (String, u32);

fn names_of(files: &[FileReport]) -> Vec<Named> {
    nth_of_name(files.iter().map(|file| file.name.original()))
        .map(|(name, nth)| (name.to_owned(), nth))
        .collect()
}

/// The table.
#[component]
pub fn Files(
    /// What is known
    trust: Arc<Trust>,
) -> impl IntoView {
    let (files, coverage) = (&trust.files, &trust.coverage);
    let state = use_state();
    let all = move || state.trust_view.read().all_files;
    // The sample is of no file.
    let removable = state.is_of_files();
    let many = files.len();
    let has_days = !coverage.lines.is_empty();
    let most = most_a_step(coverage);
    let gaps = has_days.then(|| gaps_text(coverage));
    let axis = has_days.then(|| axis(coverage));
    let step = match coverage.step_days {
        0 | 1 => "Days covered, UTC".to_owned(),
        days => format!("Days covered, UTC, in steps of {days} days"),
    };
    let rows: Vec<(u32, Named)> = (0..).zip(names_of(files)).collect();
    let worst_of = |place: u32| files.get(place as usize).and_then(worst);
    // Equal ones stand as they were opened.
    let key = |place: u32| (worst_of(place), files.get(place as usize).map_or(0, not_taken));
    let sorted = sorted(rows, |a, b| key(b.0).cmp(&key(a.0)));
    let is_alone = many == 1;
    let rows = move || {
        let shown = if all() { many } else { FIRST };
        let row = |(at, (place, name)): (u32, (u32, Named))| {
            view! { <Row trust=trust.clone() at place name most removable is_alone/> }
        };
        (0..).zip(sorted.clone()).take(shown).map(row).collect_view()
    };
    view! {
        <section class="panel trust-files" data-testid="coverage">
            <div class="panel-head">
                <h2>{if is_alone { "The file" } else { "The files" }}</h2>
                {(!is_alone).then(|| view! {
                    <span class="panel-sub">{format!("{}, those that need care first", words::counted(many as u64, "file", "files"))}</span>
                })}
            </div>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"File"</th>
                        <th scope="col" class="trust-days">{has_days.then_some(step)} {axis}</th>
                        <th scope="col" class="num">"Records"</th>
                        <th scope="col" class="num">"Clicks"</th>
                        <th scope="col" class="num">"Duplicates"</th>
                        <th scope="col" class="num">"Not taken"</th>
                        <th scope="col"><span class="visually-hidden">"Remove"</span></th>
                    </tr>
                </thead>
                {rows}
            </table>
            <ShowAll
                label=format!("Show all {}", words::number(many as u64))
                when=Signal::derive(move || many > FIRST && !all())
                show=Callback::new(move |()| state.trust_view.update(|view| view.all_files = true))
                focus="file-row"
            />
            {gaps.map(|gaps| view! { <p class="trust-why">{gaps}</p> })}
        </section>
    }
}

/// The gravest of what asks for care in a file.
fn worst(file: &FileReport) -> Option<Level> {
    file.notes.iter().map(|note| note.level).filter(|level| *level > Level::Info).max()
}

/// Its records that are no click.
const fn not_taken(file: &FileReport) -> u64 {
    file.refused.saturating_add(file.skipped)
}

/// One file.
#[component]
fn Row(
    /// What is known
    trust: Arc<Trust>,
    /// Its place among the rows
    at: u32,
    /// Its place in the list of files
    place: u32,
    /// Its name and number
    name: Named,
    /// The most clicks of any file in a step
    most: u32,
    /// It came from somebody, and can go again
    removable: bool,
    /// There is no other
    is_alone: bool,
) -> impl IntoView {
    let state = use_state();
    let file = trust.files.get(place as usize).cloned().unwrap_or_default();
    let is_open = {
        let name = name.clone();
        // Of an only file there is nothing else to look at.
        Memo::new(move |_| state.trust_view.read().is_open(&name).unwrap_or(is_alone))
    };
    let toggle = {
        let name = name.clone();
        move |_| state.trust_view.update(|view| view.set_open(&name, !is_open.get_untracked()))
    };
    let nth = name.1;
    let warnings = file.notes.iter().filter(|note| note.level > Level::Info).count() as u64;
    let tag = match (file.is_refused(), worst(&file)) {
        // An export without a click in it is as good as any.
        (true, None) => Some(("plain", "no click".to_owned())),
        (true, _) => Some(("bad", "not taken in".to_owned())),
        (false, Some(level)) => Some((
            if level == Level::Bad { "bad" } else { "warn" },
            words::counted(warnings, "point", "points"),
        )),
        (false, None) => None,
    };
    let kept: u64 = file.beside.iter().map(|beside| beside.records).sum();
    let left = not_taken(&file);
    let is_refused = file.is_refused();
    let number = move |label: &'static str, n: u64, class: &'static str| {
        let class = if n == 0 { "num" } else { class };
        let text = if is_refused { String::new() } else { words::number(n) };
        view! { <td class=class data-label=label>{text}</td> }
    };
    let beside = (kept > 0 && file.rows == 0).then(|| format!("{} beside clicks", words::number(kept)));
    let kind = clicks::model::text::shown(&file.kind_label);
    let given = file.given;
    // A file inside another one is called by its own name, with the other below.
    let name = words::defanged_inside(file.name.original());
    let (whole, shown, is_part) = match name.split_once(" › ") {
        Some((whole, inner)) => (whole.to_owned(), inner.to_owned(), true),
        None => (name.clone(), name.clone(), false),
    };
    let kind = if is_part { format!("in {whole} · {kind}") } else { kind };
    let remove = removable.then(|| {
        let all_of = if is_part { "all of " } else { "" };
        let which = if nth > 1 { format!(" ({nth})") } else { String::new() };
        view! {
            <button
                class="link trust-remove"
                type="button"
                aria-label=format!("Remove {all_of}{whole}{which}")
                title=format!("Remove {all_of}{whole}{which}")
                on:click=move |_| state.remove_file(given, move || rescue_focus_near("file-row", at))
            >
                {if is_part { "Remove all" } else { "Remove" }}
            </button>
        }
    });
    let detail_id = format!("file-{place}");
    view! {
        <tbody class="trust-file" class:open=move || is_open.get()>
            <tr>
                <th scope="row">
                    <button
                        class="trust-name"
                        type="button"
                        id=file_row_id(place)
                        data-testid="file-row"
                        aria-expanded=move || is_open.get().to_string()
                        aria-controls=detail_id.clone()
                        on:click=toggle
                    >
                        {shown} {(nth > 1).then(|| format!(" ({nth})"))}
                    </button>
                    {tag.map(|(class, text)| view! { <span class=format!("tag {class}")>{text}</span> })}
                    <span class="trust-kind">{kind} {beside.map(|text| format!(" · {text}"))}</span>
                </th>
                <td class="trust-days">{days(&trust.coverage, most, place)}</td>
                {number("Records", file.records, "num")}
                {number("Clicks", file.rows, "num")}
                {number("Duplicates", file.duplicates, "num warn")}
                {number("Not taken", left, if file.refused > 0 { "num bad" } else { "num warn" })}
                <td class="trust-do">{remove}</td>
            </tr>
            <Show when=move || is_open.get()>
                <tr class="trust-detail">
                    <td colspan="7" id=detail_id.clone()>
                        {file_details(&trust, place, nth)}
                    </td>
                </tr>
            </Show>
        </tbody>
    }
}
