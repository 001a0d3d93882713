//! What somebody feels: from the press of a button or a key to the frame that shows its effect.

use harness::Page;
use serde_json::json;

/// Something done on the page.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// What it is called in the table.
    pub name: &'static str,
    /// Does it; `i` is the number of the try, so that each changes what is shown.
    act: &'static str,
    /// What changes first when it has taken effect.
    watch: &'static str,
    /// The longest it may take, in milliseconds.
    pub target: f64,
}

/// In the order of the table.
pub const ALL: [Deed; 4] = [
    Deed {
        name: "filter by a tile, to the frame",
        act: "document.querySelector(`[data-testid=tile-${i % 2 ? 'blocked' : 'malicious'}]`).click()",
        watch: "[data-testid=scope]",
        target: 50.0,
    },
    Deed {
        name: "filters cleared, to the frame",
        act: "document.querySelector('[data-testid=clear-all]').click()",
        watch: "[data-testid=scope]",
        target: 50.0,
    },
    Deed {
        name: "table sorted, to the frame",
        act: "document.querySelector('[data-testid=header-user]').click()",
        watch: "[data-testid=clicks-table] tbody",
        target: 50.0,
    },
    Deed {
        name: "search typed, to the frame",
        act: "const field = document.querySelector('[data-testid=search]'); field.value = ['example', 'login', 'com', 'test'][i % 4]; field.dispatchEvent(new Event('input', { bubbles: true }))",
        watch: "[data-testid=scope]",
        target: 110.0,
    },
];

const TRIES: usize = 11;

/// The median of some tries, in milliseconds, and the worst; none when it does not work on that page.
pub async fn measure(page: &Page, deed: Deed) -> Option<(f64, f64)> {
    let mut times = Vec::new();
    for i in 0..TRIES {
        if deed.act.contains("clear-all") {
            page.js("location.hash = 'verdict=malicious'").await;
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        }
        let expression = format!(
            "new Promise((done, fail) => {{
               const i = {i}, watched = document.querySelector({watch}), before = watched.textContent;
               setTimeout(() => fail(new Error('nothing changed')), 8000);
               const look = new MutationObserver(() => {{
                 if (watched.textContent === before) return;
                 look.disconnect();
                 requestAnimationFrame(() => {{
                   const painted = new MessageChannel();
                   painted.port1.onmessage = () => done(performance.now() - began);
                   painted.port2.postMessage(0);
                 }});
               }});
               look.observe(watched, {{ subtree: true, childList: true, characterData: true }});
               const began = performance.now();
               {act}
             }})",
            watch = json!(deed.watch),
            act = deed.act,
        );
        let answer = page.api(&expression).await;
        match answer["ok"].as_f64() {
            Some(ms) => times.push(ms),
            None => return None,
        }
        // What the press before set off is over.
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    }
    page.js("location.hash = ''").await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    times.sort_by(f64::total_cmp);
    Some((times[TRIES / 2], times[TRIES - 1]))
}
