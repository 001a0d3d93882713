//! The page starts, and a worker made from its own text starts with the same program.

use harness::{Browser, Launch, Server, drive, file_url, packed};
use serde_json::Value;

/// What a worker made the way the app makes it says first; `wasm` off in the browser would end in `error`.
const START_A_WORKER: &str = "new Promise((done) => {
  const { module, workerSource } = globalThis.__clickglass;
  const worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' })));
  worker.onmessage = () => done('started');
  worker.onerror = (event) => done('error: ' + event.message);
  worker.postMessage({ module });
})";

fn boots_from(launch: &Launch, url: &str) {
    let url = url.to_owned();
    drive(launch, async move |page| {
        page.go(&url).await;
        page.until("the module to be compiled", async || {
            page.js("return !!globalThis.__clickglass").await == true
        })
        .await;
        assert_eq!(page.ask(START_A_WORKER).await, Value::from("started"));
    });
}

#[test]
fn packed_file_from_disk_boots_with_a_worker() {
    boots_from(&Launch::new(Browser::Chromium), &file_url(&packed()));
}

#[test]
fn packed_file_from_a_host_boots_with_a_worker() {
    let server = Server::start(&packed());
    boots_from(&Launch::new(Browser::Chromium), &server.url());
    assert_eq!(server.asked(), ["/clickglass.html"], "the page asks for nothing else");
}

#[test]
fn packed_file_in_firefox_boots_with_a_worker() {
    boots_from(&Launch::new(Browser::Firefox), &file_url(&packed()));
}

#[test]
fn packed_file_in_webkit_boots_with_a_worker() {
    boots_from(&Launch::new(Browser::WebKit), &file_url(&packed()));
}
