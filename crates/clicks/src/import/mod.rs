//! From the bytes of files to rows: any split of the bytes gives the same rows.
//!
//! the crate `packed` unpacks them, `bytes` turns them into text, `container/` into records, `names` and `format/` say what the cells are,
//! `beside/` what records are that are no clicks and say something about them, `admit` is the one door by which a record becomes a click, `loader` holds it together, `describe` and
//! `nothing` say what happened, as the facts of `report`. Fails only when nothing can be read; a bad row is counted with its line. Must not know questions
//! or answers.

mod admit;
mod again;
mod agent;
mod beside;
mod bytes;
mod container;
mod content;
mod context;
mod counted;
mod dates;
mod describe;
mod format;
mod inside;
mod loader;
mod log;
mod missing;
mod names;
mod nothing;
mod open_file;
mod read_as;
mod reading;
mod report;
mod source;
mod unknown;
mod when;

pub use format::{FORMATS, Format};
pub use loader::{Loaded, Loader};
pub use log::{Left, MOST_LEFT, Why};
pub use read_as::{Mapping, Meant, NAMEABLE, NEEDED, ReadAs, TenantOf};
pub use reading::{WallClocks, nth_of_name};
pub use report::{
    Beside, FileReport, Gap, Level, Note, Opened, Progress, Reason, UnknownAction, Without, gravest_first,
};
pub use source::{Again, RawRecord, Source};
pub use unknown::{doubt, is_numbered};
