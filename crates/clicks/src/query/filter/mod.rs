//! The filter as plain data, with one canonical text form.
//!
//! Owns parsing, printing and the small edits that a page makes (toggle a value, set a range). Must not
//! know the data: which rows pass is decided in [`super::selection`]. The same text is the URL hash, the
//! parameter of the JavaScript API and the flags of the command line.
//!
//! ```
//! use clicks::model::Field;
//! use clicks::query::{Filter, Key};
//! let user = Key::Is(Field::User);
//! let mut f = Filter::parse("range=30d&verdict=malicious,blocked&q=login");
//! f.toggle(user, "ana@contoso.com");
//! assert_eq!(f.to_string(), "range=30d&verdict=malicious,blocked&user=ana@contoso.com&q=login");
//! f.toggle(user, "ana@contoso.com");
//! assert_eq!(f.to_string(), "range=30d&verdict=malicious,blocked&q=login");
//! ```

mod check;
mod key;
mod text;
mod whom;

use std::collections::HashSet;

use crate::model::Untrusted;

pub(super) use check::without_of;
pub use check::{action_of, length_of_range};
pub use key::Key;
pub use whom::Whom;

/// One value of the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The value as written, without the `!`.
    pub value: String,
    /// Rows with this value are left out instead of let through.
    pub exclude: bool,
}

/// Which clicks to count. Values of one key are alternatives, keys are joined by *and*, excluded values
/// never pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// ISO date or date-time, inclusive, in the zone of the filter unless it has an offset.
    pub from: Option<String>,
    /// ISO date or date-time, exclusive, in the zone of the filter unless it has an offset.
    pub to: Option<String>,
    /// The last so many days (`30d`) or hours (`12h`), counted back from the newest click of the data.
    pub range: Option<String>,
    /// Time zone: an IANA name, `±hh:mm`, or none for UTC.
    pub tz: Option<String>,
    /// Settings of the lens, see [`crate::lens::Config`]; none for the default.
    pub lens: Option<String>,
    /// Terms by key, in the order they were added.
    terms: Vec<(Key, Term)>,
    /// Keys this version does not know: kept, ignored, printed last.
    other: Vec<(String, String)>,
}

/// One visible piece of the filter, to be shown as a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Name of the key: `range`, `from`, `to`, `tz`, `lens` or a [`Key::name`].
    pub key: &'static str,
    /// The value.
    pub value: Untrusted,
    /// The value is excluded.
    pub exclude: bool,
}

impl Filter {
    /// Adds a value to those of a key; one that is there already is not added again.
    pub fn add(&mut self, key: Key, value: &str, exclude: bool) {
        let term = Term { value: value.to_owned(), exclude };
        if !key.folded(value).is_empty() && !self.terms.iter().any(|(k, t)| *k == key && t.same(&term, key)) {
            self.terms.push((key, term));
        }
    }

    /// Adds many values of one key, each once: a watch list may have thousands.
    pub fn add_all(&mut self, key: Key, values: impl Iterator<Item = (String, bool)>) {
        let mut known: HashSet<(String, bool)> =
            self.terms(key).map(|t| (key.folded(&t.value), t.exclude)).collect();
        for (value, exclude) in values {
            if !key.folded(&value).is_empty() && known.insert((key.folded(&value), exclude)) {
                self.terms.push((key, Term { value, exclude }));
            }
        }
    }

    /// Sets one of `from`, `to`, `range`, `tz` and `lens`, or adds a key that this version does not know; empty values
    /// set nothing.
    pub fn set_single(&mut self, name: &str, value: &str) {
        let single = Some(value.to_owned()).filter(|v| !v.is_empty());
        match name.to_ascii_lowercase().as_str() {
            "from" => self.from = single,
            "to" => self.to = single,
            "range" => self.range = single,
            "tz" => self.tz = single,
            "lens" => self.lens = single,
            _ => self.other.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The terms of one key.
    pub fn terms(&self, key: Key) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |(k, _)| *k == key).map(|(_, t)| t)
    }

    /// Whether the key has any term.
    pub fn has_key(&self, key: Key) -> bool {
        self.terms.iter().any(|(k, _)| *k == key)
    }

    /// Whether this value is let through by name (not merely not excluded).
    pub fn includes(&self, key: Key, value: &str) -> bool {
        self.terms(key).any(|t| !t.exclude && key.folded(&t.value) == key.folded(value))
    }

    /// Whether this value is excluded by name.
    pub fn excludes(&self, key: Key, value: &str) -> bool {
        self.terms(key).any(|t| t.exclude && key.folded(&t.value) == key.folded(value))
    }

    /// Adds the value, or takes it away when it is there.
    pub fn toggle(&mut self, key: Key, value: &str) {
        self.flip(key, &Term { value: value.to_owned(), exclude: false });
    }

    /// Excludes the value, or no longer excludes it.
    pub fn toggle_exclude(&mut self, key: Key, value: &str) {
        self.flip(key, &Term { value: value.to_owned(), exclude: true });
    }

    fn flip(&mut self, key: Key, term: &Term) {
        let was_there = self.terms(key).any(|t| t.same(term, key));
        let folded = key.folded(&term.value);
        self.terms.retain(|(k, t)| !(*k == key && key.folded(&t.value) == folded));
        if !was_there {
            self.add(key, &term.value, term.exclude);
        }
    }

    /// Replaces all terms of a key by one value; an empty value removes the key.
    pub fn set(&mut self, key: Key, value: &str) {
        self.remove_key(key);
        self.add(key, value, false);
    }

    /// Removes all terms of a key.
    pub fn remove_key(&mut self, key: Key) {
        self.terms.retain(|(k, _)| *k != key);
    }

    /// Sets a custom span; clears the range. Empty texts stand for no bound.
    pub fn set_span(&mut self, from: &str, to: &str) {
        self.range = None;
        self.from = Some(from.to_owned()).filter(|t| !t.is_empty());
        self.to = Some(to.to_owned()).filter(|t| !t.is_empty());
    }

    /// Whether any part of the filter limits the time.
    pub fn limits_time(&self) -> bool {
        self.from.is_some() || self.to.is_some() || self.range.is_some()
    }

    /// Whether everything passes. Zone and lens do not count: they change labels, not rows.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && !self.limits_time()
    }

    /// Everything removed but the zone, the lens and the unknown keys.
    pub fn clear(&mut self) {
        self.terms.clear();
        (self.from, self.to, self.range) = (None, None, None);
    }

    /// The visible pieces, in the order of the text form.
    pub fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        let singles = [
            ("range", &self.range),
            ("from", &self.from),
            ("to", &self.to),
            ("tz", &self.tz),
            ("lens", &self.lens),
        ];
        for (key, value) in singles {
            if let Some(value) = value {
                chips.push(Chip { key, value: value.as_str().into(), exclude: false });
            }
        }
        for key in Key::all() {
            for term in self.terms(key) {
                chips.push(Chip {
                    key: key.name(),
                    value: term.value.as_str().into(),
                    exclude: term.exclude,
                });
            }
        }
        chips
    }

    /// Removes one visible piece.
    pub fn remove_chip(&mut self, chip: &Chip) {
        match chip.key {
            "range" => self.range = None,
            "from" => self.from = None,
            "to" => self.to = None,
            "tz" => self.tz = None,
            "lens" => self.lens = None,
            name => {
                let Some(key) = Key::from_name(name) else { return };
                self.terms
                    .retain(|(k, t)| !(*k == key && chip.value == *t.value && t.exclude == chip.exclude));
            }
        }
    }

    /// The keys that have no effect, as written: those nobody knows.
    pub fn ignored(&self) -> Vec<String> {
        self.unknown_keys().map(str::to_owned).collect()
    }

    /// The filter without what has no effect, see [`Filter::ignored`]: what a picture or a print says of itself.
    pub fn in_effect(&self) -> Filter {
        let ignored = self.ignored();
        let mut filter = self.clone();
        filter.terms.retain(|(key, _)| !ignored.iter().any(|name| name == key.name()));
        filter.other.clear();
        filter
    }

    /// The names of the keys that this version does not know.
    pub fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        self.other.iter().map(|(k, _)| k.as_str())
    }
}

impl Term {
    fn same(&self, other: &Term, key: Key) -> bool {
        self.exclude == other.exclude && key.folded(&self.value) == key.folded(&other.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;

    const USER: Key = Key::Is(Field::User);
    const VERDICT: Key = Key::Is(Field::Verdict);

    #[test]
    fn filter_value_given_twice_is_given_once() {
        for text in ["user=ana,ANA", "user=ana&user=Ana", "user=ana,ana"] {
            assert_eq!(Filter::parse(text).to_string(), "user=ana");
        }
        assert_eq!(Filter::parse("urlIs=https://a/X,https://a/x").terms(Key::Is(Field::Url)).count(), 2);
        let many = (0..50_000).map(|i| format!("u{i}")).collect::<Vec<_>>().join(",");
        assert_eq!(Filter::parse(&format!("user={many}")).terms(USER).count(), 50_000);
    }

    #[test]
    fn filter_text_any_order_prints_canonically() {
        let cases = [
            ("", ""),
            ("#q=login&range=30d", "range=30d&q=login"),
            ("?VERDICT=Malicious", "verdict=Malicious"),
            ("user=a@b.c,!d@e.f", "user=a@b.c,!d@e.f"),
            ("url=a%2Cb", "url=a%2Cb"),
            ("q=x%20y", "q=x%20y"),
            ("nonsense=1&q=a", "q=a&nonsense=1"),
            ("q=%zz", "q=%25zz"),
            ("user=", ""),
            ("q=%21a", "q=%21a"),
            ("??a=1", "%3Fa=1"),
        ];
        for (text, canonical) in cases {
            assert_eq!(Filter::parse(text).to_string(), canonical, "{text}");
            assert_eq!(Filter::parse(canonical).to_string(), canonical, "again {text}");
        }
    }

    #[test]
    fn filter_exclude_included_value_turns_the_sign() {
        let mut f = Filter::parse("verdict=safe");
        f.toggle_exclude(VERDICT, "safe");
        assert_eq!(f.to_string(), "verdict=!safe");
        f.toggle_exclude(VERDICT, "safe");
        assert!(f.is_empty());
    }

    #[test]
    fn filter_span_set_clears_the_range() {
        let mut f = Filter::parse("range=7d");
        f.set_span("2026-01-01", "");
        assert_eq!(f.to_string(), "from=2026-01-01");
    }

    #[test]
    fn filter_chip_removed_leaves_the_others() {
        let mut f = Filter::parse("range=7d&user=a,!b&tz=+02:00");
        let chips = f.chips();
        assert_eq!(chips.len(), 4);
        f.remove_chip(&chips[3]);
        assert_eq!(f.to_string(), "range=7d&user=a&tz=%2B02:00");
    }
}
