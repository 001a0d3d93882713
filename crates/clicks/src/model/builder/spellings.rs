//! Spellings that mean the same: one entry a person, an address, a word.
//!
//! Owns the rule for what is shown of several spellings: the most frequent one, on a tie the one that is
//! last in the order of code points, because lower case letters come last there. The order of files and
//! rows does not decide.

use super::super::ids::{Id, IdColumn, NONE};
use super::super::texts::Dictionary;
use super::super::{Texts, address, is_empty_word};

/// For each old id the new one.
pub struct Merged(Option<Vec<u32>>);

impl Merged {
    /// The new id.
    #[inline]
    pub fn id(&self, old: u32) -> u32 {
        match &self.0 {
            None => old,
            Some(ids) => ids.get(old as usize).copied().unwrap_or(NONE),
        }
    }

    /// Puts the new ids into a column.
    pub fn apply<I: Id>(&self, column: &mut IdColumn<I>) {
        if self.0.is_some() {
            column.raw_mut().iter_mut().for_each(|id| *id = self.id(*id));
        }
    }
}

/// How often each id of a dictionary stands in a column.
fn counts_of<I: Id>(dictionary: &Dictionary<I>, column: &IdColumn<I>) -> Vec<u64> {
    let mut counts = vec![0; dictionary.len()];
    for id in column.raw() {
        if let Some(count) = counts.get_mut(*id as usize) {
            *count += 1;
        }
    }
    counts
}

/// People, tenants: texts that differ only in case or outer blanks are one. Where rows were taken back, those
/// that no row has are dropped.
pub fn merge_words<I: Id>(dictionary: &mut Dictionary<I>, column: &IdColumn<I>, forgot: bool) -> Merged {
    if forgot || has_two_of_one(dictionary, folded) {
        let counts = counts_of(dictionary, column);
        return merge_counted(dictionary, &counts);
    }
    let once = vec![1; dictionary.len()];
    merge_counted(dictionary, &once)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether two texts have one key; counting every row is for those alone.
fn has_two_of_one<I: Id>(dictionary: &Dictionary<I>, key_of: impl Fn(&str) -> String) -> bool {
    let mut keys = Texts::default();
    dictionary.iter().enumerate().any(|(place, text)| {
        let key = key_of(text);
        !key.is_empty() && keys.intern(key.as_bytes()) as usize + 1 != keys.len() && place > 0
    })
}

/// The same for words that are counted by kind, not by row.
pub fn merge_counted<I: Id>(dictionary: &mut Dictionary<I>, counts: &[u64]) -> Merged {
    merge(dictionary, counts, folded, |text| text.trim().to_owned())
}

/// Addresses in one spelling each.
pub fn merge_addresses<I: Id>(dictionary: &mut Dictionary<I>, column: &IdColumn<I>, forgot: bool) -> Merged {
    let counts = if forgot { counts_of(dictionary, column) } else { vec![1; dictionary.len()] };
    merge(dictionary, &counts, address, address)
}

/// Texts stay as they are, but for those that say that there is nothing.
pub fn drop_empty_words<I: Id>(dictionary: &mut Dictionary<I>, column: &IdColumn<I>) -> Merged {
    let counts = counts_of(dictionary, column);
    merge(dictionary, &counts, str::to_owned, str::to_owned)
}

/// Texts that no row has are dropped, all others stay as they are.
pub fn drop_unused<I: Id>(dictionary: &mut Dictionary<I>, column: &IdColumn<I>) -> Merged {
    let counts = counts_of(dictionary, column);
    let old = std::mem::take(dictionary.raw_mut());
    let used = |(text, count): (&str, &u64)| match count {
        0 => NONE,
        _ => dictionary.raw_mut().intern(text.as_bytes()),
    };
    Merged(Some(old.iter().zip(&counts).map(used).collect()))
}

fn merge<I: Id>(
    dictionary: &mut Dictionary<I>,
    counts: &[u64],
    key_of: impl Fn(&str) -> String,
    shown_of: impl Fn(&str) -> String,
) -> Merged {
    let mut keys = Texts::default();
    let mut ids = Vec::with_capacity(dictionary.len());
    let mut shown: Vec<(u64, String)> = Vec::new();
    let mut changed = false;
    for (text, count) in dictionary.iter().zip(counts) {
        let nothing = *count == 0 || is_empty_word(text.as_bytes());
        let id = if nothing { NONE } else { keys.intern(key_of(text).as_bytes()) };
        ids.push(id);
        if id == NONE {
            changed = true;
            continue;
        }
        let spelling = (*count, shown_of(text));
        changed |= spelling.1 != text;
        match shown.get_mut(id as usize) {
            None => shown.push(spelling),
            Some(best) => {
                changed = true;
                if *best < spelling {
                    *best = spelling;
                }
            }
        }
    }
    if !changed {
        return Merged(None);
    }
    let mut kept = Texts::default();
    // Two keys may show one spelling (case maps are not one to one); then they are one after all.
    let places: Vec<u32> = shown.iter().map(|(_, spelling)| kept.intern(spelling.as_bytes())).collect();
    for id in &mut ids {
        *id = places.get(*id as usize).copied().unwrap_or(NONE);
    }
    kept.transcoded = dictionary.raw().transcoded;
    *dictionary.raw_mut() = kept;
    Merged(Some(ids))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::UserId;

    #[test]
    fn spelling_shown_is_the_most_frequent_and_lower_case_on_a_tie() {
        let mut people = Dictionary::<UserId>::default();
        let texts = ["ANA@c.com", "ana@c.com", "Bo@c.com", "bo@c.com", " Cy@c.com ", "null", "gone@c.com"];
        for text in texts {
            people.raw_mut().intern(text.as_bytes());
        }
        let merged = merge_counted(&mut people, &[1, 1, 5, 2, 1, 3, 0]);
        let shown: Vec<&str> = (0..7).map(|old| people.raw().get(merged.id(old))).collect();
        assert_eq!(shown, ["ana@c.com", "ana@c.com", "Bo@c.com", "Bo@c.com", "Cy@c.com", "", ""]);
        assert_eq!(people.len(), 3);
    }
}
