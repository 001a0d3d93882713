//! Which two views are compared when somebody has one: a span of time and the one before it, or what is before a day and what
//! is after it.
//!
//! Owns the arithmetic with the text form of the time filter. Must not know the data but for its first and last click.
//! Bounds without an offset are wall clocks of the filter's zone, and stay so: only what is between two of them is computed.

use clicks::model::{DAY_MS, iso_date_of_ms, iso_of_ms};
use clicks::query::{Filter, Zone, length_of_range};

/// The usual pair of views, as canonical filters, the earlier one first. `span`: first and last click of the data, Unix
/// milliseconds.
///
/// With a span of time in the filter, the span of the same length before it, and the filter. Where that has no beginning, or
/// no click is older, there is nothing before it: then its own halves, and without a span those of the data, cut at a
/// midnight of the filter's zone (UTC without one).
pub fn halves(filter: &Filter, span: (i64, i64)) -> (String, String) {
    let (begin, end) = (midnight(span.0), midnight(span.1) + DAY_MS);
    let range = filter.range.as_deref().and_then(length_of_range).map(|length| span.1 - length);
    let written = read(filter.from.as_deref());
    let from = match (written, range) {
        (Some(written), Some(range)) => Some(written.max(range)),
        (written, range) => written.or(range),
    };
    // Days after the newest click are in no export yet: a span ends where the data does.
    let newest = if range.is_some() { span.1 } else { end };
    let to = read(filter.to.as_deref()).map_or(newest, |to| to.min(newest));
    let Some(from) = from.filter(|from| *from > span.0) else {
        return split_at(filter, &middle(from.map_or(begin, |from| from.max(begin)), to));
    };
    // A bound that was written keeps its kind: a wall clock, or an instant.
    let is_instant = written != Some(from) || filter.from.as_deref().is_some_and(has_offset);
    let text = |ms: i64| match is_instant {
        true => iso_of_ms(ms),
        false if ms.rem_euclid(DAY_MS) == 0 => iso_date_of_ms(ms),
        false => iso_of_ms(ms).trim_end_matches('Z').to_owned(),
    };
    let mut before = filter.clone();
    // Of a span that holds nothing everything before it.
    let first = if to > from { text(from - (to - from)) } else { String::new() };
    before.set_span(&first, &text(from));
    (before.to_string(), filter.to_string())
}

/// What is in view before a day and from it on, as canonical filters. `day`: an ISO date, whose midnight is that of the
/// filter's zone. A day outside of the view leaves one of the two empty and widens neither; what is no date cuts nothing.
pub fn split_at(filter: &Filter, day: &str) -> (String, String) {
    let (mut before, mut after) = (filter.clone(), filter.clone());
    if let Some(cut) = read(Some(day)) {
        if read(filter.to.as_deref()).is_none_or(|to| to > cut) {
            before.to = Some(day.to_owned());
        }
        if read(filter.from.as_deref()).is_none_or(|from| from < cut) {
            after.from = Some(day.to_owned());
        }
    }
    (before.to_string(), after.to_string())
}

/// The midnight nearest to the middle of a span, neither before nor after all of it: its date.
fn middle(from: i64, to: i64) -> String {
    let (first, last) = (midnight(from) + DAY_MS, midnight(to - 1));
    let middle = midnight(from + (to - from) / 2 + DAY_MS / 2);
    iso_date_of_ms(middle.min(last).max(first))
}

const fn midnight(ms: i64) -> i64 {
    ms.div_euclid(DAY_MS) * DAY_MS
}

/// A bound of the time filter, wall clocks as if they were of UTC.
fn read(bound: Option<&str>) -> Option<i64> {
    Zone::default().read(bound?)
}

/// Whether a bound names an instant, whatever the zone.
fn has_offset(bound: &str) -> bool {
    bound.get(10..).is_some_and(|clock| clock.contains(['Z', 'z', '+', '-']))
}

#[cfg(test)]
mod tests {
    use clicks::model::HOUR_MS;

    use super::*;

    /// 2026-04-06T09:00 to 2026-05-05T17:00: thirty days.
    fn span() -> (i64, i64) {
        let at = |text: &str| read(Some(text)).unwrap_or_default();
        (at("2026-04-06T09:00"), at("2026-05-05T17:00"))
    }

    #[test]
    fn halves_of_a_filter_are_the_span_before_it_or_its_own() {
        for (filter, before, after) in [
            ("", "to=2026-04-21", "from=2026-04-21"),
            ("verdict=malicious", "to=2026-04-21&verdict=malicious", "from=2026-04-21&verdict=malicious"),
            (
                "from=2026-04-20&to=2026-04-27&user=ana",
                "from=2026-04-13&to=2026-04-20&user=ana",
                "from=2026-04-20&to=2026-04-27&user=ana",
            ),
            ("from=2026-04-29", "from=2026-04-22&to=2026-04-29", "from=2026-04-29"),
            // It ends with the data, not with the month.
            (
                "from=2026-05-01&to=2026-06-01",
                "from=2026-04-26&to=2026-05-01",
                "from=2026-05-01&to=2026-06-01",
            ),
            ("range=7d", "from=2026-04-21T17:00:00Z&to=2026-04-28T17:00:00Z", "range=7d"),
            // Nothing is older: the halves of the span.
            ("from=2026-04-06", "from=2026-04-06&to=2026-04-21", "from=2026-04-21"),
            ("to=2026-04-16", "to=2026-04-11", "from=2026-04-11&to=2026-04-16"),
            ("range=90d", "to=2026-04-21&range=90d", "from=2026-04-21&range=90d"),
            (
                "from=2026-04-20T12:00&to=2026-04-20T18:00&tz=Europe/Berlin",
                "from=2026-04-20T06:00:00&to=2026-04-20T12:00:00&tz=Europe/Berlin",
                "from=2026-04-20T12:00&to=2026-04-20T18:00&tz=Europe/Berlin",
            ),
            (
                "from=20260420T12Z&to=2026-04-20T18:00Z",
                "from=2026-04-20T06:00:00Z&to=2026-04-20T12:00:00Z",
                "from=20260420T12Z&to=2026-04-20T18:00Z",
            ),
            ("from=2027-01-01", "to=2027-01-01", "from=2027-01-01"),
            ("from=soon", "from=soon&to=2026-04-21", "from=2026-04-21"),
        ] {
            let pair = halves(&Filter::parse(filter), span());
            assert_eq!(pair, (before.to_owned(), after.to_owned()), "{filter}");
        }
    }

    #[test]
    fn halves_of_one_day_are_all_of_it_and_nothing() {
        let (first, _) = span();
        let pair = halves(&Filter::default(), (first, first + HOUR_MS));
        assert_eq!(pair, ("to=2026-04-07".to_owned(), "from=2026-04-07".to_owned()));
    }

    #[test]
    fn split_at_a_day_stays_inside_of_the_view() {
        for (filter, day, before, after) in [
            ("q=a", "2026-04-10", "to=2026-04-10&q=a", "from=2026-04-10&q=a"),
            (
                "from=2026-04-08&to=2026-04-12",
                "2026-04-10",
                "from=2026-04-08&to=2026-04-10",
                "from=2026-04-10&to=2026-04-12",
            ),
            (
                "from=2026-04-08&to=2026-04-12",
                "2026-04-20",
                "from=2026-04-08&to=2026-04-12",
                "from=2026-04-20&to=2026-04-12",
            ),
            ("range=7d", "2026-05-01", "to=2026-05-01&range=7d", "from=2026-05-01&range=7d"),
            ("", "12026-01-01", "", ""),
        ] {
            let pair = split_at(&Filter::parse(filter), day);
            assert_eq!(pair, (before.to_owned(), after.to_owned()), "{filter} {day}");
        }
    }
}
