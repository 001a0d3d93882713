//! Unpacks the program of the page. A program of its own, because it must be there before the other is.
//!
//! Owns the packed form of the program: how it is taken apart before it is packed, and how it is put together again. Must
//! not know what the program does.

use std::io::Read as _;

use lzma_rust2::LzipReader;
use wasm_bindgen::prelude::wasm_bindgen;

mod streams;

pub use streams::{joined, split};

/// The wasm file of so many bytes whose streams are in a `.lz` file; empty when it is damaged.
#[wasm_bindgen]
pub fn unpack(packed: &[u8], bytes: usize) -> Vec<u8> {
    let mut streams = Vec::new();
    // They are about as many; that it grows where they are more costs little.
    let is_reserved = streams.try_reserve(bytes).is_ok();
    // To its end, where the checksum is.
    if !is_reserved || LzipReader::new(packed).read_to_end(&mut streams).is_err() {
        return Vec::new();
    }
    joined(&streams, bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests;
