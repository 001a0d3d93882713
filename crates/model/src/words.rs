//! The field's words: verdict, action, source. One glossary for code, page and exports.

/// What the scan said about the link at the time of the click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Verdict {
    /// Phishing, malware or exploit content.
    Malicious,
    /// On a block list of the tenant: prevented, without a threat verdict.
    Blocked,
    /// Being analysed when it was clicked.
    Pending,
    /// Scanned and clean.
    Safe,
    /// The export does not say.
    #[default]
    Unknown,
}

/// What happened to the click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Action {
    /// Let through.
    Allowed,
    /// Stopped on the warning page.
    Blocked,
    /// Stopped or asked to wait, and the user clicked through.
    UserOverride,
    /// An error page or a waiting page was shown: neither allowed nor blocked.
    None,
    /// The export does not say.
    #[default]
    Unknown,
}

macro_rules! words {
    ($type:ident, $n:literal, [$($variant:ident $name:literal $label:literal),+ $(,)?]) => {
        impl $type {
            /// All values, in the order they are shown and stacked.
            pub const ALL: [$type; $n] = [$($type::$variant),+];

            /// The word of the API and the exports.
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The words of the page.
            pub const fn label(self) -> &'static str {
                match self { $($type::$variant => $label),+ }
            }

            /// The value as a filter writes it: the name in lower case.
            pub fn token(self) -> String {
                self.name().to_ascii_lowercase()
            }

            /// Reads the name or the label, in any case.
            pub fn from_word(word: &str) -> Option<$type> {
                let word = word.trim();
                $type::ALL.into_iter().find(|v| {
                    v.name().eq_ignore_ascii_case(word) || v.label().eq_ignore_ascii_case(word)
                })
            }
        }
    };
}

words!(Verdict, 5, [
    Malicious "Malicious" "Malicious",
    Blocked "Blocked" "Block list",
    Pending "Pending" "Pending",
    Safe "Safe" "Safe",
    Unknown "Unknown" "Unknown",
]);

words!(Action, 5, [
    Allowed "Allowed" "Allowed",
    Blocked "Blocked" "Blocked",
    UserOverride "UserOverride" "User override",
    None "None" "Error or waiting page",
    Unknown "Unknown" "Unknown",
]);

impl Verdict {
    /// Known not to be safe: malicious, on a block list, or not analysed yet. A verdict that is not known says
    /// nothing.
    pub const fn is_unsafe(self) -> bool {
        matches!(self, Verdict::Malicious | Verdict::Blocked | Verdict::Pending)
    }
}

impl Action {
    /// Whether the user got to the page: allowed, or clicked through a warning.
    /// The same test as Microsoft's documented query, `ActionType == "ClickAllowed" or IsClickedThrough != "0"`.
    pub const fn reached(self) -> bool {
        matches!(self, Action::Allowed | Action::UserOverride)
    }
}

/// Names of the sources that Microsoft 365 knows; any other word is kept as the export has it.
/// `Copilot` is not in the documented list of workloads but in the portal's own filter.
pub const SOURCES: [&str; 4] = ["Email", "Teams", "Office", "Copilot"];

/// The source that an export's word for an app or a workload stands for; none where it is a word of its own. The words
/// are those of the portal's reports, of Get-SafeLinksDetailReport and of the audit log.
pub fn source_of_word(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, usize); 9] = [
        ("email client", 0),
        ("emailclient", 0),
        ("mail", 0),
        ("outlook", 0),
        ("microsoft teams", 1),
        ("officedocs", 2),
        ("office document", 2),
        ("office documents", 2),
        ("office docs", 2),
    ];
    let word = word.trim();
    let same = SOURCES.iter().find(|name| name.eq_ignore_ascii_case(word));
    let other =
        || WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, at)| &SOURCES[*at]);
    same.or_else(other).copied()
}
