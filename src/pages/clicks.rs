//! The table alone, as high as the window.

use leptos::prelude::*;

use crate::ui::ClickTable;

/// The page.
#[component]
pub fn ClicksPage() -> impl IntoView {
    view! { <div class="clicks_page"><ClickTable height="tall"/></div> }
}
