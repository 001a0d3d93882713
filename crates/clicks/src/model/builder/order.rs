//! Puts the rows in the order of time, leaving duplicates out.

use super::super::Dataset;

/// Sorts all columns by time; rows of the same instant keep the order of the files. Duplicates are left out.
pub fn by_time(d: &mut Dataset, duplicate: &[u32]) {
    let Some(rows) = order_of(&d.time, duplicate) else { return };
    gather(&mut d.time, &rows);
    gather(&mut d.kind, &rows);
    for column in [&mut d.user, &mut d.url, &mut d.ip, &mut d.line, &mut d.attempt] {
        gather(column, &rows);
    }
    for column in [&mut d.subject, &mut d.sender, &mut d.device, &mut d.tenant] {
        gather(column, &rows);
    }
    gather(&mut d.message, &rows);
    gather(&mut d.report, &rows);
    gather(&mut d.origin, &rows);
}

fn gather<T: Copy>(column: &mut Vec<T>, rows: &[u32]) {
    if !column.is_empty() {
        *column = rows.iter().map(|row| column[*row as usize]).collect();
    }
}

/// The rows in order, or none when they are already.
fn order_of(time: &[i64], duplicate: &[u32]) -> Option<Vec<u32>> {
    let mut rows: Vec<u32> = (0..time.len() as u32).collect();
    if !duplicate.is_empty() {
        let mut gone = duplicate.iter().copied().peekable();
        rows.retain(|row| gone.next_if_eq(row).is_none());
    }
    if time.is_sorted() {
        return (!duplicate.is_empty()).then_some(rows);
    }
    let oldest = time.iter().copied().min().unwrap_or(0);
    let newest = time.iter().copied().max().unwrap_or(0);
    let row_bits = u64::BITS - (time.len() as u64).leading_zeros();
    let time_bits = u64::BITS - ((newest - oldest) as u64).leading_zeros();
    if row_bits + time_bits > u64::BITS {
        rows.sort_by_key(|row| time[*row as usize]);
        return Some(rows);
    }
    let mut keys: Vec<u64> = rows
        .iter()
        .map(|row| (((time[*row as usize] - oldest) as u64) << row_bits) | u64::from(*row))
        .collect();
    drop(rows);
    radix_sort(&mut keys, row_bits, time_bits);
    Some(keys.into_iter().map(|key| (key & ((1 << row_bits) - 1)) as u32).collect())
}

/// Sorts by `bits` bits from bit `low` on, keeping the order of equals: least significant digit first,
/// eleven bits a pass, so that the counters of a pass stay in the first cache.
fn radix_sort(keys: &mut Vec<u64>, low: u32, bits: u32) {
    const DIGIT: u32 = 11;
    let mut other = vec![0_u64; keys.len()];
    let mut shift = low;
    while shift < low + bits {
        let digit = |key: u64| ((key >> shift) as usize) & ((1 << DIGIT) - 1);
        let mut starts = [0_u32; 1 << DIGIT];
        for key in keys.iter() {
            starts[digit(*key)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for key in keys.iter() {
            let place = &mut starts[digit(*key)];
            other[*place as usize] = *key;
            *place += 1;
        }
        std::mem::swap(keys, &mut other);
        shift += DIGIT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radix_sort_any_numbers_orders_them_and_keeps_equals() {
        let mut seed = 1_u64;
        let mut keys: Vec<u64> = (0..5_000_u64)
            .map(|row| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (((seed >> 40) % 900) << 13) | row
            })
            .collect();
        let mut expected = keys.clone();
        expected.sort_unstable();
        radix_sort(&mut keys, 13, 10);
        assert_eq!(keys, expected);
    }

    #[test]
    fn order_sorted_rows_without_duplicates_stays() {
        assert_eq!(order_of(&[1, 2, 2, 3], &[]), None);
        assert_eq!(order_of(&[1, 2, 2, 3], &[2]), Some(vec![0, 1, 3]));
        assert_eq!(order_of(&[3, 1, 2, 1], &[]), Some(vec![1, 3, 2, 0]));
    }
}
