//! The table that is printed.

use crate::exports::Export;
use crate::felt::Deed;
use crate::memory::Memory;
use crate::peers;
use crate::questions::{Figure, Loaded, Question};

/// Lines of figures, each with its target, its ratio to the floor and the peers.
#[derive(Debug)]
pub struct Table {
    megabytes: f64,
    lines: Vec<String>,
}

impl Table {
    /// An empty table for an export of that size.
    pub fn new(megabytes: f64) -> Table {
        Table { megabytes, lines: vec![line("", "ours", "target", "× floor", "DuckDB-wasm", "JS by hand")] }
    }

    /// The floor itself.
    pub fn floor(&mut self, ms: f64) {
        let rate = self.megabytes / ms * 1000.0;
        self.lines.push(line(
            "floor: bytes to a worker, s",
            &format!("{:.2}", ms / 1000.0),
            "",
            "1.0",
            "",
            "",
        ));
        self.lines.push(line("floor, MB/s", &format!("{rate:.0}"), "", "", "", ""));
    }

    /// The load of the big export.
    pub fn load(&mut self, export: &Export, loaded: &Loaded, floor: f64) {
        let seconds = loaded.seconds;
        self.figure("load, s", &format!("{seconds:.2}"), "≤ 1.0", Some(seconds * 1000.0 / floor));
        self.figure("rows/s", &format!("{:.0}", export.rows as f64 / seconds), "", None);
        self.figure("MB/s", &format!("{:.0}", export.megabytes() / seconds), "", None);
        self.figure("clicks after duplicates", &loaded.clicks.to_string(), "", None);
        let insights = loaded.insights;
        self.figure(
            "who clicked and all insights after it, s",
            &format!("{insights:.2}"),
            "≤ 1.5",
            Some(insights * 1000.0 / floor),
        );
        let task = if loaded.longest_task == 0.0 {
            "< 50".to_owned()
        } else {
            format!("{:.0}", loaded.longest_task)
        };
        self.figure("longest main-thread task, ms", &task, "≤ 50", None);
        self.figure("ready for a file, ms", &format!("{:.0}", loaded.ready), "≤ 300", None);
    }

    /// The renderer's memory after that load.
    pub fn memory(&mut self, memory: Option<Memory>) {
        let shown = |megabytes: Option<f64>| {
            megabytes.map_or_else(|| "not known".to_owned(), |megabytes| format!("{megabytes:.0}"))
        };
        self.figure("renderer memory, MB", &shown(memory.map(|m| m.resident)), "≤ 300", None);
        self.figure("  of that private", &shown(memory.map(|m| m.private)), "", None);
    }

    /// One question's time.
    pub fn question(&mut self, question: Question, figure: Option<&Figure>, floor: f64) {
        let target = question.target.map_or(String::new(), |ms| format!("≤ {ms}"));
        match figure {
            Some(figure) => {
                self.figure(
                    question.name,
                    &format!("{:.1}", figure.page),
                    &target,
                    Some(figure.page / floor),
                );
                if let Some(engine) = figure.engine {
                    self.figure(
                        "  of that in the engine",
                        &format!("{engine:.1}"),
                        &target,
                        Some(engine / floor),
                    );
                }
            }
            None => self.figure(question.name, "refused", &target, None),
        }
    }

    /// How long something done on the page takes to be seen.
    pub fn deed(&mut self, deed: Deed, times: Option<(f64, f64)>) {
        let target = format!("≤ {}", deed.target);
        let shown = times.map_or_else(|| "refused".to_owned(), |(median, _)| format!("{median:.0}"));
        self.figure(deed.name, &shown, &target, None);
        if let Some((_, worst)) = times {
            self.figure("  the worst of eleven", &format!("{worst:.0}"), "", None);
        }
    }

    /// One more file beside the big export, and how long that took by itself.
    pub fn added(&mut self, export: &Export, seconds: f64, whole: f64) {
        let name = format!("{} rows added, s", export.rows);
        self.lines.push(line(&name, &format!("{seconds:.2}"), "", "", "", ""));
        self.lines.push(line(
            "  ÷ the load of the export",
            &format!("{:.2}", seconds / whole),
            "",
            "",
            "",
            "",
        ));
    }

    /// The same clicks in many files, and in one right before.
    pub fn parts(&mut self, parts: &Loaded, one: &Loaded) {
        assert_eq!(parts.clicks, one.clicks, "the same clicks");
        self.lines.push(line("the same in 40 files, s", &format!("{:.2}", parts.seconds), "", "", "", ""));
        let ratio = format!("{:.2}", parts.seconds / one.seconds);
        self.lines.push(line("  ÷ in one file", &ratio, "≤ 1.3", "", "", ""));
    }

    /// The load of the smaller export of JSON lines.
    pub fn json_lines(&mut self, export: &Export, loaded: &Loaded) {
        let name = format!("{} rows of JSON lines, s", export.rows);
        let peers = if export.rows == 100_000 { ("5.7", "0.76") } else { ("–", "–") };
        self.lines.push(line(&name, &format!("{:.2}", loaded.seconds), "≤ 0.3", "", peers.0, peers.1));
    }

    /// Prints all of it.
    pub fn print(&self) {
        println!(
            "\n{:.0} MB; milliseconds unless said; questions are medians of eleven, asked on the page\n",
            self.megabytes
        );
        for line in &self.lines {
            println!("{line}");
        }
    }

    fn figure(&mut self, name: &'static str, ours: &str, target: &str, ratio: Option<f64>) {
        let peers = peers::of(name);
        let ratio = ratio.map_or(String::new(), |ratio| format!("{ratio:.3}"));
        self.lines.push(line(name, ours, target, &ratio, peers.duckdb, peers.by_hand));
    }
}

fn line(name: &str, ours: &str, target: &str, ratio: &str, duckdb: &str, by_hand: &str) -> String {
    format!("{name:<34}{ours:>11}{target:>9}{ratio:>10}{duckdb:>14}{by_hand:>12}")
}
