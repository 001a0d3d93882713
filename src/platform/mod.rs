//! Every call to the browser, one capability a file. Nothing else in the app names `web_sys`.

pub mod engine;
