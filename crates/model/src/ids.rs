//! Ids: which entry of which dictionary. Each dictionary has its own type of them, so that the id of a user
//! cannot be looked up among the URLs.
//!
//! Owns the types and the columns of them. Columns give their raw numbers to the loops that work on any
//! field alike; nothing else should.

use std::marker::PhantomData;

/// The number that stands for "no value in this row".
pub const NONE: u32 = u32::MAX;

/// An id of some dictionary.
pub trait Id: Copy + Eq + Ord {
    /// The id of a number.
    fn from_raw(raw: u32) -> Self;
    /// Its number; [`NONE`] for no value.
    fn raw(self) -> u32;
    /// Whether it stands for no value.
    fn is_none(self) -> bool {
        self.raw() == NONE
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn from_raw(raw: u32) -> $name {
                $name(raw)
            }
            fn raw(self) -> u32 {
                self.0
            }
        }
    )+};
}

ids! {
    /// A person: an account of an export.
    UserId,
    /// A URL, exactly as exported.
    UrlId,
    /// The host of a URL.
    HostId,
    /// An address that clicks came from.
    IpId,
    /// An Entra tenant.
    TenantId,
    /// A subject.
    SubjectId,
    /// A sender.
    SenderId,
    /// A device.
    DeviceId,
    /// The export's own word for what happened.
    RawActionId,
    /// Groups of people.
    GroupId,
    /// Where links are clicked.
    SourceId,
    /// A single threat type.
    ThreatId,
    /// The threat types of a click together.
    ThreatSetId,
}

/// A column of ids; empty when no export has the field.
#[derive(Clone)]
pub struct IdColumn<I> {
    raw: Vec<u32>,
    of: PhantomData<I>,
}

impl<I> Default for IdColumn<I> {
    fn default() -> IdColumn<I> {
        IdColumn { raw: Vec::new(), of: PhantomData }
    }
}

impl<I: Id> IdColumn<I> {
    /// The id of a row; that of no value beyond the last.
    #[inline]
    pub fn at(&self, row: usize) -> I {
        I::from_raw(self.raw.get(row).copied().unwrap_or(NONE))
    }

    /// Whether no export has the field.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The numbers, for loops over any field.
    pub fn raw(&self) -> &[u32] {
        &self.raw
    }

    pub(super) fn raw_mut(&mut self) -> &mut Vec<u32> {
        &mut self.raw
    }
}
