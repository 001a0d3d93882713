//! Values of one field that contain a text: what a filter picker offers.

use serde::{Deserialize, Serialize};

use super::find::containing_typed;
use super::order::compare_texts;
use super::{Ask, Cx, FacetValue, Filter, Key, Selection};
use crate::failure::Failure;
use crate::model::ids::Id as _;
use crate::model::sorting::sort_window;
use crate::model::{Dataset, Field, FieldColumn};

/// Asks for the values of one field that contain a text, with their clicks under the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSuggest {
    /// A filter key: `user`, `host`, `ip`, `tenant`, `threat`, `rawAction`, …
    pub key: String,
    /// Case-insensitive part of the value; empty gives the most frequent.
    pub text: String,
    /// The filter in force; its own `key` part is left out of the counts.
    pub filter: String,
    /// How many values at the most.
    pub limit: u32,
}

/// Values that contain a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Values, most clicks first.
    pub values: Vec<FacetValue>,
    /// How many values match in all.
    pub total: u64,
    /// Clicks without a value; 0 for a field of which a click may have several.
    pub without: u64,
}

impl Ask for AskSuggest {
    const NAME: &'static str = "suggest";
    type Answer = Suggested;

    fn answer(&self, cx: &mut Cx) -> Result<Suggested, Failure> {
        let unknown = || Failure::bad_request(format!("There are no values to suggest for “{}”.", self.key));
        let key = Key::from_name(&self.key).ok_or_else(unknown)?;
        let mut others = Filter::parse(&self.filter);
        others.remove_key(key);
        let (_, selection) = cx.select(&others.to_string())?;
        let limit = self.limit.clamp(1, 1_000) as usize;
        suggest(cx.data(), &selection, key, &self.text, limit).ok_or_else(unknown)
    }
}

/// Values by clicks. `selection` is the filter in force without its part for
/// `key`. None: the key has no values to suggest.
fn suggest(data: &Dataset, selection: &Selection, key: Key, text: &str, limit: usize) -> Option<Suggested> {
    let field = match key {
        Key::Is(field) => field,
        Key::UrlPart => Field::Url,
        _ => return None,
    };
    // Verdicts, actions and who clicked are few and have labels of their own: the overview has them.
    if matches!(field, Field::Verdict | Field::Action | Field::Automation | Field::Attempt) {
        return None;
    }
    let Some(column) = selection.column(data, field) else { return Some(Suggested::default()) };
    let (texts, counts) = match &column.parts {
        Some((texts, _)) => (*texts, count_parts(data, selection, &column)),
        None => (column.texts, count(data, selection, &column)),
    };
    let with: u64 = counts.iter().sum();
    let all = || selection.iter(data).map(|row| u64::from(data.weight_of(row))).sum::<u64>();
    let without = if column.parts.is_some() { 0 } else { all() - with };
    let found = containing_typed(texts, text);
    let mut ids: Vec<u32> =
        (0..texts.len() as u32).filter(|id| found[*id as usize] && counts[*id as usize] > 0).collect();
    let total = ids.len() as u64;
    let mut by_clicks = |a: u32, b: u32| {
        let by_number = counts[b as usize].cmp(&counts[a as usize]);
        by_number.then_with(|| compare_texts(texts.get(a), texts.get(b)))
    };
    let first = sort_window(&mut ids, 0, limit, &mut by_clicks);
    let values = first.iter().copied().map(|id| FacetValue {
        value: texts.get(id).into(),
        label: texts.get(id).into(),
        clicks: counts[id as usize],
    });
    Some(Suggested { values: values.collect(), total, without })
}

/// Clicks of each text.
fn count(data: &Dataset, selection: &Selection, column: &FieldColumn<'_>) -> Vec<u64> {
    let mut counts = vec![0; column.texts.len()];
    for row in selection.iter(data) {
        if let Some(count) = counts.get_mut(column.ids.at(row) as usize) {
            *count += u64::from(data.weight_of(row));
        }
    }
    counts
}

/// The same where a row may have several.
fn count_parts(data: &Dataset, selection: &Selection, column: &FieldColumn<'_>) -> Vec<u64> {
    let Some((texts, parts)) = &column.parts else { return Vec::new() };
    let mut counts = vec![0; texts.len()];
    for (set, clicks) in count(data, selection, column).into_iter().enumerate() {
        for part in parts.get(set).into_iter().flatten() {
            counts[part.raw() as usize] += clicks;
        }
    }
    counts
}
