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

/// Whether a record of several lines, whose cells are these, ends with its first line after all: its quotes are
/// none that a writer of CSV makes, or it has not `columns` cells, and the first line has, when the quote that
/// nobody closed in it is taken for text.
pub fn ends_in_its_first_line(
    text: &[u8],
    cells: &[(usize, usize)],
    delimiter: &Delimiter,
    columns: usize,
) -> bool {
    let (Some((_, end)), Some(line_end)) = (cells.last(), memchr::memchr(b'\n', text)) else { return false };
    let odd = |(from, to): &(usize, usize)| match text.get(*from..*to) {
        Some(cell @ [b'"', ..]) => after_quotes(cell, 0) != Some(cell.len()),
        Some(cell) => memchr::memchr(b'"', cell).is_some(),
        None => false,
    };
    let doubtful = cells.len() != columns || cells.iter().any(odd);
    line_end < *end && doubtful && cells_of_line(&text[..line_end], delimiter) == columns
}

/// How many cells a line has when a quote that is not closed in it is text.
fn cells_of_line(line: &[u8], delimiter: &Delimiter) -> usize {
    let mut count = 1;
    let mut at = 0;
    loop {
        if line.get(at) == Some(&b'"') {
            at = after_quotes(line, at).unwrap_or(at);
        }
        while at < line.len() && !delimiter.stands_at(line, at) {
            at += 1;
        }
        if at >= line.len() {
            return count;
        }
        count += 1;
        at += delimiter.len();
    }
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
