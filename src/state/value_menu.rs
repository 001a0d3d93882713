//! The menu of a value, wherever the value stands.

use clicks::model::{Field, Untrusted};
use leptos::prelude::*;

/// What the menu is of, and where it opens.
#[derive(Clone)]
pub struct ValueMenu {
    /// Place in the window, in pixels from the left and from the top.
    pub at: (f64, f64),
    /// What the value is.
    pub field: Field,
    /// The value; none where the cell is empty.
    pub value: Option<Untrusted>,
    /// Opens the click that it belongs to; none where that is open.
    pub open: Option<Callback<()>>,
    /// It stands in a column, which can be sorted, widened and hidden.
    pub in_column: bool,
    /// Where the focus goes when the menu closes.
    pub back: Callback<()>,
}
