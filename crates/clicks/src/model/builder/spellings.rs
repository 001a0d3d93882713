//! Spellings that mean the same: one entry a person, an address, a tenant.

use super::super::{Dataset, Dictionary, NONE};

/// Users that differ only in case are one person; addresses lose port and brackets.
pub fn merge_spellings(d: &mut Dataset) {
    merge(&mut d.users, &mut d.user, |text| text.trim().to_lowercase(), |text| text.trim().to_owned());
    merge(&mut d.ips, &mut d.ip, bare_address, bare_address);
    merge(&mut d.tenants, &mut d.tenant, str::to_lowercase, str::to_owned);
}

fn merge(
    dictionary: &mut Dictionary,
    column: &mut [u32],
    key_of: impl Fn(&str) -> String,
    keep: impl Fn(&str) -> String,
) {
    let mut keys = Dictionary::default();
    let mut kept = Dictionary::default();
    let mut ids = Vec::with_capacity(dictionary.len());
    let mut changed = false;
    for text in dictionary.iter() {
        let before = keys.len();
        let mut id = keys.intern(key_of(text).as_bytes());
        if keys.len() > before {
            let spelling = keep(text);
            changed |= spelling != text;
            // Two keys may keep one spelling; then they are one after all.
            id = kept.intern(spelling.as_bytes());
        } else {
            changed = true;
        }
        ids.push(id);
    }
    if changed {
        for cell in column {
            *cell = ids.get(*cell as usize).copied().unwrap_or(NONE);
        }
        kept.transcoded = dictionary.transcoded;
        *dictionary = kept;
    }
}

/// `203.0.113.7:443` → `203.0.113.7`, `[2001:db8::1]:443` → `2001:db8::1`, `-` → nothing.
fn bare_address(text: &str) -> String {
    let text = text.trim();
    if text == "-" {
        return String::new();
    }
    if let Some((v6, _port)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        return v6.to_lowercase();
    }
    match text.split_once(':') {
        Some((v4, port)) if !port.contains(':') && v4.contains('.') => v4.to_owned(),
        _ => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_port_and_brackets_are_dropped() {
        for (text, address) in [
            ("203.0.113.7:443", "203.0.113.7"),
            ("[2001:DB8::1]:443", "2001:db8::1"),
            ("2001:db8::17", "2001:db8::17"),
            ("-", ""),
        ] {
            assert_eq!(bare_address(text), address);
        }
    }
}
