//! Putting numbers in order, by one routine for every question.
//!
//! The standard library's sort is compiled once for each comparison that is given to it, some 10 kB of program a
//! time, and the page is sent as a whole. Here the comparison is looked up while it runs.

use std::cmp::Ordering;

/// Sorts numbers. Equal ones may change places.
#[inline(never)]
pub fn sort_ids(ids: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    ids.sort_unstable_by(|a, b| compare(*a, *b));
}

/// Sorts the numbers from place `skip` on, as many as `limit`, as if all were sorted; gives these.
#[inline(never)]
pub fn sort_window<'a>(
    ids: &'a mut [u32],
    skip: usize,
    limit: usize,
    compare: &mut dyn FnMut(u32, u32) -> Ordering,
) -> &'a mut [u32] {
    let mut window = ids;
    // What stands before the window goes first, then what stands behind it.
    for (at, is_start) in [(skip, true), (limit, false)] {
        if at > 0 && at < window.len() {
            window.select_nth_unstable_by(at, |a, b| compare(*a, *b));
        }
        let (before, after) = window.split_at_mut(at.min(window.len()));
        window = if is_start { after } else { before };
    }
    sort_ids(window, compare);
    window
}

/// Sorts pairs of numbers.
#[inline(never)]
pub fn sort_pairs(pairs: &mut [(u32, u32)]) {
    let mut packed: Vec<u64> = pairs.iter().map(|(a, b)| u64::from(*a) << 32 | u64::from(*b)).collect();
    packed.sort_unstable();
    for (pair, packed) in pairs.iter_mut().zip(packed) {
        *pair = ((packed >> 32) as u32, packed as u32);
    }
}

/// The items in another order.
pub fn sorted<T>(items: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut places: Vec<u32> = (0..items.len() as u32).collect();
    sort_ids(&mut places, &mut |a, b| {
        let by_value = compare(&items[a as usize], &items[b as usize]);
        by_value.then(a.cmp(&b))
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items[place as usize].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_is_what_a_plain_sort_has_there() {
        let numbers: Vec<u32> = (0..500_u32).map(|n| n.wrapping_mul(2_654_435_761) % 997).collect();
        let mut all = numbers.clone();
        all.sort_unstable();
        for (skip, limit) in [(0, 0), (0, 10), (7, 100), (490, 50), (500, 1), (900, 5), (0, usize::MAX)] {
            let mut ids = numbers.clone();
            let window = sort_window(&mut ids, skip, limit, &mut |a, b| a.cmp(&b)).to_vec();
            let wanted: Vec<u32> = all.iter().copied().skip(skip).take(limit).collect();
            assert_eq!(window, wanted, "{skip} {limit}");
        }
    }

    #[test]
    fn pairs_are_ordered_by_the_first_then_the_second() {
        let mut pairs = [(2, 1), (1, u32::MAX), (2, 0), (0, 7), (1, 0)];
        sort_pairs(&mut pairs);
        assert_eq!(pairs, [(0, 7), (1, 0), (1, u32::MAX), (2, 0), (2, 1)]);
    }

    #[test]
    fn sorted_equal_items_keep_their_order() {
        let items = vec![("b", 1), ("a", 2), ("b", 0), ("a", 1)];
        assert_eq!(sorted(items, |x, y| x.0.cmp(y.0)), [("a", 2), ("a", 1), ("b", 1), ("b", 0)]);
    }
}
