//! What a click is: the canonical words, the columns, the data set.
//!
//! Owns the vocabulary and the columnar [`Dataset`]. Must not know any export format or any question asked.

mod builder;
mod cell;
mod column;
mod columns;
mod dataset;
mod dictionary;
pub(crate) mod hash;
mod host;
pub mod text;
mod time;
mod words;

pub use builder::{Batch, DatasetBuilder, Judge, Span, Words};
pub use cell::Cell;
pub use column::Column;
pub use columns::{IdColumn, OriginColumn};
pub use dataset::{Dataset, Kind, Origin};
pub use dictionary::{Dictionary, NONE, NearIds, windows_1252};
pub use host::host_of_url;
pub use time::*;
pub use words::*;
