//! The rows of each URL.
//!
//! Owns one list, made when somebody first asks for the rows of a few URLs: rankings do, under every filter, and would
//! look at every row to find them. Must not know what is counted.

use super::NONE;

/// The rows of each id of a column, ascending: four bytes a row and four an id.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    /// For each id where its rows end; they begin where those of the id before end.
    ends: Vec<u32>,
    rows: Vec<u32>,
}

impl Postings {
    /// Of a column whose ids are below `ids`, but for those of no value.
    pub(super) fn new(column: &[u32], ids: usize) -> Postings {
        let mut ends = vec![0_u32; ids];
        for id in column.iter().filter(|id| **id != NONE) {
            ends[*id as usize] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            // Where its rows begin; each row moves it on by one, until it is where they end.
            before += std::mem::replace(end, before);
        }
        let mut rows = vec![0_u32; before as usize];
        for (row, id) in (0..).zip(column).filter(|(_, id)| **id != NONE) {
            let place = &mut ends[*id as usize];
            rows[*place as usize] = row;
            *place += 1;
        }
        Postings { ends, rows }
    }

    /// The rows of an id, ascending.
    pub fn of(&self, id: usize) -> &[u32] {
        let Some(end) = self.ends.get(id) else { return &[] };
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.rows.get(start as usize..*end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_of_every_id_are_its_rows_in_order() {
        let column = [2, 0, NONE, 2, 1, 2];
        let postings = Postings::new(&column, 4);
        let of: Vec<&[u32]> = (0..5).map(|id| postings.of(id)).collect();
        assert_eq!(of, [&[1][..], &[4], &[0, 3, 5], &[], &[]]);
    }
}
