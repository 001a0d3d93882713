//! How far small numbers can be believed, and how many would be there by chance.
//!
//! Owns the interval of a share and the chances of several things happening together. Must not know what is counted.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// Shares of fewer than so many are never ranked: one of one is 100 %. No source for five.
pub const FEW: u64 = 5;

/// More probabilities than these are not gone through one by one: nobody gets as many simulations, an attack on time may.
pub const MOST: usize = 1_000;

/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// A count so many spreads above the median stands out. Source: Iglewicz, Hoaglin, How to Detect and Handle Outliers, 1993.
pub const FAR: f64 = 3.5;

/// So many of so many, and between which shares the truth is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rate {
    /// So many.
    pub count: u64,
    /// Of so many.
    pub of: u64,
    /// Lower end of the interval, a share from 0 to 1; none of nothing, and where it says too little to be shown.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

impl Rate {
    /// With its interval.
    pub fn new(count: u64, of: u64) -> Rate {
        let (low, high) = wilson(count, of).unzip();
        Rate { count, of, low, high }
    }

    /// The numbers alone.
    pub fn bare(count: u64, of: u64) -> Rate {
        Rate { count, of, ..Rate::default() }
    }
}

/// The interval of a share, 95 %, from 0 to 1; none of nothing. More than all are all.
///
/// Source: Wilson 1927, `doi:10.1080/01621459.1927.10502953`; for few it holds what it says, which the plain interval does
/// not (Brown, Cai, DasGupta 2001).
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (has_none, has_all) = (k == 0, k >= n);
    let (all, share) = (n as f64, k.min(n) as f64 / n as f64);
    let scale = 1.0 + Z * Z / all;
    let middle = (share + Z * Z / (2.0 * all)) / scale;
    let half = Z / scale * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
    let low = if has_none { 0.0 } else { (middle - half).max(0.0) };
    let high = if has_all { 1.0 } else { (middle + half).min(1.0) };
    Some((low, high))
}

/// What is usual among some counts: their median, and how far most are from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// The median, the lower one of two.
    pub median: u64,
    spread: f64,
}

impl Usual {
    /// Of these counts. The spread is the median distance from the median, as a standard deviation (times 1.4826), and no less
    /// than that of counts which are all due to chance, the root of the median.
    pub fn of(mut counts: Vec<u64>) -> Usual {
        let usual = median(&mut counts).unwrap_or_default();
        counts.iter_mut().for_each(|n| *n = n.abs_diff(usual));
        let spread = 1.4826 * median(&mut counts).unwrap_or_default() as f64;
        Usual { median: usual, spread: spread.max((usual as f64).sqrt()).max(1.0) }
    }

    /// Whether a count is above it by more than [`FAR`] of its spreads.
    pub fn is_far_above(&self, n: u64) -> bool {
        n > self.median && (n - self.median) as f64 > FAR * self.spread
    }
}

/// The median of some numbers, the lower one of two; none of none.
pub fn median<T: Copy + Ord>(numbers: &mut [T]) -> Option<T> {
    numbers.sort_unstable();
    numbers.get(numbers.len().saturating_sub(1) / 2).copied()
}

/// The probability that of `n` with this share the lower end of [`wilson`] is above the share: how often one that is like all
/// others looks as if it were not.
///
/// Costs `n` steps.
pub fn above_by_chance(share: f64, n: u64) -> f64 {
    let share = sane(share);
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let is_above = |k: u64| wilson(k, n).is_some_and(|(low, _)| low > share);
    // The binomial distribution from its first term on, as logarithms: the first of many is too small for a number.
    let odds = (share / (1.0 - share)).ln();
    let mut term = n as f64 * (1.0 - share).ln();
    let mut sum = 0.0;
    for k in 0..=n {
        if is_above(k) {
            sum += term.exp();
        }
        term += ((n - k) as f64 / (k + 1) as f64).ln() + odds;
    }
    sane(sum)
}

/// The probability that at least `run` of these things happen one after the other.
///
/// Costs their number times `run`. Only the first [`MOST`] are looked at: of more it is too low, never too high.
pub fn in_a_row(probabilities: &[f64], run: usize) -> f64 {
    let probabilities = &probabilities[..probabilities.len().min(MOST)];
    if run == 0 {
        return 1.0;
    }
    if run > probabilities.len() {
        return 0.0;
    }
    // How probable it is that the last so many happened, and never enough in a row before.
    let mut last = vec![0.0_f64; run];
    last[0] = 1.0;
    let mut enough = 0.0_f64;
    for p in probabilities.iter().map(|p| sane(*p)) {
        let all: f64 = last.iter().sum();
        enough += last[run - 1] * p;
        for n in (1..run).rev() {
            last[n] = last[n - 1] * p;
        }
        last[0] = all * (1.0 - p);
    }
    enough.min(1.0)
}

/// The probability of at least `k` where `mean` are expected (Poisson).
///
/// Sums terms from `k` away from the mean until they say nothing more, which takes some ten times the root of the mean; what
/// is beyond 100,000 terms, from means of a hundred million on, is left out.
pub fn poisson_at_least(mean: f64, k: u64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    if mean.is_infinite() {
        return 1.0;
    }
    let is_above = k as f64 > mean;
    let first = if is_above { k } else { k - 1 };
    let (mut at, mut term, mut sum) = (first as f64, poisson_term(mean, first), 0.0_f64);
    for _ in 0..100_000 {
        sum += term;
        if is_above {
            at += 1.0;
            term *= mean / at;
        } else {
            term *= at / mean;
            at -= 1.0;
        }
        if term <= sum * 1e-16 {
            break;
        }
    }
    let probability = if is_above { sum } else { 1.0 - sum };
    probability.clamp(0.0, 1.0)
}

/// The probability of `k` itself. From ten on the factorial is Stirling's, with so many terms that ten digits are right.
fn poisson_term(mean: f64, k: u64) -> f64 {
    if k < 10 {
        return (1..=k).fold((-mean).exp(), |term, n| term * mean / n as f64);
    }
    let n = k as f64;
    let rest = 1.0 / (12.0 * n) - 1.0 / (360.0 * n.powi(3)) + 1.0 / (1260.0 * n.powi(5));
    (n * (mean / n).ln() + n - mean - (2.0 * PI * n).ln() / 2.0 - rest).exp()
}

/// What is no probability is none.
fn sane(p: f64) -> f64 {
    if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn wilson_of_known_counts_is_what_was_worked_out_apart() {
        // Worked out apart from this code, per thousand.
        for (k, n, low, high) in [
            (1, 1, 207, 1_000),
            (2, 3, 208, 939),
            (3, 10, 108, 603),
            (5, 50, 43, 214),
            (12, 400, 17, 52),
            (0, 20, 0, 161),
        ] {
            let (from, to) = wilson(k, n).expect("an interval");
            let thousandths = |share: f64| (share * 1_000.0).round() as u64;
            assert_eq!((thousandths(from), thousandths(to)), (low, high), "{k} of {n}");
        }
    }

    #[test]
    fn wilson_of_none_and_of_all_ends_at_the_edge() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(0, 7).map(|(low, _)| low), Some(0.0));
        assert_eq!(wilson(7, 7).map(|(_, high)| high), Some(1.0));
        assert_eq!(wilson(9, 7), wilson(7, 7));
        assert_eq!(Rate::new(0, 0), Rate::default());
    }

    #[test]
    fn chance_of_a_row_among_a_thousand_equal_people_is_what_was_worked_out_apart() {
        // Worked out apart from this code: 2 in a row of 6, of 12.
        for (p, of_thousand) in [(0.03, [4, 10]), (0.05, [12, 26]), (0.10, [46, 97])] {
            let all = [p; 12];
            let chances = [in_a_row(&all[..6], 2), in_a_row(&all, 2)];
            assert_eq!(chances.map(|chance| (chance * 1_000.0).round() as u64), of_thousand, "{p}");
        }
    }

    #[test]
    fn chance_of_a_row_is_that_of_all_outcomes() {
        assert!(is_near(in_a_row(&[0.1, 0.5, 0.9, 0.3], 2), 0.59));
        assert!(is_near(in_a_row(&[1.0, 0.0, 1.0], 2), 0.0));
        assert!(is_near(in_a_row(&[0.5], 0), 1.0));
        assert!(is_near(in_a_row(&[0.5], 2), 0.0));
        assert!(is_near(in_a_row(&[f64::NAN, 7.0, -1.0], 1), 1.0));
        assert!(is_near(in_a_row(&vec![0.5; MOST * 50], 1), 1.0));
    }

    #[test]
    fn above_by_chance_is_the_tail_of_the_binomial_distribution() {
        // Of 5 with a share of a tenth 2 are above: 1 − 0.9⁵ − 5 × 0.1 × 0.9⁴.
        let low = |k| wilson(k, 5).map_or(0.0, |(low, _)| low);
        assert!(low(2) > 0.1 && low(1) < 0.1);
        assert!(is_near(above_by_chance(0.1, 5), 0.081_46));
        assert!(
            (0.005..0.05).contains(&above_by_chance(0.3, 100_000)),
            "what an interval of 95 % leaves above"
        );
        for none in [0.0, 1.0, f64::NAN] {
            assert!(is_near(above_by_chance(none, 50), 0.0));
        }
    }

    #[test]
    fn median_of_two_is_the_lower_one() {
        assert_eq!(
            (median(&mut [7, 3]), median(&mut [9, 1, 5]), median::<i64>(&mut [])),
            (Some(3), Some(5), None)
        );
    }

    #[test]
    fn poisson_is_right_on_both_sides_of_small_and_large_means() {
        for (mean, k, wanted) in [
            (2.0, 3, 0.323_323_583_8),
            (0.5, 1, 0.393_469_340_3),
            (12.0, 20, 0.021_279_769_4),
            (12.0, 5, 0.992_399_609_3),
            (1_000.0, 1_100, 0.000_962_630_4),
            (1_000.0, 900, 0.999_377_402_2),
            (100_000.0, 100_500, 0.057_194_176_1),
            (800.0, 3, 1.0),
            (0.0, 1, 0.0),
            (f64::NAN, 1, 0.0),
            (3.0, 0, 1.0),
            (3.0, u64::MAX, 0.0),
        ] {
            assert!(is_near(poisson_at_least(mean, k), wanted), "{mean} {k}");
        }
    }
}
