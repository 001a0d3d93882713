//! One browser for one test: started fresh, driven, and always stopped.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;

use crate::capabilities::capabilities;
use crate::driver::{Driver, missing};
use crate::files::{scratch, workspace};
use crate::page::Page;

/// The browsers that the page is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser: Safari's engine.
    WebKit,
}

/// How a browser starts.
#[derive(Clone, Debug)]
pub struct Launch {
    /// Which one.
    pub browser: Browser,
    /// Window width in CSS pixels.
    pub width: u32,
    /// Window height in CSS pixels.
    pub height: u32,
    /// Device pixels a CSS pixel; Chromium only.
    pub scale: u32,
    /// Prefer dark colours; Chromium only.
    pub dark: bool,
    /// Send everything through this proxy; Chromium only.
    pub proxy: Option<SocketAddr>,
}

impl Launch {
    /// A desktop window in light colours.
    pub fn new(browser: Browser) -> Launch {
        Launch { browser, width: 1440, height: 1000, scale: 1, dark: false, proxy: None }
    }
}

/// Starts a browser, takes the steps, and stops the browser, also when a step fails; then the failure goes on,
/// with a picture of the page as it was.
///
/// Fails with what to install when the browser or its driver is not there. WebKitGTK exists on Linux alone:
/// elsewhere its tests say so and do nothing.
pub fn drive<Steps, Done>(launch: &Launch, steps: Steps)
where
    Steps: FnOnce(Page) -> Done,
    Done: Future<Output = ()> + 'static,
{
    let missing = missing(launch.browser);
    if !missing.is_empty() {
        if launch.browser == Browser::WebKit && !cfg!(target_os = "linux") {
            println!("skipped: WebKitGTK exists on Linux alone");
            return;
        }
        panic!("{:?} cannot be tested: {}", launch.browser, missing.join("; "));
    }
    let profile = scratch("profile");
    let downloads = scratch("downloads");
    let driver = Driver::start(launch.browser, &profile);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let tasks = tokio::task::LocalSet::new();
    let outcome = tasks.block_on(&runtime, async {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(launch, &profile, &downloads))
            .connect(&driver.url)
            .await
            .unwrap_or_else(|error| panic!("{:?} did not start: {error}", launch.browser));
        let page = Page::new(client.clone(), downloads.clone(), driver.process.id());
        let outcome = tokio::task::spawn_local(steps(page.clone())).await;
        if outcome.is_err() {
            page.keep_picture(&failure_picture()).await;
        }
        // The session may be gone with the browser; the driver is ended below in any case.
        drop(client.close().await);
        outcome
    });
    drop(driver);
    for folder in [&profile, &downloads] {
        drop(std::fs::remove_dir_all(folder));
    }
    if let Err(failure) = outcome {
        match failure.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(failure) => panic!("the steps were cancelled: {failure}"),
        }
    }
}

fn failure_picture() -> PathBuf {
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    workspace().join("target").join("failed").join(format!("{test}.png"))
}
