//! A page of rows in any order, without sorting all of them.
//!
//! The first key puts rows into places by counting; only the rows that share a place with the page are
//! looked at further. Rows are in the order of time already, so that time as a second key costs nothing.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::Selection;
use crate::hindsight::Hindsight;
use crate::lens::Class;
use crate::model::sorting::{self, sort_ids};
use crate::model::{Dataset, Field, GuidColumn, Ids, Kind, Texts, Verdict};

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy {
    /// What rows are put in order by.
    pub key: OrderKey,
    /// Largest first.
    pub descending: bool,
}

/// What rows can be put in order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderKey {
    /// A column.
    Column(Field),
    /// How grave a click is, see [`risk`]. No column, only an order.
    Risk,
}

impl OrderBy {
    /// Reads `user`, `-time` or `risk`.
    pub fn parse(text: &str) -> Option<OrderBy> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        let key = match name {
            "risk" => OrderKey::Risk,
            name => OrderKey::Column(Field::column_of_name(name)?),
        };
        Some(OrderBy { key, descending })
    }
}

/// How grave the clicks of a kind are, from 0, the gravest: what was reached comes before what was stopped.
const fn risk(kind: Kind) -> u32 {
    match (kind.verdict, kind.action.reached()) {
        (Verdict::Malicious, true) => 0,
        (Verdict::Blocked | Verdict::Pending, true) => 1,
        (Verdict::Malicious, false) => 2,
        (Verdict::Blocked | Verdict::Pending, false) => 3,
        (Verdict::Unknown, _) => 4,
        (Verdict::Safe, _) => 5,
    }
}

const RISKS: u32 = 6;

/// Ranks of the texts of fields, computed when first asked for.
#[derive(Default)]
pub struct Ranks {
    hindsight: Rc<Hindsight>,
    known: RefCell<HashMap<Field, Rc<Vec<u32>>>>,
}

impl Ranks {
    /// Ranks of the texts of a data set, and of what is concluded about it.
    pub fn new(hindsight: Rc<Hindsight>) -> Ranks {
        Ranks { hindsight, known: RefCell::default() }
    }

    /// For each id of the field's texts its place in their order; there are as many places as texts.
    pub fn of(&self, data: &Dataset, field: Field) -> Rc<Vec<u32>> {
        let mut known = self.known.borrow_mut();
        known.entry(field).or_insert_with(|| Rc::new(self.ranks(data, field))).clone()
    }

    fn ranks(&self, data: &Dataset, field: Field) -> Vec<u32> {
        let (column, hindsight) = match field {
            Field::Automation => return (0..Class::ALL.len() as u32).collect(),
            Field::Campaign | Field::Attempt => (None, Some(self.hindsight.of(data))),
            field => (data.column(field), None),
        };
        let of_data = || hindsight.and_then(|facts| facts.column(data, field));
        let Some(column) = column.or_else(of_data) else { return Vec::new() };
        match field {
            _ if column.ordered => (0..column.texts.len() as u32).collect(),
            Field::Ip => ranks_of_addresses(column.texts),
            _ => ranks_of_texts(column.texts),
        }
    }
}

/// The one order of texts: by lower case, then by code point.
pub fn compare_texts(a: &str, b: &str) -> Ordering {
    let folded = if a.is_ascii() && b.is_ascii() {
        let differ = a.bytes().zip(b.bytes()).find(|(x, y)| !x.eq_ignore_ascii_case(y));
        match differ {
            Some((x, y)) => x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase()),
            None => a.len().cmp(&b.len()),
        }
    } else {
        a.to_lowercase().cmp(&b.to_lowercase())
    };
    folded.then_with(|| a.cmp(b))
}

fn ranks_of_texts(texts: &Texts) -> Vec<u32> {
    let keys = first_differences(texts);
    ranks_by(texts.len(), |a, b| {
        let by_key = keys[a as usize].cmp(&keys[b as usize]);
        by_key.then_with(|| compare_texts(texts.get(a), texts.get(b)))
    })
}

/// For each text the eight bytes of its lower case that follow what all of them begin with, as a number: most
/// texts are told apart by these without being looked at again.
fn first_differences(texts: &Texts) -> Vec<u64> {
    fn lower(text: &str, out: &mut Vec<u8>) {
        out.clear();
        match text.is_ascii() {
            true => out.extend(text.bytes().map(|b| b.to_ascii_lowercase())),
            false => out.extend(text.to_lowercase().bytes()),
        }
    }
    let mut folded = Vec::new();
    let mut common = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        lower(text, &mut folded);
        if place == 0 {
            common.clone_from(&folded);
        }
        let same = common.iter().zip(&folded).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    let key = |text: &str| {
        lower(text, &mut folded);
        let mut key = [0; 8];
        key.iter_mut().zip(folded.iter().skip(common.len())).for_each(|(to, from)| *to = *from);
        u64::from_be_bytes(key)
    };
    texts.iter().map(key).collect()
}

/// Addresses in the order of their numbers, version 4 first; what is no address comes last.
fn ranks_of_addresses(texts: &Texts) -> Vec<u32> {
    let key = |text: &str| {
        // A zone (`fe80::1%eth0`) is no part of the number.
        let address = text.split('%').next().unwrap_or(text).parse::<std::net::IpAddr>();
        (address.is_err(), address.ok())
    };
    let keys: Vec<_> = texts.iter().map(key).collect();
    ranks_by(keys.len(), |a, b| {
        let numbers = keys[a as usize].cmp(&keys[b as usize]);
        numbers.then_with(|| compare_texts(texts.get(a), texts.get(b)))
    })
}

fn ranks_by(len: usize, compare: impl Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    sort_ids(&mut order, &mut |a, b| compare(a, b));
    let mut ranks = vec![0; len];
    for (rank, id) in order.into_iter().enumerate() {
        ranks[id as usize] = rank as u32;
    }
    ranks
}

/// One key ready to be compared: smaller is earlier, rows without a value are last either way.
enum RankKey<'a> {
    Time {
        descending: bool,
    },
    Rank {
        ids: Ids<'a>,
        ranks: Rc<Vec<u32>>,
        descending: bool,
    },
    Number {
        numbers: &'a GuidColumn,
        descending: bool,
    },
    /// No row has a value.
    Nothing,
}

impl RankKey<'_> {
    #[inline]
    fn rank(&self, row: usize) -> u32 {
        let RankKey::Rank { ids, ranks, descending } = self else { return 0 };
        match ranks.get(ids.at(row) as usize) {
            Some(rank) if *descending => ranks.len() as u32 - 1 - rank,
            Some(rank) => *rank,
            None => ranks.len() as u32,
        }
    }

    fn compare(&self, data: &Dataset, a: usize, b: usize) -> Ordering {
        match self {
            RankKey::Time { descending: false } => data.time[a].cmp(&data.time[b]),
            RankKey::Time { descending: true } => data.time[b].cmp(&data.time[a]),
            RankKey::Rank { .. } => self.rank(a).cmp(&self.rank(b)),
            RankKey::Number { numbers, descending } => {
                let (x, y) = (numbers.at(a), numbers.at(b));
                // The order of GUIDs is that of their texts. Other ids are numbered as they came.
                let order = match (x >> 64, y >> 64) {
                    (0, _) | (_, 0) => compare_texts(&data.id_text(x), &data.id_text(y)),
                    _ => x.cmp(&y),
                };
                let order = if *descending { order.reverse() } else { order };
                (x == 0).cmp(&(y == 0)).then(order)
            }
            RankKey::Nothing => Ordering::Equal,
        }
    }
}

fn key_of<'a>(data: &'a Dataset, selection: &'a Selection, ranks: &Ranks, by: OrderBy) -> RankKey<'a> {
    let descending = by.descending;
    let field = match by.key {
        OrderKey::Column(field) => field,
        OrderKey::Risk => {
            let ids = Ids::Kind(&data.kind, data.kinds.iter().map(|kind| risk(*kind)).collect());
            return RankKey::Rank { ids, ranks: Rc::new((0..RISKS).collect()), descending };
        }
    };
    if field == Field::Time {
        return RankKey::Time { descending };
    }
    if let Some(numbers) = data.numbers(field) {
        return RankKey::Number { numbers, descending };
    }
    match selection.column(data, field) {
        Some(column) => RankKey::Rank { ids: column.ids, ranks: ranks.of(data, field), descending },
        None => RankKey::Nothing,
    }
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
    let keys: Vec<RankKey<'_>> = by.iter().map(|b| key_of(data, selection, ranks, *b)).collect();
    match keys.split_first() {
        None => by_time(data, selection, true, offset, limit),
        Some((RankKey::Time { descending }, [])) => by_time(data, selection, *descending, offset, limit),
        Some((first @ RankKey::Rank { .. }, rest)) => by_rank(data, selection, first, rest, offset, limit),
        Some(_) => {
            let mut rows: Vec<u32> = selection.iter(data).map(|row| row as u32).collect();
            let total = rows.len() as u64;
            sort_window(data, &mut rows, None, &keys, offset, limit);
            (rows.into_iter().skip(offset).take(limit).collect(), total)
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
    first: &RankKey<'_>,
    rest: &[RankKey<'_>],
    offset: usize,
    limit: usize,
) -> (Vec<u32>, u64) {
    let RankKey::Rank { ranks, .. } = first else { return (Vec::new(), 0) };
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
    sort_window(data, &mut rows, Some(first), rest, skip, limit);
    (rows.into_iter().skip(skip).take(limit).collect(), total)
}

/// Brings the rows of the window into their places; the others end up on the right side of it.
fn sort_window(
    data: &Dataset,
    rows: &mut [u32],
    first: Option<&RankKey<'_>>,
    rest: &[RankKey<'_>],
    skip: usize,
    limit: usize,
) {
    let mut compare = |a: u32, b: u32| {
        let (x, y) = (a as usize, b as usize);
        let keys = first.into_iter().chain(rest);
        let order = keys.map(|k| k.compare(data, x, y)).find(|o| o.is_ne());
        // Newest first, unless a key has said otherwise.
        order.unwrap_or_else(|| b.cmp(&a))
    };
    sorting::sort_window(rows, skip, limit, &mut compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_ordered_without_case_then_by_code_point() {
        let mut texts = ["b", "B", "a", "A", "ab", "É", "é", "z", "_", "Z9", ""];
        texts.sort_by(|a, b| compare_texts(a, b));
        assert_eq!(texts, ["", "_", "A", "a", "ab", "B", "b", "z", "Z9", "É", "é"]);
    }
}
