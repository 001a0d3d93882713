//! Settings of the lens: part of the filter, and so of the address.

use clicks::lens::Config;
use clicks::model::Field;
use clicks::query::{Filter, Key, Whom};
use leptos::prelude::*;

use super::AppState;

impl AppState {
    /// The settings in force.
    pub fn lens(&self) -> Config {
        config_of(&self.filter.read())
    }

    /// Changes the settings.
    pub fn set_lens(&self, change: impl FnOnce(&mut Config)) {
        let mut config = config_of(&self.filter.read_untracked());
        change(&mut config);
        self.refine(|f| f.set_single("lens", &config.to_string()));
    }

    /// Whether lists of people under a filter leave clicks out, because no person made them and nobody said whom to count.
    fn leaves_machines_out(&self, filter: &Filter) -> bool {
        !filter.has_key(Key::Is(Field::Automation))
            && self.dashboard.read().as_ref().is_some_and(|d| d.left_out.clicks > 0)
    }

    /// The filter that lists of people are counted under.
    pub fn filter_of_people(&self) -> Filter {
        let mut filter = self.filter.get();
        self.narrow_to_people(&mut filter);
        filter
    }

    /// Counts everybody, where a list of people is opened by a number that did.
    pub fn count_everybody(&self, filter: &mut Filter) {
        if self.leaves_machines_out(filter) {
            Whom::everybody(filter);
        }
    }

    /// Narrows a filter to people, where lists of people are: a door opens on what it says.
    pub fn narrow_to_people(&self, filter: &mut Filter) {
        if self.leaves_machines_out(filter) {
            Whom::People.set(filter);
        }
    }
}

/// The settings that a filter holds. A word that is none does not take the others with it.
fn config_of(filter: &Filter) -> Config {
    Config::read(filter.lens.as_deref().unwrap_or("")).0
}
