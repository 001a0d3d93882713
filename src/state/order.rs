//! How the table is sorted.

use clicks::model::Field;

/// One sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column.
    pub column: Field,
    /// Largest first.
    pub descending: bool,
}

/// Newest first.
pub fn default_order() -> Vec<SortKey> {
    vec![SortKey { column: Field::Time, descending: true }]
}

/// The keys as a request names them.
pub fn names(order: &[SortKey]) -> Vec<String> {
    order.iter().map(|k| format!("{}{}", if k.descending { "-" } else { "" }, k.column.name())).collect()
}

/// Sorts by a column, or turns its direction when it is a key already. With `add` the other keys stay.
pub fn toggle(order: &mut Vec<SortKey>, column: Field, add: bool) {
    let first_descending = column == Field::Time;
    let turned = order.iter().find(|k| k.column == column).map(|k| !k.descending);
    let key = SortKey { column, descending: turned.unwrap_or(first_descending) };
    if !add {
        *order = vec![key];
    } else if let Some(there) = order.iter_mut().find(|k| k.column == column) {
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
        toggle(&mut order, Field::User, false);
        toggle(&mut order, Field::Time, true);
        assert_eq!(names(&order), ["user", "-time"]);
        toggle(&mut order, Field::User, true);
        assert_eq!(names(&order), ["-user", "-time"]);
    }
}
