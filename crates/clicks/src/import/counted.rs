//! What the clicks of each file come to, once all files are read and duplicates are known.

use std::collections::BTreeMap;

use super::format::Format;
use super::report::{UnknownAction, Without};
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::{Action, Dataset, Kind, MAX_KINDS, NONE, Verdict, is_concealed};

/// What the clicks of one file come to.
pub struct Counted {
    /// Clicks that lack something.
    pub without: Without,
    /// Clicks that were let through.
    pub allowed: u64,
    /// Clicks that are Safe or Malicious.
    pub judged: u64,
    /// Clicks of people whose names the portal conceals.
    pub concealed: u64,
    /// Clicks beyond the combinations that are told apart.
    pub many: u64,
    /// Clicks by the number of their kind.
    by_kind: BTreeMap<u16, u64>,
    /// Its first and its last row; rows are in the order of time.
    pub rows: Option<(u32, u32)>,
}

impl Counted {
    /// Counts the clicks of all files, in the order of [`crate::model::Origin::file`].
    pub fn of_files(data: &Dataset) -> Vec<Counted> {
        let concealed: Vec<bool> = data.users.iter().map(is_concealed).collect();
        let some_are = concealed.contains(&true);
        // File by file, with room for the kinds of one: there may be thousands of both.
        let mut by_kind = vec![0_u64; data.kinds.len()];
        let rows_of_files = rows_of_files(data);
        rows_of_files.iter().map(|rows| of_file(data, rows, &mut by_kind, &concealed, some_are)).collect()
    }

    /// The kinds of its clicks, and how many are of each.
    pub fn kinds<'a>(&'a self, data: &'a Dataset) -> impl Iterator<Item = (&'a Kind, u64)> {
        self.by_kind.iter().map(|(place, clicks)| (&data.kinds[*place as usize], *clicks))
    }

    /// The export's words that its format does not know, most clicks first.
    pub fn unknown_actions(&self, data: &Dataset, format: &Format) -> Vec<UnknownAction> {
        if format.words.is_empty() {
            return Vec::new();
        }
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for (kind, clicks) in self.kinds(data) {
            let word = data.raw_actions.text(kind.raw_action);
            // A report that says verdict and action itself may carry the word of any export behind them.
            let understood = kind.verdict != Verdict::Unknown && kind.action != Action::Unknown;
            let is_other = format.known_by_action && kind.action != Action::Unknown;
            let known = is_other
                || format.words.iter().any(|a| a.eq_ignore_ascii_case(word))
                || (format.has_verdict_column() && understood);
            if clicks > 0 && !word.is_empty() && !known {
                *words.entry(word).or_default() += clicks;
            }
        }
        let list: Vec<UnknownAction> =
            words.into_iter().map(|(word, clicks)| UnknownAction { word: word.into(), clicks }).collect();
        let mut list = sorted(list, |a, b| b.clicks.cmp(&a.clicks));
        list.truncate(50);
        list
    }
}

/// The rows of each file, in the order of time.
fn rows_of_files(data: &Dataset) -> Vec<Vec<u32>> {
    let mut rows_of_files: Vec<Vec<u32>> = data.files.iter().map(|_| Vec::new()).collect();
    for row in 0..data.len() {
        if let Some(rows) = rows_of_files.get_mut(data.origin.at(row).file() as usize) {
            rows.push(row as u32);
        }
    }
    rows_of_files
}

/// Counts the clicks of one file. `by_kind` is room for them, all zero before and after.
fn of_file(data: &Dataset, rows: &[u32], by_kind: &mut [u64], concealed: &[bool], some_are: bool) -> Counted {
    let mut counted = Counted {
        without: Without::default(),
        allowed: 0,
        judged: 0,
        many: 0,
        concealed: 0,
        by_kind: BTreeMap::new(),
        rows: rows.first().copied().zip(rows.last().copied()),
    };
    let mut kinds: Vec<u16> = Vec::new();
    for row in rows.iter().map(|row| *row as usize) {
        let clicks = u64::from(data.weight_of(row));
        let kind = data.kind[row];
        if by_kind[kind as usize] == 0 {
            kinds.push(kind);
        }
        by_kind[kind as usize] += clicks;
        if some_are && concealed.get(data.user.at(row).raw() as usize) == Some(&true) {
            counted.concealed += clicks;
        }
        let without = &mut counted.without;
        let url = data.url.at(row);
        let host = data.host_of_url.raw().get(url.raw() as usize).copied().unwrap_or(NONE);
        without.user += if data.user.at(row).is_none() { clicks } else { 0 };
        without.ip += if data.ip.at(row).is_none() { clicks } else { 0 };
        without.host += if host == NONE { clicks } else { 0 };
        without.report_id += if data.report.at(row) == 0 { clicks } else { 0 };
    }
    for place in kinds {
        let clicks = std::mem::take(&mut by_kind[place as usize]);
        let kind = &data.kinds[place as usize];
        counted.allowed += if kind.action == Action::Allowed { clicks } else { 0 };
        let judged = matches!(kind.verdict, Verdict::Safe | Verdict::Malicious);
        counted.judged += if judged { clicks } else { 0 };
        counted.many += if place as usize >= MAX_KINDS { clicks } else { 0 };
        *counted.by_kind.entry(place).or_default() += clicks;
    }
    counted
}
