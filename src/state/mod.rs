//! What the page knows: one `Copy` struct of signals, provided once.
//!
//! Owns what is open, the filter in force, the page shown and how the table is laid out. Must not know how
//! any of it looks, nor hold a single click: rows come from the engine a page at a time.

pub mod address;
pub mod answers;
pub mod asked;
pub mod columns;
mod copied;
mod group_order;
mod handled;
mod lens;
mod load;
pub mod notes;
mod open;
mod opened_click;
pub mod order;
mod recovery;
mod room;
mod saving;
mod value_menu;

use std::sync::Arc;

use clicks::beside::GroupBy;
use clicks::import::ReadAs;
use clicks::query::{Dashboard, Trust};
use clicks::query::{Filter, Key};
use clicks::{Failure, UnknownTable};
use insights::{AllHandled, Worklist};
use leptos::html;
use leptos::prelude::*;

pub use self::address::PageId;
use self::address::{Codec, View};
use self::asked::Newest;
pub use self::columns::ColumnChoice;
pub use self::group_order::{GroupOrder, GroupOrders};
pub use self::load::{DataRef, LoadState, Loading, LoadingFile};
use self::open::Removal;
pub use self::open::{Outcome, Removed, file_row_id};
pub use self::opened_click::{OpenedClick, Place, Walk};
pub use self::order::SortKey;
pub use self::room::Room;
pub use self::saving::Saving;
pub use self::value_menu::ValueMenu;
use crate::platform::engine::EngineClient;
use crate::platform::files::File;
use crate::platform::theme::{self, Theme};
use crate::platform::{hash, zone};

/// Every signal that more than one component reads.
#[derive(Clone, Copy)]
pub struct AppState {
    /// Where questions go.
    pub engine: EngineClient,
    /// Nothing, loading, ready or failed.
    pub load: RwSignal<LoadState>,
    /// Which clicks are in view.
    pub filter: RwSignal<Filter>,
    /// What somebody says about files that do not say it themselves.
    pub read_as: RwSignal<ReadAs>,
    /// The files of the newest opening, whatever came of it.
    pub(super) asked_for: StoredValue<Vec<File>, LocalStorage>,
    /// What somebody said when what is open was read.
    pub(super) read_as_open: StoredValue<ReadAs>,
    /// Parts of the address that say nothing that could be meant, until somebody closes the notice.
    pub misread: RwSignal<Vec<String>>,
    /// The removals since files were opened, which can be taken back one by one.
    pub(super) removals: StoredValue<Vec<Removal>, LocalStorage>,
    /// The files whose details are open on the trust page, by name and which of that name; and whether all of its words are
    /// shown.
    pub trust_view: RwSignal<TrustView>,
    /// A table of no known kind, whose columns are being named: its name, and what is known of it.
    pub unknown: RwSignal<Option<(String, UnknownTable, bool)>>,
    /// Which page is shown.
    pub page: RwSignal<PageId>,
    /// The overview's answer to the newest filter that has been answered.
    pub dashboard: RwSignal<Option<Arc<Dashboard>>>,
    /// Who needs action among the clicks in view.
    pub worklist: RwSignal<Option<Arc<Worklist>>>,
    /// The list of indicators that was looked for last.
    pub swept: RwSignal<String>,
    /// What became of something that was copied, for a few seconds.
    pub notice: RwSignal<String>,
    /// Texts that are copied, of which only the newest counts.
    pub copies: Newest,
    /// A view that others are compared with.
    pub pinned: RwSignal<Option<String>>,
    /// What was done for them.
    pub handled: RwSignal<AllHandled>,
    /// What is known about the opened files.
    pub trust: RwSignal<Option<Arc<Trust>>>,
    /// The last question that could not be answered, until somebody closes it.
    pub failure: RwSignal<Option<Failure>>,
    /// That the engine stopped and was started again, until somebody closes it or opens something else.
    pub restarted: RwSignal<Option<Failure>>,
    /// What became of the last opening, beside what is shown; until somebody closes it.
    pub outcome: RwSignal<Outcome>,
    /// The filter was there before the files that are open, and has not been touched since.
    pub kept_view: RwSignal<bool>,
    /// Somebody waits for the engine, and it has given no sign of life for a while.
    pub silent: RwSignal<bool>,
    /// Loads, of which only the newest is shown.
    pub loads: Newest,
    /// Sort keys of the table, first key first.
    pub order: RwSignal<Vec<SortKey>>,
    /// Columns of the table in their order.
    pub columns: RwSignal<Vec<ColumnChoice>>,
    /// How the lists of people, hosts and URLs are sorted.
    pub group_orders: GroupOrders,
    /// The click whose detail is open.
    pub detail: RwSignal<Option<OpenedClick>>,
    /// The way to the next click, while a list is shown.
    pub walker: RwSignal<Option<Walk>>,
    /// The menu of a value, while it is open.
    pub value_menu: RwSignal<Option<ValueMenu>>,
    /// The filter before the bar that was pressed last, and after it.
    pub before_press: StoredValue<Option<(Filter, Filter)>>,
    /// How much room there is.
    pub room: Room,
    /// Light, dark, or what the system says.
    pub theme: RwSignal<Theme>,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// The file that is being written.
    pub saving: RwSignal<Option<Saving>>,
    /// The page is being printed.
    pub printing: RwSignal<bool>,
    /// What is chosen next is opened together with what is open.
    pub adds: RwSignal<bool>,
    /// The one real file input of the document.
    pub picker: NodeRef<html::Input>,
}

/// What is unfolded on the trust page; it stays when the files are read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustView {
    /// The files whose details somebody showed or hid: the name, which of the files of that name, and whether they are shown.
    files: Vec<((String, u32), bool)>,
    /// All files are shown, not only the first.
    pub all_files: bool,
    /// All words are shown, not only the first.
    pub all_words: bool,
}

impl TrustView {
    /// Whether the details of a file are shown; none where nobody said.
    pub fn is_open(&self, file: &(String, u32)) -> Option<bool> {
        self.files.iter().find(|(known, _)| known == file).map(|(_, open)| *open)
    }

    /// Shows the details of a file, or hides them.
    pub fn set_open(&mut self, file: &(String, u32), open: bool) {
        self.files.retain(|(known, _)| known != file);
        self.files.push((file.clone(), open));
    }

    /// Forgets what was said of files of these names: numbers of equal names move when one of them goes.
    pub fn forget(&mut self, names: &[&str]) {
        self.files.retain(|((name, _), _)| !names.contains(&name.as_str()));
    }
}

/// A dialog over the page; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// What the keys do, and what the words mean.
    Help,
    /// Everything by its name.
    Palette,
    /// Paste the text of an export.
    Paste,
    /// Say which column of a table is what.
    Columns,
}

impl AppState {
    /// Creates the state from the address of the page, and keeps the two together from then on. `pages` are those
    /// of the report, the first one first.
    pub fn new(engine: EngineClient, pages: Vec<PageId>) -> AppState {
        let codec = Codec::new(pages, zone::is_known);
        let View { page, filter, read_as, misread } = codec.parse(&hash::current());
        let state = AppState {
            engine,
            read_as: RwSignal::new(read_as),
            asked_for: StoredValue::new_local(Vec::new()),
            read_as_open: StoredValue::default(),
            misread: RwSignal::new(misread),
            removals: StoredValue::new_local(Vec::new()),
            trust_view: RwSignal::new(TrustView::default()),
            unknown: RwSignal::new(None),
            load: RwSignal::new(LoadState::Empty),
            filter: RwSignal::new(filter),
            page: RwSignal::new(page),
            dashboard: RwSignal::new(None),
            worklist: RwSignal::new(None),
            swept: RwSignal::new(String::new()),
            notice: RwSignal::new(String::new()),
            copies: Newest::default(),
            pinned: RwSignal::new(None),
            handled: RwSignal::new(AllHandled::default()),
            trust: RwSignal::new(None),
            failure: RwSignal::new(None),
            restarted: RwSignal::new(None),
            outcome: RwSignal::new(Outcome::default()),
            kept_view: RwSignal::new(false),
            silent: RwSignal::new(false),
            loads: Newest::default(),
            order: RwSignal::new(order::default_order()),
            columns: RwSignal::new(columns::remembered()),
            group_orders: GroupOrders::new(),
            detail: RwSignal::new(None),
            walker: RwSignal::new(None),
            value_menu: RwSignal::new(None),
            before_press: StoredValue::new(None),
            room: Room::new(),
            theme: RwSignal::new(theme::remembered()),
            dialog: RwSignal::new(None),
            saving: RwSignal::new(None),
            printing: RwSignal::new(false),
            adds: RwSignal::new(false),
            picker: NodeRef::new(),
        };
        address::keep(state, codec);
        answers::keep(state);
        columns::keep(state);
        recovery::keep(state);
        Effect::new(move |before: Option<()>| {
            state.filter.track();
            if before.is_some() {
                state.kept_view.set(false);
            }
        });
        Effect::new(move || theme::apply(state.theme.get()));
        state
    }

    /// Changes the filter, and only says so when something changed.
    pub fn refine(&self, change: impl FnOnce(&mut Filter)) {
        let mut next = self.filter.get_untracked();
        change(&mut next);
        if next != *self.filter.read_untracked() {
            self.filter.set(next);
        }
    }

    /// The filter that the numbers on the page are of: that of the last answer, without what had no effect. The
    /// one in the address may not have been answered yet, or not be understood.
    pub fn answered_filter(&self) -> Filter {
        self.dashboard.read().as_ref().map_or_else(Filter::default, |d| Filter::parse(&d.filter).in_effect())
    }

    /// Takes a value in or leaves it out; a second time takes that back.
    pub fn pick(&self, key: Key, value: &str, exclude: bool) {
        self.refine(|f| {
            if exclude {
                f.toggle_exclude(key, value);
            } else {
                f.toggle(key, value);
            }
        });
    }

    /// Shows a page.
    pub fn go(&self, page: PageId) {
        if self.page.get_untracked() != page {
            // What it stands on goes with the page.
            self.value_menu.set(None);
            self.page.set(page);
        }
    }

    /// What is open, also while something else loads or after it failed.
    pub fn data(&self) -> Option<DataRef> {
        self.load.read().data()
    }

    /// Whether what is open came of files, which can be read again or closed; the sample did not.
    pub fn is_of_files(&self) -> bool {
        self.data().is_some_and(|data| !self.engine.files_of(data.token).is_empty())
    }

    /// What the groups of people are, where a directory is open that has some.
    pub fn groups(&self) -> Option<GroupBy> {
        let trust = self.trust.read();
        let people = trust.as_ref()?.joins.people.as_ref()?;
        people.by.filter(|_| people.groups > 0)
    }

    /// Time zone of the page as the filter writes it; `UTC` without one.
    pub fn zone(&self) -> String {
        self.filter.read().tz.clone().unwrap_or_else(|| "UTC".to_owned())
    }

    /// A click is open beside the page.
    pub fn is_docked(&self) -> bool {
        self.room.has_dock.get() && self.detail.read().is_some()
    }

    /// Opens the browser's file dialog, for files in the place of what is open.
    pub fn pick_files(&self) {
        self.pick_with(false);
    }

    /// Opens the browser's file dialog, for files beside those that are open.
    pub fn pick_more_files(&self) {
        self.pick_with(true);
    }

    fn pick_with(&self, adds: bool) {
        self.adds.set(adds);
        if let Some(input) = self.picker.get_untracked() {
            input.click();
        }
    }
}

/// The state, from anywhere below the app.
pub fn use_state() -> AppState {
    expect_context::<AppState>()
}
