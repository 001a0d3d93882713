//! `cargo xtask suffixes <public_suffix_list.dat>`: packs the public suffix list for the core.
//!
//! Owns the packed form together with `crates/model/src/domain/mod.rs`, which reads and describes it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::paths;

/// Most bytes that a label shares with the one before: as many as there are letters to say it.
const MOST_SHARED: usize = 25;

/// Writes the packed list.
pub fn suffixes(arguments: &[String]) -> Result<(), String> {
    let [from] = arguments else {
        return Err("say which file: cargo xtask suffixes public_suffix_list.dat".to_owned());
    };
    let list = std::fs::read_to_string(from).map_err(|error| format!("cannot read {from}: {error}"))?;
    let packed = packed(&list)?;
    write(&paths::root().join("crates/model/src/domain/suffixes.txt"), &packed)
}

fn write(to: &Path, text: &str) -> Result<(), String> {
    std::fs::write(to, text).map_err(|error| format!("cannot write {}: {error}", to.display()))?;
    println!("{}: {} bytes", to.display(), text.len());
    Ok(())
}

/// A label of the tree.
#[derive(Default)]
struct Node {
    is_rule: bool,
    is_exception: bool,
    under: BTreeMap<String, Node>,
}

fn packed(list: &str) -> Result<String, String> {
    let mut root = Node::default();
    for line in list.lines() {
        // A rule ends at the first space; what begins with two slashes is none.
        let Some(rule) = line.split_whitespace().next().filter(|rule| !rule.starts_with("//")) else {
            continue;
        };
        let (is_exception, name) = rule.strip_prefix('!').map_or((false, rule), |name| (true, name));
        let mut node = &mut root;
        for (at, label) in name.rsplit('.').enumerate() {
            let is_first = at == name.matches('.').count();
            if label == "*" && !is_first {
                return Err(format!("`{rule}`: the core takes `*` as the first label alone"));
            }
            node = node.under.entry(ascii(label)?).or_default();
        }
        if is_exception { node.is_exception = true } else { node.is_rule = true }
    }
    let mut out = String::new();
    // A last label without anything under it follows the rule of all names.
    for (label, node) in root.under.iter().filter(|(_, node)| !node.under.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(label);
        push_nodes(node, &mut out);
    }
    Ok(out)
}

/// A label as hosts have it: in lower case, other scripts as punycode.
fn ascii(label: &str) -> Result<String, String> {
    if label == "*" {
        return Ok(label.to_owned());
    }
    // Not alone: a number alone would be an address.
    let host =
        url::Host::parse(&format!("{label}.x")).map_err(|error| format!("`{label}`: {error}"))?.to_string();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let ascii = host.strip_suffix(".x").filter(|label| !label.is_empty() && label.bytes().all(plain));
    ascii.map(str::to_owned).ok_or_else(|| format!("`{label}` is no label that the core takes"))
}

fn push_nodes(node: &Node, out: &mut String) {
    let mut before = "";
    for (label, node) in &node.under {
        let shared = before.bytes().zip(label.bytes()).take_while(|(a, b)| a == b).count().min(MOST_SHARED);
        if node.is_exception {
            out.push('!');
        }
        out.push(char::from(b'A' + shared as u8));
        out.push_str(&label[shared..]);
        if !node.under.is_empty() {
            out.push(if node.is_rule { '(' } else { '[' });
            push_nodes(node, out);
            out.push(')');
        }
        before = label;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_with_every_kind_of_rule_is_packed_as_the_core_reads_it() {
        let list = "// x\ncom\nuk\nco.uk\ncom.uk  what follows a space\n*.ck\n!www.ck\n公司.cn\na.b.de\n";
        let expected = "ckA*!Awww\ncnAxn--55qx5d\ndeAb[Aa)\nukAcoCm";
        assert_eq!(packed(list).as_deref(), Ok(expected));
    }

    #[test]
    fn star_inside_a_rule_is_refused() {
        assert!(packed("a.*.de").is_err());
    }
}
