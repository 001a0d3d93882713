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

/// How many of the threat types beside a word are told.
const MOST_THREATS: usize = 4;

/// One word, and what it was taken to mean. The clicks are those of its raw action, verdict and action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wording {
    /// The export's word for what happened; empty where it says nothing.
    pub word: Untrusted,
    /// Our verdict.
    pub verdict: String,
    /// Our action.
    pub action: String,
    /// Clicks.
    pub clicks: u64,
    /// Those of which the export says that a warning was clicked through.
    pub clicked_through: u64,
    /// The threat types that stood beside it, each set once, most clicks first; the first of them.
    pub threats: Vec<Untrusted>,
    /// How many sets of threat types there are besides.
    pub more_threats: u32,
}

impl Wording {
    /// Nobody knows what it means, the verdict or the action.
    fn is_open(&self) -> bool {
        self.verdict == Verdict::Unknown.name() || self.action == Action::Unknown.name()
    }
}

/// What is known of the clicks of one word and meaning.
#[derive(Default)]
struct Beside<'a> {
    clicks: u64,
    clicked_through: u64,
    threats: BTreeMap<&'a str, u64>,
}

/// The table for the open data: what is unknown first, then by clicks, [`MOST_WORDINGS`] rows at most.
pub fn wordings(cx: &Cx) -> Vec<Wording> {
    let d = cx.data();
    let mut clicks = vec![0_u64; d.kinds.len()];
    for (row, kind) in d.kind.iter().enumerate() {
        clicks[*kind as usize] += u64::from(d.weight_of(row));
    }
    let mut of_words: BTreeMap<(&str, Verdict, Action), Beside<'_>> = BTreeMap::new();
    for (kind, clicks) in d.kinds.iter().zip(clicks).filter(|(_, clicks)| *clicks > 0) {
        let said = (d.raw_actions.text(kind.raw_action), kind.verdict, kind.action);
        let beside = of_words.entry(said).or_default();
        beside.clicks += clicks;
        if kind.clicked_through == Some(true) {
            beside.clicked_through += clicks;
        }
        let threats = d.threat_sets.text(kind.threats);
        if !threats.is_empty() {
            *beside.threats.entry(threats).or_default() += clicks;
        }
    }
    let list = of_words.into_iter().map(|((word, verdict, action), beside)| {
        let threats = sorted(beside.threats.into_iter().collect(), |a: &(&str, u64), b| b.1.cmp(&a.1));
        Wording {
            word: word.into(),
            verdict: verdict.name().to_owned(),
            action: action.name().to_owned(),
            clicks: beside.clicks,
            clicked_through: beside.clicked_through,
            more_threats: threats.len().saturating_sub(MOST_THREATS) as u32,
            threats: threats.into_iter().take(MOST_THREATS).map(|(text, _)| text.into()).collect(),
        }
    });
    let order = |a: &Wording, b: &Wording| b.is_open().cmp(&a.is_open()).then(b.clicks.cmp(&a.clicks));
    let mut list = sorted(list.collect(), order);
    list.truncate(MOST_WORDINGS);
    list
}
