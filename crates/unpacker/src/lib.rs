//! Unpacks the program of the page. A program of its own, because it must be there before the other is.
//!
//! Owns nothing but the one function. Must not know what it unpacks.

use std::io::Read as _;

use lzma_rust2::LzipReader;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a `.lz` file of so many bytes holds; empty when it is damaged.
#[wasm_bindgen]
pub fn unpack(packed: &[u8], bytes: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes);
    // To its end, where the checksum is.
    let whole = LzipReader::new(packed).read_to_end(&mut out);
    if whole.is_ok() && out.len() == bytes { out } else { Vec::new() }
}
