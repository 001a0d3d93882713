//! Values that cannot be one of their key: said, never passed over, because a filter that quietly does
//! nothing shows everything.

use super::{Filter, Key};
use crate::hindsight::Outcome;
use crate::lens::{Class, Config};
use crate::link::Sign;
use crate::model::{Action, DAY_MS, Field, HOUR_MS, Verdict};
use crate::query::Zone;

impl Filter {
    /// Whether every value can be one of its key; the sentence says which cannot, and what can.
    pub fn check(&self) -> Result<(), String> {
        for (key, text) in [("from", &self.from), ("to", &self.to)] {
            if let Some(text) = text
                && Zone::default().read(text).is_none()
            {
                return Err(format!(
                    "“{key}={text}” is no date. Use 2026-05-04 or 2026-05-04T09:00, with an offset if need be."
                ));
            }
        }
        if let Some(range) = &self.range
            && length_of_range(range).is_none()
        {
            return Err(format!(
                "“range={range}” is no span. Use a number of hours, days or weeks: 12h, 30d, 4w."
            ));
        }
        Config::parse(self.lens.as_deref().unwrap_or(""))?;
        for key in Key::all() {
            if let Some(term) = self.terms(key).find(|term| !is_possible(key, &term.value)) {
                let can = possible(key).unwrap_or_default();
                return Err(format!(
                    "“{}={}” cannot be: {} is one of {can}.",
                    key.name(),
                    term.value,
                    key.name()
                ));
            }
        }
        Ok(())
    }
}

/// The values a key can have, where there are few.
fn possible(key: Key) -> Option<String> {
    let tokens = |tokens: Vec<String>| Some(tokens.join(", "));
    match key {
        Key::Is(Field::Verdict) => tokens(Verdict::ALL.iter().map(|v| v.token()).collect()),
        Key::Is(Field::Action) => tokens(Action::ALL.iter().map(|a| a.token()).collect()),
        Key::Is(Field::Attempt) => tokens(Outcome::ALL.iter().map(|one| one.token().to_owned()).collect()),
        Key::Is(Field::Automation) => tokens(Class::ALL.iter().map(|c| c.token().to_owned()).collect()),
        Key::Reached => Some("yes, no, unsafe, waiting".to_owned()),
        Key::Sign => tokens(Sign::ALL.map(|def| def.token.to_owned()).to_vec()),
        Key::Weekday => Some("0 (Sunday) to 6".to_owned()),
        Key::Hour => Some("0 to 23".to_owned()),
        Key::Without => tokens(without_fields().map(|f| f.name().to_owned()).collect()),
        _ => None,
    }
}

fn is_possible(key: Key, value: &str) -> bool {
    let value = value.trim();
    let below = |end: u32| value.parse::<u32>().is_ok_and(|n| n < end);
    match key {
        Key::Is(Field::Verdict) => Verdict::from_word(value).is_some(),
        Key::Is(Field::Action) => action_of(value).is_some(),
        Key::Is(Field::Automation) => Class::from_token(value).is_some(),
        Key::Is(Field::Attempt) => Outcome::from_token(value).is_some(),
        Key::Reached => ["yes", "true", "1", "no", "false", "0", "unsafe", "waiting"]
            .contains(&value.to_lowercase().as_str()),
        Key::Weekday => below(7),
        Key::Hour => below(24),
        Key::Sign => Sign::from_token(value).is_some(),
        Key::Without => without_of(value).is_some(),
        _ => true,
    }
}

/// The action of a word; `override` is what people say.
pub fn action_of(word: &str) -> Option<Action> {
    if word.trim().eq_ignore_ascii_case("override") {
        return Some(Action::UserOverride);
    }
    Action::from_word(word)
}

/// Fields that a click may lack.
fn without_fields() -> impl Iterator<Item = Field> {
    Field::ALL
        .into_iter()
        .map(|d| d.field)
        .filter(|f| !matches!(f, Field::Time | Field::Url | Field::Verdict | Field::Action | Field::Weight))
        .filter(|f| !matches!(f, Field::ClickedThrough | Field::Automation | Field::Attempt))
}

/// The field of a value of `without`, in any case.
pub(in crate::query) fn without_of(value: &str) -> Option<Field> {
    without_fields().find(|f| f.name().eq_ignore_ascii_case(value.trim()))
}

/// Milliseconds of `30d`, `12h` or `4w`.
pub fn length_of_range(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = match text.as_bytes().last()? {
        b'd' | b'D' => DAY_MS,
        b'h' | b'H' => HOUR_MS,
        b'w' | b'W' => 7 * DAY_MS,
        _ => return None,
    };
    let number = &text[..text.len() - 1];
    let number: i64 = number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()))?;
    // A hundred years of hours: more is no span of clicks.
    (1..=876_000).contains(&number).then(|| number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_values_that_cannot_be_are_named() {
        for (text, word) in [
            ("range=7x", "range=7x"),
            ("range=9223372036854775807d", "range"),
            ("range=-1d", "range"),
            ("from=2024-02-30", "from"),
            ("to=soon", "to"),
            ("verdict=junk", "verdict"),
            ("action=!junk", "action"),
            ("reached=maybe", "reached"),
            ("weekday=7", "weekday"),
            ("hour=24", "hour"),
            ("without=colour", "without"),
        ] {
            let said = Filter::parse(text).check().expect_err(text);
            assert!(said.contains(word), "{text}: {said}");
        }
        for text in [
            "range=7d",
            "from=20240229&to=2024-03-01T10:00",
            "verdict=Safe,!malicious",
            "action=override,UserOverride",
            "without=User,!reportId,group",
            "user=whoever&nokey=1",
        ] {
            assert_eq!(Filter::parse(text).check(), Ok(()), "{text}");
        }
    }
}
