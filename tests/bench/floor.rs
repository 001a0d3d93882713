//! The floor: what any page in this browser needs, just to have the bytes of a file in a worker.

use harness::{Page, file_url, scratch};

use crate::exports::Export;

const PROBE: &str = r#"<!doctype html><meta charset="utf-8"><title>floor</title>
<input type="file" data-testid="file-input">
<script>
const source = `onmessage = async ({ data: file }) => {
  const reader = file.stream().getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(1 << 20);
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done) break;
    bytes += value.byteLength;
    buffer = value.buffer;
  }
  postMessage(bytes);
};`;
globalThis.floor = new Promise((resolve) => {
  document.querySelector("input").onchange = ({ target }) => {
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    const started = performance.now();
    worker.onmessage = ({ data }) => resolve({ ms: performance.now() - started, bytes: data });
    worker.postMessage(target.files[0]);
  };
});
</script>
"#;

/// Milliseconds from handing the file to a worker until it has had all bytes.
pub async fn measure(page: &Page, export: &Export) -> f64 {
    let probe = scratch("floor").join("floor.html");
    std::fs::write(&probe, PROBE).expect("a scratch file");
    page.go(&file_url(&probe)).await;
    page.choose_file(&export.path).await;
    let figure = page.ask("globalThis.floor").await;
    assert_eq!(figure["bytes"].as_u64(), Some(export.bytes), "the probe reads it all");
    figure["ms"].as_f64().unwrap_or(f64::NAN)
}
