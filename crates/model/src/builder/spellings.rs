//! Spellings that mean the same: one entry a person, an address, a word.
//!
//! Owns the rule for what is shown of several spellings: the most frequent one, on a tie the one that is
//! last in the order of code points, because lower case letters come last there. The order of files and
//! rows does not decide.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::ids::{Id, IdColumn, NONE};
use super::super::texts::{Dictionary, Texts};
use super::super::{address, is_empty_word};

/// A text in the spelling that it is known by, or shown in.
pub type Spelled = dyn Fn(&str) -> Cow<'_, str>;

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

/// Which texts of a dictionary say the same, found once and used twice: to tell records apart, and to choose
/// what is shown.
pub struct Same {
    /// For each text the number of its key, [`NONE`] where it says that there is nothing.
    keys: Vec<u32>,
    /// How many keys there are.
    distinct: usize,
}

impl Same {
    /// Users, tenants, words: what differs only in case or outer blanks is one.
    pub fn words<I: Id>(dictionary: &Dictionary<I>) -> Same {
        Same::by(dictionary.raw(), &|text| lower(text.trim()))
    }

    /// Addresses: spellings of one number are one.
    pub fn addresses<I: Id>(dictionary: &Dictionary<I>) -> Same {
        Same::by(dictionary.raw(), &address)
    }

    /// Texts that are one only when they are equal.
    pub fn texts<I: Id>(dictionary: &Dictionary<I>) -> Same {
        Same::by(dictionary.raw(), &|text| Cow::Borrowed(text))
    }

    /// Compiled once, for dictionaries of all kinds: as [`Same::merge_raw`] is.
    #[inline(never)]
    fn by(dictionary: &Texts, key_of: &Spelled) -> Same {
        let mut known = dictionary.emptied();
        let key = |text: &str| match is_empty_word(text.as_bytes()) {
            true => NONE,
            false => known.intern(key_of(text).as_bytes()),
        };
        let keys = dictionary.iter().map(key).collect();
        Same { keys, distinct: known.len() }
    }

    /// The key of a text; of none, none.
    pub fn key(&self, id: u32) -> u32 {
        self.keys.get(id as usize).copied().unwrap_or(NONE)
    }

    /// Whether some texts say the same, so that it matters which of them is more frequent.
    fn has_two_of_one(&self) -> bool {
        self.keys.iter().filter(|key| **key != NONE).count() > self.distinct
    }

    /// One spelling each, by the rows of a column; `all_used` when every text is known to stand in a row.
    pub fn merge_words<I: Id>(
        self,
        texts: &mut Dictionary<I>,
        column: &Rows<'_, I>,
        all_used: bool,
    ) -> Merged {
        let counts = match all_used && !self.has_two_of_one() {
            true => vec![1; texts.len()],
            false => column.counts(texts.len()),
        };
        self.merge(texts, &counts, &|text| Cow::Borrowed(text.trim()))
    }

    /// The same for addresses, which are shown in the one spelling that [`address`] gives.
    pub fn merge_addresses<I: Id>(
        self,
        texts: &mut Dictionary<I>,
        column: &Rows<'_, I>,
        all_used: bool,
    ) -> Merged {
        // One spelling whatever the counts.
        let counts = if all_used { vec![1; texts.len()] } else { column.counts(texts.len()) };
        self.merge(texts, &counts, &address)
    }

    /// The same for texts that stay as they are.
    pub fn merge_texts<I: Id>(self, texts: &mut Dictionary<I>, column: &Rows<'_, I>) -> Merged {
        let counts = column.counts(texts.len());
        self.merge(texts, &counts, &|text| Cow::Borrowed(text))
    }

    /// Puts one spelling for each key into the dictionary. `counts` says how many clicks each text has: texts
    /// without any are dropped.
    pub fn merge<I: Id>(self, dictionary: &mut Dictionary<I>, counts: &[u64], shown_of: &Spelled) -> Merged {
        self.merge_raw(dictionary.raw_mut(), counts, shown_of)
    }

    #[inline(never)]
    fn merge_raw(self, dictionary: &mut Texts, counts: &[u64], shown_of: &Spelled) -> Merged {
        let mut changed = false;
        // Spellings that are shown alike, such as with and without blanks around them, are counted together.
        let mut together: HashMap<(u32, Cow<'_, str>), u64> = HashMap::new();
        if self.has_two_of_one() {
            for ((text, count), key) in dictionary.iter().zip(counts).zip(&self.keys) {
                *together.entry((*key, shown_of(text))).or_default() += count;
            }
        }
        let mut shown: Vec<Option<(u64, Cow<'_, str>)>> = vec![None; self.distinct];
        for ((text, count), key) in dictionary.iter().zip(counts).zip(&self.keys) {
            let Some(best) = shown.get_mut(*key as usize).filter(|_| *count > 0) else {
                changed = true;
                continue;
            };
            let text_shown = shown_of(text);
            let all = together.get(&(*key, text_shown.clone())).unwrap_or(count);
            let spelling = (*all, text_shown);
            changed |= spelling.1 != text || best.is_some();
            if best.as_ref().is_none_or(|best| *best < spelling) {
                *best = Some(spelling);
            }
        }
        if !changed {
            return Merged(None);
        }
        let mut kept = dictionary.emptied();
        // Two keys may show one spelling (case maps are not one to one); then they are one after all.
        let places: Vec<u32> = shown
            .iter()
            .map(|spelling| spelling.as_ref().map_or(NONE, |(_, text)| kept.intern(text.as_bytes())))
            .collect();
        kept.transcoded = dictionary.transcoded;
        *dictionary = kept;
        let place = |key: u32| places.get(key as usize).copied().unwrap_or(NONE);
        Merged(Some(self.keys.into_iter().map(place).collect()))
    }
}

/// In lower case, as most texts are.
fn lower(text: &str) -> Cow<'_, str> {
    match text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

/// A column, and how many clicks each of its rows is.
pub struct Rows<'a, I> {
    /// The column.
    pub column: &'a IdColumn<I>,
    /// The weights; empty where every row is one click.
    pub weights: &'a [u32],
}

impl<I: Id> Rows<'_, I> {
    /// How many clicks have each of so many ids.
    fn counts(&self, ids: usize) -> Vec<u64> {
        counts_of(self.column.raw(), self.weights, ids)
    }
}

#[inline(never)]
fn counts_of(column: &[u32], weights: &[u32], ids: usize) -> Vec<u64> {
    let mut counts = vec![0; ids];
    for (row, id) in column.iter().enumerate() {
        if let Some(count) = counts.get_mut(*id as usize) {
            *count += u64::from(weights.get(row).copied().unwrap_or(1));
        }
    }
    counts
}

/// Texts that no row has are dropped, all others stay as they are.
pub fn drop_unused<I: Id>(dictionary: &mut Dictionary<I>, column: &IdColumn<I>) -> Merged {
    let counts = Rows { column, weights: &[] }.counts(dictionary.len());
    let emptied = dictionary.raw().emptied();
    let old = std::mem::replace(dictionary.raw_mut(), emptied);
    let used = |(text, count): (&str, &u64)| match count {
        0 => NONE,
        _ => dictionary.raw_mut().intern(text.as_bytes()),
    };
    Merged(Some(old.iter().zip(&counts).map(used).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    #[test]
    fn spelling_shown_is_the_most_frequent_and_lower_case_on_a_tie() {
        let mut people = Dictionary::<UserId>::default();
        let texts = ["ANA@c.com", "ana@c.com", "Bo@c.com", "bo@c.com", " Cy@c.com ", "null", "gone@c.com"];
        for text in texts {
            people.raw_mut().intern(text.as_bytes());
        }
        let same = Same::words(&people);
        let merged = same.merge(&mut people, &[1, 1, 5, 2, 1, 3, 0], &|text| Cow::Borrowed(text.trim()));
        let shown: Vec<&str> = (0..7).map(|old| people.raw().get(merged.id(old))).collect();
        assert_eq!(shown, ["ana@c.com", "ana@c.com", "Bo@c.com", "Bo@c.com", "Cy@c.com", "", ""]);
        assert_eq!(people.len(), 3);
    }
}
