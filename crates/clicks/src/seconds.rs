//! Which clicks have lost their seconds: what is at once, and what is a moment later, cannot be told of them.
//!
//! Owns how that is found out from the times alone. Must not know what is concluded from times.

use crate::model::{Dataset, MINUTE_MS};

/// So many in so many times of whole minutes are no chance, which is one in sixty. No source.
const COARSE_OF: u32 = 2;
const COARSE_IN: u32 = 10;

/// The files whose times have lost their seconds.
pub struct LostSeconds {
    of_file: Vec<bool>,
}

impl LostSeconds {
    /// For each file whether more of its times are of whole minutes than by chance. Exports may be joined in one file, so the
    /// others of its clicks keep their seconds.
    pub fn new(data: &Dataset) -> LostSeconds {
        let mut counts = vec![(0_u32, 0_u32); data.files.len()];
        for (row, time) in data.time.iter().enumerate() {
            if let Some((whole, all)) = counts.get_mut(data.origin.at(row).file() as usize) {
                *all += 1;
                *whole += u32::from(time % MINUTE_MS == 0);
            }
        }
        let is_coarse = |(whole, all): (u32, u32)| whole >= COARSE_OF * (all / COARSE_IN).max(1);
        LostSeconds { of_file: counts.into_iter().map(is_coarse).collect() }
    }

    /// Whether no click has.
    pub fn is_none(&self) -> bool {
        !self.of_file.contains(&true)
    }

    /// Whether a click has.
    pub fn of(&self, data: &Dataset, row: usize) -> bool {
        data.time[row] % MINUTE_MS == 0
            && self.of_file.get(data.origin.at(row).file() as usize) == Some(&true)
    }
}
