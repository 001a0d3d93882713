//! Ways of writing that there is nothing, or that it is not said who.

/// Whether a cell says that it has no value: blank, `null`, `None`, `N/A`, `-`, `[]`, `{}`, in any case.
/// Seen in exports that went through Python, spreadsheets and consoles: nobody is called `null`.
#[inline]
pub fn is_empty_word(cell: &[u8]) -> bool {
    // Nearly every cell is longer than any of them.
    cell.len() <= 4 && is_short_empty_word(cell) || (cell.len() < 64 && is_padded_empty_word(cell))
}

/// Whether a name is one that Microsoft 365 shows where names are concealed in reports: thirty-two hexadecimal digits, or
/// words that say so.
pub fn is_concealed(name: &str) -> bool {
    (name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit()))
        || name.eq_ignore_ascii_case("User concealed")
}

fn is_padded_empty_word(cell: &[u8]) -> bool {
    let (Some(first), Some(last)) = (cell.first(), cell.last()) else { return true };
    (first.is_ascii_whitespace() || last.is_ascii_whitespace()) && is_short_empty_word(cell.trim_ascii())
}

fn is_short_empty_word(cell: &[u8]) -> bool {
    match cell {
        b"" | b"-" | b"[]" | b"{}" => true,
        _ => [&b"null"[..], b"none", b"n/a"].iter().any(|word| word.eq_ignore_ascii_case(cell)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_told_from_values() {
        for cell in ["", " ", "null", "NULL", "None", "n/a", "N/A", "-", "[]", "{}", " null ", "\t-\n"] {
            assert!(is_empty_word(cell.as_bytes()), "{cell:?}");
        }
        for cell in ["ana", "nullx", "--", "0", "[a]", "no", " ana", "nil"] {
            assert!(!is_empty_word(cell.as_bytes()), "{cell:?}");
        }
    }
}
