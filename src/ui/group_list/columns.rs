//! What a list shows: the measures, what each is a part of, and what it counts.

use clicks::import::Gap;
use clicks::model::Field;
use clicks::query::{Dashboard, Key, LeftOut};

use crate::state::PageId;
use crate::ui::profile::counts_people;

/// A list.
pub struct GroupListDef {
    /// Its page.
    pub page: PageId,
    /// Heading, and name of its page.
    pub title: &'static str,
    /// What the groups are values of.
    pub field: Field,
    /// One of them, many of them.
    pub words: (&'static str, &'static str),
    /// The numbers, left to right.
    pub columns: &'static [Column],
    /// What it is sorted by until somebody chooses.
    pub first: &'static str,
    /// How many there are in the data; none where that is not counted.
    pub all: fn(&Dashboard) -> Option<u64>,
    /// Clicks without a value are no group of it.
    pub only_with_value: bool,
    /// How many there are in view; none where that is not counted.
    pub in_view: fn(&Dashboard) -> Option<u64>,
}

/// A number of each group.
pub struct Column {
    /// Name of the measure.
    pub measure: &'static str,
    /// Heading.
    pub label: &'static str,
    /// Heading, where the number is one.
    pub one: &'static str,
    /// What it means, in words.
    pub means: &'static str,
    /// What has to be known of it at a glance; stands where the whole in view would.
    pub note: &'static str,
    /// Class of a number that is not 0.
    pub tone: &'static str,
    /// The measure that it is a part of, and its heading in a file.
    pub of: Option<(&'static str, &'static str)>,
    /// What else the clicks have that it counts: its door opens these.
    pub counted: &'static [(Key, &'static str)],
    /// The page that its door opens on: what it counts is listed there.
    pub opens: PageId,
    /// Without any of these an export cannot tell.
    pub needs: &'static [Gap],
    /// The same number of all clicks in view; none where the overview does not count it.
    pub in_view: fn(&Dashboard) -> Option<u64>,
    /// What of that machines did, which a list of users leaves out.
    pub of_machines: fn(&LeftOut) -> u64,
}

impl GroupListDef {
    /// Whether there is a page about each of them.
    pub fn has_profile(&self) -> bool {
        matches!(self.field, Field::User | Field::Host | Field::Campaign)
    }

    /// Whether its numbers are those of people: machines are left out.
    pub fn counts_people(&self) -> bool {
        counts_people(self.field)
    }
}

impl Column {
    /// Whether some export cannot tell: then a number is a lower bound, and 0 says nothing.
    pub fn is_partial(&self, dashboard: &Dashboard) -> bool {
        self.needs.iter().any(|gap| dashboard.lacks(*gap))
    }
}

/// The measures that a list asks for, in the order of its answer.
pub fn measures(def: &'static GroupListDef) -> impl Iterator<Item = &'static str> {
    def.columns.iter().flat_map(|column| [Some(column.measure), column.of.map(|of| of.0)]).flatten()
}

/// Headings of a file of the list.
pub fn headings(def: &'static GroupListDef) -> Vec<&'static str> {
    let numbers =
        def.columns.iter().flat_map(|column| [Some(column.label), column.of.map(|of| of.1)]).flatten();
    std::iter::once(def.field.label()).chain(numbers).collect()
}
