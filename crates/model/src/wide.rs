//! Columns of wide values, stored in parts: putting rows in order copies a column, and the copy of a part
//! is half as large.

use super::Origin;

/// Ids of 128 bits; 0 stands for none.
#[derive(Clone, Default)]
pub struct GuidColumn {
    high: Vec<u64>,
    low: Vec<u64>,
}

impl GuidColumn {
    /// The id of a row; 0 beyond the last.
    #[inline]
    pub fn at(&self, row: usize) -> u128 {
        let part = |column: &[u64]| u128::from(column.get(row).copied().unwrap_or(0));
        (part(&self.high) << 64) | part(&self.low)
    }

    #[inline]
    pub(super) fn push(&mut self, id: u128) {
        self.high.push((id >> 64) as u64);
        self.low.push(id as u64);
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        self.high.reserve(rows);
        self.low.reserve(rows);
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.high.truncate(rows);
        self.low.truncate(rows);
    }

    pub(super) fn gather(&mut self, rows: &[u32]) {
        gather(&mut self.high, rows);
        gather(&mut self.low, rows);
    }
}

/// Where rows came from. One file below 4 GiB, the usual case, needs four bytes a row.
#[derive(Clone, Default)]
pub struct OriginColumn {
    low: Vec<u32>,
    /// Empty as long as it would hold nothing but zeros.
    high: Vec<u32>,
}

impl OriginColumn {
    /// Where a row came from.
    #[inline]
    pub fn at(&self, row: usize) -> Origin {
        let part = |column: &[u32]| u64::from(column.get(row).copied().unwrap_or(0));
        Origin::from_bits((part(&self.high) << 32) | part(&self.low))
    }

    pub(super) fn extend(&mut self, origins: &[Origin]) {
        let before = self.low.len();
        self.low.extend(origins.iter().map(|o| o.bits() as u32));
        if !self.high.is_empty() || origins.iter().any(|o| o.bits() >> 32 != 0) {
            self.high.resize(before, 0);
            self.high.extend(origins.iter().map(|o| (o.bits() >> 32) as u32));
        }
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        self.low.reserve(rows);
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.low.truncate(rows);
        self.high.truncate(rows);
    }

    pub(super) fn gather(&mut self, rows: &[u32]) {
        gather(&mut self.low, rows);
        gather(&mut self.high, rows);
    }
}

/// Puts a column in the order of `rows`; a column that is not there stays so.
pub(super) fn gather<T: Copy>(column: &mut Vec<T>, rows: &[u32]) {
    if !column.is_empty() {
        *column = rows.iter().map(|row| column[*row as usize]).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_parts_give_back_what_was_put_in() {
        let ids = [0, 1, u128::MAX, 0xbf8a_3c47_00ff_4c53_fe55_08dc_022f_c6cc];
        let origins = [Origin::new(0, 7), Origin::new(0, 5 << 32), Origin::new(9, 1), Origin::new(0, 0)];
        let mut column = GuidColumn::default();
        ids.iter().for_each(|id| column.push(*id));
        let mut places = OriginColumn::default();
        origins.chunks(1).for_each(|one| places.extend(one));
        column.gather(&[3, 2, 1, 0]);
        places.gather(&[3, 2, 1, 0]);
        for row in 0..4 {
            assert_eq!(column.at(row), ids[3 - row]);
            assert_eq!(places.at(row), origins[3 - row]);
        }
    }
}
