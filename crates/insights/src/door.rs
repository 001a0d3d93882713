//! Filters of doors: a number opens on what it counts, never on more.

use clicks::hindsight::Outcome;
use clicks::model::{Field, Verdict};
use clicks::query::{Filter, Key, action_of};

/// The filter, narrowed to the clicks that reached a page which is not safe, as is known today: of an attempt the click counts
/// that got there, not the warning before it.
pub fn reached_bad(filter: &Filter) -> Filter {
    let attempts = Outcome::REACHED_BAD.map(|token| (Key::Is(Field::Attempt), token));
    narrowed(&narrowed(filter, &attempts), &[(Key::Reached, "yes")])
}

/// Whether two values of a key let the same through: some have several spellings.
fn is_same(key: Key, one: &str, other: &str) -> bool {
    match key {
        Key::Is(Field::Action) => action_of(one) == action_of(other),
        Key::Is(Field::Verdict) => Verdict::from_word(one) == Verdict::from_word(other),
        _ => key.folded(one) == key.folded(other),
    }
}

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
    let mut keys: Vec<Key> = narrow.iter().map(|(key, _)| *key).collect();
    keys.dedup();
    for key in keys {
        let asks = filter.terms(key).any(|term| !term.exclude);
        let is_in = |value: &str, exclude: bool| {
            filter.terms(key).any(|term| term.exclude == exclude && is_same(key, &term.value, value))
        };
        let wanted: Vec<&str> = narrow.iter().filter(|(of, _)| *of == key).map(|(_, value)| *value).collect();
        let left = wanted.iter().filter(|value| (!asks || is_in(value, false)) && !is_in(value, true));
        let left: Vec<&str> = left.copied().collect();
        narrowed.remove_key(key);
        for value in &left {
            narrowed.add(key, value, false);
        }
        // Nothing is both what the filter lets through and what the number counts: the door of 0 opens on nothing.
        if left.is_empty() {
            for exclude in [false, true] {
                wanted.iter().for_each(|value| narrowed.add(key, value, exclude));
            }
        }
    }
    narrowed
}

#[cfg(test)]
mod tests {
    use clicks::model::Action;

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
        let all = ["malicious", "blocked", "pending", "safe", "unknown"];
        let is_unsafe = |word: &&str| Verdict::from_word(word).is_some_and(Verdict::is_unsafe);
        assert_eq!(all.into_iter().filter(is_unsafe).collect::<Vec<_>>(), UNSAFE);
    }

    #[test]
    fn door_of_nothing_opens_on_nothing_and_spellings_are_one() {
        let action = [(Key::Is(Field::Action), "useroverride")];
        for (filter, narrow, wanted) in [
            ("action=override", &action[..], "action=useroverride"),
            ("action=!override", &action, "action=useroverride,!useroverride"),
            ("action=blocked", &action, "action=useroverride,!useroverride"),
            (
                "reached=yes&verdict=safe",
                &[(Key::Reached, "unsafe")],
                "verdict=malicious,blocked,pending,!malicious,!blocked,!pending&action=allowed,useroverride&reached=yes",
            ),
        ] {
            let found = narrowed(&Filter::parse(filter), narrow);
            assert_eq!(found.to_string(), Filter::parse(wanted).to_string(), "{filter}");
        }
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
