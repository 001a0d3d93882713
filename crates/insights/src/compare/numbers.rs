//! The headline numbers of both views, and what came of comparing them.
//!
//! Owns which numbers there are, what more or less of each means, and their words. Must not know how they are counted.

use super::Delta;
use super::chance::{self, Differs};
use super::seen::{Seen, are_alike, days_said};
use crate::statistics::{FEW, wilson};
use clicks::model::text::{counted, thousands};

/// The headline numbers, in the order shown. `is_bent`: a filter says what came of a click.
pub(super) fn numbers(was: &Seen, is: &Seen, is_bent: bool) -> Vec<Delta> {
    let of = |count: fn(&Seen) -> (u64, u64)| [count(was), count(is)];
    let unless_bent = |delta: Delta| if is_bent { delta.not_counted() } else { delta };
    vec![
        clicks_a_day(was, is),
        people(was, is),
        Delta::of_shares(
            "Malicious clicks",
            "Of the clicks whose verdict is known those with the verdict Malicious",
            of(|seen| (seen.malicious, seen.judged)),
            1,
        ),
        Delta::of_shares(
            "People who reached a bad page",
            "Of the people whose clicks say what came of them, machines left out, those who reached a page that is not safe, as is known today",
            of(Seen::people_reached),
            1,
        ),
        unless_bent(Delta::of_shares(
            "Override rate",
            "Of the attempts that were shown a warning or waiting page those that went past it, where the export tells overrides",
            of(|seen| (seen.overridden, seen.warned)),
            1,
        )),
        unless_bent(Delta::of_shares(
            "Malicious clicks blocked",
            "Of the malicious clicks of which it is known what came of them those that were stopped",
            of(|seen| (seen.malicious_stopped, seen.malicious_told)),
            -1,
        )),
        Delta::of_shares(
            "Clicks of machines",
            "Of all clicks those that look automated",
            of(|seen| (seen.machines, seen.clicks)),
            0,
        ),
    ]
}

fn clicks_a_day(was: &Seen, is: &Seen) -> Delta {
    let scatter = chance::scatter([&was.by_day, &is.by_day]);
    let pair = |seen: &Seen| (seen.clicks, seen.days());
    let value = |seen: &Seen| (seen.days() > 0.0).then(|| seen.clicks as f64 / seen.days());
    let said = |seen: &Seen| match value(seen) {
        None => "no day".to_owned(),
        Some(a_day) => {
            let (low, high) = chance::a_day(pair(seen), scatter);
            format!(
                "{} in {} · {} a day ({}–{})",
                thousands(seen.clicks),
                days_said(seen.days()),
                figure(a_day),
                figure(low),
                figure(high)
            )
        }
    };
    let delta = Delta {
        before: value(was),
        after: value(is),
        before_said: said(was),
        after_said: said(is),
        ..Delta::called(
            "Clicks a day",
            "All clicks, those of machines among them; the interval is as wide as days differ from each other",
        )
    };
    let delta = delta.judged(chance::counts(pair(was), pair(is), scatter), ["fewer", "more"], 0);
    match value(was).zip(value(is)).filter(|_| was.clicks.min(is.clicks) >= FEW) {
        Some((was, is)) => delta.by((is / was - 1.0) * 100.0, "%"),
        None => delta,
    }
}

fn people(was: &Seen, is: &Seen) -> Delta {
    let said =
        |seen: &Seen| format!("{} in {}", counted(seen.people(), "person", "people"), days_said(seen.days()));
    let delta = Delta {
        before: Some(was.people() as f64),
        after: Some(is.people() as f64),
        before_said: said(was),
        after_said: said(is),
        ..Delta::called("People who clicked", "Different users, machines left out")
    };
    if was.clicks.min(is.clicks) > 0 && !are_alike(was, is) {
        return Delta { change: "periods of different length".to_owned(), ..delta };
    }
    let pair = |seen: &Seen| (seen.people(), seen.days());
    delta.judged(chance::counts(pair(was), pair(is), 1.0), ["fewer", "more"], 0)
}

impl Delta {
    fn called(label: &str, means: &str) -> Delta {
        Delta { label: label.to_owned(), means: means.to_owned(), ..Delta::default() }
    }

    /// Two shares, each so many of so many. `worse`: 1 where more is worse, −1 where less is, 0 where neither is.
    fn of_shares(label: &str, means: &str, pairs: [(u64, u64); 2], worse: i32) -> Delta {
        let [before, after] = pairs;
        let value = |(k, n): (u64, u64)| (n > 0).then(|| k as f64 / n as f64);
        let delta = Delta {
            before: value(before),
            after: value(after),
            before_said: share_said(before),
            after_said: share_said(after),
            ..Delta::called(label, means)
        };
        let delta = delta.judged(chance::shares(before, after), ["lower", "higher"], worse);
        // Of few the share is not said, and so neither is how much it differs.
        let is_said = before.1.min(after.1) >= FEW;
        match delta.before.zip(delta.after).filter(|_| is_said) {
            Some((was, is)) => delta.by((is - was) * 100.0, "points"),
            None => delta,
        }
    }

    /// With how much it differs.
    fn by(self, much: f64, of: &str) -> Delta {
        match signed(much) {
            none if none == "0.0" => self,
            much => Delta { change: format!("{much} {of}, {}", self.change), ..self },
        }
    }

    fn judged(self, differs: Differs, words: [&str; 2], worse: i32) -> Delta {
        let trend = differs.trend();
        let worse = Some(trend * worse).filter(|of| *of != 0).map(|of| of > 0);
        Delta { change: differs.said(words), trend, worse, ..self }
    }

    /// The same number where the filter decides it.
    fn not_counted(self) -> Delta {
        Delta {
            label: self.label,
            means: self.means,
            before_said: "–".to_owned(),
            after_said: "–".to_owned(),
            change: "not counted: the filter says what came of a click".to_owned(),
            ..Delta::default()
        }
    }
}

/// `38 of 452 · 8.4 % (6.2–11.3 %)`; of few the share is not said.
fn share_said((k, n): (u64, u64)) -> String {
    let of = format!("{} of {}", thousands(k), thousands(n));
    match wilson(k, n).filter(|_| n >= FEW) {
        None => of,
        Some((low, high)) => {
            format!("{of} · {:.1} % ({:.1}–{:.1} %)", k as f64 / n as f64 * 100.0, low * 100.0, high * 100.0)
        }
    }
}

/// `+6.2`, `−0.4`, `0.0`.
fn signed(number: f64) -> String {
    let text = format!("{:.1}", number.abs());
    let sign = if text == "0.0" {
        ""
    } else if number < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{text}")
}

/// `4.1`, `41`, `4,120`.
fn figure(number: f64) -> String {
    if number < 10.0 { format!("{number:.1}") } else { thousands(number.round() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_in_words_says_of_how_many_and_of_few_no_share() {
        assert_eq!(share_said((38, 452)), "38 of 452 · 8.4 % (6.2–11.3 %)");
        assert_eq!(share_said((5, 5)), "5 of 5 · 100.0 % (56.6–100.0 %)");
        assert_eq!(share_said((1, 4)), "1 of 4");
        assert_eq!(share_said((0, 0)), "0 of 0");
    }

    #[test]
    fn difference_in_words_has_a_sign_unless_it_is_none() {
        assert_eq!([6.24, -0.4, -0.04, 0.0].map(signed), ["+6.2", "−0.4", "0.0", "0.0"]);
    }

    #[test]
    fn numbers_a_day_in_words() {
        assert_eq!(figure(4.06), "4.1");
        assert_eq!(figure(4_120.4), "4,120");
    }

    #[test]
    fn worse_is_said_only_of_a_difference_of_what_can_be_worse() {
        let judged = |differs, worse| Delta::default().judged(differs, ["less", "more"], worse).worse;
        assert_eq!(judged(Differs::More, 1), Some(true));
        assert_eq!(judged(Differs::Less, 1), Some(false));
        assert_eq!(judged(Differs::Less, -1), Some(true));
        assert_eq!(judged(Differs::More, 0), None);
        assert_eq!(judged(Differs::ByChance, 1), None);
        assert_eq!(judged(Differs::TooFew, -1), None);
    }
}
