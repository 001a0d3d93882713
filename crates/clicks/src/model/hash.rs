//! One fast hash for cells and records. Not for secrets, not stable across versions.

/// An odd constant with well spread bits: 2^64 divided by the golden ratio.
const K: u64 = 0x9e37_79b9_7f4a_7c15;

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

/// Hash of a text: eight bytes a step, two lanes for long ones.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = (bytes.len() as u64).wrapping_mul(K);
    let mut words = bytes.chunks_exact(8);
    for word in words.by_ref() {
        hash = mix(hash, word_of(word));
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        hash = mix(hash, tail_of(rest));
    }
    finish(hash)
}

#[inline]
fn word_of(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

#[inline]
fn tail_of(rest: &[u8]) -> u64 {
    rest.iter().rev().fold(0, |word, b| (word << 8) | u64::from(*b))
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
}
