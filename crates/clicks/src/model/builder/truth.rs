//! Booleans as exports spell them.

/// Reads a boolean as exports spell it: `0 1 true false True False "1" yes no`; anything else is none.
pub fn truth_of(cell: &[u8]) -> Option<bool> {
    let cell = cell.trim_ascii();
    let cell = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell);
    match cell {
        b"0" => Some(false),
        b"1" => Some(true),
        _ if cell.eq_ignore_ascii_case(b"false") || cell.eq_ignore_ascii_case(b"no") => Some(false),
        _ if cell.eq_ignore_ascii_case(b"true") || cell.eq_ignore_ascii_case(b"yes") => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_all_spellings_are_read() {
        for (cell, truth) in [
            ("0", Some(false)),
            ("1", Some(true)),
            ("True", Some(true)),
            ("false", Some(false)),
            ("\"1\"", Some(true)),
            ("yes", Some(true)),
            ("", None),
            ("maybe", None),
        ] {
            assert_eq!(truth_of(cell.as_bytes()), truth, "{cell}");
        }
    }
}
