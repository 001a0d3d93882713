//! What is asked of the page, and how long the answer takes.

use std::path::PathBuf;
use std::time::Duration;

use harness::Page;
use serde_json::{Value, json};

use crate::exports::Export;

/// A question through the JavaScript interface.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What it is called in the table.
    pub name: &'static str,
    /// The expression that asks; `i` is the number of the try, so that no answer can be a remembered one.
    pub expression: &'static str,
    /// What the engine may take, in milliseconds.
    pub target: Option<f64>,
}

/// In the order of the table.
pub const ALL: [Question; 10] = [
    Question {
        name: "date + action count",
        expression: "clickglass.query({filter: `from=2026-09-0${1 + i % 9}&action=blocked`, groupBy: []})",
        target: None,
    },
    Question {
        name: "clicks per day × action",
        expression: "clickglass.query({groupBy: ['day', 'action'], filter: `from=2020-01-0${1 + i % 9}`})",
        target: Some(3.0),
    },
    Question {
        name: "top ten users by blocked clicks",
        expression: "clickglass.query({groupBy: ['user'], measures: ['blocked'], orderBy: ['-blocked'], limit: 10, filter: `from=2020-01-0${1 + i % 9}`})",
        target: None,
    },
    Question {
        name: "heatmap (weekday × hour)",
        expression: "clickglass.query({groupBy: ['weekday', 'hour'], filter: `from=2020-01-0${1 + i % 9}`})",
        target: None,
    },
    Question {
        name: "URL substring search",
        expression: "clickglass.query({filter: `url=${['login', 'share', 'verify', 'account', 'invoice'][i % 5]}`, groupBy: []})",
        target: Some(20.0),
    },
    Question {
        name: "first page by user, then time",
        expression: "clickglass.rows({orderBy: ['user', 'time'], limit: 100, filter: `from=2020-01-0${1 + i % 9}`})",
        target: Some(10.0),
    },
    Question {
        name: "dashboard refresh",
        expression: "clickglass.dashboard(`range=90d&action=${['blocked', 'allowed', 'useroverride'][i % 3]}`)",
        target: Some(10.0),
    },
    Question {
        name: "first read",
        expression: "clickglass.firstRead(`range=90d&action=${['blocked', 'allowed', 'useroverride'][i % 3]}`)",
        target: None,
    },
    Question {
        name: "when, with days that stand out",
        expression: "clickglass.when(`range=90d&action=${['blocked', 'allowed', 'useroverride'][i % 3]}`)",
        target: None,
    },
    Question {
        name: "warnings, by time, source, group, person",
        expression: "clickglass.warnings(`range=${[90, 60, 30][i % 3]}d`)",
        target: None,
    },
];

/// How a load went.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// From choosing the file until it can be queried, in seconds.
    pub seconds: f64,
    /// The longest task on the page meanwhile, in milliseconds; 0 when none took 50.
    pub longest_task: f64,
    /// Milliseconds from navigation until the page was ready for a file.
    pub ready: f64,
    /// Clicks that can be queried.
    pub clicks: u64,
    /// From then until who clicked is known and every insight of the whole has answered, in seconds.
    pub insights: f64,
}

/// Opens the page anew and gives it the file.
pub async fn load(page: &Page, html: &str, export: &Export) -> Loaded {
    load_files(page, html, std::slice::from_ref(&export.path)).await
}

/// The same with several files at once.
pub async fn load_files(page: &Page, html: &str, paths: &[PathBuf]) -> Loaded {
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": NOTE_READY})).await;
    page.open(html).await;
    let ready = page.js("return globalThis.clickglassReadyAt ?? null").await;
    page.js(WATCH).await;
    // Nobody finds a file faster than this; the engine uses the time to get warm.
    tokio::time::sleep(Duration::from_secs(1)).await;
    page.choose_files(paths).await;
    let figure = page.ask("globalThis.bench.loaded").await;
    Loaded {
        seconds: figure["ms"].as_f64().unwrap_or(f64::NAN) / 1000.0,
        longest_task: figure["longest"].as_f64().unwrap_or(f64::NAN),
        ready: ready.as_f64().unwrap_or(f64::NAN),
        clicks: figure["clicks"].as_u64().unwrap_or(0),
        insights: figure["insights"].as_f64().unwrap_or(f64::NAN) / 1000.0,
    }
}

/// Notes when the page could have taken a file, whoever asks for it later.
const NOTE_READY: &str = "
const look = async () => {
  if (!globalThis.clickglass) return setTimeout(look, 1);
  await globalThis.clickglass.ready;
  globalThis.clickglassReadyAt = performance.now();
};
look();
";

/// Starts the clock when the page gets the file, and stops it when the report answers.
const WATCH: &str = r#"
const bench = globalThis.bench = { longest: 0 };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) bench.longest = Math.max(bench.longest, task.duration);
}).observe({ type: "longtask" });
const input = document.querySelector("[data-testid='file-input']");
bench.loaded = new Promise((resolve, reject) => {
  input.addEventListener("change", () => {
    const started = performance.now();
    const look = async () => {
      const failed = document.querySelector("[data-testid='error-message']");
      if (failed) return reject(new Error(failed.textContent));
      if (!document.querySelector("[data-testid='report']")) return setTimeout(look, 5);
      const ms = performance.now() - started;
      const [{ rows }] = await clickglass.query([{ groupBy: [], measures: ["clicks"] }]);
      const began = performance.now();
      const day = "2026-09-15";
      await Promise.all([
        clickglass.firstRead(), clickglass.worklist(), clickglass.offenders(), clickglass.when(), clickglass.warnings(),
        clickglass.simulations(), clickglass.signs(), clickglass.compare({ before: `to=${day}`, after: `from=${day}` }),
        clickglass.query({ groupBy: ["campaign"], measures: ["people", "reachedBad"], orderBy: ["-people"], limit: 100 }),
      ]);
      const insights = performance.now() - began;
      setTimeout(() => resolve({ ms, longest: bench.longest, clicks: rows[0][0], insights }), 200);
    };
    look();
  }, { capture: true });
});
"#;

/// Milliseconds of one question: in the page, and in the engine where it says so.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// From asking on the page until the answer is there.
    pub page: f64,
    /// Inside the engine.
    pub engine: Option<f64>,
}

/// The median of several tries, or none when the question is refused.
pub async fn ask(page: &Page, question: Question) -> Option<Figure> {
    let expression = format!(
        "(async () => {{
          const times = [], engine = [];
          for (let i = 0; i < 11; i += 1) {{
            const started = performance.now();
            const answer = await {};
            times.push(performance.now() - started);
            if (answer && typeof answer.engineMs === 'number') engine.push(answer.engineMs);
          }}
          const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
          return {{ page: median(times), engine: engine.length ? median(engine) : null }};
        }})()",
        question.expression
    );
    let answer = page.api(&expression).await;
    if let Some(error) = answer.get("error") {
        println!("{}: refused: {error}", question.name);
        return None;
    }
    let figure: &Value = &answer["ok"];
    Some(Figure { page: figure["page"].as_f64()?, engine: figure["engine"].as_f64() })
}
