//! A page of rows in any order, without sorting all of them.
//!
//! The first key puts rows into places by counting; only the rows that share a place with the page are
//! looked at further. Rows are in the order of time already, so that time as a second key costs nothing.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::Selection;
use crate::model::{Column, Dataset, Dictionary, IdColumn, NONE};

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy {
    /// The column.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

impl OrderBy {
    /// Reads `user` or `-time`.
    pub fn parse(text: &str) -> Option<OrderBy> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        Column::from_name(name).map(|column| OrderBy { column, descending })
    }
}

/// Ranks of the texts of dictionaries, computed when first asked for.
#[derive(Default)]
pub struct Ranks {
    known: RefCell<HashMap<Column, Rc<Vec<u32>>>>,
}

impl Ranks {
    /// For each id of the column's dictionary its place in the alphabet, upper and lower case alike. Kinds
    /// stand in for the columns they decide.
    fn of(&self, data: &Dataset, column: Column) -> Rc<Vec<u32>> {
        let mut known = self.known.borrow_mut();
        known.entry(column).or_insert_with(|| Rc::new(ranks(data, column))).clone()
    }
}

fn ranks(data: &Dataset, column: Column) -> Vec<u32> {
    match column {
        Column::User => ranks_of_texts(&data.users),
        Column::Url => ranks_of_texts(&data.urls),
        Column::Host => {
            let hosts = ranks_of_texts(&data.hosts);
            let rank = |host: &u32| hosts.get(*host as usize).copied().unwrap_or(hosts.len() as u32);
            data.host_of_url.iter().map(rank).collect()
        }
        Column::Ip => ranks_of_addresses(&data.ips),
        Column::Tenant => ranks_of_texts(&data.tenants),
        Column::Subject | Column::Sender | Column::Device => ranks_of_texts(&data.texts),
        Column::Verdict => data.kinds.iter().map(|k| k.verdict as u32).collect(),
        Column::Action => data.kinds.iter().map(|k| k.action as u32).collect(),
        Column::Source => ranks_of_kinds(data, |k| data.sources.get(k.source)),
        Column::RawAction => ranks_of_kinds(data, |k| data.raw_actions.get(k.raw_action)),
        Column::Threat => ranks_of_kinds(data, |k| data.threat_texts.get(k.threat_text)),
        Column::Time | Column::MessageId | Column::ReportId => Vec::new(),
    }
}

fn ranks_of_texts(dictionary: &Dictionary) -> Vec<u32> {
    let keys: Vec<String> = dictionary.iter().map(str::to_lowercase).collect();
    ranks_by(keys.len(), |a, b| keys[a].cmp(&keys[b]))
}

/// Addresses in the order of their numbers, version 4 first; what is no address comes last.
fn ranks_of_addresses(dictionary: &Dictionary) -> Vec<u32> {
    let key = |text: &str| {
        let address = text.parse::<std::net::IpAddr>();
        (address.is_err(), address.ok(), text.to_owned())
    };
    let keys: Vec<_> = dictionary.iter().map(key).collect();
    ranks_by(keys.len(), |a, b| keys[a].cmp(&keys[b]))
}

fn ranks_of_kinds<'a>(data: &'a Dataset, text: impl Fn(&crate::model::Kind) -> &'a str) -> Vec<u32> {
    let keys: Vec<(bool, String)> = data
        .kinds
        .iter()
        .map(|k| {
            let text = text(k).to_lowercase();
            // Empty cells come last, as everywhere.
            (text.is_empty(), text)
        })
        .collect();
    let mut distinct = keys.clone();
    distinct.sort();
    distinct.dedup();
    keys.iter().map(|k| distinct.binary_search(k).unwrap_or(0) as u32).collect()
}

fn ranks_by(len: usize, compare: impl Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    order.sort_unstable_by(|a, b| compare(*a as usize, *b as usize));
    let mut ranks = vec![0; len];
    for (rank, id) in order.into_iter().enumerate() {
        ranks[id as usize] = rank as u32;
    }
    ranks
}

/// One key ready to be compared: smaller is earlier, rows without a value are last either way.
enum Key<'a> {
    Time { descending: bool },
    Rank { ids: Ids<'a>, ranks: Rc<Vec<u32>>, descending: bool },
    Number { numbers: &'a IdColumn, descending: bool },
}

enum Ids<'a> {
    Wide(&'a [u32]),
    Kind(&'a [u16]),
}

impl Key<'_> {
    #[inline]
    fn rank(&self, row: usize) -> u32 {
        let Key::Rank { ids, ranks, descending } = self else { return 0 };
        let id = match ids {
            Ids::Wide(ids) => ids.get(row).copied().unwrap_or(NONE) as usize,
            Ids::Kind(kinds) => kinds[row] as usize,
        };
        match ranks.get(id) {
            Some(rank) if *descending => ranks.len() as u32 - 1 - rank,
            Some(rank) => *rank,
            None => ranks.len() as u32,
        }
    }

    fn compare(&self, data: &Dataset, a: usize, b: usize) -> Ordering {
        match self {
            Key::Time { descending: false } => data.time[a].cmp(&data.time[b]),
            Key::Time { descending: true } => data.time[b].cmp(&data.time[a]),
            Key::Rank { .. } => self.rank(a).cmp(&self.rank(b)),
            Key::Number { numbers, descending } => {
                let (x, y) = (numbers.at(a), numbers.at(b));
                let order = if *descending { y.cmp(&x) } else { x.cmp(&y) };
                (x == 0).cmp(&(y == 0)).then(order)
            }
        }
    }
}

fn key_of<'a>(data: &'a Dataset, ranks: &Ranks, by: OrderBy) -> Key<'a> {
    let descending = by.descending;
    let ids = match by.column {
        Column::Time => return Key::Time { descending },
        Column::MessageId => return Key::Number { numbers: &data.message, descending },
        Column::ReportId => return Key::Number { numbers: &data.report, descending },
        Column::User => Ids::Wide(&data.user),
        Column::Url | Column::Host => Ids::Wide(&data.url),
        Column::Ip => Ids::Wide(&data.ip),
        Column::Tenant => Ids::Wide(&data.tenant),
        Column::Subject => Ids::Wide(&data.subject),
        Column::Sender => Ids::Wide(&data.sender),
        Column::Device => Ids::Wide(&data.device),
        Column::Verdict | Column::Action | Column::Source | Column::RawAction | Column::Threat => {
            Ids::Kind(&data.kind)
        }
    };
    Key::Rank { ids, ranks: ranks.of(data, by.column), descending }
}

/// The rows of one page, and how many there are in all. Equal rows are newest first unless `by` says
/// otherwise.
pub fn page(
    data: &Dataset,
    selection: &Selection,
    ranks: &Ranks,
    by: &[OrderBy],
    offset: usize,
    limit: usize,
) -> (Vec<u32>, u64) {
    let keys: Vec<Key<'_>> = by.iter().map(|b| key_of(data, ranks, *b)).collect();
    match keys.split_first() {
        None => by_time(data, selection, true, offset, limit),
        Some((Key::Time { descending }, _)) => by_time(data, selection, *descending, offset, limit),
        Some((first @ Key::Rank { .. }, rest)) => by_rank(data, selection, first, rest, offset, limit),
        Some((Key::Number { .. }, _)) => {
            let mut rows: Vec<u32> = selection.iter(data).map(|row| row as u32).collect();
            let total = rows.len() as u64;
            sort_window(data, &mut rows, &keys, offset, limit);
            let page = rows.into_iter().skip(offset).take(limit).collect();
            (page, total)
        }
    }
}

fn by_time(
    data: &Dataset,
    selection: &Selection,
    descending: bool,
    offset: usize,
    limit: usize,
) -> (Vec<u32>, u64) {
    let total = selection.count(data);
    let window = |rows: &mut dyn Iterator<Item = usize>| -> Vec<u32> {
        rows.skip(offset).take(limit).map(|row| row as u32).collect()
    };
    let all = selection.rows.clone();
    let rows = match (selection.is_whole(), descending) {
        (true, true) => window(&mut all.rev()),
        (true, false) => window(&mut all.into_iter()),
        (false, true) => window(&mut selection.iter(data).rev()),
        (false, false) => window(&mut selection.iter(data)),
    };
    (rows, total as u64)
}

fn by_rank(
    data: &Dataset,
    selection: &Selection,
    first: &Key<'_>,
    rest: &[Key<'_>],
    offset: usize,
    limit: usize,
) -> (Vec<u32>, u64) {
    let Key::Rank { ranks, .. } = first else { return (Vec::new(), 0) };
    let mut counts = vec![0_u32; ranks.len() + 1];
    let whole = selection.is_whole();
    for row in selection.rows.clone() {
        if whole || selection.passes(data, row) {
            counts[first.rank(row) as usize] += 1;
        }
    }
    let total: u64 = counts.iter().map(|c| u64::from(*c)).sum();
    // Places whose rows the page touches, and how many rows stand before them.
    let mut before = 0_usize;
    let mut low = 0;
    while low < counts.len() && before + counts[low] as usize <= offset {
        before += counts[low] as usize;
        low += 1;
    }
    let mut high = low;
    let mut inside = 0_usize;
    while high < counts.len() && before + inside < offset.saturating_add(limit) {
        inside += counts[high] as usize;
        high += 1;
    }
    let range = low as u32..high as u32;
    let mut rows: Vec<u32> = Vec::with_capacity(inside);
    for row in selection.rows.clone() {
        if range.contains(&first.rank(row)) && (whole || selection.passes(data, row)) {
            rows.push(row as u32);
        }
    }
    let skip = offset - before.min(offset);
    sort_window_with(data, &mut rows, Some(first), rest, skip, limit);
    (rows.into_iter().skip(skip).take(limit).collect(), total)
}

fn sort_window(data: &Dataset, rows: &mut [u32], keys: &[Key<'_>], offset: usize, limit: usize) {
    sort_window_with(data, rows, None, keys, offset, limit);
}

/// Brings the rows of the window into their places; the others end up on the right side of it.
fn sort_window_with(
    data: &Dataset,
    rows: &mut [u32],
    first: Option<&Key<'_>>,
    rest: &[Key<'_>],
    skip: usize,
    limit: usize,
) {
    let compare = |a: &u32, b: &u32| {
        let (x, y) = (*a as usize, *b as usize);
        let keys = first.into_iter().chain(rest);
        let order = keys.map(|k| k.compare(data, x, y)).find(|o| o.is_ne());
        // Newest first, unless a key has said otherwise.
        order.unwrap_or_else(|| b.cmp(a))
    };
    let mut rows = rows;
    if skip > 0 && skip < rows.len() {
        rows.select_nth_unstable_by(skip, compare);
        rows = &mut rows[skip..];
    }
    if limit < rows.len() {
        rows.select_nth_unstable_by(limit, compare);
        rows = &mut rows[..limit];
    }
    rows.sort_unstable_by(compare);
}
