//! The check sum of gzip and zip: CRC-32, reflected, polynomial 0xedb88320 (RFC 1952, section 8; APPNOTE 6.3.10, 4.4.7).
//!
//! Owns nothing but the arithmetic. Eight bytes at a time by eight tables, which are made when first needed: 8 KiB that need not travel in the
//! page. The result is wrong or right, it never fails.

use std::sync::LazyLock;

/// For each byte of eight in a row, what it does to the sum.
static TABLES: LazyLock<[[u32; 256]; 8]> = LazyLock::new(tables);

fn tables() -> [[u32; 256]; 8] {
    let mut one = [0; 256];
    for (byte, entry) in (0u32..).zip(&mut one) {
        *entry = (0..8).fold(byte, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 });
    }
    let mut all = [one; 8];
    let mut before = one;
    for table in all.iter_mut().skip(1) {
        *table = before.map(|sum| sum >> 8 ^ one[usize::from(sum as u8)]);
        before = *table;
    }
    all
}

/// The check sum of the bytes that went in so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crc(u32);

impl Crc {
    /// The sum.
    pub fn sum(self) -> u32 {
        self.0
    }

    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let [t0, t1, t2, t3, t4, t5, t6, t7] = &*TABLES;
        let mut sum = !self.0;
        let (eights, rest) = bytes.as_chunks::<8>();
        for [a, b, c, d, e, f, g, h] in eights {
            let [w, x, y, z] = (sum ^ u32::from_le_bytes([*a, *b, *c, *d])).to_le_bytes().map(usize::from);
            sum = t7[w]
                ^ t6[x]
                ^ t5[y]
                ^ t4[z]
                ^ t3[usize::from(*e)]
                ^ t2[usize::from(*f)]
                ^ t1[usize::from(*g)]
                ^ t0[usize::from(*h)];
        }
        for byte in rest {
            sum = sum >> 8 ^ t0[usize::from(sum as u8 ^ byte)];
        }
        self.0 = !sum;
    }

    /// The sum of all these bytes.
    #[cfg(test)]
    pub fn of(bytes: &[u8]) -> u32 {
        let mut crc = Crc::default();
        crc.update(bytes);
        crc.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_known_words_have_their_known_sums() {
        let cases: [(&[u8], u32); 4] = [
            (b"", 0),
            (b"a", 0xe8b7_be43),
            (b"123456789", 0xcbf4_3926),
            (b"The quick brown fox jumps over the lazy dog", 0x414f_a339),
        ];
        for (bytes, sum) in cases {
            assert_eq!(Crc::of(bytes), sum);
        }
    }

    #[test]
    fn crc_any_split_gives_the_same_sum() {
        let bytes: Vec<u8> = (0..1000u32).map(|i| ((i * 7) >> 2) as u8).collect();
        for size in 1..40 {
            let mut crc = Crc::default();
            bytes.chunks(size).for_each(|piece| crc.update(piece));
            assert_eq!(crc.sum(), Crc::of(&bytes));
        }
    }
}
