//! What is seldom needed, and on a phone all that the header has no room for.

use leptos::prelude::*;

use super::menu_item::CommandItem;
use super::{ExportItems, MenuItem, Popover};
use crate::commands::{ADD, HELP, PALETTE};
use crate::platform::theme::Theme;
use crate::state::use_state;

/// The menu.
#[component]
pub fn MoreMenu() -> impl IntoView {
    let state = use_state();
    let theme = move |theme: Theme, label: &'static str, testid: &'static str| {
        view! {
            <MenuItem
                label=Signal::stored(label.to_owned())
                testid
                pressed=Signal::derive(move || state.theme.get() == theme)
                on_press=Callback::new(move |()| state.theme.set(theme))
            />
        }
    };
    view! {
        <Popover label=Signal::stored("More".to_owned()) testid="more" about="More">
            <Show when=move || state.room.is_phone.get()>
                <div class="menu"><CommandItem command=&ADD testid="more-add"/></div>
                <hr class="menu-rule"/>
                <ExportItems/>
                <hr class="menu-rule"/>
            </Show>
            <div class="menu">
                <CommandItem command=&PALETTE testid="palette"/>
                <CommandItem command=&HELP testid="help"/>
            </div>
            <hr class="menu-rule"/>
            <div class="menu" role="group" aria-label="Colours">
                <p class="menu-caption" aria-hidden="true">"Colours"</p>
                {theme(Theme::System, "As the system", "theme-system")}
                {theme(Theme::Light, "Light", "theme-light")}
                {theme(Theme::Dark, "Dark", "theme-dark")}
            </div>
        </Popover>
    }
}
