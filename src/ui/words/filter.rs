//! The pieces of a filter in words.

use clicks::hindsight::Outcome;
use clicks::lens::Class;
use clicks::link::Sign;
use clicks::model::text::{shown, shown_url};
use clicks::model::{Action, Verdict};
use clicks::query::{Chip, Filter, Key};

use super::{counted, short_date};

/// What to call a filter key on screen.
pub fn key_label(key: &str) -> &'static str {
    match key {
        "verdict" => "Verdict",
        "action" => "Action",
        "rawAction" => "Raw action",
        "source" => "Source",
        "user" => "User",
        "group" => "Group",
        "host" => "Host",
        "url" => "URL",
        "urlIs" => "This URL",
        "without" => "Without",
        "tenant" => "Tenant",
        "ip" => "IP address",
        "threat" => "Threat",
        "messageId" => "Message",
        "automation" => "Clicked by",
        "campaign" => "Campaign",
        "attempt" => "Came of it",
        "sign" => "URL shows",
        "weekday" => "Weekday",
        "hour" => "Hour",
        "reached" => "Reached",
        "q" => "Search",
        "range" => "Last",
        "from" => "From",
        "to" => "Before",
        "tz" => "Time zone",
        "lens" => "Lens",
        _ => "Other",
    }
}

/// What to call a value of a filter key on screen; safe to look at.
pub fn value_label(key: &str, value: &str) -> String {
    match key {
        "verdict" => Verdict::from_word(value).map_or_else(|| shown(value), |v| v.label().to_owned()),
        "action" => Action::from_word(value).map_or_else(|| shown(value), |a| a.label().to_owned()),
        "weekday" => weekday(value.parse().unwrap_or(7)).map_or_else(|| shown(value), str::to_owned),
        "hour" => value.parse::<u8>().map_or_else(|_| shown(value), |h| format!("{h:02}:00–{h:02}:59")),
        "reached" => match value.to_ascii_lowercase().as_str() {
            "unsafe" => "Reached, not safe".to_owned(),
            "waiting" => "Pending, or error or waiting page".to_owned(),
            "yes" => "Reached".to_owned(),
            "no" => "Not reached".to_owned(),
            _ => format!("Reached {}", shown(value)),
        },
        "from" | "to" => short_moment(value),
        "range" => range_label(value),
        "host" | "url" | "urlIs" | "campaign" => shown_url(value),
        "attempt" => Outcome::from_token(value).map_or_else(|| shown(value), |one| one.label().to_owned()),
        "sign" => Sign::from_token(value).map_or_else(|| shown(value), |one| one.def().label.to_owned()),
        "lens" => "own settings".to_owned(),
        "automation" => Class::from_token(value).map_or_else(|| shown(value), |c| c.label().to_owned()),
        "threat" if value.eq_ignore_ascii_case("none") => "No threat named".to_owned(),
        "source" | "threat" => capitalised(&shown(value)),
        _ => shown(value),
    }
}

/// A piece of the filter as one text. What it is about is left out where the value says it all.
pub fn chip_text(chip: &Chip) -> String {
    let about = if chip.key == "reached" { "" } else { key_label(chip.key) };
    let value = value_label(chip.key, chip.value.original());
    let not = if chip.exclude { "not" } else { "" };
    [about, not, &value].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is shown of a filter at once: a value, or all values of a key where they are too many to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// One value.
    One(Chip),
    /// So many values of a key.
    Many(Key, usize),
}

/// More values of one key than these are one piece. An address can name tens of thousands.
const MOST_VALUES: usize = 50;

/// The pieces of a filter, in the order of its text; the zone is none, for it is shown by itself.
pub fn pieces(filter: &Filter) -> Vec<Piece> {
    let many: Vec<(Key, usize)> = Key::all()
        .map(|key| (key, filter.terms(key).count()))
        .filter(|(_, values)| *values > MOST_VALUES)
        .collect();
    let is_one_of_many = |chip: &Chip| many.iter().any(|(key, _)| key.name() == chip.key);
    let chips = filter.chips().into_iter().filter(|c| c.key != "tz" && !is_one_of_many(c));
    let one = chips.map(Piece::One);
    one.chain(many.iter().map(|(key, values)| Piece::Many(*key, *values))).collect()
}

/// A whole filter as one text; empty without any, and the zone is not in it.
pub fn filter_text(filter: &Filter) -> String {
    pieces(filter).iter().map(piece_text).collect::<Vec<_>>().join(" · ")
}

/// A piece as one text.
pub fn piece_text(piece: &Piece) -> String {
    match piece {
        Piece::One(chip) => chip_text(chip),
        Piece::Many(key, values) => {
            format!("{}: {}", key_label(key.name()), counted(*values as u64, "value", "values"))
        }
    }
}

/// `Email` of `email`: a filter takes these words in any case.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `30 days` of `30d`.
fn range_label(range: &str) -> String {
    let (digits, unit) = range.split_at(range.len() - range.chars().last().map_or(0, char::len_utf8));
    let word = match unit {
        "d" => "days",
        "h" => "hours",
        _ => return shown(range),
    };
    if digits == "1" {
        format!("1 {}", word.trim_end_matches('s'))
    } else {
        format!("{} {word}", shown(digits))
    }
}

/// Name of a weekday, 0 = Sunday.
fn weekday(day: usize) -> Option<&'static str> {
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].get(day).copied()
}

/// `21 Nov 2026 09:00` of an ISO date with a time; the date alone where it has none.
fn short_moment(iso: &str) -> String {
    match iso.get(10..).map(|rest| rest.trim_start_matches(['T', ' '])) {
        Some(time) if !time.is_empty() => format!("{} {}", short_date(iso), shown(time)),
        _ => short_date(iso),
    }
}

#[cfg(test)]
mod tests {
    use clicks::model::Field;

    use super::*;

    #[test]
    fn filter_of_very_many_values_is_one_piece_a_key() {
        let users: Vec<String> = (0..51).map(|n| format!("u{n}")).collect();
        let mut filter = Filter::parse(&format!("action=blocked&tz=%2B02:00&user={}", users.join(",")));
        let texts = |filter: &Filter| pieces(filter).iter().map(piece_text).collect::<Vec<_>>();
        assert_eq!(texts(&filter), ["Action Blocked", "User: 51 values"]);
        filter.toggle(Key::Is(Field::User), "u7");
        assert_eq!(pieces(&filter).len(), 51);
    }

    #[test]
    fn values_in_words_are_safe_to_look_at() {
        assert_eq!(value_label("host", "evil.example"), "evil[.]example");
        assert_eq!(value_label("action", "useroverride"), "User override");
        assert_eq!(value_label("weekday", "9"), "9");
        assert_eq!(value_label("source", "email"), "Email");
        assert_eq!(value_label("to", "2026-11-22T09:00"), "22 Nov 2026 09:00");
        let chip = |key, value: &str, exclude| chip_text(&Chip { key, value: value.into(), exclude });
        assert_eq!(chip("reached", "unsafe", false), "Reached, not safe");
        assert_eq!(chip("weekday", "1", true), "Weekday not Monday");
        assert_eq!(range_label("30d"), "30 days");
        assert_eq!(range_label("é"), "é");
        assert_eq!(range_label(""), "");
    }
}
