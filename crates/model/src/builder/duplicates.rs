//! Tells which of the records that say the same are counted.
//!
//! Identical records come from at-least-once delivery and from files that overlap: they count once. Two records are the
//! same when all their cells are; a column that one of the two exports lacks does not count, where it is one of the
//! [`OPTIONAL`] ones. Of those that are the same the one whose export has most columns stays: that way no subject and no
//! verdict is lost, and a record without one cannot stand for two that differ in it.
//!
//! Owns that rule. Must not know which rows are compared (`attempts` groups them), nor that records which differ may be
//! one click all the same (`across`).

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use super::super::ids::Id;
use super::super::sorting::{sort_ids, sort_pairs};
use super::super::texts::Dictionary;
use super::super::{Dataset, Field, NONE, is_empty_word};
use super::spellings::Same;

/// Columns that queries join or envelopes add: the same click is exported with and without them.
const OPTIONAL: [Field; 4] = [Field::Subject, Field::Sender, Field::Device, Field::Tenant];

/// Rows that repeat a click.
#[derive(Default)]
pub struct Duplicates {
    /// These rows, ascending once all are found.
    pub rows: Vec<u32>,
    /// For each of them, the row that it repeats, which counts.
    pub of: Vec<(u32, u32)>,
    /// Clicks of those that are not identical: another export tells of them in its own way.
    pub told_again: u64,
}

impl Duplicates {
    /// Takes note that a row repeats another one.
    fn push(&mut self, row: u32, of: u32) {
        self.rows.push(row);
        self.of.push((row, of));
    }

    /// Puts everything in order, once all are found.
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
        sort_pairs(&mut self.of);
    }
}

/// Rows as they stand in the files, whose columns still hold the spellings of the files.
pub struct Rows<'a> {
    /// The data.
    pub d: &'a Dataset,
    /// The hash of what the columns do not hold; its lowest bit says that equal rows of one file are distinct.
    pub rest: &'a [u64],
    /// Which users are one.
    pub people: &'a Same,
    /// Which kinds have the same words.
    pub words: &'a [u16],
}

/// How little a row's export says, see [`Rows::says_less`].
type SaysLess = (Reverse<usize>, Reverse<u8>, u64);

/// Everything of a row that must be equal, but for the optional columns.
pub type Core = (i64, [u32; 3], u16, u128, u128, u64, u32);

/// The number of a text as it stands in the file; of a word that says that there is nothing, none.
fn said<I: Id>(texts: &Dictionary<I>, id: I) -> u32 {
    if is_empty_word(texts.text(id).as_bytes()) { NONE } else { id.raw() }
}

impl Rows<'_> {
    /// Who clicked, in whatever spelling.
    pub fn person(&self, row: u32) -> u32 {
        self.people.key(self.d.user.at(row as usize).raw())
    }

    /// Everything of a row that must be equal, but for the optional columns.
    pub fn core(&self, row: u32) -> Core {
        let (d, row) = (self.d, row as usize);
        (
            d.time[row],
            [said(&d.users, d.user.at(row)), d.url.at(row).raw(), said(&d.ips, d.ip.at(row))],
            self.words[d.kind[row] as usize],
            d.message.at(row),
            d.report.at(row),
            self.rest[row],
            d.weight_of(row),
        )
    }

    /// Rows of exports that say more come first: the one of which most is known stays. Which optional columns they
    /// have decides between exports of equally many, then their layout, not which was opened first: what counts must not
    /// depend on that.
    fn says_less(&self, row: u32) -> SaysLess {
        let file = self.d.file_of(row as usize);
        (Reverse(file.fields.told()), Reverse(self.mask(row)), file.layout)
    }

    /// A bit for each optional column that the file of a row has, the highest for the subject.
    fn mask(&self, row: u32) -> u8 {
        let fields = self.d.file_of(row as usize).fields;
        OPTIONAL.iter().enumerate().map(|(bit, field)| u8::from(fields.has(*field)) << (3 - bit)).sum()
    }

    /// The optional cells of a row that a mask lets through.
    fn optional(&self, row: u32, mask: u8) -> [u32; 4] {
        let (d, row) = (self.d, row as usize);
        let cells = [
            said(&d.subjects, d.subject.at(row)),
            said(&d.senders, d.sender.at(row)),
            said(&d.devices, d.device.at(row)),
            said(&d.tenants, d.tenant.at(row)),
        ];
        std::array::from_fn(|bit| if mask & (8 >> bit) != 0 { cells[bit] } else { NONE })
    }

    /// Keeps those of some rows of one [`Rows::core`] that are clicks, and says which of them the others repeat.
    pub fn keep(&self, same: &[u32], kept: &mut Vec<u32>, duplicates: &mut Duplicates) {
        match same {
            [one] => kept.push(*one),
            same if self.may_be_distinct(same[0]) => self.keep_most_of_one_file(same, kept, duplicates),
            same => self.keep_distinct(same, kept, duplicates),
        }
    }

    /// Whether equal rows of its file are distinct clicks: its time has no seconds, or they were counted once before the
    /// file was written.
    pub fn may_be_distinct(&self, row: u32) -> bool {
        self.rest[row as usize] & 1 == 1
    }

    /// Rows that only the optional columns can tell apart. A row is kept unless one that is kept agrees with
    /// it in every column that both exports have; rows that say more come first.
    fn keep_distinct(&self, same: &[u32], kept: &mut Vec<u32>, duplicates: &mut Duplicates) {
        let mut rows = same.to_vec();
        let key = |row: u32| (self.says_less(row), row);
        sort_ids(&mut rows, &mut |a, b| key(a).cmp(&key(b)));
        let masks = each_once(rows.iter().map(|row| self.mask(*row)));
        // Rows that are kept, by their mask, that of a row which may repeat them, and the cells that both exports have.
        let mut seen: HashMap<(u8, u8, [u32; 4]), u32> = HashMap::new();
        for row in rows {
            let mask = self.mask(row);
            let meets = |other: &u8| seen.get(&(*other, mask, self.optional(row, other & mask)));
            match masks.iter().find_map(meets) {
                Some(of) => duplicates.push(row, *of),
                None => {
                    for other in &masks {
                        // Of several that a row may repeat it repeats the first.
                        seen.entry((mask, *other, self.optional(row, mask & other))).or_insert(row);
                    }
                    kept.push(row);
                }
            }
        }
    }

    /// Rows that may be distinct clicks though they are equal: inside one file each is a click of its own. A
    /// row of another file stands for the first click before it that agrees in every column that both exports
    /// have, and that no other row of its file stands for.
    fn keep_most_of_one_file(&self, same: &[u32], kept: &mut Vec<u32>, duplicates: &mut Duplicates) {
        let file = |row: u32| self.d.origin.at(row as usize).file();
        let mut rows = same.to_vec();
        let key = |row: u32| (self.says_less(row), file(row), row);
        sort_ids(&mut rows, &mut |a, b| key(a).cmp(&key(b)));
        let mut counted: Vec<u32> = Vec::new();
        for of_file in rows.chunk_by(|a, b| file(*a) == file(*b)) {
            let mask = self.mask(of_file[0]);
            let mut free: HashMap<(u8, [u32; 4]), VecDeque<usize>> = HashMap::new();
            for (place, row) in counted.iter().enumerate() {
                let both = self.mask(*row) & mask;
                free.entry((both, self.optional(*row, both))).or_default().push_back(place);
            }
            let shared = each_once(free.keys().map(|(both, _)| *both));
            for row in of_file {
                let keys = shared.iter().map(|both| (*both, self.optional(*row, *both)));
                let first = keys.filter_map(|key| Some((*free.get(&key)?.front()?, key))).min();
                let Some((place, key)) = first else {
                    counted.push(*row);
                    continue;
                };
                free.entry(key).or_default().pop_front();
                duplicates.push(*row, counted[place]);
            }
        }
        kept.extend(counted);
    }
}

/// Each of some small numbers once, in order.
fn each_once(numbers: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut is_there = [false; 256];
    numbers.for_each(|number| is_there[usize::from(number)] = true);
    (0..=u8::MAX).filter(|number| is_there[usize::from(*number)]).collect()
}
