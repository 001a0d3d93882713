//! Which days each file covers: where exports overlap, and where nothing does.

use clicks::import::FileReport;
use clicks::query::{Coverage, CoverageLine};
use leptos::prelude::*;

use crate::ui::words;

/// A strip a file and tenant, and the stretches that none of them covers.
#[component]
pub fn CoverageChart(
    /// The days
    coverage: Coverage,
    /// The files, as the lines number them
    files: Vec<FileReport>,
) -> impl IntoView {
    let gaps = gaps_text(&coverage);
    let Coverage { from, to, step_days, steps, lines, .. } = coverage;
    let names: Vec<String> = files.into_iter().map(|file| file.name.shown()).collect();
    let steps = steps.max(1);
    let most = lines.iter().flat_map(|line| &line.clicks).copied().max().unwrap_or(1).max(1);
    let name = |line: &CoverageLine| {
        let file = names.get(line.file as usize).cloned().unwrap_or_default();
        let tenant = line.tenant.shown();
        if tenant.is_empty() { (file, None) } else { (file, Some(tenant)) }
    };
    let lines = lines.iter().map(|line| {
        let (file, tenant) = name(line);
        let clicks: u64 = line.clicks.iter().map(|n| u64::from(*n)).sum();
        let said = format!(
            "{file}: {} from {} to {}",
            words::counted(clicks, "click", "clicks"),
            words::short_date(&line.from),
            words::short_date(&line.to)
        );
        let title = file.clone();
        view! {
            <li class="coverage-line">
                <span class="coverage-name" title=title>
                    {file}
                    {tenant.map(|tenant| view! { <span class="coverage-tenant">{tenant}</span> })}
                </span>
                <svg
                    class="coverage-days"
                    viewBox=format!("0 0 {steps} 10")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=said
                >
                    {runs(&line.clicks, most).into_iter().map(|(from, len, level)| view! {
                        <rect class=format!("coverage-{level}") x=from y=0 width=len height=10></rect>
                    }).collect_view()}
                </svg>
            </li>
        }
    });
    let lines = lines.collect_view();
    let step = match step_days {
        0 | 1 => "a step is a day".to_owned(),
        days => format!("a step is {days} days"),
    };
    view! {
        <section class="panel trust-coverage" data-testid="coverage">
            <div class="panel-head">
                <h2>"What the files cover"</h2>
                <span class="panel-sub">
                    {format!("{} to {} UTC, {step}", words::short_date(&from), words::short_date(&to))}
                </span>
            </div>
            <ul class="coverage-lines">{lines}</ul>
            <p class="trust-why">{gaps}</p>
        </section>
    }
}

/// Steps of equal level as one: first, how many, and which of four levels. Steps without a click are none of them.
fn runs(clicks: &[u32], most: u32) -> Vec<(usize, usize, u8)> {
    let level = |n: u32| match u64::from(n) * 4 / u64::from(most) {
        _ if n == 0 => 0,
        0 => 1,
        1 => 2,
        2 => 3,
        _ => 4,
    };
    let mut runs: Vec<(usize, usize, u8)> = Vec::new();
    for (at, n) in clicks.iter().enumerate() {
        let level = level(*n);
        match runs.last_mut() {
            Some(run) if run.2 == level => run.1 += 1,
            _ => runs.push((at, 1, level)),
        }
    }
    runs.retain(|run| run.2 > 0);
    runs
}

/// The stretches in which no file has a click, the first of them by name.
fn gaps_text(coverage: &Coverage) -> String {
    if coverage.all_gaps == 0 {
        return "Between the first click and the last no four days in a row are without one.".to_owned();
    }
    let named: Vec<String> = coverage
        .gaps
        .iter()
        .take(6)
        .map(|(from, to)| format!("{} to {}", words::short_date(from), words::short_date(to)))
        .collect();
    let more = if coverage.all_gaps as usize > named.len() { ", …" } else { "" };
    format!(
        "Without a click in any file: {}{more}. Either nobody clicked, or an export of these days is missing.",
        named.join(", ")
    )
}
