//! Addresses for a training tool: one a line and no heading, as the portals that take lists want them.
//!
//! Owns who can be written to. Must not know why somebody is on a list.

use clicks::model::{Untrusted, formula};

use crate::ui::words;

/// One address a line, and how many there are and are not, in words.
pub fn lines<'a>(users: impl Iterator<Item = &'a Untrusted>) -> (String, String) {
    let mut text = String::new();
    let (mut taken, mut left_out) = (0_u64, 0_u64);
    for user in users {
        if is_address(user) {
            text.push_str(user.original());
            text.push_str("\r\n");
            taken += 1;
        } else {
            left_out += 1;
        }
    }
    let mut note = words::counted(taken, "address", "addresses");
    if left_out > 0 {
        note.push_str(&format!(", {} without one left out", words::number(left_out)));
    }
    (text, note)
}

/// Whether a training tool can write to a user. A guest's name is none; a name with anything odd or invisible in it would be
/// more than one line, or a formula where the file is opened as a table.
fn is_address(user: &Untrusted) -> bool {
    let name = user.original();
    let is_odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, ',' | ';' | ':' | '"' | '<' | '>' | '(' | ')' | '\\')
    };
    let is_whole = name.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    is_whole
        && !name.contains(is_odd)
        && user.shown() == name
        && !formula::is_dangerous(name)
        && !clicks::beside::is_guest_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_a_line_and_what_is_none_is_counted() {
        let users = [
            "ana@contoso.com",
            "o'neil+x@contoso.com",
            "2f1c6a0e-5d1d-4c0a-9f3e-0c5b8a7d6e5f",
            "vendor_fabrikam.example#EXT#@contoso.com",
            "=cmd|x@contoso.com",
            "a@b\r\nc@d.example",
            "a,b@contoso.com",
            "@contoso.com",
            "an\u{200b}a@contoso.com",
            "bo@contoso.com",
        ]
        .map(Untrusted::from);
        let (text, note) = lines(users.iter());
        assert_eq!(text, "ana@contoso.com\r\no'neil+x@contoso.com\r\nbo@contoso.com\r\n");
        assert_eq!(note, "3 addresses, 7 without one left out");
        assert_eq!(lines([].iter()), (String::new(), "0 addresses".to_owned()));
    }
}
