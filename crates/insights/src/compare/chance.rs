//! Whether two numbers differ by more than chance.
//!
//! Owns the tests, and between which numbers a count a day is. Must not know what is counted.

use crate::statistics::{FEW, wilson};

/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// The normal distribution stands for counts from so many expected in the smallest part on; below only intervals that part
/// are believed. Source: Cochran 1954, `doi:10.2307/3001616`.
const EXPECTED: f64 = 5.0;

/// What came of comparing two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differs {
    /// Nothing can be said.
    TooFew,
    /// As much as by chance.
    ByChance,
    /// The second is less, and not by chance.
    Less,
    /// The second is more, and not by chance.
    More,
}

impl Differs {
    const fn of(is_clear: bool, is_more: bool) -> Differs {
        match (is_clear, is_more) {
            (false, _) => Differs::ByChance,
            (true, false) => Differs::Less,
            (true, true) => Differs::More,
        }
    }

    /// −1 for less, 1 for more, 0 for neither.
    pub(super) const fn trend(self) -> i32 {
        match self {
            Differs::TooFew | Differs::ByChance => 0,
            Differs::Less => -1,
            Differs::More => 1,
        }
    }

    /// In words; `words` are those for less and for more.
    pub(super) fn said(self, words: [&str; 2]) -> String {
        let [less, more] = words;
        match self {
            Differs::TooFew => "too few to tell".to_owned(),
            Differs::ByChance => "no difference beyond chance".to_owned(),
            Differs::Less => format!("{less}, and not by chance"),
            Differs::More => format!("{more}, and not by chance"),
        }
    }
}

/// Compares two shares, each so many of so many: their Wilson intervals part, or the score test of two proportions says so.
/// That either is enough has no source; the test: Pearson 1900 (chi-square of four cells).
pub(super) fn shares(before: (u64, u64), after: (u64, u64)) -> Differs {
    let [(k1, n1), (k2, n2)] = [before, after];
    if n1.min(n2) < FEW {
        return Differs::TooFew;
    }
    let share = |k: u64, n: u64| k as f64 / n as f64;
    let difference = share(k2, n2) - share(k1, n1);
    let all = share(k1 + k2, n1 + n2);
    let error = (all * (1.0 - all) * (1.0 / n1 as f64 + 1.0 / n2 as f64)).sqrt();
    let is_normal = n1.min(n2) as f64 * all.min(1.0 - all) >= EXPECTED;
    let part = wilson(k1, n1).zip(wilson(k2, n2)).is_some_and(|(a, b)| do_part(a, b));
    Differs::of(part || (is_normal && difference.abs() > Z * error), difference > 0.0)
}

/// Compares two counts, each in so many days: of all of them those of the second are binomial, with its part of the days, when
/// nothing differs. Source: Przyborowski and Wilenski 1940, `doi:10.1093/biomet/31.3-4.313`. `scatter`: see [`scatter`].
pub(super) fn counts(before: (u64, f64), after: (u64, f64), scatter: f64) -> Differs {
    let [(k1, days1), (k2, days2)] = [before, after];
    if days1.min(days2) <= 0.0 || k1 + k2 < FEW {
        return Differs::TooFew;
    }
    let all = (k1 + k2) as f64;
    let part = days2 / (days1 + days2);
    let difference = k2 as f64 - all * part;
    let error = (all * part * (1.0 - part) * scatter).sqrt();
    let is_normal = all * part.min(1.0 - part) >= EXPECTED;
    let parted = do_part(a_day(before, scatter), a_day(after, scatter));
    Differs::of(parted || (is_normal && difference.abs() > Z * error), difference > 0.0)
}

/// Between which numbers a day a count in so many days is, 95 %: the score interval of a Poisson mean. Source: Rao 1948, the
/// interval that inverts the test above. Nothing can be said of no days.
pub(super) fn a_day((k, days): (u64, f64), scatter: f64) -> (f64, f64) {
    if days <= 0.0 {
        return (0.0, f64::INFINITY);
    }
    let (k, wide) = (k as f64, Z * Z * scatter);
    let half = (wide * (k + wide / 4.0)).sqrt();
    ((k + wide / 2.0 - half).max(0.0) / days, (k + wide / 2.0 + half) / days)
}

/// How much more the clicks of single days scatter round their mean than by a Poisson distribution: 1 or more, 1 where nothing
/// can be said. Weekends and mailings scatter them, and a test that took them for Poisson would find a difference in every
/// month. Source: quasi-likelihood, Wedderburn 1974, `doi:10.1093/biomet/61.3.439`, by Pearson's chi-square.
pub(super) fn scatter(sides: [&[u64]; 2]) -> f64 {
    let (mut sum, mut free) = (0.0, 0_usize);
    for days in sides {
        let mean = days.iter().sum::<u64>() as f64 / days.len().max(1) as f64;
        if mean > 0.0 {
            sum += days.iter().map(|n| (*n as f64 - mean).powi(2)).sum::<f64>() / mean;
            free += days.len() - 1;
        }
    }
    if free == 0 { 1.0 } else { (sum / free as f64).max(1.0) }
}

fn do_part(a: (f64, f64), b: (f64, f64)) -> bool {
    a.1 < b.0 || b.1 < a.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_differ_by_the_test_or_where_their_intervals_part() {
        for (before, after, wanted) in [
            ((38, 452), (60, 450), Differs::More),
            ((60, 450), (38, 452), Differs::Less),
            ((30, 400), (40, 400), Differs::ByChance),
            ((0, 400), (0, 500), Differs::ByChance),
            ((400, 400), (400, 400), Differs::ByChance),
            // Too few for the test: 3 of 5 against none is no proof, 5 of 5 is.
            ((0, 5), (3, 5), Differs::ByChance),
            ((0, 5), (5, 5), Differs::More),
            ((0, 4), (900, 900), Differs::TooFew),
            ((0, 0), (0, 0), Differs::TooFew),
        ] {
            assert_eq!(shares(before, after), wanted, "{before:?} {after:?}");
        }
    }

    #[test]
    fn counts_differ_by_what_they_are_a_day() {
        for (before, after, scatter, wanted) in [
            ((10, 30.0), (20, 30.0), 1.0, Differs::ByChance),
            ((10, 30.0), (22, 30.0), 1.0, Differs::More),
            ((22, 30.0), (10, 30.0), 2.0, Differs::ByChance),
            ((100, 10.0), (200, 20.0), 1.0, Differs::ByChance),
            ((100, 10.0), (100, 20.0), 1.0, Differs::Less),
            ((0, 7.0), (5, 7.0), 1.0, Differs::ByChance),
            ((0, 7.0), (9, 7.0), 1.0, Differs::More),
            ((0, 7.0), (4, 7.0), 1.0, Differs::TooFew),
            ((0, 0.0), (900, 7.0), 1.0, Differs::TooFew),
        ] {
            assert_eq!(counts(before, after, scatter), wanted, "{before:?} {after:?}");
        }
    }

    #[test]
    fn count_a_day_has_the_interval_that_inverts_its_test() {
        let tenths = |(low, high): (f64, f64)| ((low * 10.0).round() as u64, (high * 10.0).round() as u64);
        assert_eq!(tenths(a_day((0, 1.0), 1.0)), (0, 38));
        assert_eq!(tenths(a_day((40, 1.0), 1.0)), (294, 545));
        assert_eq!(tenths(a_day((40, 10.0), 1.0)), (29, 54));
        assert_eq!(tenths(a_day((40, 1.0), 4.0)), (217, 736));
    }

    #[test]
    fn scatter_of_even_days_is_that_of_poisson_and_more_of_uneven_ones() {
        let is = |sides: [&[u64]; 2], wanted: f64| (scatter(sides) - wanted).abs() < 1e-9;
        assert!(is([&[1, 1, 1], &[1, 1]], 1.0));
        assert!(is([&[0, 10], &[0, 10]], 10.0));
        assert!(is([&[7], &[9]], 1.0));
        assert!(is([&[], &[]], 1.0));
    }
}
