//! Drives the packed file in real browsers.
//!
//! Owns starting and stopping browsers, serving the file, recording what goes over the network, and finding
//! things on the page by their `data-testid`. Must not know what a number on the page should be: that is for
//! the tests.

mod browser;
mod capabilities;
mod driver;
mod files;
mod page;
mod process;
mod recorder;
mod server;
mod workers;

pub use browser::{Browser, Launch, drive};
pub use files::{MadeExport, corpus, file_url, packed, sample, scratch, workspace};
pub use page::Page;
pub use process::Process;
pub use recorder::Recorder;
pub use server::Server;
