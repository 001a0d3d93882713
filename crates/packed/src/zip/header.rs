//! What zip writes around an entry (APPNOTE 6.3.10, 4.3 to 4.5).
//!
//! Owns marks, headers, extra fields and the forms of descriptors. Must not know what is done with an entry.

use super::super::{Skip, u16_at, u32_at, u64_at};

/// An entry begins.
pub const MARK_LOCAL: u32 = 0x0403_4b50;
/// An archive in several files begins, or one that was to be and is not (8.5.3, 8.5.5).
pub const MARK_SPLIT: u32 = 0x0807_4b50;
/// As before, in one file after all.
pub const MARK_SPLIT_ONE: u32 = 0x3030_4b50;
/// What follows the last entry: the list of entries, its encryption, its signature, its end, the end of one with 64 bits.
pub const MARK_CENTRAL: [u32; 5] = [0x0201_4b50, 0x0806_4b50, 0x0505_4b50, 0x0605_4b50, 0x0606_4b50];
const MARK_DESCRIPTOR: u32 = 0x0807_4b50;

/// Not packed.
pub const STORED: u16 = 0;
/// Packed as gzip does.
pub const DEFLATED: u16 = 8;

const ENCRYPTED: u16 = 1;
const HAS_DESCRIPTOR: u16 = 1 << 3;
const MASKED: u16 = 1 << 13;

/// An entry as its header has it.
#[derive(Default)]
pub struct Header {
    pub name: String,
    flags: u16,
    pub method: u16,
    /// The check sum, or zero where a descriptor has it.
    pub sum: u32,
    /// Packed and unpacked size, where the header says them.
    pub packed: Option<u64>,
    pub bytes: Option<u64>,
    /// Whether sum and sizes are behind the entry.
    pub has_descriptor: bool,
}

impl Header {
    /// Bytes of a header before name and extra fields.
    pub const FIXED: usize = 30;

    /// How long it is, by its first bytes.
    pub fn size(fixed: &[u8]) -> usize {
        Header::FIXED + usize::from(u16_at(fixed, 26)) + usize::from(u16_at(fixed, 28))
    }

    /// Reads a header that is there as a whole.
    pub fn read(header: &[u8]) -> Header {
        let flags = u16_at(header, 6);
        let (name, extra) = header
            .get(Header::FIXED..)
            .and_then(|rest| rest.split_at_checked(u16_at(header, 26).into()))
            .unwrap_or_default();
        let has_descriptor = flags & HAS_DESCRIPTOR != 0;
        let mut sizes = [u32_at(header, 22).into(), u32_at(header, 18).into()];
        let is_long = sizes.contains(&LONG);
        widen(&mut sizes, extra);
        let [bytes, packed] = sizes;
        // With a descriptor the sizes here are zero, or all ones that no extra field explains. Some writers know them anyway.
        let is_said = |size: &u64| !has_descriptor || (*size != 0 && !(is_long && *size == LONG));
        Header {
            name: String::from_utf8_lossy(name).into_owned(),
            flags,
            method: u16_at(header, 8),
            sum: u32_at(header, 14),
            packed: Some(packed).filter(is_said),
            bytes: Some(bytes).filter(is_said),
            has_descriptor,
        }
    }

    /// Whether what it says is made up (4.4.4, bit 13).
    pub fn is_masked(&self) -> bool {
        self.flags & MASKED != 0
    }

    /// Why the entry is not looked at.
    pub fn skip(&self) -> Option<Skip> {
        if let Some(why) = Skip::of_path(&self.name) {
            Some(why)
        } else if self.flags & ENCRYPTED != 0 {
            Some(Skip::Encrypted)
        } else if ![STORED, DEFLATED].contains(&self.method) {
            Some(Skip::Method(self.method))
        } else if self.method == STORED && self.packed.is_none() {
            Some(Skip::StoredWithoutSize)
        } else {
            None
        }
    }
}

/// What stands for a size that does not fit into four bytes.
const LONG: u64 = 0xffff_ffff;

/// Replaces values that did not fit by those in the extra field of zip64, which has only these, in this order (4.5.3).
pub fn widen(values: &mut [u64], mut extra: &[u8]) {
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let Some((field, rest)) = rest.split_at_checked(u16_at(head, 2).into()) else { return };
        if u16_at(head, 0) == 1 {
            let places = field.as_chunks::<8>().0.iter();
            for (value, place) in values.iter_mut().filter(|value| **value == LONG).zip(places) {
                *value = u64_at(place, 0);
            }
            return;
        }
        extra = rest;
    }
}

/// One way to write a descriptor.
pub struct Form {
    pub size: usize,
    has_mark: bool,
    is_long: bool,
}

/// All of them, the usual one first (4.3.9).
pub const DESCRIPTORS: [Form; 4] = [
    Form { size: 16, has_mark: true, is_long: false },
    Form { size: 24, has_mark: true, is_long: true },
    Form { size: 12, has_mark: false, is_long: false },
    Form { size: 20, has_mark: false, is_long: true },
];
/// The longest.
pub const LONGEST_DESCRIPTOR: usize = 24;

impl Form {
    /// Whether these bytes begin with a descriptor of this form and of these sizes.
    pub fn is_at(&self, bytes: &[u8], packed: u64, unpacked: u64) -> bool {
        self.has_packed(bytes, packed) && self.sizes(bytes).1 == self.fit(unpacked)
    }

    /// Whether these bytes begin with a descriptor of this form and of this packed size.
    pub fn has_packed(&self, bytes: &[u8], packed: u64) -> bool {
        bytes.len() >= self.size
            && (!self.has_mark || u32_at(bytes, 0) == MARK_DESCRIPTOR)
            && self.sizes(bytes).0 == self.fit(packed)
    }

    /// Whether a mark follows that can.
    pub fn is_followed(&self, bytes: &[u8]) -> bool {
        (!self.has_mark || u32_at(bytes, 0) == MARK_DESCRIPTOR) && bytes.get(self.size..).is_some_and(is_mark)
    }

    /// The check sum.
    pub fn sum(&self, bytes: &[u8]) -> u32 {
        u32_at(bytes, self.start())
    }

    fn sizes(&self, bytes: &[u8]) -> (u64, u64) {
        let at = self.start() + 4;
        if self.is_long {
            (u64_at(bytes, at), u64_at(bytes, at + 8))
        } else {
            (u32_at(bytes, at).into(), u32_at(bytes, at + 4).into())
        }
    }

    fn fit(&self, size: u64) -> u64 {
        if self.is_long { size } else { size & LONG }
    }

    fn start(&self) -> usize {
        if self.has_mark { 4 } else { 0 }
    }
}

/// Whether these bytes begin with a mark that can follow an entry.
pub fn is_mark(bytes: &[u8]) -> bool {
    let mark = u32_at(bytes, 0);
    mark == MARK_LOCAL || MARK_CENTRAL.contains(&mark)
}
