//! What a click is: the canonical words, the fields, the data set.
//!
//! Owns the vocabulary and the columnar [`Dataset`]. Must not know any export format or any question asked.

mod address;
mod builder;
mod compact;
mod dataset;
mod domain;
mod empty;
mod field;
mod filling;
pub mod formula;
pub mod hash;
mod host;
pub mod ids;
mod shown_url;
pub mod sorting;
pub mod standard;
pub mod text;
mod texts;
mod time;
mod untrusted;
mod wide;
mod words;
pub mod wrappers;

pub use address::address;
pub use builder::{
    APART_MS, Batch, Cells, DatasetBuilder, Facts, Judge, MANY, MAX_KINDS, Meaning, Span, Words, threats_in,
    yes_or_no,
};
pub use compact::{NO_URL, Rewrite, compact};
pub use dataset::{Dataset, FieldColumn, FileFacts, Ids, Kind, Origin};
pub use domain::registrable_domain;
pub use empty::{is_concealed, is_empty_word};
pub use field::{Field, FieldDef, FieldSet};
pub use host::host_of_url;
pub use ids::{IpId, NONE};
pub use shown_url::{Part, ShownUrl};
pub use texts::{Dictionary, NearIds, Texts, windows_1252};
pub use time::*;
pub use untrusted::Untrusted;
pub use wide::{GuidColumn, OriginColumn};
pub use words::*;
pub use wrappers::{bare, bare_of, with_parents, wraps};
