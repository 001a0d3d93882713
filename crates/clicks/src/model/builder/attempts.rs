//! Tells records that are the same from rows that belong together.
//!
//! Identical records come from at-least-once delivery and from files that overlap: they count once. Rows
//! that share a report id and a user are one attempt (the block, the override, the retry): all of them
//! stay. Source: Microsoft's description of `ReportId` in the table `UrlClickEvents`.
//!
//! Two records are the same when all their cells are; a column that one of the two exports lacks does not
//! count, where it is one of the [`OPTIONAL`] ones. Everything else that differs makes two clicks. Of those that
//! are the same the one whose export has most columns stays: that way no subject and no verdict is lost, and a record
//! without one cannot stand for two that differ in it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use super::super::hash::{finish, mix};
use super::super::ids::Id;
use super::super::sorting::sort_ids;
use super::super::texts::Dictionary;
use super::super::{Dataset, Field, MINUTE_MS, NONE, is_empty_word};
use super::spellings::Same;

/// Columns that queries join or envelopes add: the same click is exported with and without them.
const OPTIONAL: [Field; 4] = [Field::Subject, Field::Sender, Field::Device, Field::Tenant];

/// What was found, rows ascending.
#[derive(Default)]
pub struct Joined {
    /// Rows that repeat another one.
    pub duplicate: Vec<u32>,
    /// For each of them, the row that it repeats.
    pub of: Vec<(u32, u32)>,
    /// Rows that share an attempt with another one, with the index of that attempt.
    pub sharing: Vec<(u32, u32)>,
    /// How many such attempts there are.
    pub attempts: u32,
    /// Rows of several files that share everything but say something else.
    pub look_alikes: u64,
    /// Clicks of duplicates that are not identical: another export tells of them in its own way.
    pub told_again: u64,
}

/// Joins the rows of `d`, whose columns still hold the spellings of the files. `rest` is the hash of what the
/// columns do not hold, its lowest bit says that equal rows of one file are distinct; `people` says which users are one.
/// `words` says which kinds have the same words.
pub fn join(d: &Dataset, rest: &[u64], people: &Same, words: &[u16]) -> Joined {
    let mut keys = rows_not_alone(d, people);
    keys.sort_unstable();
    let mut joined = Joined::default();
    let mut group: Vec<u32> = Vec::new();
    let rows = Rows { d, rest, people, words };
    for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        if run.len() > 1 {
            group.clear();
            group.extend(run.iter().map(|key| *key as u32));
            rows.join_group(&mut group, &mut joined);
        }
    }
    joined.duplicate.sort_unstable();
    joined.of.sort_unstable();
    joined.sharing.sort_unstable();
    joined
}

/// Rows whose hash some other row has too (and a few that only seem so), as the upper half of the hash
/// beside the row. Nearly every row is alone, so that sorting all of them would be wasted: one bit a place
/// tells that a hash was met, another that it was met again.
fn rows_not_alone(d: &Dataset, people: &Same) -> Vec<u64> {
    let places = (d.len() * 16).next_power_of_two().max(64);
    let mask = places as u64 - 1;
    let mut met = vec![0_u64; places / 64];
    let mut again = vec![0_u64; places / 64];
    for row in 0..d.len() {
        let place = group_hash(d, people, row) & mask;
        let (word, bit) = ((place >> 6) as usize, 1 << (place & 63));
        again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    drop(met);
    let mut keys = Vec::new();
    for row in 0..d.len() {
        let hash = group_hash(d, people, row);
        let place = hash & mask;
        if again[(place >> 6) as usize] & (1 << (place & 63)) != 0 {
            keys.push((hash & !0xffff_ffff) | row as u64);
        }
    }
    keys
}

/// Rows that could be the same record or one attempt have the same hash: by report id, and where there is
/// none, by what a repeated record cannot differ in.
fn group_hash(d: &Dataset, people: &Same, row: usize) -> u64 {
    let report = d.report.at(row);
    if report != 0 {
        return finish(mix(report as u64, (report >> 64) as u64));
    }
    let who = (u64::from(people.key(d.user.at(row).raw())) << 32) | u64::from(d.url.at(row).raw());
    finish(mix(d.time[row] as u64, who))
}

struct Rows<'a> {
    d: &'a Dataset,
    rest: &'a [u64],
    people: &'a Same,
    words: &'a [u16],
}

/// How little a row's export says, see [`Rows::says_less`].
type SaysLess = (Reverse<usize>, Reverse<u8>);

/// Everything of a row that must be equal, but for the optional columns.
type Core = (i64, [u32; 3], u16, u128, u128, u64, u32);

/// The number of a text as it stands in the file; of a word that says that there is nothing, none.
fn said<I: Id>(texts: &Dictionary<I>, id: I) -> u32 {
    if is_empty_word(texts.text(id).as_bytes()) { NONE } else { id.raw() }
}

impl Rows<'_> {
    fn person(&self, row: u32) -> u32 {
        self.people.key(self.d.user.at(row as usize).raw())
    }

    fn core(&self, row: u32) -> Core {
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
    /// have decides between exports of equally many, not which was opened first: what counts must not depend on that.
    fn says_less(&self, row: u32) -> SaysLess {
        (Reverse(self.d.file_of(row as usize).fields.told()), Reverse(self.mask(row)))
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

    fn join_group(&self, group: &mut [u32], joined: &mut Joined) {
        let key = |row: u32| (self.d.report.at(row as usize), self.person(row), self.core(row), row);
        sort_ids(group, &mut |a, b| key(a).cmp(&key(b)));
        let attempt_of = |row: u32| (self.d.report.at(row as usize), self.person(row));
        let mut kept: Vec<u32> = Vec::new();
        for attempt in group.chunk_by(|a, b| attempt_of(*a) == attempt_of(*b)) {
            kept.clear();
            for same in attempt.chunk_by(|a, b| self.core(*a) == self.core(*b)) {
                match same {
                    [one] => kept.push(*one),
                    same if self.rest[same[0] as usize] & 1 == 1 => {
                        self.keep_most_of_one_file(same, &mut kept, joined);
                    }
                    same => self.keep_distinct(same, &mut kept, joined),
                }
            }
            if kept.len() > 1 && attempt_of(kept[0]).0 != 0 {
                joined.look_alikes += self.look_alikes(&kept);
                joined.sharing.extend(kept.iter().map(|row| (*row, joined.attempts)));
                joined.attempts += 1;
            }
        }
    }

    /// Rows that only the optional columns can tell apart. A row is kept unless one that is kept agrees with
    /// it in every column that both exports have; rows that say more come first.
    fn keep_distinct(&self, same: &[u32], kept: &mut Vec<u32>, joined: &mut Joined) {
        let mut rows: Vec<(SaysLess, u32)> = same.iter().map(|row| (self.says_less(*row), *row)).collect();
        rows.sort_unstable();
        let mut masks: Vec<u8> = rows.iter().map(|(_, row)| self.mask(*row)).collect();
        masks.sort_unstable();
        masks.dedup();
        let mut seen: HashSet<(u8, u8, [u32; 4])> = HashSet::new();
        let mut first: Vec<((u8, [u32; 4]), u32)> = Vec::new();
        for (_, row) in rows {
            let mask = self.mask(row);
            let meets = |other: &u8| seen.contains(&(*other, mask, self.optional(row, other & mask)));
            match masks.iter().find(|other| meets(other)) {
                Some(other) => {
                    let key = (*other, self.optional(row, other & mask));
                    let agrees = |(at, kept): &&((u8, [u32; 4]), u32)| {
                        at.0 == *other && self.optional(*kept, other & mask) == key.1
                    };
                    // The list is searched only among the first rows: it names an example, it decides nothing.
                    let of = first.iter().take(64).find(agrees).map_or(same[0], |(_, kept)| *kept);
                    joined.duplicate.push(row);
                    joined.of.push((row, of));
                }
                None => {
                    for other in &masks {
                        seen.insert((mask, *other, self.optional(row, mask & other)));
                    }
                    first.push(((mask, self.optional(row, mask)), row));
                    kept.push(row);
                }
            }
        }
    }

    /// Rows that may be distinct clicks though they are equal: inside one file each is a click of its own. A
    /// row of another file stands for the first click before it that agrees in every column that both exports
    /// have, and that no other row of its file stands for.
    fn keep_most_of_one_file(&self, same: &[u32], kept: &mut Vec<u32>, joined: &mut Joined) {
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
            let mut shared: Vec<u8> = free.keys().map(|(both, _)| *both).collect();
            shared.sort_unstable();
            shared.dedup();
            for row in of_file {
                let keys = shared.iter().map(|both| (*both, self.optional(*row, *both)));
                let first = keys.filter_map(|key| Some((*free.get(&key)?.front()?, key))).min();
                let Some((place, key)) = first else {
                    counted.push(*row);
                    continue;
                };
                free.entry(key).or_default().pop_front();
                joined.duplicate.push(*row);
                joined.of.push((*row, counted[place]));
            }
        }
        kept.extend(counted);
    }

    /// Rows of one attempt that share time and URL with a row of another file. Where one of them has no seconds, the
    /// minute is all there is to share.
    fn look_alikes(&self, kept: &[u32]) -> u64 {
        if self.d.files.len() < 2 {
            return 0;
        }
        let minute = |row: &u32| self.d.time[*row as usize].div_euclid(MINUTE_MS);
        let url = |row: &u32| self.d.url.at(*row as usize).raw();
        let is_coarse =
            |row: &&u32| self.rest[**row as usize] & 1 == 1 && self.d.time[**row as usize] % MINUTE_MS == 0;
        let coarse: HashSet<(i64, u32)> =
            kept.iter().filter(is_coarse).map(|r| (minute(r), url(r))).collect();
        let at = |row: &u32| match coarse.contains(&(minute(row), url(row))) {
            true => (minute(row) * MINUTE_MS, url(row)),
            false => (self.d.time[*row as usize], url(row)),
        };
        let file = |row: &u32| self.d.origin.at(*row as usize).file();
        let mut rows: Vec<((i64, u32), u16)> = kept.iter().map(|row| (at(row), file(row))).collect();
        rows.sort_unstable();
        let of_several = |run: &&[((i64, u32), u16)]| run.first().map(|r| r.1) != run.last().map(|r| r.1);
        rows.chunk_by(|a, b| a.0 == b.0).filter(of_several).map(|run| run.len() as u64 - 1).sum()
    }
}
