//! Whom a filter counts: everybody, people, or machines.

use super::{Filter, Key};
use crate::lens::Class;
use crate::model::Field;

/// One of the three views of who clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All clicks.
    All,
    /// Those of people, as far as can be told.
    People,
    /// Those of machines.
    Machines,
}

const KEY: Key = Key::Is(Field::Automation);

impl Whom {
    /// All of them, in the order shown.
    pub const ALL: [Whom; 3] = [Whom::All, Whom::People, Whom::Machines];

    fn classes(self) -> Vec<Class> {
        let is_in = |class: &Class| match self {
            Whom::All => false,
            Whom::People => class.is_person(),
            Whom::Machines => !class.is_person(),
        };
        Class::ALL.into_iter().filter(is_in).collect()
    }

    /// Narrows a filter to them.
    pub fn set(self, filter: &mut Filter) {
        filter.remove_key(KEY);
        self.classes().into_iter().for_each(|class| filter.add(KEY, class.token(), false));
    }

    /// Everybody, and said so: lists of people leave nobody out.
    pub fn everybody(filter: &mut Filter) {
        filter.remove_key(KEY);
        Class::ALL.into_iter().for_each(|class| filter.add(KEY, class.token(), false));
    }

    /// Whom a filter counts; none where it is another choice of classes.
    pub fn of(filter: &Filter) -> Option<Whom> {
        if Class::ALL.iter().all(|class| filter.includes(KEY, class.token())) {
            return Some(Whom::All);
        }
        Whom::ALL.into_iter().find(|whom| {
            let classes = whom.classes();
            filter.terms(KEY).count() == classes.len()
                && classes.iter().all(|class| filter.includes(KEY, class.token()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_is_read_from_the_filter_that_it_makes() {
        for whom in Whom::ALL {
            let mut filter = Filter::parse("verdict=malicious&automation=!human");
            assert_eq!(Whom::of(&filter), None);
            whom.set(&mut filter);
            assert_eq!(Whom::of(&filter), Some(whom), "{filter}");
        }
        let mut filter = Filter::default();
        Whom::People.set(&mut filter);
        assert_eq!(filter.to_string(), "automation=human,review");
        Whom::everybody(&mut filter);
        assert_eq!(Whom::of(&filter), Some(Whom::All), "{filter}");
    }
}
