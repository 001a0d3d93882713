//! A program packed as the packer does it, whole and damaged.

use std::io::Write as _;

use lzma_rust2::{LzipOptions, LzipWriter};

use super::*;

/// A program with nothing but a function of no instructions.
const WASM: &[u8] = b"\0asm\x01\0\0\0\x0a\x04\x01\x02\0\x0b\x0b\x05bytes";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = LzipWriter::new(Vec::new(), LzipOptions::with_preset(9));
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

#[test]
fn packed_program_is_unpacked() {
    let streams = split(WASM).expect("nothing unknown");
    assert_eq!(unpack(&packed(&streams), WASM.len()), WASM);
}

#[test]
fn damaged_program_is_empty() {
    let packed_streams = packed(&split(WASM).expect("nothing unknown"));
    for at in 0..packed_streams.len() {
        assert!(unpack(&packed_streams[..at], WASM.len()).is_empty(), "{at}");
        let mut other = packed_streams.clone();
        other[at] ^= 0x10;
        // What is left is the program or nothing: not every bit of the header says something.
        let unpacked = unpack(&other, WASM.len());
        assert!(unpacked.is_empty() || unpacked == WASM, "{at}");
    }
    assert!(unpack(&packed(WASM), WASM.len()).is_empty(), "not taken apart");
    assert!(unpack(&packed_streams, WASM.len() - 1).is_empty());
    assert!(unpack(&packed_streams, usize::MAX).is_empty());
}
