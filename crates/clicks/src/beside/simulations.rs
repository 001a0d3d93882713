//! Phishing simulations: what people did with mail that was sent to test them.
//!
//! Owns the table of people and campaigns. It is never mixed into clicks: a click on a test is no incident.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Stamp;
use super::rows::Row;

/// How far somebody went, or what became of the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The mail is on its way, or nothing more is said.
    Targeted,
    /// It came.
    Delivered,
    /// It could not be delivered.
    Failed,
    /// It was opened.
    Opened,
    /// The link, the code or an attachment was opened.
    Clicked,
    /// Credentials or other data were given away.
    Submitted,
    /// It was reported.
    Reported,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// Name of the campaign; empty where the export does not say.
    pub campaign: String,
    /// Who, lower case.
    pub person: String,
    /// What.
    pub stage: Stage,
    /// When; none where the export only says that it happened.
    pub at: Option<Stamp>,
    /// The list calls them a guest of the tenant.
    pub is_guest: bool,
    /// Address it came from.
    pub ip: String,
    /// Device or browser, in a few words.
    pub device: String,
    /// How it was clicked, where that is said: `QRCode`, `PhishingURL`.
    pub how: String,
    /// Index of the file.
    pub file: u16,
    /// Of which kind the list of results is that it stands in; none where events are told one by one.
    pub list: Option<&'static str>,
}

impl Row for Simulated {
    fn file(&self) -> u16 {
        self.file
    }

    fn time(&mut self) -> Option<&mut Stamp> {
        self.at.as_mut()
    }
}

/// What one person did in one campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SimulatedPerson {
    /// Name of the campaign.
    pub campaign: String,
    /// Who.
    pub person: String,
    /// When each stage was first reached, in Unix milliseconds; 0 where the time is not said.
    pub stages: BTreeMap<String, i64>,
    /// Address of the first click.
    pub ip: String,
    /// Device of the first click.
    pub device: String,
    /// How it was clicked.
    pub how: String,
}

/// All simulations.
#[derive(Clone, Debug, Default)]
pub struct Simulations {
    /// What happened, in the order of the files.
    pub events: Vec<Simulated>,
}

impl Simulations {
    /// One entry a person and campaign, in that order. Who gave data away clicked, who clicked got the mail.
    pub fn people(&self) -> Vec<SimulatedPerson> {
        let mut people: BTreeMap<(&str, usize, &str), SimulatedPerson> = BTreeMap::new();
        // Two lists of results that name no campaign are of two. Events may be cut over several files, and are of the
        // campaign of the results where there is one list of them.
        let mut unnamed: Vec<(&str, u16)> = Vec::new();
        for event in self.events.iter().filter(|event| event.campaign.is_empty()) {
            let one = event.list.map(|list| (list, event.file));
            if let Some(one) = one.filter(|one| unnamed.last() != Some(one) && !unnamed.contains(one)) {
                unnamed.push(one);
            }
        }
        for event in &self.events {
            let nth = match event.list.map(|list| (list, event.file)) {
                _ if !event.campaign.is_empty() => 0,
                Some(list) => 1 + unnamed.iter().position(|one| *one == list).unwrap_or_default(),
                None => usize::from(unnamed.len() == 1),
            };
            let key = (event.campaign.as_str(), nth, event.person.as_str());
            let person = people.entry(key).or_insert_with(|| SimulatedPerson {
                campaign: event.campaign.clone(),
                person: event.person.clone(),
                ..SimulatedPerson::default()
            });
            let at = event.at.map_or(0, |at| at.ms);
            for stage in event.stage.implied() {
                let first = person.stages.entry(stage.name().to_owned()).or_insert(0);
                // A stage that is only implied has no time of its own.
                if *stage == event.stage && at != 0 && (*first == 0 || at < *first) {
                    *first = at;
                }
            }
            if event.stage == Stage::Clicked && person.ip.is_empty() && person.device.is_empty() {
                person.ip.clone_from(&event.ip);
                person.device.clone_from(&event.device);
                person.how.clone_from(&event.how);
            }
        }
        people.into_values().collect()
    }
}

impl Stage {
    /// The stage and those that it cannot be reached without.
    const fn implied(self) -> &'static [Stage] {
        match self {
            Stage::Targeted => &[Stage::Targeted],
            Stage::Delivered => &[Stage::Delivered],
            Stage::Failed => &[Stage::Failed],
            Stage::Opened => &[Stage::Opened, Stage::Delivered],
            Stage::Clicked => &[Stage::Clicked, Stage::Delivered],
            Stage::Submitted => &[Stage::Submitted, Stage::Clicked, Stage::Delivered],
            Stage::Reported => &[Stage::Reported, Stage::Delivered],
        }
    }

    /// The word of the API.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Targeted => "targeted",
            Stage::Delivered => "delivered",
            Stage::Failed => "failed",
            Stage::Opened => "opened",
            Stage::Clicked => "clicked",
            Stage::Submitted => "submitted",
            Stage::Reported => "reported",
        }
    }
}
