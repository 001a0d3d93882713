//! Everything the overview shows, from one selection in one pass.

use std::collections::BTreeMap;

use super::measure::{Counts, was_warned};
use super::order::compare_texts;
use super::ranking::{self, Rankings};
use super::selection::{KIND_KEYS, ROW_FACETS, Selection};
use super::tally::{Tally, class_of};
use super::{Key, timeline};
use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Field, Kind, Verdict, hour_of_ms, weekday_of_ms};
use crate::protocol::{Dashboard, Facet, FacetValue, Heatmap, Totals};

/// The answer to [`crate::protocol::Request::Dashboard`], but for the notes and what the engine knows of
/// files.
pub fn dashboard(data: &Dataset, selection: &Selection) -> Dashboard {
    let tally = Tally::new(data, selection);
    let Rankings { hosts, urls, blocked, reached } = ranking::rankings(data, selection, &tally);
    Dashboard {
        zone: selection.hours.zone.name.clone(),
        all_clicks: data.clicks(),
        all_people: data.users.len() as u64,
        data_span: data.span(),
        window: selection.window,
        totals: totals(data, selection, &tally),
        over_time: timeline::series(&tally.hours, selection),
        heatmap: heatmap(&tally),
        top_hosts: hosts,
        top_urls: urls,
        top_blocked: blocked,
        top_reached: reached,
        facets: facets(data, selection, &tally),
        ..Dashboard::default()
    }
}

/// The headline numbers alone.
pub fn totals_of(data: &Dataset, selection: &Selection) -> Totals {
    totals(data, selection, &Tally::new(data, selection))
}

fn totals(data: &Dataset, selection: &Selection, tally: &Tally) -> Totals {
    let mut t = Totals::default();
    for (kind, count) in data
        .kinds
        .iter()
        .zip(&tally.by_kind)
        .enumerate()
        .filter_map(|(i, pair)| (selection.kind_fails[i] == 0).then_some(pair))
    {
        let one = Counts::of_kind(*kind);
        let n = *count;
        t.clicks += n;
        t.malicious += n * u64::from(one.malicious);
        t.reached += n * u64::from(one.reached);
        t.reached_unsafe += n * u64::from(one.reached_unsafe);
        t.blocked += n * u64::from(one.blocked);
        t.overridden += n * u64::from(one.overridden);
        t.reached_malicious += n * u64::from(one.reached * one.malicious);
        t.blocked_malicious += n * u64::from(one.blocked * one.malicious);
        t.pending += n * u64::from(kind.verdict == Verdict::Pending);
        t.errors += n * u64::from(kind.action == Action::None && kind.verdict != Verdict::Pending);
        t.allowed += n * u64::from(kind.action == Action::Allowed);
    }
    let distinct = |counts: &[u32]| counts.iter().map(|n| u32::from(*n > 0)).sum::<u32>().into();
    t.people = distinct(tally.users());
    t.urls = distinct(&tally.by_url);
    add_of_rows(&mut t, data, selection, tally);
    t
}

/// Counts that need a look at single rows: who was exposed, and attempts. Rows that share an attempt with
/// others are few; every other row is an attempt of its own.
fn add_of_rows(t: &mut Totals, data: &Dataset, selection: &Selection, tally: &Tally) {
    const SEEN: u8 = 1;
    const WARNED: u8 = 2;
    const OVERRIDDEN: u8 = 4;
    const EXPOSED: u8 = 8;
    let signs: Vec<u8> = data
        .kinds
        .iter()
        .map(|kind| {
            let warned = if was_warned(*kind) { WARNED } else { 0 };
            let overridden = if kind.action == Action::UserOverride { OVERRIDDEN } else { 0 };
            let exposed = if Counts::of_kind(*kind).reached_unsafe > 0 { EXPOSED } else { 0 };
            warned | overridden | exposed
        })
        .collect();
    let mut states = vec![0_u8; data.shared_attempts as usize];
    let mut sharing = 0;
    for (row, attempt) in &data.sharing {
        if selection.rows.contains(&(*row as usize)) && selection.passes(data, *row as usize) {
            sharing += u64::from(data.weight_of(*row as usize));
            states[*attempt as usize] |= SEEN;
        }
    }
    // Both lists ascend: one walk finds the notable rows that share an attempt.
    let mut shared = data.sharing.iter().peekable();
    let mut exposed = vec![false; data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let sign = signs[data.kind[row] as usize];
        if sign & EXPOSED != 0
            && let Some(exposed) = exposed.get_mut(data.user.at(row).raw() as usize)
        {
            *exposed = true;
        }
        if sign & WARNED == 0 {
            continue;
        }
        while shared.next_if(|(shared, _)| (*shared as usize) < row).is_some() {}
        match shared.peek() {
            Some((same, attempt)) if *same as usize == row => {
                states[*attempt as usize] |= sign & (WARNED | OVERRIDDEN);
            }
            _ => {
                let attempts = u64::from(data.weight_of(row));
                t.warned_attempts += attempts;
                t.overridden_attempts += attempts * u64::from(sign & OVERRIDDEN != 0);
            }
        }
    }
    let count = |bit: u8| states.iter().filter(|s| **s & bit != 0).count() as u64;
    t.attempts = t.clicks - sharing + count(SEEN);
    t.warned_attempts += count(WARNED);
    t.overridden_attempts += count(OVERRIDDEN);
    t.reached_unsafe_people = exposed.iter().filter(|e| **e).count() as u64;
}

fn heatmap(tally: &Tally) -> Heatmap {
    if tally.hours.is_empty() {
        return Heatmap::default();
    }
    let mut map = Heatmap { clicks: vec![vec![0; 24]; 7], malicious: vec![vec![0; 24]; 7] };
    let malicious = class_of(Verdict::Malicious, Action::Allowed);
    for hour in &tally.hours {
        let (day, of_day) = (weekday_of_ms(hour.wall), hour_of_ms(hour.wall));
        map.clicks[day][of_day] += hour.classes.iter().map(|c| u64::from(*c)).sum::<u64>();
        map.malicious[day][of_day] +=
            hour.classes[malicious..malicious + 5].iter().map(|c| u64::from(*c)).sum::<u64>();
    }
    map
}

/// Values of each facet with the clicks that pass everything but its own part of the filter.
fn facets(data: &Dataset, selection: &Selection, tally: &Tally) -> Vec<Facet> {
    let mut facets: Vec<Facet> = Field::facets()
        .map(|field| match ROW_FACETS.contains(&field) {
            true => row_facet(data, selection, field),
            false => kind_facet(data, selection, tally, field),
        })
        .collect();
    // In the order in which the page shows them.
    let place =
        |facet: &Facet| ["verdict", "action", "source", "threat"].iter().position(|k| facet.key == *k);
    facets.sort_by_key(|facet| place(facet).unwrap_or(usize::MAX));
    facets
}

fn kind_facet(data: &Dataset, selection: &Selection, tally: &Tally, field: Field) -> Facet {
    let key = Key::Is(field);
    let own = KIND_KEYS.iter().position(|k| *k == key).map_or(0, |bit| 1_u8 << bit);
    let mut values: BTreeMap<String, FacetValue> = BTreeMap::new();
    let mut all = 0;
    for (i, kind) in data.kinds.iter().enumerate() {
        if selection.kind_fails[i] & !own != 0 {
            continue;
        }
        let clicks = tally.by_kind[i];
        all += clicks;
        for (value, label) in values_of(data, kind, field) {
            let known = values.entry(value).or_default();
            known.label = label;
            known.clicks += clicks;
        }
    }
    let values = values.into_iter().map(|(value, known)| FacetValue { value, ..known }).collect();
    finish_facet(field, values, all, !data.any_has(field))
}

/// The values of a kind as a filter takes them, and what to call them; a click may have several threat types.
fn values_of(data: &Dataset, kind: &Kind, field: Field) -> Vec<(String, String)> {
    let plain = |text: &str| vec![(text.to_owned(), text.to_owned())];
    match field {
        Field::Verdict => vec![(kind.verdict.token(), kind.verdict.label().to_owned())],
        Field::Action => vec![(kind.action.token(), kind.action.label().to_owned())],
        Field::Source => plain(data.sources.text(kind.source)),
        Field::Threat => match data.threats_of_set.get(kind.threats.raw() as usize) {
            None => vec![(NO_THREAT.to_owned(), "No threat found".to_owned())],
            Some(set) => set.iter().flat_map(|threat| plain(data.threats.text(*threat))).collect(),
        },
        _ => plain(data.raw_actions.text(kind.raw_action)),
    }
}

fn row_facet(data: &Dataset, selection: &Selection, field: Field) -> Facet {
    let absent = !data.any_has(field);
    let Some(column) = data.column(field) else {
        return finish_facet(field, Vec::new(), 0, absent);
    };
    let mut counts = vec![0_u64; column.texts.len()];
    let (mut all, mut without) = (0, 0);
    for row in selection.rows.clone().filter(|row| selection.passes_without(data, *row, field)) {
        let clicks = u64::from(data.weight_of(row));
        all += clicks;
        match counts.get_mut(column.ids.at(row) as usize) {
            Some(count) => *count += clicks,
            None => without += clicks,
        }
    }
    let value = |text: &str, clicks| FacetValue { value: text.to_owned(), label: text.to_owned(), clicks };
    let mut values: Vec<FacetValue> =
        column.texts.iter().zip(counts).map(|(text, clicks)| value(text, clicks)).collect();
    if without > 0 {
        values.push(value("", without));
    }
    finish_facet(field, values, all, absent)
}

/// The value of clicks without a threat; no threat can be called so, the word says that there is nothing.
const NO_THREAT: &str = "none";

/// More values than this are looked up by typing, not by scrolling.
const FACET_VALUES: usize = 50;

fn finish_facet(field: Field, mut values: Vec<FacetValue>, clicks: u64, absent: bool) -> Facet {
    values.retain(|value| value.clicks > 0);
    // Among equals the order of tables: words of ours in theirs, texts by text, no value last.
    let place = |value: &str| match field {
        Field::Verdict => Verdict::from_word(value).map_or(0, |verdict| verdict as usize),
        Field::Action => Action::from_word(value).map_or(0, |action| action as usize),
        Field::Threat => usize::from(value == NO_THREAT),
        _ => usize::from(value.is_empty()),
    };
    values.sort_by(|a, b| {
        let by_place = || place(&a.value).cmp(&place(&b.value));
        let by_text = || compare_texts(&a.value, &b.value);
        b.clicks.cmp(&a.clicks).then_with(by_place).then_with(by_text)
    });
    let total = values.len() as u64;
    values.truncate(FACET_VALUES);
    Facet { key: field.name().to_owned(), values, total, clicks, absent }
}
