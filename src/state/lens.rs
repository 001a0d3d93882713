//! Settings of the lens: part of the filter, and so of the address.

use clicks::lens::Config;
use clicks::model::Field;
use clicks::query::{Filter, Key, Whom};
use leptos::prelude::*;

use super::AppState;

impl AppState {
    /// The settings in force.
    pub fn lens(&self) -> Config {
        Config::read(self.filter.read().lens.as_deref().unwrap_or("")).0
    }

    /// Changes the settings.
    pub fn set_lens(&self, change: impl FnOnce(&mut Config)) {
        // A word that is none does not take the others with it.
        let mut config = Config::read(self.filter.read_untracked().lens.as_deref().unwrap_or("")).0;
        change(&mut config);
        self.refine(|f| f.set_single("lens", &config.to_string()));
    }

    /// Whether lists of people leave clicks out, because no person made them and nobody said whom to count.
    pub fn leaves_machines_out(&self) -> bool {
        self.dashboard.read().as_ref().is_some_and(|d| d.left_out.clicks > 0)
    }

    /// The filter that lists of people are counted under.
    pub fn filter_of_people(&self) -> Filter {
        let mut filter = self.filter.get();
        self.narrow_to_people(&mut filter);
        filter
    }

    /// Counts everybody, where a list of people is opened by a number that did.
    pub fn count_everybody(&self, filter: &mut Filter) {
        if self.leaves_machines_out() && !filter.has_key(Key::Is(Field::Automation)) {
            Whom::everybody(filter);
        }
    }

    /// Narrows a filter to people, where lists of people are: a door opens on what it says.
    pub fn narrow_to_people(&self, filter: &mut Filter) {
        if self.leaves_machines_out() && !filter.has_key(Key::Is(Field::Automation)) {
            Whom::People.set(filter);
        }
    }
}
