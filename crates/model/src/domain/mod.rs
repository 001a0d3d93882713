//! Which part of a host somebody has registered: the name that says who answers.
//!
//! Owns the public suffix list, packed, and the walk through it. Must not know URLs or where a host is shown.
//!
//! The list (`suffixes.txt`, written by `cargo xtask suffixes`) is a tree of labels from the right, a line for
//! each last label under which there are rules; the others follow the rule `*`, which every name follows. A
//! line is the last label and the nodes under it. A node is `A` for no, `B` for one … byte shared with the node
//! before it, the rest of its label, and, when it has some, its own nodes between `(` (it is a rule) or `[`
//! (it is none) and `)`. `!` before a node makes it an exception. Nodes and lines are in the order of their bytes,
//! so `*` comes first. Whoever is looked for is compared in place: nothing is built, nothing allocated.

/// The packed list.
const LIST: &str = include_str!("suffixes.txt");

/// What somebody could have registered of a host as [`super::host_of_url`] gives it: its public suffix and one
/// label more, by the algorithm of publicsuffix.org, private suffixes included. The whole host where there is
/// no such name: for an address, for a suffix itself, for a name with an empty label.
///
/// ```
/// use model::registrable_domain;
/// assert_eq!(registrable_domain("login.contoso.com.evil.co.uk"), "evil.co.uk");
/// assert_eq!(registrable_domain("ana.github.io"), "ana.github.io");
/// assert_eq!(registrable_domain("203.0.113.9"), "203.0.113.9");
/// ```
pub fn registrable_domain(host: &str) -> &str {
    let is_address = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    if is_address || host.split('.').any(str::is_empty) {
        return host;
    }
    let suffix = suffix_start(host);
    let before = host[..suffix].trim_end_matches('.');
    let label = before.rfind('.').map_or(0, |dot| dot + 1);
    &host[label..]
}

/// Where the public suffix of a name begins.
fn suffix_start(host: &str) -> usize {
    let mut at = host.rfind('.').map_or(0, |dot| dot + 1);
    let mut suffix = at;
    let mut nodes = line_of(&host[at..]);
    while let (Some(under), Some(left)) = (nodes, at.checked_sub(1)) {
        let start = host[..left].rfind('.').map_or(0, |dot| dot + 1);
        let step = step(under, &host[start..left]);
        if step.is_exception {
            return at;
        }
        if step.is_rule {
            suffix = start;
        }
        nodes = step.under;
        at = start;
    }
    suffix
}

/// What lies under the last label of a name; none where no rule does.
fn line_of(last: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, LIST.len());
    while low < high {
        // From the middle to the line around it.
        let middle = low + (high - low) / 2;
        let start = LIST[low..middle].rfind('\n').map_or(low, |end| low + end + 1);
        let end = LIST[middle..high].find('\n').map_or(high, |end| middle + end);
        let line = &LIST[start..end];
        let label = line.find(begins_node).unwrap_or(line.len());
        match line[..label].cmp(last) {
            std::cmp::Ordering::Equal => return Some(&line[label..]),
            std::cmp::Ordering::Less => low = (end + 1).min(high),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

const fn begins_node(c: char) -> bool {
    c.is_ascii_uppercase() || c == '!'
}

/// What the nodes under a name say of its next label.
#[derive(Default)]
struct Step {
    is_rule: bool,
    is_exception: bool,
    under: Option<&'static str>,
}

fn step(nodes: &'static str, label: &str) -> Step {
    let mut found = Step::default();
    let mut rest = nodes;
    // Bytes of the label that the node before begins with.
    let mut same = 0;
    while !rest.is_empty() {
        let is_exception = rest.starts_with('!');
        rest = rest.trim_start_matches('!');
        let shared = usize::from(rest.as_bytes()[0].wrapping_sub(b'A'));
        let end = rest[1..].find(|c| begins_node(c) || matches!(c, '(' | '[')).map_or(rest.len(), |e| e + 1);
        let own = &rest[1..end];
        let opens = rest[end..].chars().next().filter(|c| matches!(c, '(' | '['));
        let inside = opens.map_or("", |_| inside(&rest[end + 1..]));
        rest = &rest[end + opens.map_or(0, |_| inside.len() + 2)..];
        if own == "*" {
            found.is_rule = true;
            continue;
        }
        // A node that shares more with the one before than the label does differs from it at the same byte.
        if shared > same {
            continue;
        }
        let wanted = &label.as_bytes()[shared..];
        let alike = own.bytes().zip(wanted).take_while(|(a, b)| a == *b).count();
        same = shared + alike;
        match (own.as_bytes().get(alike), wanted.get(alike)) {
            (None, None) => {
                found.is_exception = is_exception;
                found.is_rule |= opens != Some('[');
                found.under = opens.map(|_| inside);
                break;
            }
            // Behind its place in the order: it is not here.
            (Some(a), b) if Some(a) > b => break,
            _ => {}
        }
    }
    found
}

/// The nodes up to the bracket that closes what has just been opened.
fn inside(text: &'static str) -> &'static str {
    let mut depth = 0_u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' if depth == 0 => return &text[..at],
            b')' => depth -= 1,
            _ => {}
        }
    }
    text
}
