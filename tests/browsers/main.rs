//! What must hold of the packed file, in real browsers.

mod accessible;
mod agreement;
mod boot;
mod browsing;
mod engines;
mod excess;
mod failures;
mod giving;
mod hostile;
mod interface;
mod lens;
mod lists;
mod looks;
mod narrowing;
mod opening;
mod printing;
mod privacy;
mod reading;
mod recovery;
mod saving;
mod shell;
mod simulations;
mod stitching;
mod table;
mod triage;
mod union;
