//! Strings stored once and named by number.
//!
//! Owns one contiguous arena of text and the table that finds a text in it. Must not know what the text is.
//! Every text in it is valid UTF-8: bytes that are not are read as Windows-1252 when they come in.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher as _};
use std::marker::PhantomData;

use super::hash::{hash_bytes, same};
use super::ids::{Id, NONE};

/// Texts that are named by ids of their own type.
#[derive(Clone)]
pub struct Dictionary<I> {
    texts: Texts,
    of: PhantomData<I>,
}

impl<I> Default for Dictionary<I> {
    fn default() -> Dictionary<I> {
        Dictionary { texts: Texts::default(), of: PhantomData }
    }
}

impl<I: Id> Dictionary<I> {
    /// The text of an id; empty for no value.
    pub fn text(&self, id: I) -> &str {
        self.texts.get(id.raw())
    }

    /// The texts by number, for loops over any field.
    pub fn raw(&self) -> &Texts {
        &self.texts
    }

    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// All texts in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter()
    }

    pub(super) fn raw_mut(&mut self) -> &mut Texts {
        &mut self.texts
    }
}

/// Text as export files carry it, each distinct value once. An id is the order of first appearance.
#[derive(Clone, Default)]
pub struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Open addressing, power of two, found by the low bits of the hash. A slot repeats the high bits
    /// beside id + 1; 0 is a free one.
    slots: Vec<u64>,
    /// How many texts were not UTF-8.
    pub transcoded: u64,
    /// Set once somebody seems to have written texts whose fast hashes fall together: from then on texts
    /// are hashed in a way that nobody can foresee who does not know this key.
    keyed: bool,
    key: u64,
}

/// A search that passes more places than this is no accident in a table that is at most half full: with
/// hashes that do not know each other it happens once in 2^60 texts.
const SUSPICIOUS: usize = 96;

impl Texts {
    /// Texts whose key against crafted collisions is `key`.
    pub fn with_key(key: u64) -> Texts {
        Texts { key, ..Texts::default() }
    }

    /// No texts yet, with the key of these.
    pub fn emptied(&self) -> Texts {
        Texts::with_key(self.key)
    }

    #[inline]
    fn hash(&self, text: &[u8]) -> u64 {
        if self.keyed { keyed_hash(self.key, text) } else { hash_bytes(text) }
    }

    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of an id; empty for [`NONE`] and for ids of another dictionary.
    pub fn get(&self, id: u32) -> &str {
        std::str::from_utf8(self.get_bytes(id)).unwrap_or_default()
    }

    /// The bytes of [`Texts::get`], without the check that they are UTF-8 (they are).
    pub fn get_bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let Some(&end) = self.ends.get(id) else { return &[] };
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }

    /// All texts in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|id| self.get(id))
    }

    /// The arena: all texts one after the other, without separators, and where each ends.
    pub fn arena(&self) -> (&[u8], &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Room for so many more bytes of texts.
    pub fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve_exact(bytes);
    }

    /// The id of a text, added when it is new. Empty text is [`NONE`].
    pub fn intern(&mut self, text: &[u8]) -> u32 {
        let hash = self.hash(text);
        self.intern_hashed(text, hash)
    }

    #[inline]
    fn intern_hashed(&mut self, text: &[u8], hash: u64) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        if self.slots.is_empty() {
            self.slots = vec![0; 64];
        }
        let mask = self.slots.len() - 1;
        let tag = hash & TAG;
        let mut at = hash as usize & mask;
        let mut passed = 0;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                if passed > SUSPICIOUS && !self.keyed {
                    self.defend();
                    return self.intern(text);
                }
                return self.insert(text, hash, at);
            }
            passed += 1;
            let id = (slot & !TAG) as u32 - 1;
            if slot & TAG == tag && same(self.get_bytes(id), text) {
                return id;
            }
            at = (at + 1) & mask;
        }
    }

    /// [`Texts::intern`] for a whole column. Memory is asked for in rounds, so that the waits of many
    /// rows overlap: first the slots of all, then where their texts stand, then the texts.
    pub fn intern_all<'a>(&mut self, cells: impl Iterator<Item = &'a [u8]>, ids: &mut Vec<u32>) {
        const ROUND: usize = 64;
        let mut cells = cells.fuse();
        let mut texts: [&[u8]; ROUND] = [&[]; ROUND];
        let mut hashes = [0_u64; ROUND];
        let mut guesses = [(0_u32, 0_u32, 0_u32); ROUND];
        loop {
            let mut n = 0;
            for (place, cell) in texts.iter_mut().zip(cells.by_ref()) {
                *place = cell;
                n += 1;
            }
            if n == 0 {
                return;
            }
            if self.slots.is_empty() {
                self.slots = vec![0; 64];
            }
            let mask = self.slots.len() - 1;
            for (text, hash) in texts[..n].iter().zip(&mut hashes) {
                *hash = self.hash(text);
            }
            let keyed = self.keyed;
            for (hash, guess) in hashes[..n].iter().zip(&mut guesses) {
                let slot = self.slots[*hash as usize & mask];
                let fits = slot != 0 && slot & TAG == hash & TAG;
                guess.0 = if fits { (slot & !TAG) as u32 - 1 } else { NONE };
            }
            for guess in &mut guesses[..n] {
                let id = guess.0 as usize;
                guess.2 = self.ends.get(id).copied().unwrap_or(0);
                guess.1 = if id == 0 { 0 } else { self.ends.get(id.wrapping_sub(1)).copied().unwrap_or(0) };
            }
            for i in 0..n {
                let (id, start, end) = guesses[i];
                let found = self.bytes.get(start as usize..end as usize).unwrap_or_default();
                let hit = id != NONE && same(found, texts[i]);
                ids.push(match hit {
                    true => id,
                    // The texts of this very round may have been the suspicious ones.
                    false if self.keyed != keyed => self.intern(texts[i]),
                    false => self.intern_hashed(texts[i], hashes[i]),
                });
            }
        }
    }

    /// The id of a text, if it is there. Scans: meant for the few values of a filter.
    pub fn find(&self, text: &str) -> Option<u32> {
        (0..self.len() as u32).find(|id| self.get_bytes(*id) == text.as_bytes())
    }

    #[cold]
    fn insert(&mut self, text: &[u8], hash: u64, at: usize) -> u32 {
        if std::str::from_utf8(text).is_err() {
            self.transcoded += 1;
            let text = windows_1252(text);
            return self.intern(text.as_bytes());
        }
        let full = self.bytes.len() + text.len() > u32::MAX as usize || self.ends.len() >= MAX_IDS;
        if full {
            return NONE;
        }
        let id = self.ends.len() as u32;
        if self.bytes.capacity() - self.bytes.len() < text.len() {
            // A quarter more, not twice as much: the arena of a large file is a good part of its memory.
            self.bytes.reserve_exact((self.bytes.len() / 4).max(64 << 10).max(text.len()));
        }
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        self.slots[at] = (hash & TAG) | (u64::from(id) + 1);
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    fn grow(&mut self) {
        // Quickly while it is small, then by doubling: the table of a large file takes megabytes.
        self.rebuild(self.slots.len() * if self.slots.len() < 1 << 16 { 4 } else { 2 });
    }

    #[cold]
    fn defend(&mut self) {
        self.keyed = true;
        self.rebuild(self.slots.len());
    }

    fn rebuild(&mut self, size: usize) {
        let mask = size - 1;
        let mut slots = vec![0; size];
        for id in 0..self.ends.len() as u32 {
            let hash = self.hash(self.get_bytes(id));
            let mut at = hash as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (hash & TAG) | (u64::from(id) + 1);
        }
        self.slots = slots;
    }

    /// Makes the table that finds a text again, for the few texts that come after loading.
    pub fn thaw(&mut self) {
        self.rebuild((self.ends.len() * 2 + 64).next_power_of_two());
    }

    /// Drops the table that finds a text: after loading only ids are looked up.
    pub fn freeze(&mut self) {
        self.slots = Vec::new();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// `SipHash` of the standard library over the key and the text: slower, and not to be foreseen.
#[cold]
fn keyed_hash(key: u64, text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(key);
    hasher.write(text);
    hasher.finish()
}

/// Remembers the ids of a column of few values by the look of their texts, so that a row does not hash.
#[derive(Clone)]
pub struct NearIds([u32; 64]);

impl Default for NearIds {
    fn default() -> NearIds {
        NearIds([NONE; 64])
    }
}

impl NearIds {
    /// The id of a text in `dictionary`, added when it is new.
    #[inline]
    pub fn intern(&mut self, dictionary: &mut Texts, text: &[u8]) -> u32 {
        let Some((last, _)) = text.split_last() else { return NONE };
        let place = &mut self.0[(text.len() * 5 + *last as usize) & 63];
        if *place == NONE || !same(dictionary.get_bytes(*place), text) {
            *place = dictionary.intern(text);
        }
        *place
    }
}

/// The part of a slot that repeats the hash: 24 bits; the other 40 hold the id.
const TAG: u64 = 0xffff_ff00_0000_0000;
const MAX_IDS: usize = (u32::MAX - 2) as usize;

/// Reads bytes as Windows-1252, the usual encoding of old tools that do not write UTF-8. The five bytes it
/// leaves undefined become U+FFFD.
pub fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_not_utf8) => Cow::Owned(
            bytes
                .iter()
                .map(|&b| if (0x80..0xa0).contains(&b) { HIGH[b as usize - 0x80] } else { b as char })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::mix;

    #[test]
    fn dictionary_many_texts_keeps_ids_and_texts() {
        let mut d = Texts::default();
        for round in 0..2 {
            for i in 0..10_000 {
                assert_eq!(d.intern(format!("text {i}").as_bytes()), i, "round {round}");
            }
        }
        assert_eq!(d.len(), 10_000);
        assert_eq!(d.get(77), "text 77");
        assert_eq!(d.find("text 9999"), Some(9_999));
        assert_eq!(d.intern(b""), NONE);
        assert_eq!(d.get(NONE), "");
    }

    /// Pairs of words, each in two forms that leave the fast hash in the same state: whoever knows the hash
    /// can make them, and sixteen of them make 65,536 texts of one hash.
    fn colliding_pairs(count: usize) -> Vec<[[u64; 2]; 2]> {
        let plain = [u64::from_le_bytes([b'a'; 8]), u64::from_le_bytes([b'b'; 8])];
        let mut state = (16 * count as u64).wrapping_mul(crate::hash::K);
        let mut pairs = Vec::new();
        for _ in 0..count {
            let after = mix(state, plain[0]);
            let other = (0_u64..).find_map(|n| {
                let first =
                    u64::from_le_bytes([b'a'; 8]) ^ (n & 7) ^ ((n & 0x7f8) << 5) ^ ((n & 0x78_0000) << 20);
                let second = mix(state, first) ^ after ^ plain[1];
                let ascii = second & 0x8080_8080_8080_8080 == 0 && first & 0x8080_8080_8080_8080 == 0;
                (ascii && first != plain[0]).then_some([first, second])
            });
            pairs.push([plain, other.expect("one in 256 will do")]);
            state = mix(after, plain[1]);
        }
        pairs
    }

    #[test]
    fn dictionary_crafted_collisions_switch_to_a_hash_with_a_key() {
        let mut d = Texts::with_key(7);
        let pairs = colliding_pairs(14);
        let text = |choice: usize| -> Vec<u8> {
            let words = pairs.iter().enumerate().flat_map(|(i, forms)| forms[(choice >> i) & 1]);
            words.flat_map(u64::to_le_bytes).collect()
        };
        assert_eq!(hash_bytes(&text(0)), hash_bytes(&text(5)), "the attack works on the fast hash");
        for choice in 0..1 << pairs.len() {
            let id = d.intern(&text(choice));
            assert_eq!((id, d.intern(&text(choice))), (choice as u32, id));
        }
        assert!(d.keyed);
    }

    #[test]
    fn dictionary_bytes_not_utf8_are_read_as_windows_1252() {
        let mut d = Texts::default();
        let id = d.intern(b"M\xfcller \x80");
        assert_eq!(d.get(id), "Müller €");
        assert_eq!(d.intern(b"M\xfcller \x80"), id);
        assert_eq!(d.transcoded, 2);
    }
}
