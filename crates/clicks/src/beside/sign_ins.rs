//! Sign-ins: who came from which address with which device.
//!
//! Owns the table. The devices it gives to clicks are in `devices`.

use super::Stamp;
use super::rows::Row;

/// One sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// Who: UPN, lower case.
    pub person: String,
    /// When.
    pub at: Stamp,
    /// Addresses it came from, in their usual spelling: the one that was seen first, the one that the resource saw, that of the
    /// tunnel.
    pub ips: Vec<String>,
    /// Device type and operating system, in a few words.
    pub device: String,
    /// It went well. Failed ones tell nothing about a device: they may be an attacker's.
    pub succeeded: bool,
    /// Index of the file.
    pub file: u16,
}

impl Row for SignIn {
    fn file(&self) -> u16 {
        self.file
    }

    fn time(&mut self) -> Option<&mut Stamp> {
        Some(&mut self.at)
    }
}

/// All sign-ins.
#[derive(Clone, Debug, Default)]
pub struct SignIns {
    /// In the order of the files.
    pub rows: Vec<SignIn>,
}
