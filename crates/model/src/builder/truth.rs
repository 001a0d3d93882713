//! Booleans as exports spell them, in the languages that spreadsheets write.

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nothing.
    Empty,
    /// A word that is not known: it may be either.
    Strange,
}

/// Yes and no as Excel re-saves TRUE and FALSE in the languages of its menus, and as people write them.
/// Source: exports re-saved in those languages.
const WORDS: [(&str, &str); 13] = [
    ("true", "false"),
    ("1", "0"),
    ("yes", "no"),
    ("wahr", "falsch"),
    ("vrai", "faux"),
    ("verdadero", "falso"),
    ("vero", "falso"),
    ("verdadeiro", "falso"),
    ("waar", "onwaar"),
    ("sant", "falskt"),
    ("prawda", "fałsz"),
    ("ja", "nein"),
    ("sim", "não"),
];

/// More words for no and yes, where a language shares the other one.
const MORE: [(&str, Truth); 9] = [
    ("oui", Truth::Yes),
    ("non", Truth::No),
    ("si", Truth::Yes),
    ("sí", Truth::Yes),
    ("sì", Truth::Yes),
    ("nee", Truth::No),
    ("nej", Truth::No),
    ("tak", Truth::Yes),
    ("nie", Truth::No),
];

/// A boolean as exports spell it; none for nothing and for words that are neither.
pub fn yes_or_no(cell: &[u8]) -> Option<bool> {
    match truth_of(cell.trim_ascii()) {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Empty | Truth::Strange => None,
    }
}

/// Reads a boolean as exports spell it, in any case, with or without quotes.
#[inline]
pub fn truth_of(cell: &[u8]) -> Truth {
    match cell {
        b"0" | b"false" | b"False" => Truth::No,
        b"1" | b"true" | b"True" => Truth::Yes,
        b"" => Truth::Empty,
        _ => spelled(cell),
    }
}

#[cold]
fn spelled(cell: &[u8]) -> Truth {
    let text = crate::windows_1252(cell);
    let word = text.trim().trim_matches('"').trim().to_lowercase();
    if super::super::is_empty_word(word.as_bytes()) {
        return Truth::Empty;
    }
    for (yes, no) in WORDS {
        if word == yes || word == no {
            return if word == yes { Truth::Yes } else { Truth::No };
        }
    }
    MORE.iter().find(|(known, _)| *known == word).map_or(Truth::Strange, |(_, truth)| *truth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_all_spellings_are_read_and_strange_words_are_not_taken_for_no() {
        for (cell, truth) in [
            ("0", Truth::No),
            ("1", Truth::Yes),
            ("True", Truth::Yes),
            ("FALSE", Truth::No),
            ("\"1\"", Truth::Yes),
            ("yes", Truth::Yes),
            ("WAHR", Truth::Yes),
            ("FALSCH", Truth::No),
            ("VRAI", Truth::Yes),
            ("FAŁSZ", Truth::No),
            ("Não", Truth::No),
            ("Oui", Truth::Yes),
            ("", Truth::Empty),
            (" ", Truth::Empty),
            ("null", Truth::Empty),
            ("maybe", Truth::Strange),
            ("2", Truth::Strange),
        ] {
            assert_eq!(truth_of(cell.as_bytes()), truth, "{cell}");
        }
        assert_eq!(truth_of(b"N\xe3o"), Truth::No, "Windows-1252");
    }
}
