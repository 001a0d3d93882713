//! Puts the rows in the order of time, leaving duplicates out.

use super::super::Dataset;
use super::super::wide::gather;

/// Sorts all columns by time; rows of the same instant keep the order of the files. Duplicates are left out.
pub fn by_time(d: &mut Dataset, duplicate: &[u32]) {
    let Some(rows) = order_of(&d.time, duplicate) else { return };
    gather(&mut d.time, &rows);
    gather(&mut d.kind, &rows);
    for column in [d.user.raw_mut(), d.url.raw_mut(), d.ip.raw_mut(), &mut d.line, &mut d.weight] {
        gather(column, &rows);
    }
    for column in [d.subject.raw_mut(), d.sender.raw_mut(), d.device.raw_mut(), d.tenant.raw_mut()] {
        gather(column, &rows);
    }
    d.message.gather(&rows);
    d.report.gather(&rows);
    d.origin.gather(&rows);
    d.sharing = moved(std::mem::take(&mut d.sharing), &rows);
    d.also_in = moved(std::mem::take(&mut d.also_in), &rows);
}

/// What is said of some rows, by their new places.
fn moved<T: Copy + Ord>(old: Vec<(u32, T)>, rows: &[u32]) -> Vec<(u32, T)> {
    if old.is_empty() {
        return old;
    }
    let mut new = Vec::with_capacity(old.len());
    for (place, row) in (0..).zip(rows) {
        let from = old.partition_point(|(at, _)| at < row);
        new.extend(old[from..].iter().take_while(|(at, _)| at == row).map(|(_, what)| (place, *what)));
    }
    new
}

/// The rows in order, or none when they are already.
fn order_of(time: &[i64], duplicate: &[u32]) -> Option<Vec<u32>> {
    let sorted = time.is_sorted();
    if sorted && duplicate.is_empty() {
        return None;
    }
    let mut gone = duplicate.iter().copied().peekable();
    let kept = (0..time.len() as u32).filter(move |row| gone.next_if_eq(row).is_none());
    Some(if sorted { kept.collect() } else { sort(time, kept) })
}

/// How many rows a bucket should get: enough to make buckets cheap, few enough to be sorted in the nearest
/// cache.
const BUCKET: usize = 256;

/// Puts rows into buckets of equal time, then sorts each bucket. Needs little more memory than the rows
/// themselves, which matters here: everything else is in memory too.
fn sort(time: &[i64], kept: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
    let oldest = time.iter().copied().min().unwrap_or(0);
    let newest = time.iter().copied().max().unwrap_or(0);
    let wanted = (time.len() / BUCKET).clamp(1, 1 << 18) as u64;
    let mut shift = 0;
    while ((newest - oldest) as u64 >> shift) >= wanted {
        shift += 1;
    }
    let bucket = |row: u32| ((time[row as usize] - oldest) as u64 >> shift) as usize;
    let mut ends = vec![0_u32; ((newest - oldest) as u64 >> shift) as usize + 1];
    for row in kept.clone() {
        ends[bucket(row)] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut rows = vec![0; sum as usize];
    for row in kept {
        let place = &mut ends[bucket(row)];
        rows[*place as usize] = row;
        *place += 1;
    }
    let mut near: Vec<(i64, u32)> = Vec::new();
    let mut start = 0;
    for end in ends {
        let rows = &mut rows[start as usize..end as usize];
        start = end;
        near.clear();
        near.extend(rows.iter().map(|row| (time[*row as usize], *row)));
        near.sort_unstable();
        for (row, (_, sorted)) in rows.iter_mut().zip(&near) {
            *row = *sorted;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_any_times_is_that_of_a_stable_sort() {
        let mut seed = 1_u64;
        for (rows, span) in [(5_000_usize, 900_u64), (3_000, 10), (2_000, 1 << 40), (257, 1)] {
            let time: Vec<i64> = (0..rows)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    ((seed >> 20) % span) as i64 - 7
                })
                .collect();
            let mut expected: Vec<u32> = (0..rows as u32).collect();
            expected.sort_by_key(|row| time[*row as usize]);
            if let Some(order) = order_of(&time, &[]) {
                assert_eq!(order, expected, "{rows} rows, span {span}");
            }
        }
    }

    #[test]
    fn order_sorted_rows_without_duplicates_stays() {
        assert_eq!(order_of(&[1, 2, 2, 3], &[]), None);
        assert_eq!(order_of(&[1, 2, 2, 3], &[2]), Some(vec![0, 1, 3]));
        assert_eq!(order_of(&[3, 1, 2, 1], &[]), Some(vec![1, 3, 2, 0]));
        assert_eq!(order_of(&[3, 1, 2, 1], &[1, 3]), Some(vec![2, 0]));
    }
}
