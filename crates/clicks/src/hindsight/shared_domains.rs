//! Domains that say nothing of whose a page on them is: everybody puts things there, they shorten or wrap the links of others, or
//! they are the tenant's own.
//!
//! Owns the lists, but for those that are signs of a URL too. Must not know clicks.

use std::collections::HashSet;

use crate::link::shorteners;
use crate::model::{with_parents, wraps};

/// Where everybody puts things: neither the domain nor the form of a URL says whose it is. Source: the platforms that
/// research on phishing names most (`docs/insights.md`).
const PLATFORMS: &str = "google.com googleusercontent.com withgoogle.com sharepoint.com office.com office365.com microsoft.com \
live.com 1drv.ms onedrive.com outlook.com windows.net azurewebsites.net dropbox.com box.com wetransfer.com we.tl docusign.net \
docusign.com adobe.com canva.com notion.so notion.site figma.com miro.com github.com gitlab.com bitbucket.org atlassian.net \
atlassian.com trello.com slack.com zoom.us linkedin.com facebook.com fb.me instagram.com youtube.com youtu.be \
twitter.com x.com jotform.com typeform.com \
forms.gle aka.ms microsoftonline.com rs6.net mailchi.mp salesforce.com \
surveymonkey.com hubspot.com hsforms.com mailchimp.com list-manage.com sendgrid.net amazonaws.com cloudfront.net \
weebly.com wix.com wixsite.com wordpress.com medium.com bing.com yahoo.com apple.com icloud.com";

/// Domains of services that wrap links, under which a wrapped link stays that does not say what is inside.
const WRAPPERS: &str = "mimecast.com outlook.com proofpoint.com urldefense.com cudasvc.com cisco.com sophos.com checkpoint.com \
symantec.com fireeye.com trellix.com office.net mimecastprotect.com";

/// The domains that are of nobody alone.
pub struct SharedDomains<'a> {
    known: HashSet<&'static str>,
    shorteners: HashSet<&'static str>,
    own: &'a HashSet<String>,
}

impl<'a> SharedDomains<'a> {
    /// `own`: domains of the tenant, lower case.
    pub fn new(own: &'a HashSet<String>) -> SharedDomains<'a> {
        let known = PLATFORMS.split_ascii_whitespace().chain(WRAPPERS.split_ascii_whitespace()).collect();
        SharedDomains { known, shorteners: shorteners().collect(), own }
    }

    /// Whether a registered domain is one.
    pub fn has(&self, domain: &str) -> bool {
        self.known.contains(domain)
            || self.own.contains(domain)
            || with_parents(domain).any(|parent| self.shorteners.contains(parent))
            || wraps(domain).is_some()
    }
}
