//! How much memory the page holds.

use std::time::Duration;

use harness::Page;
use serde_json::json;

/// What a renderer holds, in megabytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// All that is in memory, the browser's own program among it.
    pub resident: f64,
    /// What no other process shares: heaps and the memory of the engine.
    pub private: f64,
}

/// What the renderer holds after a collection of garbage; none where the system does not say.
pub async fn of_renderer(page: &Page) -> Option<Memory> {
    page.cdp("HeapProfiler.collectGarbage", json!({})).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    // Page and worker live in one renderer: the largest of this browser.
    processes()
        .into_iter()
        .filter(|&process| is_renderer(process) && descends_from(process, page.driver_process()))
        .filter_map(|process| {
            Some(Memory { resident: megabytes(process, "VmRSS:")?, private: megabytes(process, "RssAnon:")? })
        })
        .max_by(|a, b| a.resident.total_cmp(&b.resident))
}

fn processes() -> Vec<u32> {
    std::fs::read_dir("/proc")
        .map(|entries| {
            entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
        })
        .unwrap_or_default()
}

fn is_renderer(process: u32) -> bool {
    std::fs::read(format!("/proc/{process}/cmdline"))
        .is_ok_and(|line| String::from_utf8_lossy(&line).contains("--type=renderer"))
}

fn descends_from(mut process: u32, ancestor: u32) -> bool {
    while process > 1 {
        if process == ancestor {
            return true;
        }
        match status(process, "PPid:").and_then(|parent| parent.parse().ok()) {
            Some(parent) => process = parent,
            None => return false,
        }
    }
    false
}

fn megabytes(process: u32, key: &str) -> Option<f64> {
    let shown = status(process, key)?;
    let kilobytes: f64 = shown.strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

fn status(process: u32, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    text.lines().find_map(|line| line.strip_prefix(key)).map(|value| value.trim().to_owned())
}
