//! What stands beside the clicks: messages, simulations, people, sign-ins, policies; and how each meets them.
//!
//! Owns these tables while files are read, and the joins once all are. A join fills what clicks lack and says how
//! many it filled and why not the others; it never makes a click, nor takes one away. Must not know files or formats.

mod devices;
mod messages;
mod people;
mod policy;
mod sign_ins;
mod simulations;

pub use devices::{AROUND_MS, DeviceJoin};
pub use messages::{Delivery, Link, Message, MessageJoin, Messages, TEAMS, bare_id};
pub use people::{GroupBy, People, PeopleJoin, Person};
pub use policy::{Policies, Policy};
pub use sign_ins::{SignIn, SignIns};
pub use simulations::{Simulated, SimulatedPerson, Simulations, Stage};

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::Dataset;

/// What stands beside the clicks.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Messages, links in them, and what became of them.
    pub messages: Messages,
    /// What people did in simulations.
    pub simulations: Simulations,
    /// Who is who.
    pub people: People,
    /// Who signed in from where with what.
    pub sign_ins: SignIns,
    /// What Safe Links was told to do.
    pub policies: Policies,
    /// Fingerprints of the records that are in, with the file that gave each.
    known: HashMap<u64, u16>,
}

/// What came of the joins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Joins {
    /// Messages.
    pub messages: Option<MessageJoin>,
    /// Devices of sign-ins.
    pub devices: Option<DeviceJoin>,
    /// Groups of people.
    pub people: Option<PeopleJoin>,
}

/// More records than this are not kept: no export of them has as many, an attack on memory may.
const MOST: usize = 2_000_000;

impl Tables {
    /// Whether no more records are kept.
    pub fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// Whether a record of this fingerprint is there already.
    pub fn has(&self, fingerprint: u64) -> bool {
        self.known.contains_key(&fingerprint)
    }

    /// Takes note of the fingerprint of a record that is in now.
    pub fn remember(&mut self, fingerprint: u64, file: u16) {
        self.known.insert(fingerprint, file);
    }

    /// Day and month of a file were read in the wrong order: all its doubtful times change.
    pub fn turn(&mut self, file: u16) {
        self.messages.each_time(file, &mut Stamp::turn);
        self.simulations.each_time(file, &mut Stamp::turn);
        self.sign_ins.each_time(file, &mut Stamp::turn);
    }

    /// The times of a file are those of a clock on some wall: they become instants.
    pub fn shift(&mut self, file: u16, instant_of: &dyn Fn(i64) -> i64) {
        let shift = &mut |at: &mut Stamp| at.ms = instant_of(at.ms);
        self.messages.each_time(file, shift);
        self.simulations.each_time(file, shift);
        self.sign_ins.each_time(file, shift);
    }

    /// All times of a file.
    pub fn times(&mut self, file: u16) -> Vec<i64> {
        let mut times = Vec::new();
        let note = &mut |at: &mut Stamp| times.push(at.ms);
        self.messages.each_time(file, note);
        self.simulations.each_time(file, note);
        self.sign_ins.each_time(file, note);
        times
    }

    /// Takes back what a file gave: its load failed.
    pub fn forget(&mut self, file: u16) {
        self.messages.forget(file);
        self.simulations.forget(file);
        self.sign_ins.forget(file);
        self.people.forget(file);
        self.policies.forget(file);
        self.known.retain(|_, of| *of != file);
    }

    /// Fills in the clicks what they lack and the tables know.
    pub fn join(&self, data: &mut Dataset) -> Joins {
        Joins {
            messages: self.messages.join(data),
            devices: self.sign_ins.join(data),
            people: self.people.join(data),
        }
    }
}

/// A time as a file has it, until it is known in which order the file writes day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Unix milliseconds.
    pub ms: i64,
    /// Day and month could change places.
    pub either: bool,
}

impl Stamp {
    /// The other order, where there is one.
    pub fn turn(&mut self) {
        if self.either {
            self.ms = crate::model::turned(self.ms);
        }
    }
}
