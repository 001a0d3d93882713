//! Filters of doors: a number opens on what it counts, never on more.

use clicks::query::{Filter, Key};

/// The filter, narrowed to values of keys: of a key that it asks for already only those that it asks for, and none that it leaves
/// out.
pub fn narrowed(filter: &Filter, narrow: &[(Key, &str)]) -> Filter {
    let mut narrowed = filter.clone();
    narrow.iter().for_each(|(key, _)| narrowed.remove_key(*key));
    for (key, value) in narrow {
        let asks = filter.terms(*key).any(|term| !term.exclude);
        if (!asks || filter.includes(*key, value)) && !filter.excludes(*key, value) {
            narrowed.add(*key, value, false);
        }
    }
    narrowed
}

#[cfg(test)]
mod tests {
    use clicks::model::Field;

    use super::*;

    #[test]
    fn door_under_a_filter_of_the_same_key_opens_on_no_more() {
        let key = Key::Is(Field::Attempt);
        let all = [(key, "overridden"), (key, "reached"), (key, "exposed")];
        for (filter, wanted) in [
            ("", "attempt=overridden,reached,exposed"),
            ("attempt=overridden", "attempt=overridden"),
            ("attempt=!exposed", "attempt=overridden,reached"),
            ("user=ana", "user=ana&attempt=overridden,reached,exposed"),
        ] {
            assert_eq!(narrowed(&Filter::parse(filter), &all).to_string(), wanted, "{filter}");
        }
    }
}
