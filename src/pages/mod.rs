//! What fills the window: one page at a time. The pages of the report are rows of [`PAGES`]: navigation, address
//! and what is drawn follow from them.

mod addresses;
mod campaigns;
mod clicks;
mod compare;
mod groups;
mod landing;
mod lists;
mod loading;
mod overview;
mod report;
mod simulations;
mod sweep;
mod todo;
mod training;
mod trust;

use leptos::prelude::*;

use self::campaigns::CampaignsPage;
use self::clicks::ClicksPage;
use self::compare::ComparePage;
use self::groups::Groups;
pub use self::landing::Landing;
use self::lists::{CAMPAIGNS, GROUPS, HOSTS, PEOPLE, URLS};
pub use self::loading::LoadingPage;
use self::overview::Overview;
pub use self::report::{HEADING, Report};
use self::simulations::SimulationsPage;
use self::sweep::SweepPage;
use self::todo::TodoPage;
use self::training::TrainingPage;
use self::trust::TrustPage;
use crate::state::{AppState, PageId, notes};
use crate::ui::{GroupList, GroupListDef};

/// A page of the report.
pub struct PageDef {
    /// What it is called in the address.
    pub id: PageId,
    /// What to call it on screen.
    pub label: &'static str,
    /// A number beside its name; default none.
    pub badge: Option<Badge>,
    /// Whether it is about the clicks in view, and so has the filter bar.
    pub has_filters: bool,
    /// Whether there is anything on it; its place in the navigation is empty where not.
    pub is_there: fn(AppState) -> bool,
    /// Draws it.
    pub view: fn() -> AnyView,
}

/// A number beside the name of a page; none is shown for 0.
pub struct Badge {
    /// What it counts, in words.
    pub means: &'static str,
    /// The number.
    pub count: fn(AppState) -> usize,
}

/// In the order of the navigation. The first one is shown where an address names none.
pub const PAGES: &[PageDef] = &[
    PageDef {
        id: PageId("overview"),
        label: "Overview",
        badge: None,
        has_filters: true,
        is_there: |_| true,
        view: || view! { <Overview/> }.into_any(),
    },
    PageDef {
        id: PageId::TODO,
        label: "Needs action",
        badge: Some(Badge {
            means: "People for whom nothing has been done yet",
            count: |state| state.to_do() as usize,
        }),
        has_filters: true,
        is_there: |_| true,
        view: || view! { <TodoPage/> }.into_any(),
    },
    list_page(&PEOPLE, || view! { <GroupList def=&PEOPLE/> }.into_any()),
    list_page(&CAMPAIGNS, || view! { <CampaignsPage/> }.into_any()),
    list_page(&HOSTS, || view! { <GroupList def=&HOSTS/> }.into_any()),
    list_page(&URLS, || view! { <GroupList def=&URLS/> }.into_any()),
    PageDef {
        id: PageId("training"),
        label: "Training",
        badge: None,
        has_filters: true,
        is_there: |_| true,
        view: || view! { <TrainingPage/> }.into_any(),
    },
    PageDef {
        id: PageId("compare"),
        label: "Compare",
        badge: None,
        has_filters: true,
        is_there: |_| true,
        view: || view! { <ComparePage/> }.into_any(),
    },
    PageDef {
        id: PageId("simulations"),
        label: "Simulations",
        badge: None,
        has_filters: true,
        is_there: has_simulations,
        view: || view! { <SimulationsPage/> }.into_any(),
    },
    PageDef {
        id: PageId("sweep"),
        label: "Sweep",
        badge: None,
        has_filters: true,
        is_there: |_| true,
        view: || view! { <SweepPage/> }.into_any(),
    },
    PageDef {
        id: PageId::CLICKS,
        label: "Clicks",
        badge: None,
        has_filters: true,
        is_there: |_| true,
        view: || view! { <ClicksPage/> }.into_any(),
    },
    PageDef {
        id: PageId::TRUST,
        label: "Trust",
        badge: Some(Badge {
            means: "Notes on how far the numbers can be believed",
            count: |state| state.trust.read().as_ref().map_or(0, |t| notes::points(t).len()),
        }),
        has_filters: false,
        is_there: |_| true,
        view: || view! { <TrustPage/> }.into_any(),
    },
    // The last one: the digits of the others stay what they are when a directory comes.
    PageDef {
        is_there: |state| state.groups().is_some(),
        ..list_page(&GROUPS, || view! { <Groups/> }.into_any())
    },
];

/// Whether results of simulations are open.
fn has_simulations(state: AppState) -> bool {
    state.trust.read().as_ref().is_some_and(|trust| trust.simulated > 0)
}

/// A page that is a list of groups.
const fn list_page(def: &GroupListDef, view: fn() -> AnyView) -> PageDef {
    PageDef { id: def.page, label: def.title, badge: None, has_filters: true, is_there: |_| true, view }
}

impl PageDef {
    /// The page of an id; the first one where there is none.
    pub fn of(id: PageId) -> &'static PageDef {
        PAGES.iter().find(|def| def.id == id).unwrap_or(&PAGES[0])
    }
}

/// The ids of all pages, for the address.
pub fn ids() -> Vec<PageId> {
    PAGES.iter().map(|def| def.id).collect()
}
