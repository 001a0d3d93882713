//! Hosts of Microsoft's attack simulator: a click on one of them was a test, and no attack.
//!
//! Owns the list and finding a host in it. Must not know what follows.

/// Domains of the simulator, each with its suffixes behind it, in the order of their names.
///
/// Source: MISP warning list “Office 365 Attack Simulator” (CC0), version 20260405, 141 entries. Each entry is `www.` or
/// `portal.` before a domain that is Microsoft's own, so a domain stands here once and for all hosts under it; the one
/// host under a domain of others is [`CLOUD_HOST`], and one address, which anybody may have next, is left out.
const DOMAINS: &str = "attemplate.com bankmenia.com.de.es.fr.it.org banknown.de.es.fr.it.org \
    browsersch.com.de.es.fr.it.org docdeliveryapp.com.net docstoreinternal.com.net doctorican.de.es.fr.it.org \
    doctrical.com.de.es.fr.it.org doctricant.com doctrings.com.de.es.fr.it.org exportants.com.de.es.fr.it.org \
    financerta.com.de.es.fr.it.org financerts.com.de.es.fr.it.org hardwarecheck.net hrsupportint.com \
    mcsharepoint.com mesharepoint.com officence.com officenced.com officences.com officentry.com officested.com \
    passwordle.de.fr.it.org payrolltooling.com.net prizeably.com.de.es.fr.it.org prizegiveaway.net prizegives.com \
    prizemons.com prizesforall.com prizewel.com prizewings.com resetts.de.es.fr.it.org salarytoolint.com.net \
    securembly.com.de.es.fr.it.org securetta.de.es.fr.it shareholds.com sharepointen.com sharepointin.com \
    sharepointle.com sharesbyte.com sharession.com sharestion.com supportin.de.es.fr.it \
    supportres.de.es.fr.it.org techidal.com.de.fr.it techniel.de.es.fr.it templateau.com templatent.com \
    templatern.com windocyte.com";

/// A host of the simulator whose domain many have names under.
const CLOUD_HOST: &str = "securescore-user-prod.cloudapp.net";

/// Whether a host, as [`crate::model::host_of_url`] gives it, is one of the simulator or stands under one. Allocates nothing.
pub fn is_simulation_host(host: &str) -> bool {
    if host.strip_suffix(CLOUD_HOST).is_some_and(|under| under.is_empty() || under.ends_with('.')) {
        return true;
    }
    let Some((before, suffix)) = host.rsplit_once('.') else { return false };
    let name = before.rsplit_once('.').map_or(before, |(_, name)| name);
    suffixes_of(name).is_some_and(|known| known.split('.').any(|known| known == suffix))
}

/// The suffixes behind a name in the list, by binary search in its text, which is ASCII.
fn suffixes_of(name: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, DOMAINS.len());
    while low < high {
        // From the middle to the word around it.
        let middle = low + (high - low) / 2;
        let start = DOMAINS[low..middle].rfind(' ').map_or(low, |space| low + space + 1);
        let end = DOMAINS[middle..high].find(' ').map_or(high, |space| middle + space);
        let (known, suffixes) = DOMAINS[start..end].split_once('.')?;
        match known.cmp(name) {
            std::cmp::Ordering::Equal => return Some(suffixes),
            std::cmp::Ordering::Less => low = (end + 1).min(high),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_of_the_list_is_found_with_all_suffixes() {
        assert!(DOMAINS.is_ascii());
        let mut domains = 0;
        let mut last = "";
        for word in DOMAINS.split(' ') {
            let (name, suffixes) = word.split_once('.').expect("a name and a suffix");
            assert!(last < name, "{last} {name}");
            last = name;
            for suffix in suffixes.split('.') {
                domains += 1;
                for before in ["", "www.", "portal.", "a.b."] {
                    let host = format!("{before}{name}.{suffix}");
                    assert!(is_simulation_host(&host), "{host}");
                }
            }
        }
        assert_eq!(domains, 130);
        assert!(is_simulation_host("securescore-user-prod.cloudapp.net"));
        assert!(is_simulation_host("a.securescore-user-prod.cloudapp.net"));
    }

    #[test]
    fn host_that_only_looks_like_one_is_none() {
        for host in [
            "",
            ".",
            "com",
            "bankmenia",
            "bankmenia.",
            ".com",
            "notbankmenia.com",
            "bankmenia.net",
            "banknown.com",
            "www.bankmenia.com.evil.example",
            "cloudapp.net",
            "other.cloudapp.net",
            "my-securescore-user-prod.cloudapp.net",
            "52.168.52.134",
            "[2001:db8::1]",
            "aaaa.com",
            "zzzz.com",
            "bücher.example",
        ] {
            assert!(!is_simulation_host(host), "{host}");
        }
    }
}
