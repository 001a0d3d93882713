//! One fast hash for cells and records. Not for secrets, not stable across versions.

/// An odd constant with well spread bits: 2^64 divided by the golden ratio.
pub(super) const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// Takes one more word into a running hash.
#[inline]
pub const fn mix(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(K).rotate_left(29)
}

/// Spreads the bits of a running hash over the whole word.
#[inline]
pub const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Hash of a text, eight bytes a step; the last step reads back over bytes already taken.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    hash_under(0, bytes)
}

/// Hash of a text under a name: the same text under another name has another hash.
#[inline]
pub fn hash_under(name: u64, bytes: &[u8]) -> u64 {
    let mut hash = name ^ (bytes.len() as u64).wrapping_mul(K);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        hash = mix(hash, u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        hash = mix(hash, last_word(bytes));
    }
    finish(hash)
}

/// Whether two texts are equal. The comparison that comes with the target looks at one byte a step on
/// wasm, and texts are compared for every cell that is found in a dictionary.
#[inline]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (a_words, rest) = a.as_chunks::<8>();
    let (b_words, _) = b.as_chunks::<8>();
    a_words.iter().zip(b_words).all(|(x, y)| u64::from_le_bytes(*x) == u64::from_le_bytes(*y))
        && (rest.is_empty() || last_word(a) == last_word(b))
}

/// The last eight bytes as a word; shorter texts in the low end of it.
#[inline]
fn last_word(bytes: &[u8]) -> u64 {
    if let Some(last) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*last);
    }
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | (u64::from(u32::from_le_bytes(*last)) << 32)
        }
        _ => bytes.iter().fold(0, |word, b| (word << 8) | u64::from(*b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_texts_that_differ_in_one_byte_or_in_length_differ() {
        let texts: [&[u8]; 6] = [b"", b"\0", b"\0\0", b"12345678", b"12345679", b"123456789"];
        for (i, a) in texts.iter().enumerate() {
            for b in &texts[i + 1..] {
                assert_ne!(hash_bytes(a), hash_bytes(b));
            }
        }
    }

    #[test]
    fn same_texts_of_every_length_and_difference() {
        let text: Vec<u8> = (0..40).collect();
        for len in 0..text.len() {
            let a = &text[..len];
            assert!(same(a, &text.clone()[..len]));
            assert!(!same(a, &text[..len + 1]));
            for at in 0..len {
                let mut b = a.to_vec();
                b[at] ^= 0x80;
                assert!(!same(a, &b), "{len} {at}");
            }
        }
    }
}
