//! What a test does to the page's worker from outside: the page has no door for it, so the browser's own classes
//! are wrapped before the page starts.

use serde_json::json;

use crate::page::Page;

/// Keeps every worker in `workers`, each with whether it was ended, and lets no message through whose kind is in
/// `swallowed`.
const HOLD: &str = "globalThis.workers = [];
  globalThis.swallowed = [];
  globalThis.Worker = class extends Worker {
    ended = false;
    constructor(...rest) { super(...rest); globalThis.workers.push(this); }
    postMessage(message, ...rest) {
      if (!globalThis.swallowed.includes(message?.kind)) super.postMessage(message, ...rest);
    }
    terminate() { this.ended = true; super.terminate(); }
  };";

/// Lets twenty seconds go by in one, for whatever waits by the second.
const HURRY: &str = "{ const later = globalThis.setTimeout;
  globalThis.setTimeout = (call, ms, ...rest) => later(call, ms === 1000 ? 50 : ms, ...rest); }";

impl Page {
    /// Runs a script before each page that is opened from now on; Chromium only.
    pub async fn before_start(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
    }

    /// Takes hold of the workers of pages that are opened from now on.
    pub async fn hold_workers(&self) {
        self.before_start(HOLD).await;
    }

    /// Lets the seconds of pages that are opened from now on go by twenty times as fast.
    pub async fn hurry(&self) {
        self.before_start(HURRY).await;
    }

    /// Runs a script in workers that are started from now on, before anything else runs there.
    pub async fn before_worker(&self, script: &str) {
        let script = json!(script);
        self.before_start(&format!(
            "globalThis.Blob = class extends Blob {{
               constructor(parts, options) {{
                 super(options?.type === 'text/javascript' ? [{script}, '\\n', ...parts] : parts, options);
               }}
             }};"
        ))
        .await;
    }

    /// Messages of these kinds do not arrive at the worker any more.
    pub async fn swallow(&self, kinds: &[&str]) {
        self.js(&format!("globalThis.swallowed = {}", json!(kinds))).await;
    }

    /// The engine stops as it does when it panics or has no memory left.
    pub async fn crash_engine(&self) {
        self.js(
            "globalThis.workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'ended by a test' }))",
        )
        .await;
    }

    /// For each worker since the page started, whether it was ended.
    pub async fn workers_ended(&self) -> Vec<bool> {
        let ended = self.js("return globalThis.workers.map((worker) => worker.ended)").await;
        ended.as_array().into_iter().flatten().map(|ended| *ended == true).collect()
    }
}
