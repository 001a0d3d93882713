//! Reads exports of URL clicks, counts them fast, and says what they mean.
//!
//! The way of the data: `import` → [`model`] → `enrich` → [`query`] → `export`, all of it behind the
//! `Engine`, which answers every [`protocol::Request`]. Pure: no browser, no clock, no randomness, no I/O.
//! Bytes come in as slices, time and zone as parameters, so that the same input gives the same answer in a
//! worker, on the command line and in a test.
#![warn(missing_docs)]

pub mod api;
pub mod engine;
pub mod export;
pub mod import;
pub mod model;
pub mod protocol;
pub mod query;
pub mod sample;
