//! The browser's own reading of URLs, lent to the core: it has the tables of Unicode that names in other scripts need.

use clicks::model::standard::{Opened, lend};

/// Lends it. The page and the worker each do so before anything else.
pub fn lend_browser() {
    lend(|url| {
        let url = web_sys::Url::new(url).ok()?;
        let host = url.hostname();
        // Chromium escapes what the standard allows in no host, and takes it.
        (!host.contains('%')).then(|| Opened {
            scheme: url.protocol().trim_end_matches(':').to_owned(),
            host,
            path: url.pathname() + &url.search(),
        })
    });
}
