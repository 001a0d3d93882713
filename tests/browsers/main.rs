//! What must hold of the packed file, in real browsers.

mod boot;
mod browsing;
mod engines;
mod failures;
mod opening;
mod privacy;
mod saving;
mod union;
