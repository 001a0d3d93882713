//! What alerts and investigations say of clicked URLs.
//!
//! Owns the rows, one a URL and record, and what they say of the clicks. They are proof beside the clicks: no verdict of a
//! click changes, for the export says what Safe Links knew at the time of the click.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Stamp;
use super::rows::Row;
use crate::hindsight::SOME_TIME;
use crate::model::{Dataset, Verdict};

/// A URL that an alert or an investigation names as malicious.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundMalicious {
    /// The URL.
    pub url: String,
    /// When that was said.
    pub at: Option<Stamp>,
    /// Index of the file.
    pub file: u16,
}

impl Row for FoundMalicious {
    fn file(&self) -> u16 {
        self.file
    }

    fn time(&mut self) -> Option<&mut Stamp> {
        self.at.as_mut()
    }
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// In the order of the files.
    pub rows: Vec<FoundMalicious>,
}

/// What they say of the clicks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VerdictJoin {
    /// URLs that alerts and investigations name.
    pub urls: u64,
    /// Clicks of these.
    pub clicks: u64,
    /// Those of them whose export says neither malicious nor on a block list.
    pub not_known: u64,
    /// URLs that nobody clicked in the open files.
    pub not_in_files: u64,
}

impl Verdicts {
    /// Looks for the clicks of the URLs, and tells the data which URLs they are; none where there is nothing to look for.
    pub fn join(&self, data: &mut Dataset) -> Option<VerdictJoin> {
        if self.rows.is_empty() {
            return None;
        }
        let mut urls: HashMap<&str, i64> = HashMap::new();
        for row in &self.rows {
            let at = row.at.map_or(SOME_TIME, |at| at.ms);
            let known = urls.entry(row.url.as_str()).or_insert(at);
            *known = at.min(*known);
        }
        let found = (0..).zip(data.urls.iter()).filter_map(|(id, url)| Some((id, *urls.get(url)?)));
        let found: Vec<(u32, i64)> = found.collect();
        let ids: HashSet<u32> = found.iter().map(|(id, _)| *id).collect();
        let mut join = VerdictJoin { urls: urls.len() as u64, ..VerdictJoin::default() };
        join.not_in_files = join.urls.saturating_sub(ids.len() as u64);
        for (row, url) in data.url.raw().iter().enumerate() {
            if ids.contains(url) {
                let clicks = u64::from(data.weight_of(row));
                join.clicks += clicks;
                if !matches!(data.kind_of(row).verdict, Verdict::Malicious | Verdict::Blocked) {
                    join.not_known += clicks;
                }
            }
        }
        data.found_malicious = found;
        Some(join)
    }
}
