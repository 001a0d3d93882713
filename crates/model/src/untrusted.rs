//! Text that an attacker may have written, as a type.
//!
//! Owns what can be done with a cell, a word of an address or the name of a file on its way to somebody's
//! screen: answers carry it as this type, which has no `Display` and is no text of a page, so that nobody shows
//! it without having said how. Must not know how it is made safe, which is in [`super::text`].

use serde::{Deserialize, Serialize};

use super::{ShownUrl, text};

/// Text that an attacker may have written. In JSON it is the text.
///
/// ```
/// use model::Untrusted;
/// let value = Untrusted::from("https://evil.example/\u{202e}");
/// assert_eq!(value.shown_url(), "hxxps://evil[.]example/⟨U+202E⟩");
/// assert_eq!(value.original(), "https://evil.example/\u{202e}");
/// ```
///
/// It does not become a text by itself:
///
/// ```compile_fail
/// let value = clicks::model::Untrusted::from("invoice\u{202e}fdp.exe");
/// let shown = format!("{value}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Untrusted(String);

impl Untrusted {
    /// To look at: nothing invisible, cut to what a screen holds, see [`text::shown`].
    pub fn shown(&self) -> String {
        text::shown(&self.0)
    }

    /// To look at, as a URL or a host: defanged as well, see [`text::shown_url`].
    pub fn shown_url(&self) -> String {
        text::shown_url(&self.0)
    }

    /// To look at, as a URL of which one sees whose it is, see [`ShownUrl`].
    pub fn url_parts(&self) -> ShownUrl {
        ShownUrl::of_url(&self.0)
    }

    /// The same for a host.
    pub fn host_parts(&self) -> ShownUrl {
        ShownUrl::of_host(&self.0)
    }

    /// As it stands: to compare, to filter by, to hand on where somebody asks for the original.
    pub fn original(&self) -> &str {
        &self.0
    }

    /// As it stands, see [`Untrusted::original`].
    pub fn into_original(self) -> String {
        self.0
    }

    /// There is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Untrusted {
    fn from(text: String) -> Untrusted {
        Untrusted(text)
    }
}

impl From<&str> for Untrusted {
    fn from(text: &str) -> Untrusted {
        Untrusted(text.to_owned())
    }
}

impl PartialEq<str> for Untrusted {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Untrusted {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}
