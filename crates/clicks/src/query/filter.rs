//! The filter as plain data, with one canonical text form.
//!
//! Owns parsing, printing and the small edits that a page makes (toggle a value, set a range). Must not
//! know the data: which rows pass is decided in [`super::selection`]. The same text is the URL hash, the
//! parameter of the JavaScript API and the flags of the command line.
//!
//! ```
//! use clicks::query::{Filter, Key};
//! let mut f = Filter::parse("range=30d&verdict=malicious,blocked&q=login");
//! f.toggle(Key::User, "ana@contoso.com");
//! assert_eq!(f.to_string(), "range=30d&verdict=malicious,blocked&user=ana@contoso.com&q=login");
//! f.toggle(Key::User, "ana@contoso.com");
//! assert_eq!(f.to_string(), "range=30d&verdict=malicious,blocked&q=login");
//! ```

use std::fmt;

/// A part of the filter that holds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Canonical verdict.
    Verdict,
    /// Canonical action.
    Action,
    /// The export's own word for what happened.
    RawAction,
    /// Where the link was clicked.
    Source,
    /// Who clicked, exact, case-insensitive.
    User,
    /// Group of the user; no export of this version has it.
    Group,
    /// Host of the URL, exact, case-insensitive.
    Host,
    /// Part of the URL, case-insensitive.
    Url,
    /// Tenant, exact, case-insensitive.
    Tenant,
    /// IP address, exact.
    Ip,
    /// Threat type; a click may have several.
    Threat,
    /// Human or automated; no label exists in this version.
    Automation,
    /// Campaign; no label exists in this version.
    Campaign,
    /// Weekday 0–6, 0 = Sunday, in the zone of the filter.
    Weekday,
    /// Hour of the day 0–23 in the zone of the filter.
    Hour,
    /// Reached: `yes` or `no`; `unsafe` for reached and not Safe, `waiting` for pending or an error page.
    Reached,
    /// Free text: part of URL, user, IP address, sender, subject or tenant, case-insensitive.
    Text,
}

impl Key {
    /// All keys, in the order of the canonical text.
    pub const ALL: [Key; 17] = [
        Key::Verdict,
        Key::Action,
        Key::RawAction,
        Key::Source,
        Key::User,
        Key::Group,
        Key::Host,
        Key::Url,
        Key::Tenant,
        Key::Ip,
        Key::Threat,
        Key::Automation,
        Key::Campaign,
        Key::Weekday,
        Key::Hour,
        Key::Reached,
        Key::Text,
    ];

    /// The key as written in the text form.
    pub const fn name(self) -> &'static str {
        match self {
            Key::Verdict => "verdict",
            Key::Action => "action",
            Key::RawAction => "rawAction",
            Key::Source => "source",
            Key::User => "user",
            Key::Group => "group",
            Key::Host => "host",
            Key::Url => "url",
            Key::Tenant => "tenant",
            Key::Ip => "ip",
            Key::Threat => "threat",
            Key::Automation => "automation",
            Key::Campaign => "campaign",
            Key::Weekday => "weekday",
            Key::Hour => "hour",
            Key::Reached => "reached",
            Key::Text => "q",
        }
    }

    /// The key of a name, in any case.
    pub fn from_name(name: &str) -> Option<Key> {
        Key::ALL.into_iter().find(|k| k.name().eq_ignore_ascii_case(name))
    }
}

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
    /// Terms by key, in the order they were added.
    terms: Vec<(Key, Term)>,
    /// Keys this version does not know: kept, ignored, printed last.
    other: Vec<(String, String)>,
}

/// One visible piece of the filter, to be shown as a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Name of the key: `range`, `from`, `to`, `tz` or a [`Key::name`].
    pub key: &'static str,
    /// The value; attacker text for most keys.
    pub value: String,
    /// The value is excluded.
    pub exclude: bool,
}

impl Filter {
    /// Reads the text form. Never fails: what cannot be understood is kept and ignored.
    pub fn parse(text: &str) -> Filter {
        let mut filter = Filter::default();
        let text = text.strip_prefix(['#', '?']).unwrap_or(text);
        for part in text.split('&').filter(|p| !p.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            filter.take(&decode(key), value);
        }
        filter
    }

    fn take(&mut self, key: &str, value: &str) {
        let single = || Some(decode(value)).filter(|v| !v.is_empty());
        match key.to_ascii_lowercase().as_str() {
            "from" => self.from = single(),
            "to" => self.to = single(),
            "range" => self.range = single(),
            "tz" => self.tz = single(),
            _ => match Key::from_name(key) {
                Some(key) => {
                    for raw in value.split(',').filter(|v| !v.is_empty()) {
                        self.add(key, Term::parse(raw));
                    }
                }
                None => self.other.push((key.to_owned(), decode(value))),
            },
        }
    }

    fn add(&mut self, key: Key, term: Term) {
        if !term.value.is_empty() && !self.terms.iter().any(|(k, t)| *k == key && t.same(&term)) {
            self.terms.push((key, term));
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
        self.terms(key).any(|t| !t.exclude && t.value.eq_ignore_ascii_case(value))
    }

    /// Whether this value is excluded by name.
    pub fn excludes(&self, key: Key, value: &str) -> bool {
        self.terms(key).any(|t| t.exclude && t.value.eq_ignore_ascii_case(value))
    }

    /// Adds the value, or takes it away when it is there.
    pub fn toggle(&mut self, key: Key, value: &str) {
        self.flip(key, Term { value: value.to_owned(), exclude: false });
    }

    /// Excludes the value, or no longer excludes it.
    pub fn toggle_exclude(&mut self, key: Key, value: &str) {
        self.flip(key, Term { value: value.to_owned(), exclude: true });
    }

    fn flip(&mut self, key: Key, term: Term) {
        let was_there = self.terms(key).any(|t| t.same(&term));
        self.terms.retain(|(k, t)| !(*k == key && t.value.eq_ignore_ascii_case(&term.value)));
        if !was_there {
            self.add(key, term);
        }
    }

    /// Replaces all terms of a key by one value; an empty value removes the key.
    pub fn set(&mut self, key: Key, value: &str) {
        self.remove_key(key);
        self.add(key, Term { value: value.to_owned(), exclude: false });
    }

    /// Removes all terms of a key.
    pub fn remove_key(&mut self, key: Key) {
        self.terms.retain(|(k, _)| *k != key);
    }

    /// Counts back from the newest click; clears from and to. `None` removes the range.
    pub fn set_range(&mut self, range: Option<&str>) {
        self.range = range.map(str::to_owned);
        (self.from, self.to) = (None, None);
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

    /// Whether everything passes. The zone does not count: it changes labels, not rows.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && !self.limits_time()
    }

    /// Everything removed but the zone and the unknown keys.
    pub fn clear(&mut self) {
        self.terms.clear();
        (self.from, self.to, self.range) = (None, None, None);
    }

    /// The visible pieces, in the order of the text form.
    pub fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        let singles = [("range", &self.range), ("from", &self.from), ("to", &self.to), ("tz", &self.tz)];
        for (key, value) in singles {
            if let Some(value) = value {
                chips.push(Chip { key, value: value.clone(), exclude: false });
            }
        }
        for key in Key::ALL {
            for term in self.terms(key) {
                chips.push(Chip { key: key.name(), value: term.value.clone(), exclude: term.exclude });
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
            name => {
                let Some(key) = Key::from_name(name) else { return };
                self.terms
                    .retain(|(k, t)| !(*k == key && t.value == chip.value && t.exclude == chip.exclude));
            }
        }
    }

    /// The names of the keys that this version does not know.
    pub fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        self.other.iter().map(|(k, _)| k.as_str())
    }
}

impl Term {
    fn parse(raw: &str) -> Term {
        let (exclude, raw) = match raw.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, raw),
        };
        Term { value: decode(raw), exclude }
    }

    fn same(&self, other: &Term) -> bool {
        self.exclude == other.exclude && self.value.eq_ignore_ascii_case(&other.value)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sep = "";
        let singles = [("from", &self.from), ("to", &self.to), ("range", &self.range)];
        for (key, value) in singles {
            if let Some(value) = value {
                write!(f, "{sep}{key}={}", Encoded(value))?;
                sep = "&";
            }
        }
        for key in Key::ALL {
            let mut comma = "";
            for term in self.terms(key) {
                if comma.is_empty() {
                    write!(f, "{sep}{}=", key.name())?;
                    sep = "&";
                }
                let sign = if term.exclude { "!" } else { "" };
                write!(f, "{comma}{sign}{}", Encoded(&term.value))?;
                comma = ",";
            }
        }
        if let Some(tz) = &self.tz {
            write!(f, "{sep}tz={}", Encoded(tz))?;
            sep = "&";
        }
        for (key, value) in &self.other {
            write!(f, "{sep}{}={}", Encoded(key), Encoded(value))?;
            sep = "&";
        }
        Ok(())
    }
}

/// Percent-encodes what would end a value, be read as a sign, or not survive a URL hash; the rest stays
/// readable.
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, c) in self.0.char_indices() {
            let first_sign = i == 0 && c == '!';
            let special = matches!(c, '%' | '&' | ',' | '=' | '#' | '+' | '"' | '<' | '>' | '`' | '\\');
            if first_sign || special || c <= ' ' || c >= '\u{7f}' {
                let mut buf = [0; 4];
                for b in c.encode_utf8(&mut buf).bytes() {
                    write!(f, "%{b:02X}")?;
                }
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Undoes percent-encoding; `+` stays `+`, a broken escape stays as it is, bad UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |k: usize| bytes.get(i + k).and_then(|b| (*b as char).to_digit(16));
        match (bytes[i], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (b, _, _) => {
                out.push(b);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ];
        for (text, canonical) in cases {
            assert_eq!(Filter::parse(text).to_string(), canonical, "{text}");
            assert_eq!(Filter::parse(canonical).to_string(), canonical, "again {text}");
        }
    }

    #[test]
    fn filter_exclude_included_value_turns_the_sign() {
        let mut f = Filter::parse("verdict=safe");
        f.toggle_exclude(Key::Verdict, "safe");
        assert_eq!(f.to_string(), "verdict=!safe");
        f.toggle_exclude(Key::Verdict, "safe");
        assert!(f.is_empty());
    }

    #[test]
    fn filter_range_set_clears_the_custom_span() {
        let mut f = Filter::parse("from=2026-01-01&to=2026-02-01");
        f.set_range(Some("7d"));
        assert_eq!(f.to_string(), "range=7d");
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
