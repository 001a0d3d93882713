//! A filter as somebody types it: `user:carla !safe`. The text of an address is understood too.

use clicks::model::{Action, Field, Verdict};
use clicks::query::{Filter, Key};

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The filter, as far as it is known.
    pub filter: Filter,
    /// Parts of values that have to be looked up: key, part, whether those are left out.
    pub parts: Vec<(Key, String, bool)>,
}

impl Typed {
    /// Reads a text. What is no word of ours is looked for in the texts of the clicks.
    pub fn read(text: &str) -> Typed {
        let mut typed = Typed::default();
        // The text of an address, where all of it is understood: a URL that somebody pastes has a `=` too.
        let address = Filter::parse(text.trim_start_matches('#'));
        if text.contains('=') && address.unknown_keys().next().is_none() && !address.to_string().is_empty() {
            typed.filter = address;
            return typed;
        }
        let mut searched = Vec::new();
        for word in words(text) {
            let (exclude, word) = signed(&word);
            let pair = word
                .split_once(':')
                .filter(|(_, value)| !value.is_empty())
                .and_then(|(name, value)| Some((name, Key::from_name(alias(name))?, value)));
            match pair {
                Some((_, key, value)) => typed.add(key, value, exclude),
                None if typed.set_time(word) => {}
                None => match word_of_ours(word) {
                    Some((key, value)) => typed.filter.add(key, &value, exclude),
                    None if exclude => typed.filter.add(Key::Text, word, true),
                    None => searched.push(word.to_owned()),
                },
            }
        }
        typed.filter.add(Key::Text, &searched.join(" "), false);
        typed
    }

    fn add(&mut self, key: Key, value: &str, exclude: bool) {
        let (not, value) = signed(value);
        let exclude = exclude || not;
        match key {
            Key::Is(Field::User | Field::Host | Field::Ip) if !value.is_empty() => {
                self.parts.push((key, value.to_owned(), exclude));
            }
            Key::Is(Field::Verdict | Field::Action) => {
                let token = word_of_ours(value).filter(|(of, _)| *of == key).map(|(_, token)| token);
                self.filter.add(key, token.as_deref().unwrap_or(value), exclude);
            }
            _ => self.filter.add(key, value, exclude),
        }
    }

    /// `range:7d`, `from:2026-11-01`, `to:2026-12-01`, `tz:Europe/Madrid`.
    fn set_time(&mut self, word: &str) -> bool {
        let Some((name, value)) = word.split_once(':') else { return false };
        let is_time = ["range", "from", "to", "tz"].iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_time {
            self.filter.set_single(name, value);
        }
        is_time
    }
}

fn signed(word: &str) -> (bool, &str) {
    word.strip_prefix('!').map_or((false, word), |rest| (true, rest))
}

/// Other names that come to mind.
fn alias(name: &str) -> &str {
    match name {
        "address" => "ip",
        "person" | "who" => "user",
        "message" => "messageId",
        "domain" => "host",
        other => other,
    }
}

/// The filter that a single word stands for.
fn word_of_ours(word: &str) -> Option<(Key, String)> {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "email" | "teams" | "office" | "copilot" => return Some((Key::Is(Field::Source), lower)),
        "reached" => return Some((Key::Reached, "yes".to_owned())),
        "unsafe" => return Some((Key::Reached, "unsafe".to_owned())),
        // Of the verdict too, which is hardly meant.
        "blocked" | "allowed" | "override" | "useroverride" => {
            return Action::from_word(&lower).map(|action| (Key::Is(Field::Action), action.token()));
        }
        _ => {}
    }
    Verdict::from_word(&lower).map(|verdict| (Key::Is(Field::Verdict), verdict.token()))
}

/// Words between blanks; what stands in quotes is one.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_are_the_filter_that_they_name() {
        let filter = |text: &str| Typed::read(text).filter.to_string();
        assert_eq!(filter("malicious !blocked teams"), "verdict=malicious&action=!blocked&source=teams");
        assert_eq!(filter("verdict:!safe range:7d"), "range=7d&verdict=!safe");
        assert_eq!(filter("two words"), "q=two%20words");
        assert_eq!(filter("subject \"a  b\""), "q=subject%20a%20%20b");
        assert_eq!(filter("https://evil.example/x"), "q=https://evil.example/x");
        assert_eq!(filter("#verdict=safe&user=a"), "verdict=safe&user=a");
        assert_eq!(filter("threat:phish"), "threat=phish");
        assert_eq!(filter("!"), "");
        assert_eq!(filter("https://evil.example/login?id=abc"), "q=https://evil.example/login?id%3Dabc");
        assert_eq!(filter("q=two words"), "q=two%20words");
    }

    #[test]
    fn typed_part_of_a_name_is_looked_up() {
        let typed = Typed::read("user:carla !host:evil");
        let said: Vec<_> =
            typed.parts.iter().map(|(key, part, not)| (key.name(), part.as_str(), *not)).collect();
        assert_eq!(said, [("user", "carla", false), ("host", "evil", true)]);
        assert!(typed.filter.is_empty());
    }
}
