//! Which texts of a dictionary contain a text, ignoring case.
//!
//! The dictionary's arena is searched as one piece: many short searches would spend their time starting.

use wide::u8x16;

use crate::model::Texts;
use crate::model::text::refanged;

/// [`containing`], for what somebody typed: what is shown and copied is defanged, the data need not be.
pub fn containing_typed(dictionary: &Texts, part: &str) -> Vec<bool> {
    let mut found = containing(dictionary, part);
    let plain = refanged(part);
    if plain != part {
        let also = containing(dictionary, &plain);
        found.iter_mut().zip(also).for_each(|(found, also)| *found |= also);
    }
    found
}

/// For each id of the dictionary, whether its text contains `part`. An empty part is in every text.
pub fn containing(dictionary: &Texts, part: &str) -> Vec<bool> {
    let mut found = vec![part.is_empty(); dictionary.len()];
    if part.is_empty() {
        return found;
    }
    if !part.is_ascii() {
        let part = part.to_lowercase();
        for (hit, text) in found.iter_mut().zip(dictionary.iter()) {
            *hit = text.to_lowercase().contains(&part);
        }
        return found;
    }
    let needle = part.to_ascii_lowercase().into_bytes();
    let (arena, ends) = dictionary.arena();
    let mut id = 0;
    candidates(arena, &needle, |at| {
        while ends.get(id).is_some_and(|end| *end as usize <= at) {
            id += 1;
        }
        let whole = ends.get(id).is_some_and(|end| at + needle.len() <= *end as usize);
        if whole && arena[at..at + needle.len()].eq_ignore_ascii_case(&needle) {
            found[id] = true;
        }
    });
    for (letter, kin) in KIN {
        if needle.contains(&letter) {
            look_closer(dictionary, kin, &needle, &mut found);
        }
    }
    found
}

/// The two letters that are not ASCII and whose lower case has an ASCII letter: İ, and the sign for Kelvin.
/// Source: SpecialCasing.txt and UnicodeData.txt of Unicode.
const KIN: [(u8, &str); 2] = [(b'i', "\u{130}"), (b'k', "\u{212a}")];

/// Looks again into the texts that hold a letter, in their lower case.
fn look_closer(dictionary: &Texts, letter: &str, needle: &[u8], found: &mut [bool]) {
    let (arena, ends) = dictionary.arena();
    for at in memchr::memmem::find_iter(arena, letter) {
        let id = ends.partition_point(|end| *end as usize <= at);
        if let Some(hit) = found.get_mut(id).filter(|hit| !**hit) {
            let lower = dictionary.get(id as u32).to_lowercase();
            *hit = memchr::memmem::find(lower.as_bytes(), needle).is_some();
        }
    }
}

/// Calls `check` with every place, ascending, where the first and the last byte of the needle stand at the
/// right distance in either case.
fn candidates(text: &[u8], needle: &[u8], mut check: impl FnMut(usize)) {
    let (Some(first), Some(last)) = (needle.first().copied(), needle.last().copied()) else { return };
    let reach = needle.len() - 1;
    let either = |b: u8| [u8x16::splat(b.to_ascii_lowercase()), u8x16::splat(b.to_ascii_uppercase())];
    let (firsts, lasts) = (either(first), either(last));
    let mut at = 0;
    while at + reach + 16 <= text.len() {
        let here = load(text, at);
        let there = load(text, at + reach);
        let a = here.simd_eq(firsts[0]) | here.simd_eq(firsts[1]);
        let b = there.simd_eq(lasts[0]) | there.simd_eq(lasts[1]);
        let mut hits = (a & b).to_bitmask();
        while hits != 0 {
            check(at + hits.trailing_zeros() as usize);
            hits &= hits - 1;
        }
        at += 16;
    }
    while at + reach < text.len() {
        if text[at].eq_ignore_ascii_case(&first) && text[at + reach].eq_ignore_ascii_case(&last) {
            check(at);
        }
        at += 1;
    }
}

#[inline]
fn load(text: &[u8], at: usize) -> u8x16 {
    text[at..].first_chunk().map_or(u8x16::ZERO, |bytes| u8x16::new(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_an_ascii_lower_case_are_all_known() {
        let others = ('\u{80}'..=char::MAX).filter(|c| c.to_lowercase().any(|lower| lower.is_ascii()));
        let known: Vec<char> = KIN.iter().flat_map(|(_, letter)| letter.chars()).collect();
        assert_eq!(others.collect::<Vec<char>>(), known);
    }

    #[test]
    fn containing_is_the_same_as_looking_into_each_text() {
        let texts = [
            "https://Login.example/a",
            "https://x.example/LOGIN",
            "log",
            "in",
            "lo",
            "gin.example",
            "É login é",
            "LOG\u{130}N \u{212a}",
        ];
        let mut d = Texts::default();
        for text in texts {
            d.intern(text.as_bytes());
        }
        for part in [
            "login",
            "LOGIN",
            "l",
            "n",
            "i",
            "K",
            "log",
            "example/",
            "é",
            "login.example/a and more",
            "ttps://x.e",
            "",
        ] {
            let expected: Vec<bool> =
                texts.iter().map(|t| t.to_lowercase().contains(&part.to_lowercase())).collect();
            assert_eq!(containing(&d, part), expected, "{part}");
        }
    }
}
