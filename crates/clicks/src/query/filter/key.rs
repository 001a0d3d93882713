//! The keys of a filter: every field that has exact values, and the few that mean something else.

use crate::model::{Field, address, host_of_url};

/// A part of the filter that holds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Exactly a value of a field; case does not matter but for URLs. A click may have several threat types.
    Is(Field),
    /// Part of the URL, case-insensitive.
    UrlPart,
    /// Clicks without a value of a field, by the field's name.
    Without,
    /// Weekday 0–6, 0 = Sunday, in the zone of the filter.
    Weekday,
    /// Hour of the day 0–23 in the zone of the filter.
    Hour,
    /// Reached: `yes` or `no`; `unsafe` for reached and known not to be safe, `waiting` for pending or an error
    /// page.
    Reached,
    /// What can be seen of the URL, see [`crate::link::Sign`].
    Sign,
    /// Free text: part of URL, user, IP address, sender, subject or tenant, case-insensitive.
    Text,
}

impl Key {
    /// All keys, in the order of the canonical text.
    pub const ALL: [Key; 21] = [
        Key::Is(Field::Verdict),
        Key::Is(Field::Action),
        Key::Is(Field::RawAction),
        Key::Is(Field::Source),
        Key::Is(Field::User),
        Key::Is(Field::Group),
        Key::Is(Field::Host),
        Key::UrlPart,
        Key::Is(Field::Url),
        Key::Is(Field::MessageId),
        Key::Is(Field::Tenant),
        Key::Is(Field::Ip),
        Key::Is(Field::Threat),
        Key::Is(Field::Automation),
        Key::Is(Field::Campaign),
        Key::Is(Field::Attempt),
        Key::Without,
        Key::Weekday,
        Key::Hour,
        Key::Reached,
        Key::Sign,
    ];

    /// All keys and the free text, which stands last.
    pub fn all() -> impl Iterator<Item = Key> {
        Key::ALL.into_iter().chain([Key::Text])
    }

    /// The key as written in the text form.
    pub fn name(self) -> &'static str {
        match self {
            Key::Is(field) => field.def().filter.unwrap_or(field.name()),
            Key::UrlPart => "url",
            Key::Without => "without",
            Key::Weekday => "weekday",
            Key::Hour => "hour",
            Key::Reached => "reached",
            Key::Sign => "sign",
            Key::Text => "q",
        }
    }

    /// The key of a name, in any case.
    pub fn from_name(name: &str) -> Option<Key> {
        Key::all().find(|k| k.name().eq_ignore_ascii_case(name))
    }

    /// A value as the data would have it: addresses and hosts are read like cells, in any spelling.
    pub(in crate::query) fn as_in_data(self, value: &str) -> String {
        match self {
            Key::Is(Field::Ip) => self.folded(&address(value)),
            Key::Is(Field::Host) => match host_of_url(value.trim()) {
                host if host.is_empty() => self.folded(value),
                host => host.into_owned(),
            },
            _ => self.folded(value),
        }
    }

    /// Two values of this key that mean the same have the same form.
    pub fn folded(self, value: &str) -> String {
        match self {
            Key::Is(Field::Url) => value.to_owned(),
            _ => value.trim().to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_of_every_field_that_can_be_asked_for_is_in_the_list() {
        for def in Field::ALL.iter().filter(|d| d.filter.is_some()) {
            assert!(Key::ALL.contains(&Key::Is(def.field)), "{}", def.name);
        }
        for key in Key::all() {
            assert_eq!(Key::from_name(key.name()), Some(key));
        }
    }
}
