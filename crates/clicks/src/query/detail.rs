//! Every field of one click, and the record it came from.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Ask, Cx, Filter, Key, Selection, values};
use crate::failure::Failure;
use crate::import::Gap;
use crate::lens::{Lens, Reason, reasons_of};
use crate::link::{Own, UrlReading, read};
use crate::model::ids::Id as _;
use crate::model::{Dataset, Field, NONE, Untrusted};

/// Asks for every field of one click.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDetail {
    /// Row number inside the data set, as [`super::RowsAnswer::ids`] gave it.
    pub row: u32,
    /// Settings of the lens, as in a filter; empty for the default.
    #[serde(default)]
    pub lens: String,
}

/// Who clicked, and why that is thought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WhoClicked {
    /// `human`, `review`, `likely` or `automated`.
    pub class: String,
    /// What to call it on screen.
    pub label: String,
    /// The sum of points. From [`crate::lens::LIKELY`] and [`crate::lens::AUTOMATED`] on it is called so, unless a reason
    /// decides alone.
    pub points: i32,
    /// Why, those first that decide; empty where nothing speaks against a person.
    pub reasons: Vec<Reason>,
    /// Milliseconds from the delivery of the message to the click, where the message is known.
    pub after_delivery_ms: Option<i64>,
}

/// Every field of one click, and the record it came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// The row.
    pub row: u32,
    /// Every field, in the order to show.
    pub fields: Vec<DetailField>,
    /// The redirects from the link to the landing page; empty where the export has none.
    pub chain: Vec<Untrusted>,
    /// What each of these shows without being opened.
    pub hops: Vec<Hop>,
    /// What the URL chain is when it is empty.
    pub chain_state: FieldState,
    /// Header and cell of the raw record, as in the file.
    pub raw: Vec<(Untrusted, Untrusted)>,
    /// Why the raw record could not be read again, when it could not.
    pub raw_missing: Option<Untrusted>,
    /// Its file does not say whether warnings were clicked through.
    pub lacks_click_through: bool,
    /// Where to go from here: what this click shares with others.
    pub pivots: Vec<Pivot>,
    /// Name of the file.
    pub file: Untrusted,
    /// Line of the file, from 1.
    pub line: u64,
    /// Who clicked.
    pub who: WhoClicked,
    /// The other files that tell of the click, which counts once: place in the list of files, and name.
    pub also_in: Vec<(u32, Untrusted)>,
}

/// One step of a chain of redirects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// What somebody registered of its host.
    pub domain: Untrusted,
    /// It is another one than that of the step before.
    pub moves: bool,
    /// Labels of the signs of its URL, see [`crate::link::Sign`].
    pub signs: Vec<String>,
}

/// What a click shares with others, and with how many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pivot {
    /// The key of a filter.
    pub key: String,
    /// Its value: alone in a filter, it lets through so many of all clicks.
    pub value: Untrusted,
    /// How many, this one among them.
    pub clicks: u64,
}

/// The fields by which one goes on from a click.
const PIVOTS: [Field; 5] = [Field::User, Field::Host, Field::Url, Field::MessageId, Field::Ip];

/// One field of a click in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetailField {
    /// Column name, as in [`super::RowsAnswer::columns`].
    pub name: String,
    /// What to call it on screen.
    pub label: String,
    /// The value, empty unless `state` is `value`.
    pub value: Untrusted,
    /// Whether there is one.
    pub state: FieldState,
    /// What the value means or where it comes from, in a few words, where that helps.
    pub note: Option<Untrusted>,
}

/// A field has three states; the page never shows a blank that could be any of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldState {
    /// The cell has a value.
    Value,
    /// The export has the column, the cell is empty.
    Empty,
    /// The export has no such column.
    #[default]
    Absent,
}

impl Ask for AskDetail {
    const NAME: &'static str = "detail";
    type Answer = Detail;

    fn answer(&self, cx: &mut Cx) -> Result<Detail, Failure> {
        let row = self.row as usize;
        let rows = cx.data().len();
        if row >= rows {
            return Err(Failure::bad_request(format!("There is no row {row}: the data has {rows} rows.")));
        }
        let pivots = pivots_of(cx, row)?;
        let mut filter = Filter::default();
        filter.set_single("lens", &self.lens);
        let beside = cx.beside(&filter)?;
        let lens = &beside.lens;
        let cx = &*cx;
        let data = cx.data();
        let raw = cx.record();
        let chain_cell = raw.iter().find(|(name, _)| is_chain(name)).map(|(_, cell)| cell.as_str());
        let chain = chain_cell.map(chain_of).unwrap_or_default();
        let file = data.origin.at(row).file() as usize;
        // No column of an export, and worth to be seen where somebody has one.
        let group = (!data.group_of_row(row).is_none()).then_some(Field::Group);
        Ok(Detail {
            row: self.row,
            fields: Field::columns().chain(group).map(|field| field_of(cx, row, field)).collect(),
            chain_state: match chain_cell {
                None => FieldState::Absent,
                Some(_) if chain.is_empty() => FieldState::Empty,
                Some(_) => FieldState::Value,
            },
            hops: hops(&chain, beside.hindsight.own(data)),
            chain,
            raw_missing: raw.is_empty().then(|| "The file could not be read again.".into()),
            raw: raw.iter().map(|(name, cell)| (name.as_str().into(), cell.as_str().into())).collect(),
            pivots,
            who: who(data, lens, row),
            lacks_click_through: cx
                .taken_files()
                .nth(file)
                .is_some_and(|(_, f)| f.notes.iter().any(|note| note.code == Gap::ClickThrough.code())),
            file: cx.taken_files().nth(file).map(|(_, f)| f.name.clone()).unwrap_or_default(),
            line: data.line[row].into(),
            also_in: also_in(cx, row).collect(),
        })
    }

    fn row_to_read(&self) -> Option<u32> {
        Some(self.row)
    }
}

fn who(data: &Dataset, lens: &Lens, row: usize) -> WhoClicked {
    let (labels, config) = (lens.labels(data), lens.config());
    let class = labels.class(row);
    WhoClicked {
        class: class.token().to_owned(),
        label: class.label().to_owned(),
        points: config.sum(labels.signals(row)),
        reasons: reasons_of(data, labels, config, row),
        after_delivery_ms: data.delivered_at(row).map(|delivered| data.time[row] - delivered),
    }
}

/// Counted as the filter would count them, so that a door opens on what it says.
fn pivots_of(cx: &mut Cx, row: usize) -> Result<Vec<Pivot>, Failure> {
    let mut pivots = Vec::new();
    let hours = cx.hours_in("")?;
    let beside = cx.beside(&Filter::default())?;
    let data = cx.data();
    for field in PIVOTS {
        let (key, value) = (Key::Is(field), values::text(data, row, field));
        if value.is_empty() {
            continue;
        }
        let mut filter = Filter::default();
        filter.set(key, &value);
        let selection = Selection::new(data, &filter, hours.clone(), beside.clone());
        let clicks = selection.iter(data).map(|row| u64::from(data.weight_of(row))).sum();
        pivots.push(Pivot { key: key.name().to_owned(), value: value.into(), clicks });
    }
    Ok(pivots)
}

fn field_of(cx: &Cx, row: usize, field: Field) -> DetailField {
    let data = cx.data();
    let value = values::text(data, row, field);
    let state = match (value.is_empty(), data.has(row, field)) {
        (false, _) => FieldState::Value,
        (true, true) => FieldState::Empty,
        (true, false) => FieldState::Absent,
    };
    let kind = data.kind_of(row);
    let value = if field == Field::Action { kind.action.label().to_owned() } else { value };
    let note = match field {
        Field::RawAction => kind.clicked_through.map(|through| {
            if through { "clicked through the warning" } else { "no warning was clicked through" }.into()
        }),
        Field::ReportId if data.attempt(row) != NONE => Some("shared with another row: one attempt".into()),
        Field::Device if is_among(&data.derived_devices, row) => {
            Some("from a sign-in of the same person and address within twelve hours".into())
        }
        Field::Subject | Field::Sender if is_among(&data.messages_by_url, row) => {
            Some("of the last message with this URL before the click".into())
        }
        _ => None,
    };
    DetailField {
        name: field.name().to_owned(),
        label: field.label().to_owned(),
        value: value.into(),
        state,
        note,
    }
}

fn is_among(rows: &[u32], row: usize) -> bool {
    rows.binary_search(&(row as u32)).is_ok()
}

/// The other files that hold the click of a row.
fn also_in(cx: &Cx, row: usize) -> impl Iterator<Item = (u32, Untrusted)> + '_ {
    let file = |file: u16| cx.taken_files().nth(file as usize).map(|(place, f)| (place, f.name.clone()));
    cx.data().other_files_of(row).filter_map(file)
}

fn is_chain(name: &str) -> bool {
    name.trim_end_matches("_s").eq_ignore_ascii_case("UrlChain")
}

fn hops(chain: &[Untrusted], own: &Own) -> Vec<Hop> {
    let mut before = Untrusted::default();
    let hop = |url: &Untrusted| {
        let UrlReading { domain, signs, .. } = read(url.original(), own);
        let moves = !before.is_empty() && !domain.is_empty() && before != domain;
        if !domain.is_empty() {
            before = domain.clone();
        }
        Hop { domain, moves, signs: signs.into_iter().map(|sign| sign.label).collect() }
    };
    chain.iter().map(hop).collect()
}

/// The URLs of a chain: a JSON array, or text that is none and then stands for itself.
fn chain_of(cell: &str) -> Vec<Untrusted> {
    match serde_json::from_str(cell) {
        Ok(Value::Array(urls)) => urls.iter().filter_map(Value::as_str).map(Untrusted::from).collect(),
        Ok(Value::Null) => Vec::new(),
        _ if cell.trim().is_empty() => Vec::new(),
        _ => vec![cell.into()],
    }
}
