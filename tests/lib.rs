//! Drives the packed file in real browsers.
