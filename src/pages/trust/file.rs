//! What happened to one file.

use clicks::import::Reason;
use clicks::model::Field;
use clicks::model::text::shown;
use clicks::query::Trust;
use leptos::prelude::*;

use super::coverage::days_of_tenants;
use super::evidence::Evidence;
use super::reading::Reading;
use crate::ui::{NameColumns, OneNote, words};

/// Everything known about the file at a place in the list, which is the `nth` of its name.
pub fn file_details(trust: &Trust, place: u32, nth: u32) -> impl IntoView + use<> {
    let report = trust.files.get(place as usize).cloned().unwrap_or_default();
    let (reading, evidence) = (report.clone(), report.clone());
    let named = report.name.shown();
    let table = report.table.clone();
    let name_columns = table.map(|table| view! { <p><NameColumns name=named table is_open=true/></p> });
    let is_refused = report.is_refused();
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
    // Of a file without a click little is known.
    let has_clicks = report.rows > 0;
    let fact = |label: &'static str, text: String, why: String| {
        // Why a file was not taken in is said by its note.
        (has_clicks || (label == "Recognised as" && !is_refused) || (label == "Size" && report.bytes > 0)).then(|| view! {
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
        <div class="trust-details">
            {(!is_refused).then(|| view! {
                <dl class="trust-numbers">
                    {number("Records read", report.records, "")}
                    {number("Clicks", report.rows, "")}
                    {number("Refused", report.refused, "bad")}
                    {number("Skipped", report.skipped, "warn")}
                    {number("Duplicates", report.duplicates, "warn")}
                    {(kept > 0).then(|| number("Beside clicks", kept, ""))}
                </dl>
            })}
            <ul class="trust-notes">
                {report.notes.into_iter().map(|note| view! { <OneNote note/> }).collect_view()}
            </ul>
            {name_columns}
            {days_of_tenants(&trust.coverage, place)}
            <dl class="trust-facts">
                {fact("Recognised as", shown(&report.kind_label), words::defanged_inside(report.why.original()))}
                {beside}
                {fact("Time span", span, String::new())}
                {fact("Time zone", zone.to_owned(), words::defanged_inside(report.zone_why.original()))}
                {fact("Size", words::bytes(report.bytes), String::new())}
                {fact("Encoding", shown(&report.encoding), report.container.shown())}
                {fact("Not in this export", absent_text, String::new())}
            </dl>
            <Reading report=reading nth/>
            <Reasons reasons=report.reasons/>
            <Evidence report=evidence place/>
        </div>
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
