//! What a click is: the canonical words, the columns, the data set.
//!
//! Owns the vocabulary and the columnar [`Dataset`]. Must not know any export format or any question asked.

mod column;



pub mod text;

mod words;

pub use column::Column;




pub use words::*;
