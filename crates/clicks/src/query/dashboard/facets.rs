//! Facets: the values of one field with their clicks, each without its own part of the filter.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lens::Class;
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::{Action, Dataset, Field, Kind, Untrusted, Verdict};
use crate::query::order::compare_texts;
use crate::query::selection::{KIND_KEYS, ROW_FACETS};
use crate::query::tally::Tally;
use crate::query::{Key, Selection};

/// Counts by value of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Facet {
    /// Filter key: `verdict`, `action`, `source`, `threat`, `automation`, `rawAction`, `tenant`, `group`.
    pub key: String,
    /// Values, most clicks first; the first fifty.
    pub values: Vec<FacetValue>,
    /// How many values there are.
    pub total: u64,
    /// Clicks under the filter without this facet's own part: what a share is of. A click may have several
    /// values, so that the values may add up to more.
    pub clicks: u64,
    /// The export has no such column in any file.
    pub absent: bool,
}

/// One value of a field and how many clicks have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FacetValue {
    /// The value as a filter takes it; empty stands for rows without one.
    pub value: Untrusted,
    /// What to call it on screen.
    pub label: Untrusted,
    /// Clicks under the filter without this facet's own part.
    pub clicks: u64,
}

/// Values of each facet with the clicks that pass everything but its own part of the filter.
/// Who clicked is among them where that is known.
pub(super) fn facets(data: &Dataset, selection: &Selection, tally: &Tally, is_labelled: bool) -> Vec<Facet> {
    let facets: Vec<Facet> = Field::facets()
        .filter(|field| is_labelled || *field != Field::Automation)
        .map(|field| match field {
            Field::Automation => facet_of_labels(data, selection),
            field if ROW_FACETS.contains(&field) => row_facet(data, selection, field),
            field => kind_facet(data, selection, tally, field),
        })
        .collect();
    // In the order in which the page shows them.
    let place = |facet: &Facet| {
        ["verdict", "action", "source", "threat", "automation"].iter().position(|k| facet.key == *k)
    };
    sorted(facets, |a, b| place(a).unwrap_or(usize::MAX).cmp(&place(b).unwrap_or(usize::MAX)))
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
            known.label = label.into();
            known.clicks += clicks;
        }
    }
    let values =
        values.into_iter().map(|(value, known)| FacetValue { value: value.into(), ..known }).collect();
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
            None => vec![(NO_THREAT.to_owned(), "No threat named".to_owned())],
            Some(set) => set.iter().flat_map(|threat| plain(data.threats.text(*threat))).collect(),
        },
        Field::RawAction => plain(data.raw_actions.text(kind.raw_action)),
        // Fields of single rows are counted row by row.
        _ => Vec::new(),
    }
}

fn row_facet(data: &Dataset, selection: &Selection, field: Field) -> Facet {
    let absent = !data.any_has(field);
    if absent {
        return finish_facet(field, Vec::new(), 0, absent);
    }
    let column = data.column(field);
    // An export may have the column without a single value in it: then all its clicks are without one.
    let mut counts = vec![0_u64; column.as_ref().map_or(0, |column| column.texts.len())];
    let (mut all, mut without) = (0, 0);
    for row in selection.rows.clone().filter(|row| selection.passes_without(data, *row, field)) {
        let clicks = u64::from(data.weight_of(row));
        all += clicks;
        let place = column.as_ref().map(|column| column.ids.at(row) as usize);
        match place.and_then(|place| counts.get_mut(place)) {
            Some(count) => *count += clicks,
            None => without += clicks,
        }
    }
    let value = |text: &str, clicks| FacetValue { value: text.into(), label: text.into(), clicks };
    let mut values: Vec<FacetValue> =
        column.iter().flat_map(|column| column.texts.iter()).zip(counts).map(|(t, n)| value(t, n)).collect();
    if without > 0 {
        values.push(value("", without));
    }
    finish_facet(field, values, all, absent)
}

/// Who clicked. Labels are counted by their combinations of signals: a loop without a branch a row, for every overview has
/// this facet.
fn facet_of_labels(data: &Dataset, selection: &Selection) -> Facet {
    let labels = selection.lens.labels(data);
    let rows = selection.rows.clone();
    let of_row = labels.of_rows(rows.clone());
    let mut counts = vec![0_u64; labels.combinations().count().max(1)];
    if selection.is_whole() && data.weight.is_empty() {
        of_row.iter().for_each(|at| counts[*at as usize] += 1);
    } else {
        for (row, at) in rows.zip(of_row) {
            let counts_here = u64::from(selection.passes_without(data, row, Field::Automation));
            counts[*at as usize] += counts_here * u64::from(data.weight_of(row));
        }
    }
    let mut values = Class::ALL.map(|class| FacetValue {
        value: class.token().into(),
        label: class.label().into(),
        clicks: 0,
    });
    for ((_, class), clicks) in labels.combinations().zip(&counts) {
        values[class as usize].clicks += clicks;
    }
    finish_facet(Field::Automation, values.into(), counts.iter().sum(), false)
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
        Field::Automation => Class::from_token(value).map_or(0, |class| class as usize),
        Field::Threat => usize::from(value == NO_THREAT),
        _ => usize::from(value.is_empty()),
    };
    let mut values = sorted(values, |a, b| {
        let by_place = || place(a.value.original()).cmp(&place(b.value.original()));
        let by_text = || compare_texts(a.value.original(), b.value.original());
        b.clicks.cmp(&a.clicks).then_with(by_place).then_with(by_text)
    });
    let total = values.len() as u64;
    values.truncate(FACET_VALUES);
    Facet { key: field.name().to_owned(), values, total, clicks, absent }
}
