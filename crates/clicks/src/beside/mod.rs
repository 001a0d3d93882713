//! What stands beside the clicks: messages, simulations, people, sign-ins, policies, later verdicts; and how each meets them.
//!
//! Owns these tables while files are read, and the joins once all are. A join fills what clicks lack and says how
//! many it filled and why not the others; it never makes a click, nor takes one away. Must not know files or formats.

mod devices;
mod messages;
mod people;
mod policy;
mod rows;
mod sign_ins;
mod simulations;
mod verdicts;

pub use devices::{AROUND_MS, DeviceJoin};
pub use messages::{Delivery, Link, Message, MessageJoin, Messages, TEAMS, bare_id};
pub use people::{GroupBy, People, PeopleJoin, Person, is_guest_name};
pub use policy::{Policies, Policy};
pub use sign_ins::{SignIn, SignIns};
pub use simulations::{Simulated, SimulatedPerson, Simulations, Stage};
pub use verdicts::{FoundMalicious, VerdictJoin, Verdicts};

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use self::rows::Table;
use crate::model::Dataset;

/// What stands beside the clicks.
#[derive(Clone, Default)]
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
    /// What was found out about URLs.
    pub verdicts: Verdicts,
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
    /// URLs that were found malicious.
    pub verdicts: Option<VerdictJoin>,
}

/// More records than this are not kept: no export of them has as many, an attack on memory may.
const MOST: usize = 2_000_000;

/// Lists the tables, each once, for what is done with all of them.
macro_rules! tables {
    ($($($field:ident).+),+ $(,)?) => {
        impl Tables {
            /// All tables.
            fn all(&mut self) -> Vec<&mut dyn Table> {
                vec![$(&mut self.$($field).+),+]
            }

            /// How many rows there are.
            pub fn rows(&self) -> usize {
                // What is new here has to be listed below.
                let Tables { messages: _, simulations: _, people: _, sign_ins: _, policies: _, verdicts: _, known: _ } =
                    self;
                0 $(+ self.$($field).+.len())+
            }
        }

        impl std::fmt::Debug for Tables {
            /// All rows, and not what is only known of them: that has no order.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Tables")$(.field(stringify!($($field).+), &self.$($field).+))+.finish_non_exhaustive()
            }
        }
    };
}

tables![
    messages.messages,
    messages.later,
    messages.links,
    simulations.events,
    people.people,
    sign_ins.rows,
    policies.rows,
    verdicts.rows,
];

impl Tables {
    /// Whether no more records are kept. A record may give several rows: one a recipient, one a step.
    pub fn is_full(&self) -> bool {
        self.rows() >= MOST
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
        self.each_time(file, &mut Stamp::turn);
    }

    /// The times of a file are those of a clock on some wall: they become instants.
    pub fn shift(&mut self, file: u16, instant_of: &dyn Fn(i64) -> i64) {
        self.each_time(file, &mut |at| at.ms = instant_of(at.ms));
    }

    /// All times of a file.
    pub fn times(&mut self, file: u16) -> Vec<i64> {
        let mut times = Vec::new();
        self.each_time(file, &mut |at| times.push(at.ms));
        times
    }

    fn each_time(&mut self, file: u16, change: &mut dyn FnMut(&mut Stamp)) {
        self.all().into_iter().for_each(|table| table.each_time(file, change));
    }

    /// Takes back what a file gave: its load failed.
    pub fn forget(&mut self, file: u16) {
        self.all().into_iter().for_each(|table| table.forget(file));
        self.known.retain(|_, of| *of != file);
    }

    /// Fills in the clicks what they lack and the tables know.
    pub fn join(&self, data: &mut Dataset) -> Joins {
        Joins {
            messages: self.messages.join(data),
            devices: self.sign_ins.join(data),
            people: self.people.join(data),
            verdicts: self.verdicts.join(data),
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
