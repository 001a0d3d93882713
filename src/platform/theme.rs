//! Light or dark: the system's choice, or the reader's.

use leptos::prelude::document;

use super::storage;

const STORED_AS: &str = "clickglass.theme";

/// Which colours the page uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The next one, for a button that goes round.
    pub const fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    /// The name as stored, and as the stylesheet knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// What was chosen the last time.
pub fn remembered() -> Theme {
    match storage::get(STORED_AS).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Makes the page use it, and remembers it.
pub fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        let done = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
        };
        if done.is_err() {
            leptos::logging::warn!("the theme cannot be set");
        }
    }
    storage::set(STORED_AS, theme.name());
}
