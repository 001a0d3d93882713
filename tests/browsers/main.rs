//! What must hold of the packed file, in real browsers.

mod agreement;
mod boot;
mod browsing;
mod engines;
mod excess;
mod failures;
mod giving;
mod hostile;
mod interface;
mod looks;
mod narrowing;
mod opening;
mod privacy;
mod reading;
mod recovery;
mod saving;
mod table;
mod union;
