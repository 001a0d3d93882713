//! The keys that move within a list.

/// How far a key moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Down.
    pub rows: i64,
    /// To the right.
    pub columns: i64,
}

/// What a key does in a list of which so many rows fit; `command` is Ctrl, or ⌘.
pub fn step_of(key: &str, command: bool, fits: u32) -> Option<Step> {
    let page = i64::from(fits.max(2)) - 1;
    let (rows, columns) = match key {
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "PageDown" => (page, 0),
        "PageUp" => (-page, 0),
        "Home" if command => (i64::MIN, 0),
        "End" if command => (i64::MAX, 0),
        "Home" => (0, i64::MIN),
        "End" => (0, i64::MAX),
        _ => return None,
    };
    Some(Step { rows, columns })
}
