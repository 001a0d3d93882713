//! Who is who: department, company, office and the like of the people who clicked.
//!
//! Owns what a directory says of people, and which of it is their group. People are told by UPN and by address, in any
//! case.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::rows::Row;
use crate::model::Dataset;
use crate::model::sorting::sorted;

/// What can be the group of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GroupBy {
    /// A column that is called so.
    Group,
    /// Department.
    Department,
    /// Company.
    Company,
    /// Office.
    Office,
    /// Job title.
    JobTitle,
    /// Manager.
    Manager,
    /// Guest, shared mailbox, room, service.
    AccountType,
}

impl GroupBy {
    /// All of them, the one that is taken first where a directory has several.
    pub const ALL: [GroupBy; 7] = [
        GroupBy::Group,
        GroupBy::Department,
        GroupBy::Company,
        GroupBy::Office,
        GroupBy::JobTitle,
        GroupBy::Manager,
        GroupBy::AccountType,
    ];
}

/// Whether a name is that of a guest: Entra writes `ana_fabrikam.example#EXT#@contoso.onmicrosoft.com`.
pub fn is_guest_name(name: &str) -> bool {
    name.to_ascii_lowercase().contains("#ext#")
}

/// What is known of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// UPN and addresses, lower case.
    pub names: Box<[String]>,
    /// Values by what they are, empty ones left out.
    pub values: Box<[(GroupBy, String)]>,
    /// Named a priority account by a tag.
    pub priority: bool,
    /// Index of the file.
    pub file: u16,
}

impl Row for Person {
    fn file(&self) -> u16 {
        self.file
    }
}

impl Person {
    /// The value of a kind, where there is one.
    fn value(&self, by: GroupBy) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == by).map(|(_, value)| value.as_str())
    }
}

/// All people that are known.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// In the order of the files.
    pub people: Vec<Person>,
}

/// How many of the people who clicked are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PeopleJoin {
    /// What their group is.
    pub by: Option<GroupBy>,
    /// People in the directory.
    pub people: u64,
    /// People who clicked and are in it.
    pub known: u64,
    /// People who clicked.
    pub clicked: u64,
    /// People who clicked and have a group.
    pub with_group: u64,
    /// People who clicked and have several values, of which the one named last is taken.
    pub in_several: u64,
    /// People who clicked and are priority accounts by a tag.
    pub priority: u64,
    /// Groups.
    pub groups: u64,
}

impl People {
    /// What is taken for the group: the first that anybody has.
    pub fn group_by(&self) -> Option<GroupBy> {
        GroupBy::ALL.into_iter().find(|by| self.people.iter().any(|p| p.value(*by).is_some()))
    }

    /// Gives everybody who clicked and is known a group. Somebody who is named twice has the value named last.
    pub(super) fn join(&self, data: &mut Dataset) -> Option<PeopleJoin> {
        if self.people.is_empty() {
            return None;
        }
        let by = self.group_by();
        // A directory may name a hundred times as many as clicked.
        let users: Vec<String> = data.users.iter().map(str::to_lowercase).collect();
        let mut of_name: HashMap<&str, Vec<&Person>> =
            users.iter().map(|user| (user.as_str(), Vec::new())).collect();
        for person in &self.people {
            for name in &person.names {
                if let Some(known) = of_name.get_mut(name.as_str()) {
                    known.push(person);
                }
            }
        }
        let mut join = PeopleJoin { by, people: self.people.len() as u64, ..PeopleJoin::default() };
        let mut groups: Vec<String> = Vec::with_capacity(data.users.len());
        for user in &users {
            let known = of_name.get(user.as_str()).filter(|known| !known.is_empty());
            join.clicked += 1;
            join.known += u64::from(known.is_some());
            join.priority += u64::from(known.is_some_and(|rows| rows.iter().any(|person| person.priority)));
            let value = |person: &&Person| person.value(by?).map(str::to_owned);
            let mut values: Vec<String> = known.into_iter().flatten().filter_map(value).collect();
            values = sorted(values, Ord::cmp);
            values.dedup();
            join.in_several += u64::from(values.len() > 1);
            groups.push(known.and_then(|rows| rows.iter().rev().find_map(value)).unwrap_or_default());
        }
        join.with_group = groups.iter().filter(|group| !group.is_empty()).count() as u64;
        data.set_groups(&groups);
        join.groups = data.groups.len() as u64;
        Some(join)
    }
}
