//! How the table is sorted.

use clicks::model::Field;

/// One sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column; none for the order by risk, which is no column.
    pub column: Option<Field>,
    /// Largest first.
    pub descending: bool,
}

/// The gravest first, and of these the newest.
pub fn default_order() -> Vec<SortKey> {
    vec![SortKey { column: None, descending: false }, by_column(Field::Time, true)]
}

/// A key that is a column.
pub const fn by_column(column: Field, descending: bool) -> SortKey {
    SortKey { column: Some(column), descending }
}

/// The keys as a request names them.
pub fn names(order: &[SortKey]) -> Vec<String> {
    order
        .iter()
        .map(|k| format!("{}{}", if k.descending { "-" } else { "" }, k.column.map_or("risk", Field::name)))
        .collect()
}

/// Sorts by a column, or turns its direction when that is what it is sorted by. With `add` the other keys stay.
pub fn toggle(order: &mut Vec<SortKey>, column: Field, add: bool) {
    let first_descending = column == Field::Time;
    // A later key decides among equals only: who presses its heading has not seen its direction yet.
    let seen = if add { order.len() } else { 1 };
    let turned = order.iter().take(seen).find(|k| k.column == Some(column)).map(|k| !k.descending);
    let key = by_column(column, turned.unwrap_or(first_descending));
    if !add {
        *order = vec![key];
    } else if let Some(there) = order.iter_mut().find(|k| k.column == Some(column)) {
        *there = key;
    } else {
        order.push(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggle_with_add_keeps_the_first_key() {
        let mut order = default_order();
        assert_eq!(names(&order), ["risk", "-time"]);
        toggle(&mut order, Field::Time, false);
        assert_eq!(names(&order), ["-time"], "the newest first, though the gravest were on top");
        toggle(&mut order, Field::User, false);
        toggle(&mut order, Field::Time, true);
        assert_eq!(names(&order), ["user", "-time"]);
        toggle(&mut order, Field::User, true);
        assert_eq!(names(&order), ["-user", "-time"]);
    }
}
