//! One record read byte by byte, for those that the fast scan cannot cut.

use super::delimiter::Delimiter;

/// The cells of the record at the start of `text` as places with their quotes, the place after its line
/// end, and whether all quotes were closed. A quote is special only where a cell begins.
pub fn record(text: &[u8], delimiter: &Delimiter) -> (Vec<(usize, usize)>, usize, bool) {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        if text.get(at) == Some(&b'"') {
            let Some(after) = after_quotes(text, at) else { return (cells, text.len(), false) };
            at = after;
        }
        while at < text.len() && text[at] != b'\n' && !delimiter.stands_at(text, at) {
            at += 1;
        }
        let line_end = at >= text.len() || text[at] == b'\n';
        let end = if line_end && at > start && text[at - 1] == b'\r' { at - 1 } else { at };
        cells.push((start, end));
        if line_end {
            return (cells, (at + 1).min(text.len()), true);
        }
        at += delimiter.len();
    }
}

/// Whether text follows a closing quote in some cell.
pub fn goes_on_behind_quotes(text: &[u8], cells: &[(usize, usize)]) -> bool {
    let goes_on = |(from, to): &(usize, usize)| {
        text.get(*from) == Some(&b'"') && after_quotes(text, *from).is_some_and(|end| end < *to)
    };
    cells.iter().any(goes_on)
}

/// The place after the quote that closes the one at `at`.
fn after_quotes(text: &[u8], at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let quote = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote + 1);
        }
        from = quote + 2;
    }
}

/// Appends a cell without its quoting: outer quotes gone, doubled ones single, what follows the closing
/// quote kept.
pub fn undo_quotes(cell: &[u8], out: &mut Vec<u8>) {
    let end = after_quotes(cell, 0).unwrap_or(cell.len() + 1);
    let inner = cell.get(1..end - 1).unwrap_or_default();
    let mut rest = inner;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        rest = rest.get(quote + 2..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out.extend_from_slice(cell.get(end..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_quotes_any_quoting_gives_the_text() {
        for (cell, text) in [
            ("\"a\"\"b\"", "a\"b"),
            ("\"[\"\"x\"\"]\"", "[\"x\"]"),
            ("\"\"", ""),
            ("\"a\"b", "ab"),
            ("\"open", "open"),
            ("\"\"\"\"", "\""),
        ] {
            let mut out = Vec::new();
            undo_quotes(cell.as_bytes(), &mut out);
            assert_eq!(String::from_utf8_lossy(&out), text, "{cell}");
        }
    }

    #[test]
    fn record_stray_quotes_inside_cells_are_text() {
        let (cells, end, closed) = record(b"a,5\" disk,\"b,\n\"\r\nnext", &Delimiter::byte(b','));
        assert_eq!(cells, [(0, 1), (2, 9), (10, 15)]);
        assert_eq!((end, closed), (17, true));
        assert!(!record(b"a,\"b\nc,d\n", &Delimiter::byte(b',')).2);
    }
}
