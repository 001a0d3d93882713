//! A small seeded generator: integers only, so that every machine makes the same bytes.

/// Weyl sequence with a finishing mix. Good enough to make up clicks; not for secrets.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: u64,
}

/// Odd, with its bits well spread: the golden ratio in 64 bits.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads a number over 64 bits: neighbours come out unrelated, the same number always the same.
pub(super) const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let x = (x ^ (x >> 29)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

impl Random {
    pub(super) const fn new(seed: u64) -> Random {
        Random { state: mix(seed ^ STEP) }
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A number below `n`, which must not be 0.
    pub(super) const fn below(&mut self, n: u64) -> u64 {
        ((self.next() as u128 * n as u128) >> 64) as u64
    }

    /// True so many times of a thousand.
    pub(super) const fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of several. The slice must not be empty.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A random GUID with the version and variant bits of one.
    pub(super) const fn guid(&mut self) -> u128 {
        guid(self.next(), self.next())
    }
}

/// The GUID of two numbers: the same thing has the same id wherever it is named.
pub(super) const fn guid(high: u64, low: u64) -> u128 {
    let bits = ((high as u128) << 64) | low as u128;
    bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62)
}

/// Draws indices by weight in constant time.
#[derive(Debug)]
pub(super) struct Weighted {
    /// Every index as often as its weight asks, so that a draw is one look.
    slots: Vec<u32>,
}

/// More slots than any list here has entries, so that none is left out by rounding.
const SLOTS: u64 = 1 << 16;

impl Weighted {
    /// Every index with a weight gets at least one slot.
    pub(super) fn new(weights: &[u64]) -> Weighted {
        let total = weights.iter().sum::<u64>().max(1);
        let mut slots = Vec::with_capacity(SLOTS as usize + weights.len());
        for (index, &weight) in (0u32..).zip(weights) {
            if weight > 0 {
                let share = (weight * SLOTS / total).max(1);
                slots.extend(std::iter::repeat_n(index, share as usize));
            }
        }
        if slots.is_empty() {
            slots.push(0);
        }
        Weighted { slots }
    }

    /// Weights 1/(k+1), 1/(k+2), …: a few are drawn often, most hardly ever. Larger `k` is flatter.
    pub(super) fn skewed(n: usize, k: u64) -> Weighted {
        let weights: Vec<u64> = (1..=n as u64).map(|i| 100_000_000 / (i + k)).collect();
        Weighted::new(&weights)
    }

    pub(super) fn draw(&self, random: &mut Random) -> usize {
        *random.pick(&self.slots) as usize
    }
}
