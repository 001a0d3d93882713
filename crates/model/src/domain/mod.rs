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
    let has_empty_label =
        host.is_empty() || host.starts_with('.') || host.ends_with('.') || host.contains("..");
    if is_address || has_empty_label {
        return host;
    }
    let suffix = suffix_start(host);
    &host[suffix.checked_sub(1).map_or(0, |dot| label_before(host, dot))..]
}

/// Where the label begins that ends here.
fn label_before(host: &str, end: usize) -> usize {
    host.as_bytes()[..end].iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1)
}

/// Where the public suffix of a name begins.
fn suffix_start(host: &str) -> usize {
    let mut at = label_before(host, host.len());
    let mut suffix = at;
    let mut nodes = line_of(&host[at..]);
    while let (Some(under), Some(left)) = (nodes, at.checked_sub(1)) {
        let start = label_before(host, left);
        let step = step(under, &host.as_bytes()[start..left]);
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
fn line_of(last: &str) -> Option<&'static [u8]> {
    let list = LIST.as_bytes();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        // From the middle to the line around it.
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &list[low..middle]).map_or(low, |end| low + end + 1);
        let end = memchr::memchr(b'\n', &list[middle..high]).map_or(high, |end| middle + end);
        let line = &list[start..end];
        let label = line.iter().position(|byte| begins_node(*byte)).unwrap_or(line.len());
        match line[..label].cmp(last.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(&line[label..]),
            std::cmp::Ordering::Less => low = (end + 1).min(high),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

const fn begins_node(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte == b'!'
}

/// What the nodes under a name say of its next label.
#[derive(Default)]
struct Step {
    is_rule: bool,
    is_exception: bool,
    under: Option<&'static [u8]>,
}

fn step(nodes: &'static [u8], label: &[u8]) -> Step {
    let mut found = Step::default();
    let mut rest = nodes;
    // Bytes of the label that the node before begins with.
    let mut same = 0;
    while let Some((first, behind)) = rest.split_first() {
        let is_exception = *first == b'!';
        let Some((shared, behind)) =
            (if is_exception { behind.split_first() } else { Some((first, behind)) })
        else {
            break;
        };
        let shared = usize::from(shared.wrapping_sub(b'A'));
        let ends = |byte: &u8| begins_node(*byte) || matches!(byte, b'(' | b'[');
        let (own, behind) = behind.split_at(behind.iter().position(ends).unwrap_or(behind.len()));
        let opens = behind.first().copied().filter(|byte| matches!(byte, b'(' | b'['));
        let inside = opens.map_or(&[][..], |_| inside(&behind[1..]));
        rest = &behind[opens.map_or(0, |_| inside.len() + 2)..];
        if own == b"*" {
            found.is_rule = true;
            continue;
        }
        // A node that shares more with the one before than the label does differs from it at the same byte.
        if shared > same {
            continue;
        }
        let wanted = &label[shared..];
        let alike = own.iter().zip(wanted).take_while(|(a, b)| a == b).count();
        same = shared + alike;
        match (own.get(alike), wanted.get(alike)) {
            (None, None) => {
                found.is_exception = is_exception;
                found.is_rule |= opens != Some(b'[');
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
fn inside(text: &'static [u8]) -> &'static [u8] {
    let mut depth = 0_u32;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' if depth == 0 => return &text[..at],
            b')' => depth -= 1,
            _ => {}
        }
    }
    text
}
