//! What happened to one file.

use clicks::UnknownTable;
use clicks::import::{FileReport, Reason};
use clicks::model::Field;
use clicks::model::text::shown;
use leptos::prelude::*;

use super::evidence::Evidence;
use super::reading::Reading;
use crate::state::use_state;
use crate::ui::{OneNote, rescue_focus, words};

/// Everything known about one file.
#[component]
pub fn FileCard(
    /// The file
    report: FileReport,
    /// Its place in the list of files
    place: u32,
    /// It came from somebody, and can go again
    removable: bool,
) -> impl IntoView {
    let state = use_state();
    let given = report.given;
    // Of a packed file all that is inside goes.
    let name = report.name.shown();
    let (whole, is_part) =
        name.split_once(" › ").map_or((name.clone(), false), |(whole, _)| (whole.to_owned(), true));
    let remove = removable.then(|| {
        view! {
            <button
                class="link trust-remove"
                type="button"
                aria-label=format!("Remove {}{whole}", if is_part { "all of " } else { "" })
                on:click=move |_| state.remove_file(given, rescue_focus)
            >
                {if is_part { format!("Remove all of {whole}") } else { "Remove".to_owned() }}
            </button>
        }
    });
    let (reading, evidence) = (report.clone(), report.clone());
    let named = report.name.shown();
    let table = report.table.clone();
    let name_columns = table.map(|table| {
        view! {
            <p>
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| state.ask_columns(named.clone(), UnknownTable::clone(&table), true)
                >
                    "Say which column is what"
                </button>
            </p>
        }
    });
    let number = |label: &'static str, n: u64, class: &'static str| {
        let class = if n == 0 { "" } else { class };
        view! { <div class=format!("trust-number {class}")><dt>{label}</dt><dd>{words::number(n)}</dd></div> }
    };
    let span = match (&report.from, &report.to) {
        (Some(from), Some(to)) => format!("{} to {}", moment(from), moment(to)),
        _ => "no click with a time".to_owned(),
    };
    let zone = match report.zone_certainty.as_str() {
        "utc" => "UTC",
        "assumed" => "taken for UTC",
        "local" => "a local time",
        "told" => "as you said",
        _ => "not known",
    };
    let absent: Vec<String> = report
        .absent
        .iter()
        .map(|a| Field::column_of_name(a).map_or_else(|| shown(a), |c| c.label().to_owned()))
        .collect();
    // Of a file without a click only the first fact is known.
    let has_clicks = report.rows > 0;
    let fact = |label: &'static str, text: String, why: String| {
        (has_clicks || label == "Recognised as").then(|| view! {
            <div>
                <dt>{label}</dt>
                <dd>{text} {(!why.is_empty()).then(|| view! { <span class="trust-why">{why}</span> })}</dd>
            </div>
        })
    };
    let kept: u64 = report.beside.iter().map(|b| b.records).sum();
    let beside = report.beside.iter().map(|b| {
        let text = format!("{}: {}", words::counted(b.records, "record", "records"), shown(&b.label));
        let serves = b.serves.clone();
        view! {
            <div>
                <dt>"Beside clicks"</dt>
                <dd>{text} <span class="trust-why">{serves}</span></dd>
            </div>
        }
    });
    let beside = beside.collect_view();
    let absent_text = if absent.is_empty() { "none".to_owned() } else { absent.join(", ") };
    view! {
        <section class="panel trust-file">
            <div class="panel-head"><h2>{words::defanged_inside(report.name.original())}</h2><span class="panel-sub">{words::bytes(report.bytes)}</span>{remove}</div>
            {match report.is_refused() {
                true => view! { <p><span class="tag bad">"not taken in"</span></p> }.into_any(),
                false => view! {
                    <dl class="trust-numbers">
                        {number("Records read", report.records, "")}
                        {number("Clicks", report.rows, "")}
                        {number("Refused", report.refused, "bad")}
                        {number("Skipped", report.skipped, "warn")}
                        {number("Duplicates", report.duplicates, "warn")}
                        {(kept > 0).then(|| number("Beside clicks", kept, ""))}
                    </dl>
                }.into_any(),
            }}
            <ul class="trust-notes">
                {report.notes.into_iter().map(|note| view! { <OneNote note/> }).collect_view()}
            </ul>
            {name_columns}
            <dl class="trust-facts">
                {fact("Recognised as", shown(&report.kind_label), words::defanged_inside(report.why.original()))}
                {beside}
                {fact("Time span", span, String::new())}
                {fact("Time zone", zone.to_owned(), words::defanged_inside(report.zone_why.original()))}
                {fact("Encoding", shown(&report.encoding), report.container.shown())}
                {fact("Not in this export", absent_text, String::new())}
            </dl>
            <Reading report=reading/>
            <Reasons reasons=report.reasons/>
            <Evidence report=evidence place/>
        </section>
    }
}

/// Why records were not taken.
#[component]
fn Reasons(
    /// The reasons
    reasons: Vec<Reason>,
) -> impl IntoView {
    let there = !reasons.is_empty();
    let rows = reasons.into_iter().map(|reason| {
        let lines: Vec<String> = reason.lines.iter().map(|l| words::number(*l)).collect();
        let more = if reason.count > reason.lines.len() as u64 { ", …" } else { "" };
        let what = if reason.refused { ("refused", "bad") } else { ("skipped", "plain") };
        view! {
            <tr>
                <td class="num">{words::number(reason.count)}</td>
                <td><span class=format!("tag {}", what.1)>{what.0}</span></td>
                <td>
                    {reason.text.shown()}
                    {reason.example.map(|e| view! { <code class="trust-example">{words::defanged_inside(e.original())}</code> })}
                </td>
                <td class="num">{lines.join(", ")}{more}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    there.then(|| {
        view! {
            <div class="trust-reasons">
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="num">"Records"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"Why"</th>
                            <th scope="col" class="num">"Lines"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}

/// `21 Nov 2026 10:42:07 UTC` of an ISO instant; of a wall clock of an unknown place without a zone.
fn moment(iso: &str) -> String {
    let zone = if iso.ends_with('Z') { " UTC" } else { "" };
    match iso.get(11..19) {
        Some(time) => format!("{} {}{zone}", words::short_date(iso), shown(time)),
        None => shown(iso),
    }
}
