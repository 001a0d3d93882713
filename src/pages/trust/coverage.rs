//! Which days each file covers: where exports overlap, and where nothing does.

use clicks::query::{Coverage, CoverageLine};
use leptos::prelude::*;

use crate::ui::words;

/// How many stretches without a click are named.
const LONGEST_GAPS: usize = 3;

/// First and last day of all files, over the strips.
pub fn axis(coverage: &Coverage) -> impl IntoView + use<> {
    let (from, to) = (words::short_date(&coverage.from), words::short_date(&coverage.to));
    let last = (from != to).then_some(to);
    view! { <span class="coverage-axis"><span>{from}</span> <span>{last}</span></span> }
}

/// The days of the file at a place in the list: a strip on the axis of all, and its first and last in words.
pub fn days(coverage: &Coverage, most: u32, place: u32) -> impl IntoView + use<> {
    let mut all = vec![0_u32; coverage.steps as usize];
    let mut span: Option<(&str, &str)> = None;
    for line in coverage.lines.iter().filter(|line| line.file == place) {
        for (sum, n) in all.iter_mut().zip(&line.clicks) {
            *sum = sum.saturating_add(*n);
        }
        let (from, to) = span.unwrap_or((&line.from, &line.to));
        span = Some((from.min(&line.from), to.max(&line.to)));
    }
    span.map(|(from, to)| {
        let (from, to) = (words::short_date(from), words::short_date(to));
        let text = if from == to { from } else { format!("{from} – {to}") };
        view! { {strip(&all, most, coverage.steps, text.clone())} <span class="coverage-dates">{text}</span> }
    })
}

/// The days of each tenant of a file that has several.
pub fn days_of_tenants(coverage: &Coverage, place: u32) -> impl IntoView + use<> {
    let most = most_a_step(coverage);
    let of_file: Vec<&CoverageLine> = coverage.lines.iter().filter(|line| line.file == place).collect();
    (of_file.len() > 1).then(|| {
        let line = |line: &CoverageLine| {
            let tenant = line.tenant.shown();
            let clicks: u64 = line.clicks.iter().map(|n| u64::from(*n)).sum();
            let tenant = if tenant.is_empty() { "no tenant".to_owned() } else { tenant };
            let said = format!("{tenant}: {}", words::counted(clicks, "click", "clicks"));
            view! {
                <li class="coverage-line">
                    <span class="coverage-name" title=tenant.clone()>{tenant.clone()}</span>
                    {strip(&line.clicks, most, coverage.steps, said)}
                </li>
            }
        };
        view! { <ul class="coverage-lines">{of_file.into_iter().map(line).collect_view()}</ul> }
    })
}

/// The most clicks that a file has in a step.
pub fn most_a_step(coverage: &Coverage) -> u32 {
    coverage.lines.iter().flat_map(|line| &line.clicks).copied().max().unwrap_or(1).max(1)
}

fn strip(clicks: &[u32], most: u32, steps: u32, said: String) -> impl IntoView + use<> {
    view! {
        <svg
            class="coverage-days"
            viewBox=format!("0 0 {} 10", steps.max(1))
            preserveAspectRatio="none"
            role="img"
            aria-label=said
        >
            {runs(clicks, most).into_iter().map(|(from, len, level)| view! {
                <rect class=format!("coverage-{level}") x=from y=0 width=len height=10></rect>
            }).collect_view()}
        </svg>
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
pub fn gaps_text(coverage: &Coverage) -> String {
    if coverage.all_gaps == 0 {
        return "Between the first click and the last no four days in a row are without one.".to_owned();
    }
    let named: Vec<String> = coverage
        .gaps
        .iter()
        .take(LONGEST_GAPS)
        .map(|(from, to)| format!("{} to {}", words::short_date(from), words::short_date(to)))
        .collect();
    let more = u64::from(coverage.all_gaps).saturating_sub(named.len() as u64);
    let shorter = match more {
        0 => String::new(),
        _ => format!(", and {} that are not longer", words::counted(more, "other", "others")),
    };
    format!(
        "Without a click in any file: {}{shorter}. Either nobody clicked, or an export of these days is missing.",
        named.join(", ")
    )
}
