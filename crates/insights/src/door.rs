//! Filters of doors: a number opens on what it counts, never on more.

use clicks::model::Field;
use clicks::query::{Filter, Key};

/// The actions of what reached a page.
const REACHED: [&str; 2] = ["allowed", "useroverride"];
/// The verdicts of what is not safe.
const UNSAFE: [&str; 3] = ["malicious", "blocked", "pending"];

/// The filter, narrowed to values of keys: of a key that it asks for already only those that it asks for, and none that it leaves
/// out.
pub fn narrowed(filter: &Filter, narrow: &[(Key, &str)]) -> Filter {
    let mut narrowed = filter.clone();
    // What was reached is asked for in words that overlap. Beside others of them it is said by what overlaps with nothing.
    let (reached, narrow): (Vec<_>, Vec<_>) =
        narrow.iter().copied().partition(|(key, _)| *key == Key::Reached && filter.has_key(Key::Reached));
    let mut narrow = narrow;
    for (_, value) in reached {
        narrow.extend(REACHED.map(|word| (Key::Is(Field::Action), word)));
        if value == "unsafe" {
            narrow.extend(UNSAFE.map(|word| (Key::Is(Field::Verdict), word)));
        }
    }
    let narrow = &narrow[..];
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
    use clicks::model::{Action, Verdict};

    use super::*;

    #[test]
    fn door_of_what_was_reached_stays_inside_another_word_for_it() {
        let attempt = (Key::Is(Field::Attempt), "reached");
        for (filter, narrow, wanted) in [
            ("", &[attempt, (Key::Reached, "yes")][..], "attempt=reached&reached=yes"),
            (
                "reached=!unsafe",
                &[attempt, (Key::Reached, "yes")],
                "action=allowed,useroverride&attempt=reached&reached=!unsafe",
            ),
            (
                "reached=waiting&action=blocked,allowed",
                &[(Key::Reached, "unsafe")],
                "verdict=malicious,blocked,pending&action=allowed&reached=waiting",
            ),
        ] {
            let found = narrowed(&Filter::parse(filter), narrow);
            assert_eq!(found.to_string(), Filter::parse(wanted).to_string(), "{filter}");
        }
        assert_eq!(REACHED, [Action::Allowed, Action::UserOverride].map(Action::token));
        assert!(UNSAFE.iter().all(|word| Verdict::from_word(word).is_some_and(Verdict::is_unsafe)));
    }

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
