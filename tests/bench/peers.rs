//! What others needed for the same: 1,000,000 rows of the same kind, 383 MB, in a headless Chromium on two
//! quiet cores, measured before and written down here.

/// One figure of DuckDB-wasm and of JavaScript written by hand (uDSV and typed arrays).
#[derive(Clone, Copy, Debug)]
pub struct Peers {
    /// The name in the table.
    pub name: &'static str,
    /// DuckDB-wasm.
    pub duckdb: &'static str,
    /// Written by hand.
    pub by_hand: &'static str,
}

const MEASURED: [Peers; 8] = [
    Peers { name: "load, s", duckdb: "3.1–3.5", by_hand: "4.7–5.3" },
    Peers { name: "longest main-thread task, ms", duckdb: "0", by_hand: "4924" },
    Peers { name: "renderer memory, MB", duckdb: "744", by_hand: "806" },
    Peers { name: "ready for a file, ms", duckdb: "1350", by_hand: "153" },
    Peers { name: "clicks per day × action", duckdb: "59", by_hand: "2.6" },
    Peers { name: "URL substring search", duckdb: "167", by_hand: "119" },
    Peers { name: "first page by user, then time", duckdb: "50", by_hand: "21" },
    Peers { name: "dashboard refresh", duckdb: "136", by_hand: "22" },
];

/// The peers' figures of that name; dashes where nobody measured.
pub fn of(name: &'static str) -> Peers {
    MEASURED
        .into_iter()
        .find(|peers| peers.name == name)
        .unwrap_or(Peers { name, duckdb: "–", by_hand: "–" })
}
