//! Which clicks, and how many: filter, selection, aggregation, order.
//!
//! Owns every number. Must not know formats, nor how an answer is shown.

mod aggregate;
mod dashboard;
mod filter;
mod find;
mod hours;
mod measure;
mod order;
mod ranking;
mod selection;
mod suggest;
mod tally;
mod timeline;
pub mod values;
mod zone;

pub use aggregate::{NoAnswer, aggregate};
pub use dashboard::{dashboard, totals_of};
pub use filter::{Chip, Filter, Key, Term};
pub use hours::Hours;
pub use order::{OrderBy, Ranks, page};
pub use selection::Selection;
pub use suggest::suggest;
pub use zone::{Zone, ZoneSource};
