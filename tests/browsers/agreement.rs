//! Every number of one view is of one filter: what the page shows is held against what its interface answers.

use harness::Page;
use serde_json::Value;

/// What is shown, beside what the interface answers for the filter of the address: a list of
/// `[name, shown, answered]`.
const COMPARE: &str = r#"(async () => {
  const parts = location.hash.slice(1).split("&").filter((part) => part && !part.startsWith("page="));
  const filter = parts.join("&");
  const { totals, total } = await clickglass.report(filter);
  const all = (await clickglass.report("")).totals.clicks;
  const [{ rows: hosts }, { rows: actions }] = await clickglass.query([
    { filter, groupBy: ["host"], measures: ["malicious"], orderBy: ["-malicious"], limit: 1 },
    { filter, groupBy: ["action"], measures: ["clicks"] },
  ]);
  const number = (n) => n.toLocaleString("en-US");
  const inside = (id, selector = "*") => [...document.querySelectorAll(`[data-testid="${id}"] ${selector}`)];
  const tile = (id, line) => inside(`tile-${id}`, "span")[line]?.textContent ?? "not there";
  const list = [];
  const compare = (name, shown, answered) => list.push([name, shown, answered]);
  compare("clicks", tile("clicks", 1), number(totals.clicks));
  compare("people", tile("people", 1), number(totals.people));
  compare("malicious", tile("malicious", 1), number(totals.malicious));
  compare("reached", tile("reached", 1), number(totals.reachedUnsafe));
  compare("blocked", tile("blocked", 1), number(totals.blocked));
  compare("pending", tile("pending", 1), number(actions.find(([action]) => action === "None")?.[1] ?? 0));
  const { overridden, warned } = (await clickglass.dashboard(filter)).overrideRate;
  compare("overrides", tile("overrides", 2).startsWith(`${number(overridden)} of ${number(warned)} `)
    || (warned === 0 && tile("overrides", 1) === "–"), true);
  compare("scope", inside("scope", "")[0]?.textContent.split(" · ")[0], `${number(totals.clicks)} of ${number(all)} click${all === 1 ? "" : "s"}`);
  compare("rows", inside("clicks-table", "[role=grid]")[0]?.getAttribute("aria-rowcount"), String(total + 1));
  compare("rows and clicks", total, totals.clicks);
  const spoken = (id) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute("aria-label") ?? "";
  for (const chart of ["chart-time", "chart-heatmap"]) {
    const first = totals.clicks === 0 ? "" : /[\d,]+ click/.exec(spoken(chart))?.[0] ?? "not there";
    compare(chart, first, totals.clicks === 0 ? "" : `${number(totals.clicks)} click`);
  }
  const worst = hosts[0]?.[1] ?? 0;
  compare("first host", inside("top-hosts", "li button span:nth-of-type(3)")[0]?.textContent ?? "0", number(worst));
  return { filter, clicks: totals.clicks, differ: list.filter(([, shown, answered]) => shown !== answered) };
})()"#;

/// Waits until the hash has this filter and every number on the overview is of it; gives the clicks in view.
pub async fn everything_shows(page: &Page, filter: &str) -> u64 {
    let mut last = Value::Null;
    for _attempt in 0..200 {
        last = page.ask(COMPARE).await;
        let filter_there = last["filter"] == filter;
        if filter_there && last["differ"].as_array().is_some_and(Vec::is_empty) {
            return last["clicks"].as_u64().expect("a number of clicks");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("for `{filter}`, [name, shown, answered] where they differ: {last}");
}
