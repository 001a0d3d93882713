//! Hosts and URLs as entries of the Tenant Allow/Block List.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};

use clicks::model::host_of_url;
use clicks::model::standard::{Opened, opened};
use clicks::model::text::{counted, defanged, refanged};

use super::Kql;

/// Entries for the block list of a tenant (Tenant Allow/Block List, URLs), one a line, each once: hosts, then URLs. Defanged they
/// are for tickets; the list takes the others. The portal takes 20 at a time, `New-TenantAllowBlockListItems` any number.
///
/// A host is `~host~`: itself, its subdomains, all paths. A URL is its host, path and query, exactly; without a path it is its host.
/// Source: `URL syntax for the Tenant Allow/Block List` and `New-TenantAllowBlockListItems`, Example 1, of Microsoft's reference.
pub fn indicators(hosts: &[&str], urls: &[&str], defang: bool) -> Kql {
    let mut met: HashSet<String> = HashSet::new();
    let mut text = String::new();
    let mut without = 0;
    let all =
        hosts.iter().map(|host| entries_of_host(host)).chain(urls.iter().map(|url| entries_of_url(url)));
    for mut entries in all {
        entries.retain(|entry| entry.len() <= MOST_OF_ENTRY);
        without += u64::from(entries.is_empty());
        for entry in entries {
            if met.insert(entry.clone()) {
                text.push_str(&if defang { defanged(&entry) } else { entry });
                text.push('\n');
            }
        }
    }
    let mut left_out = Vec::new();
    if without > 0 {
        left_out.push(format!(
            "{} cannot be an entry: the list takes hosts with a dot, no * or ~ inside, 250 characters.",
            counted(without, "of them", "of them")
        ));
    }
    Kql { text, left_out }
}

/// Source: as [`indicators`].
const MOST_OF_ENTRY: usize = 250;

/// An address of version 4 does not imply its paths, and no wildcard belongs to one of version 6.
fn entries_of_host(host: &str) -> Vec<String> {
    let read = host_of_url(host.trim());
    let name: &str = if read.is_empty() { host.trim() } else { &read };
    match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => return vec![v4.to_string(), format!("{v4}/*")],
        Ok(IpAddr::V6(v6)) => return vec![v6.to_string()],
        Err(_no_address) => {}
    }
    if is_name(&read) { vec![format!("~{read}~")] } else { Vec::new() }
}

/// Browsers take more for a host than the list does, `*` and quotes among it.
fn is_name(host: &str) -> bool {
    let is_plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    is_plain && host.rsplit_once('.').is_some_and(|(name, last)| !name.is_empty() && last.len() > 1)
}

/// Without what no entry may have: scheme, user, port; without the fragment, which no server sees.
fn entries_of_url(url: &str) -> Vec<String> {
    let host = host_of_url(url);
    let plain = refanged(url);
    let read = opened(plain.trim()).or_else(|| opened(&format!("http://{}", plain.trim())));
    let Some(Opened { path, .. }) = read else { return Vec::new() };
    if path.len() <= 1 {
        return entries_of_host(&host);
    }
    let is_host = is_name(&host) || host.parse::<Ipv4Addr>().is_ok();
    // All else that the list does not take was encoded when the URL was read, but for one kind of quotes.
    let path = path.replace('\'', "%27");
    if is_host && !path.contains(['*', '~', '"']) { vec![format!("{host}{path}")] } else { Vec::new() }
}
