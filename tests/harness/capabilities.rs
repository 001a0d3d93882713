//! How each browser is asked to start.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::browser::{Browser, Launch};
use crate::driver::{mini_browser, on_path};

/// Nothing that a browser does on its own may look like something the page did.
const CHROMIUM_QUIET: [&str; 18] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-features=AutofillServerCommunication,InterestFeedContentSuggestions,MediaRouter,\
     NetworkTimeServiceQuerying,OptimizationHints,Translate",
    "--no-pings",
    // What it cannot be kept from asking on its own, it asks of a name that nobody else would.
    "--gaia-url=http://browser.invalid",
    "--component-updater=url-source=http://browser.invalid/update",
    "--force-color-profile=srgb",
];

/// Capabilities of a new session.
pub fn capabilities(launch: &Launch, profile: &Path, downloads: &Path) -> Map<String, Value> {
    let value = match launch.browser {
        Browser::Chromium => chromium(launch, profile, downloads),
        Browser::Firefox => firefox(downloads),
        Browser::WebKit => json!({
            "webkitgtk:browserOptions": {
                "binary": mini_browser().expect("MiniBrowser is installed"),
                "args": ["--automation"],
            },
        }),
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn chromium(launch: &Launch, profile: &Path, downloads: &Path) -> Value {
    let mut args: Vec<String> = CHROMIUM_QUIET.map(str::to_owned).to_vec();
    args.push(format!("--user-data-dir={}", profile.display()));
    args.push(format!("--window-size={},{}", launch.width, launch.height));
    args.push(format!("--force-device-scale-factor={}", launch.scale));
    if launch.dark {
        args.push("--force-dark-mode".to_owned());
    }
    if let Some(proxy) = launch.proxy {
        args.push(format!("--proxy-server={proxy}"));
        // Loopback is not exempt: also a request to this machine is a request.
        args.push("--proxy-bypass-list=<-loopback>".to_owned());
    }
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "goog:chromeOptions": {
            "args": args,
            "prefs": {
                "signin.allowed": false,
                "signin.allowed_on_next_startup": false,
                "session.restore_on_startup": 4,
                "session.startup_urls": ["about:blank"],
                "safebrowsing.enabled": false,
                "search.suggest_enabled": false,
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
            },
        },
    })
}

fn firefox(downloads: &Path) -> Value {
    let binary = on_path("firefox-esr").or_else(|| on_path("firefox"));
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": binary,
            "args": ["-headless"],
            "prefs": {
                "browser.download.dir": downloads,
                "browser.download.folderList": 2,
                "browser.download.useDownloadDir": true,
            },
        },
    })
}
