//! Reads exports of URL clicks, counts them fast, and says what they mean.
//!
//! The way of the data: [`import`] → [`model`] → [`lens`] and [`hindsight`] → [`query`] → [`export`]. A [`session`] opens files and asks the
//! [`engine`], which holds the data and answers every question of [`ask`]. Pure: no browser, no clock, no
//! randomness, no I/O.
//! Bytes come in as slices, time and zone as parameters, so that the same input gives the same answer in a
//! worker, on the command line and in a test.
#![warn(missing_docs)]

pub mod api;
pub mod ask;
pub mod beside;
pub mod engine;
pub mod export;
mod failure;
pub mod hindsight;
pub mod import;
pub mod lens;
pub use link;
pub use model;
pub mod query;
pub mod sample;
mod seconds;
pub mod session;

pub use failure::{Failure, FailureKind, UnknownTable};
