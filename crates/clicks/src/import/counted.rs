//! What the clicks of each file come to, once all files are read and duplicates are known.

use super::format::{Format, HUNTING, MAPPED};
use super::report::{UnknownAction, Without};
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::{Action, Dataset, MAX_KINDS, NONE, Verdict};

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
    by_kind: Vec<u64>,
    /// Its first and its last row; rows are in the order of time.
    pub rows: Option<(u32, u32)>,
}

impl Counted {
    /// Counts the clicks of all files, in the order of [`crate::model::Origin::file`].
    pub fn of_files(data: &Dataset) -> Vec<Counted> {
        let nothing = || Counted {
            without: Without::default(),
            allowed: 0,
            judged: 0,
            many: 0,
            concealed: 0,
            by_kind: vec![0; data.kinds.len()],
            rows: None,
        };
        let mut files: Vec<Counted> = data.files.iter().map(|_| nothing()).collect();
        let concealed: Vec<bool> = data.users.iter().map(is_concealed).collect();
        let some_are = concealed.contains(&true);
        for row in 0..data.len() {
            let Some(of_file) = files.get_mut(data.origin.at(row).file() as usize) else { continue };
            let clicks = u64::from(data.weight_of(row));
            of_file.by_kind[data.kind[row] as usize] += clicks;
            of_file.rows = Some((of_file.rows.map_or(row as u32, |(first, _)| first), row as u32));
            if some_are && concealed.get(data.user.at(row).raw() as usize) == Some(&true) {
                of_file.concealed += clicks;
            }
            let without = &mut of_file.without;
            let url = data.url.at(row);
            let host = data.host_of_url.raw().get(url.raw() as usize).copied().unwrap_or(NONE);
            without.user += if data.user.at(row).is_none() { clicks } else { 0 };
            without.ip += if data.ip.at(row).is_none() { clicks } else { 0 };
            without.host += if host == NONE { clicks } else { 0 };
            without.report_id += if data.report.at(row) == 0 { clicks } else { 0 };
        }
        for of_file in &mut files {
            for (place, (kind, clicks)) in data.kinds.iter().zip(&of_file.by_kind).enumerate() {
                of_file.allowed += if kind.action == Action::Allowed { *clicks } else { 0 };
                let judged = matches!(kind.verdict, Verdict::Safe | Verdict::Malicious);
                of_file.judged += if judged { *clicks } else { 0 };
                of_file.many += if place >= MAX_KINDS { *clicks } else { 0 };
            }
        }
        files
    }

    /// The export's words that its format does not know, most clicks first.
    pub fn unknown_actions(&self, data: &Dataset, format: &Format) -> Vec<UnknownAction> {
        if format.words.is_empty() {
            return Vec::new();
        }
        let mut words: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for (kind, clicks) in data.kinds.iter().zip(&self.by_kind) {
            let word = data.raw_actions.text(kind.raw_action);
            // A report that says verdict and action itself may carry the word of any export behind them.
            let understood = kind.verdict != Verdict::Unknown && kind.action != Action::Unknown;
            // Of advanced hunting a click-through makes an action of any word; others are understood by it.
            let by_word = format.id == MAPPED.id || (format.id != HUNTING.id && !format.has_verdict_column());
            let is_other = by_word && kind.action != Action::Unknown;
            let known = is_other
                || format.words.iter().any(|a| a.eq_ignore_ascii_case(word))
                || (format.has_verdict_column() && understood);
            if *clicks > 0 && !word.is_empty() && !known {
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

/// Whether a name is one that Microsoft 365 shows where names are concealed in reports: thirty-two hexadecimal digits, or
/// words that say so.
pub fn is_concealed(name: &str) -> bool {
    (name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit()))
        || name.eq_ignore_ascii_case("User concealed")
}
