//! What each word of the exports was taken to mean: their word, our verdict and action, how many clicks.
//!
//! Owns that table. What words mean is said by the formats.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Cx;
use crate::model::sorting::sorted;
use crate::model::{Action, Untrusted, Verdict};

/// How many are told, at most.
pub const MOST_WORDINGS: usize = 200;

/// One word, and what it was taken to mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wording {
    /// The export's word for what happened; empty where it says nothing.
    pub word: Untrusted,
    /// Whether the export says that a warning was clicked through.
    pub clicked_through: Option<bool>,
    /// The threat types beside it.
    pub threats: Untrusted,
    /// Our verdict.
    pub verdict: String,
    /// Our action.
    pub action: String,
    /// Clicks.
    pub clicks: u64,
}

/// The table for the open data, most clicks first, [`MOST_WORDINGS`] rows at most.
pub fn wordings(cx: &Cx) -> Vec<Wording> {
    let d = cx.data();
    let mut clicks = vec![0_u64; d.kinds.len()];
    for (row, kind) in d.kind.iter().enumerate() {
        clicks[*kind as usize] += u64::from(d.weight_of(row));
    }
    type Said<'a> = (&'a str, Option<bool>, &'a str, Verdict, Action);
    let mut of_words: BTreeMap<Said<'_>, u64> = BTreeMap::new();
    for (kind, clicks) in d.kinds.iter().zip(clicks).filter(|(_, clicks)| *clicks > 0) {
        let said: Said<'_> = (
            d.raw_actions.text(kind.raw_action),
            kind.clicked_through,
            d.threat_sets.text(kind.threats),
            kind.verdict,
            kind.action,
        );
        *of_words.entry(said).or_default() += clicks;
    }
    let list: Vec<Wording> = of_words
        .into_iter()
        .map(|((word, clicked_through, threats, verdict, action), clicks)| Wording {
            word: word.into(),
            clicked_through,
            threats: threats.into(),
            verdict: verdict.name().to_owned(),
            action: action.name().to_owned(),
            clicks,
        })
        .collect();
    let mut list = sorted(list, |a, b| b.clicks.cmp(&a.clicks));
    list.truncate(MOST_WORDINGS);
    list
}
