//! What is filled in after all files were read, from what stands beside the clicks.
//!
//! Owns how a value that an export lacks comes into a column. Must not know where it is from.

use super::ids::{Id, IdColumn};
use super::texts::Dictionary;
use super::{Dataset, Field, NONE};

impl Dataset {
    /// Gives rows a subject, a sender, a device or a tenant that they do not have. Rows ascend; what they have stays.
    pub fn fill<'a>(&mut self, field: Field, values: impl Iterator<Item = (usize, &'a str)>) {
        let rows = self.len();
        let before = self.column(field).map_or(Vec::new(), |c| (0..rows).map(|row| c.ids.at(row)).collect());
        match field {
            Field::Subject => fill(&mut self.subject, &mut self.subjects, rows, values),
            Field::Sender => fill(&mut self.sender, &mut self.senders, rows, values),
            Field::Tenant => fill(&mut self.tenant, &mut self.tenants, rows, values),
            Field::Device => fill(&mut self.device, &mut self.devices, rows, values),
            _ => {}
        }
        // The files whose clicks got one have the field now.
        let Some(column) = self.column(field) else { return };
        let filled =
            |row: &usize| column.ids.at(*row) != NONE && before.get(*row).copied().unwrap_or(NONE) == NONE;
        let mut files: Vec<u16> = (0..rows).filter(filled).map(|row| self.origin.at(row).file()).collect();
        files.dedup();
        for file in files {
            if let Some(facts) = self.files.get_mut(file as usize) {
                facts.fields = facts.fields.with(field);
            }
        }
    }

    /// Gives each user a group, in the order of [`Dataset::users`]; an empty text is none.
    pub fn set_groups(&mut self, groups: &[String]) {
        let texts = self.groups.raw_mut();
        let ids = groups.iter().map(|group| texts.intern(group.as_bytes()));
        *self.group_of_user.raw_mut() = ids.collect();
        self.groups.raw_mut().freeze();
    }
}

fn fill<'a, I: Id>(
    column: &mut IdColumn<I>,
    dictionary: &mut Dictionary<I>,
    rows: usize,
    values: impl Iterator<Item = (usize, &'a str)>,
) {
    let texts = dictionary.raw_mut();
    texts.thaw();
    for (row, text) in values {
        if text.is_empty() {
            continue;
        }
        let column = column.raw_mut();
        if column.is_empty() {
            column.resize(rows, NONE);
        }
        if let Some(id) = column.get_mut(row).filter(|id| **id == NONE) {
            *id = texts.intern(text.as_bytes());
        }
    }
    texts.freeze();
}
