//! Every call to the browser, one capability a file. Nothing else in the app names `web_sys`.

pub mod api;
pub mod canvas;
pub mod clipboard;
pub mod colors;
pub mod download;
pub mod engine;
pub mod files;
pub mod hash;
pub mod media;
pub mod page;
pub mod paper;
pub mod resize;
pub mod standard;
pub mod storage;
pub mod theme;
pub mod zone;
