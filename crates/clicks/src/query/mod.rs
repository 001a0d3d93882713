//! Which clicks, and how many: filter, selection, aggregation, order.

mod filter;

pub use filter::{Chip, Filter, Key, Term};
