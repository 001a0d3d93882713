//! Message and report ids as numbers: sixteen bytes instead of thirty-six.

use super::super::{Texts, is_empty_word};

/// A GUID as its number, whatever its case and braces. Any other text, and the few GUIDs that begin with
/// eight zero bytes, is remembered and gets its place there, from 1. Nothing, and the all-zero GUID that
/// Teams and Office rows carry, is 0.
pub fn number_of_id(cell: &[u8], odd: &mut Texts) -> u128 {
    if cell.is_empty() {
        return 0;
    }
    let bare = match number_of_guid(cell) {
        Some(id) if id >> 64 != 0 || id == 0 => return id,
        _ => cell.trim_ascii(),
    };
    let bare = bare.strip_prefix(b"{").and_then(|b| b.strip_suffix(b"}")).unwrap_or(bare);
    match number_of_guid(bare) {
        Some(id) if id >> 64 != 0 || id == 0 => id,
        Some(_) => place_of(&bare.to_ascii_lowercase(), odd),
        None if is_empty_word(bare) => 0,
        None => place_of(bare, odd),
    }
}

/// The numbers that a text stands for, the other way round: a GUID, and every id of `odd` that reads so in any case.
pub fn numbers_of_text(text: &str, odd: &Texts) -> Vec<u128> {
    let text = text.trim();
    let bare = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    // As it is kept, or as it may have been written.
    let (whole, folded) = (text.to_lowercase(), bare.to_lowercase());
    let is = |kept: &str| [&whole, &folded].into_iter().any(|one| *one == kept.to_lowercase());
    let places = (0..odd.len() as u32).filter(|id| is(odd.get(*id))).map(|id| u128::from(id) + 1);
    places.chain(number_of_guid(bare.as_bytes()).filter(|id| *id != 0)).collect()
}

fn place_of(text: &[u8], odd: &mut Texts) -> u128 {
    match odd.intern(text) {
        super::super::NONE => 0,
        id => u128::from(id) + 1,
    }
}

/// 8-4-4-4-12 hex digits as a number.
#[inline]
fn number_of_guid(cell: &[u8]) -> Option<u128> {
    let cell: &[u8; 36] = cell.try_into().ok()?;
    let dashes = cell[8] == b'-' && cell[13] == b'-' && cell[18] == b'-' && cell[23] == b'-';
    if !dashes {
        return None;
    }
    let at = |i: usize| cell[i];
    let a = hex8(std::array::from_fn(at))?;
    let b = hex8(std::array::from_fn(|i| at(if i < 4 { 9 + i } else { 10 + i })))?;
    let c = hex8(std::array::from_fn(|i| at(if i < 4 { 19 + i } else { 20 + i })))?;
    let d = hex8(std::array::from_fn(|i| at(28 + i)))?;
    let high = (u64::from(a) << 32) | u64::from(b);
    let low = (u64::from(c) << 32) | u64::from(d);
    Some((u128::from(high) << 64) | u128::from(low))
}

/// Eight hex digits at once: the digits of a word as nibbles, checked by writing them back.
#[inline]
fn hex8(digits: [u8; 8]) -> Option<u32> {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_be_bytes(digits);
    let nibbles = (word & LOW) + 9 * ((word >> 6) & ONES);
    let letter = ((nibbles + 6 * ONES) >> 4) & ONES;
    let back = nibbles + 0x30 * ONES + 39 * letter;
    if back != word | (0x20 * ONES) || nibbles & !LOW != 0 {
        return None;
    }
    let pairs = (nibbles | (nibbles >> 4)) & 0x00ff_00ff_00ff_00ff;
    let quads = (pairs | (pairs >> 8)) & 0x0000_ffff_0000_ffff;
    Some(((quads >> 16) | quads) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guid_spellings_are_one_number() {
        let mut odd = Texts::default();
        let id = number_of_id(b"bf8a3c47-00ff-4c53-FE55-08dc022fc6cc", &mut odd);
        assert_eq!(id, 0xbf8a_3c47_00ff_4c53_fe55_08dc_022f_c6cc);
        assert_eq!(number_of_id(b"{BF8A3C47-00FF-4c53-fe55-08dc022fc6cc}", &mut odd), id);
        assert_eq!(number_of_id(b"00000000-0000-0000-0000-000000000000", &mut odd), 0);
        assert_eq!(number_of_id(b" null ", &mut odd), 0);
        assert!(odd.is_empty());
    }

    #[test]
    fn id_that_is_no_guid_is_remembered_as_it_is() {
        let mut odd = Texts::default();
        for text in [
            "bf8a3c47-00ff-4c53-fe55-08dc022fc6cg",
            "aaaa\u{1a}aaa-00ff-4c53-fe55-08dc022fc6cc",
            "1.2E+15",
            "00000000-0000-0000-0000-000000000007",
        ] {
            let id = number_of_id(text.as_bytes(), &mut odd);
            assert_eq!(odd.get(id as u32 - 1), text);
            assert_eq!(number_of_id(text.as_bytes(), &mut odd), id);
        }
        let zeros = number_of_id(b"{00000000-0000-0000-0000-00000000000A}", &mut odd);
        assert_eq!(number_of_id(b"00000000-0000-0000-0000-00000000000a", &mut odd), zeros);
    }
}
