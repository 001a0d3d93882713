//! What must hold of the packed file, in real browsers.

mod boot;
