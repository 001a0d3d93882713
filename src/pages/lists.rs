//! The pages that are lists of people, hosts and URLs: which numbers they show, and what each number opens.

use clicks::hindsight::Outcome;
use clicks::import::Gap;
use clicks::model::Field;
use clicks::query::Key;

use crate::state::PageId;
use crate::ui::{GroupColumn as Column, GroupListDef};

const CLICKS: Column = Column {
    measure: "clicks",
    label: "Clicks",
    one: "Click",
    means: "All clicks in view",
    note: "",
    tone: "plain",
    of: None,
    counted: &[],
    opens: PageId::CLICKS,
    needs: &[],
    in_view: |d| Some(d.totals.clicks),
    of_machines: |m| m.clicks,
};

const PEOPLE_OF: Column = Column {
    measure: "people",
    label: "People",
    one: "Person",
    means: "People who clicked",
    note: "",
    tone: "plain",
    of: None,
    counted: &[],
    opens: PageId::PEOPLE,
    needs: &[],
    in_view: |d| Some(d.totals.people),
    of_machines: |m| m.people,
};

const MALICIOUS: Column = Column {
    measure: "malicious",
    label: "Malicious",
    one: "Malicious",
    means: "Clicks with the verdict Malicious, whatever came of them",
    note: "",
    tone: "plain",
    of: None,
    counted: &[(Key::Is(Field::Verdict), "malicious")],
    opens: PageId::CLICKS,
    needs: &[Gap::Threats],
    in_view: |d| Some(d.totals.malicious),
    of_machines: |m| m.malicious,
};

const OVERRIDES: Column = Column {
    measure: "overriddenAttempts",
    label: "Overrides",
    one: "Override",
    means: "Of the warnings and waiting pages shown, those that were clicked through",
    note: "",
    tone: "warn",
    of: Some(("warnedAttempts", "Warnings")),
    counted: &[(Key::Is(Field::Action), "useroverride")],
    opens: PageId::CLICKS,
    needs: &[Gap::ClickThrough],
    in_view: |d| Some(d.totals.overridden_attempts),
    of_machines: |_| 0,
};

const BLOCKED: Column = Column {
    measure: "blocked",
    label: "Blocked",
    one: "Blocked",
    means: "Clicks that were stopped",
    note: "",
    tone: "good",
    of: None,
    counted: &[(Key::Is(Field::Action), "blocked")],
    opens: PageId::CLICKS,
    needs: &[Gap::Action],
    in_view: |d| Some(d.totals.blocked),
    of_machines: |m| m.blocked,
};

const REACHED_BAD: Column = Column {
    measure: "reachedBad",
    label: "Reached",
    one: "Reached",
    means: "Clicks that reached a page that is not safe, as is known today: past a warning, let through, let through before it was known, or although others like it were stopped",
    note: "as known today",
    tone: "bad",
    of: None,
    counted: &[
        (Key::Is(Field::Attempt), Outcome::REACHED_BAD[0]),
        (Key::Is(Field::Attempt), Outcome::REACHED_BAD[1]),
        (Key::Is(Field::Attempt), Outcome::REACHED_BAD[2]),
        (Key::Is(Field::Attempt), Outcome::REACHED_BAD[3]),
    ],
    opens: PageId::CLICKS,
    needs: &[Gap::Threats, Gap::Action],
    in_view: |_| None,
    of_machines: |_| 0,
};

const EXPOSED: Column = Column {
    measure: "exposed",
    label: "Bad later",
    one: "Bad later",
    means: "Clicks that were let through before the page, or others like it, were found to be bad",
    note: "",
    tone: "warn",
    of: None,
    counted: &[(Key::Is(Field::Attempt), "exposed")],
    opens: PageId::CLICKS,
    needs: &[Gap::Allowed],
    in_view: |_| None,
    of_machines: |_| 0,
};

/// Every campaign that anybody clicked.
pub const CAMPAIGNS: GroupListDef = GroupListDef {
    page: PageId::CAMPAIGNS,
    title: "Campaigns",
    field: Field::Campaign,
    words: ("campaign", "campaigns"),
    columns: &[PEOPLE_OF, REACHED_BAD, EXPOSED, OVERRIDES, BLOCKED, CLICKS],
    first: "people",
    all: |_| None,
    only_with_value: true,
    in_view: |_| None,
};

/// Everybody who clicked.
pub const PEOPLE: GroupListDef = GroupListDef {
    page: PageId::PEOPLE,
    title: "People",
    field: Field::User,
    words: ("person", "people"),
    columns: &[REACHED_BAD, EXPOSED, OVERRIDES, MALICIOUS, BLOCKED, CLICKS],
    first: "reachedBad",
    all: |d| Some(d.all_people),
    only_with_value: false,
    in_view: |d| Some(d.totals.people.saturating_sub(d.left_out.people)),
};

/// Every host that was clicked.
pub const HOSTS: GroupListDef = GroupListDef {
    page: PageId::HOSTS,
    title: "Hosts",
    field: Field::Host,
    words: ("host", "hosts"),
    columns: &[REACHED_BAD, MALICIOUS, OVERRIDES, BLOCKED, PEOPLE_OF, CLICKS],
    first: "reachedBad",
    all: |_| None,
    only_with_value: false,
    in_view: |_| None,
};

/// Every URL that was clicked.
pub const URLS: GroupListDef = GroupListDef {
    page: PageId::URLS,
    title: "URLs",
    field: Field::Url,
    words: ("URL", "URLs"),
    columns: &[REACHED_BAD, MALICIOUS, OVERRIDES, BLOCKED, PEOPLE_OF, CLICKS],
    first: "reachedBad",
    all: |_| None,
    only_with_value: false,
    in_view: |_| None,
};

/// Every group of people, where a directory says who is in which.
pub const GROUPS: GroupListDef = GroupListDef {
    page: PageId::GROUPS,
    title: "Groups",
    field: Field::Group,
    words: ("group", "groups"),
    columns: &[REACHED_BAD, OVERRIDES, MALICIOUS, BLOCKED, PEOPLE_OF, CLICKS],
    first: "reachedBad",
    all: |_| None,
    only_with_value: false,
    in_view: |_| None,
};
