//! Cells that a spreadsheet would run as formulas, and the `'` that keeps it from doing so.
//!
//! Owns both ways, so that a file which went out safely comes back as it was. Must not know file formats.

/// What begins a formula. Source: OWASP, CSV injection; the wide forms are taken for the narrow ones by
/// Excel in East Asian languages.
const BEGINS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What a spreadsheet of some country or a paste may take for the end of a cell. Commas are not among them:
/// a cell with one is quoted, and it separates nothing where quotes are not read.
const SEPARATES: [char; 4] = [';', '\t', '\n', '\r'];

/// The text with a `'` before every piece that would be run as a formula: at its start, also after blanks
/// which spreadsheets strip, and behind every character that may separate cells somewhere.
///
/// ```
/// use model::formula::{disarmed, rearmed};
/// let text = "https://a;=cmd|'/C calc'!A0";
/// assert_eq!(disarmed(text), "https://a;'=cmd|'/C calc'!A0");
/// assert_eq!(rearmed(&disarmed(text)), text);
/// ```
pub fn disarmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for (at, piece) in pieces(text) {
        if is_armed(piece, at == 0) {
            out.push('\'');
        }
        out.push_str(piece);
    }
    out
}

/// Undoes [`disarmed`].
pub fn rearmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, piece) in pieces(text) {
        match piece.strip_prefix('\'') {
            Some(rest) if is_armed(piece, at == 0) => out.push_str(rest),
            _ => out.push_str(piece),
        }
    }
    out
}

/// Whether [`disarmed`] would change the text.
pub fn is_dangerous(text: &str) -> bool {
    pieces(text).any(|(at, piece)| is_armed(piece, at == 0))
}

/// The pieces between separators, each but the last with the separator behind it, and where they begin.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(SEPARATES).map(move |piece| {
        at += piece.len();
        (at - piece.len(), piece)
    })
}

/// Signs that are there already count, so that undoing takes away exactly one.
fn is_armed(piece: &str, first: bool) -> bool {
    let bare = piece.trim_start_matches('\'');
    // A quote is doubled in CSV, and what splits at another separator takes two for an empty cell that goes on.
    bare.trim_start_matches([' ', '\u{a0}', '"']).starts_with(BEGINS)
        || (first && bare.starts_with(['\t', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disarmed_formulas_come_back_as_they_were() {
        for (text, safe) in [
            ("plain", "plain"),
            ("=1", "'=1"),
            ("  +1", "'  +1"),
            ("\t=1", "'\t'=1"),
            ("@x", "'@x"),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("a;=b", "a;'=b"),
            ("a;\"=b", "a;'\"=b"),
            ("a\n-b", "a\n'-b"),
            ("a,-b", "a,-b"),
            ("＝1", "'＝1"),
            ("", ""),
        ] {
            assert_eq!(disarmed(text), safe, "{text:?}");
            assert_eq!(rearmed(safe), text, "{text:?}");
            assert_eq!(is_dangerous(text), text != safe);
        }
    }
}
