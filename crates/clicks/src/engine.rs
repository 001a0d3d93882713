//! The engine: owns the clicks, answers requests.
//!
//! Owns what is kept between two questions (the data, the last selections, orders of texts). One engine, four
//! callers: the page, the JavaScript API, the command line and the tests. Must not know any of them.

use std::rc::Rc;

use serde_json::Value;

use crate::export::{self, RowWriter};
use crate::import::{Loaded, Loader, Source};
use crate::model::{Dataset, Field, FileFacts};
use crate::protocol::{
    Dashboard, DataToken, Detail, DetailField, Failure, FailureKind, FieldState, FileReport, Level, Note,
    Opened, QueryParams, Report, Request, Response, RowsAnswer, RowsParams, Table, Trust,
};
use crate::query::{
    Filter, Hours, Key, NoAnswer, OrderBy, Ranks, Selection, Zone, ZoneSource, aggregate, dashboard, page,
    suggest, totals_of, values,
};

/// How many selections are kept: the page asks for the overview and the rows of one filter, a visitor goes
/// back and forth between a few.
const KEPT: usize = 6;

/// Rows of a page when nobody says how many.
const PAGE_ROWS: u32 = 100;
/// Places of a ranking when nobody says how many.
const TOP_ROWS: u32 = 10;

/// Owns a data set and answers questions about it.
pub struct Engine {
    /// Shared with the exports under way: they end on the data that they began on.
    data: Rc<Dataset>,
    /// What the data is called; none before anything was installed.
    token: Option<DataToken>,
    files: Vec<FileReport>,
    sources: Vec<Source>,
    zones: ZoneSource,
    ranks: Ranks,
    selections: Vec<(String, Rc<Selection>)>,
    /// The hours of the zones asked for last.
    hours: Vec<(String, Rc<Hours>)>,
}

/// Where the bytes of one record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    /// Index among the files that gave clicks, in the order opened.
    pub file: usize,
    /// Byte of the file to read from.
    pub byte: u64,
}

impl Engine {
    /// An engine without data. `zones` knows the time zones.
    pub fn new(zones: ZoneSource) -> Engine {
        Engine {
            data: Rc::default(),
            token: None,
            files: Vec::new(),
            sources: Vec::new(),
            zones,
            ranks: Ranks::default(),
            selections: Vec::new(),
            hours: Vec::new(),
        }
    }

    /// Takes what a loader has read, to be known by a token; what was there before is gone.
    pub fn install(&mut self, loader: Loader, token: DataToken) -> Opened {
        let Loaded { data, files, sources } = loader.finish();
        self.data = Rc::new(data);
        self.token = Some(token);
        self.files = files;
        self.sources = sources;
        self.ranks = Ranks::default();
        self.selections.clear();
        self.hours.clear();
        Opened { rows: self.data.len() as u64, files: self.files.clone() }
    }

    /// The clicks.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Fails unless this holds the data of that token: a question about other data, or about none, has no
    /// answer here, not even zero.
    pub fn check(&self, about: DataToken) -> Result<(), Failure> {
        match self.token {
            None => Err(no_data("Nothing is open. Open a file first.")),
            Some(token) if token != about => {
                Err(no_data("Other files have been opened since this was asked. Ask again."))
            }
            Some(_) => Ok(()),
        }
    }

    /// Fails before anything was installed.
    fn check_any(&self) -> Result<(), Failure> {
        self.check(self.token.unwrap_or_default())
    }

    /// Answers a request about what was installed last. Never panics on any request.
    pub fn answer(&mut self, request: &Request) -> Response {
        self.try_answer(request).unwrap_or_else(Response::Failed)
    }

    fn try_answer(&mut self, request: &Request) -> Result<Response, Failure> {
        self.check_any()?;
        Ok(match request {
            Request::Dashboard { filter } => Response::Dashboard(Box::new(self.dashboard(filter)?)),
            Request::Rows(params) => Response::Rows(self.rows(params)?),
            Request::Detail { row } => Response::Detail(Box::new(self.detail(*row, None)?)),
            Request::Query { queries } => {
                Response::Tables { tables: queries.iter().map(|q| self.query(q)).collect::<Result<_, _>>()? }
            }
            Request::Report(params) => Response::Report(Box::new(self.report(params)?)),
            Request::TopUrls(params) => {
                Response::Tables { tables: vec![self.top(params, "url", ["-malicious", "-clicks", "url"])?] }
            }
            Request::TopUsers(params) => Response::Tables {
                tables: vec![self.top(params, "user", ["-blocked", "-overridden", "user"])?],
            },
            Request::Suggest { key, text, filter, limit } => self.suggest(key, text, filter, *limit)?,
            Request::Trust => Response::Trust(self.trust()),
        })
    }

    /// The rows that pass a filter; kept, because the same filter is asked about many times.
    fn select(&mut self, text: &str) -> Result<(Filter, Rc<Selection>), Failure> {
        let filter = Filter::parse(text);
        filter.check().map_err(bad_request)?;
        let canonical = filter.to_string();
        if let Some(at) = self.selections.iter().position(|(known, _)| *known == canonical) {
            let kept = self.selections.remove(at);
            let selection = kept.1.clone();
            self.selections.push(kept);
            return Ok((filter, selection));
        }
        let hours = self.hours_in(filter.tz.as_deref().unwrap_or(""))?;
        let selection = Rc::new(Selection::new(&self.data, &filter, hours));
        if self.selections.len() >= KEPT {
            self.selections.remove(0);
        }
        self.selections.push((canonical, selection.clone()));
        Ok((filter, selection))
    }

    fn hours_in(&mut self, zone: &str) -> Result<Rc<Hours>, Failure> {
        if let Some((_, hours)) = self.hours.iter().find(|(known, _)| known == zone) {
            return Ok(hours.clone());
        }
        let hours = Rc::new(Hours::new(&self.data, self.zone(zone)?));
        if self.hours.len() >= KEPT {
            self.hours.remove(0);
        }
        self.hours.push((zone.to_owned(), hours.clone()));
        Ok(hours)
    }

    fn zone(&self, name: &str) -> Result<Zone, Failure> {
        if let Some(zone) = Zone::fixed(name) {
            return Ok(zone);
        }
        let (from, to) = self.data.span().unwrap_or((0, 0));
        (self.zones)(name, from, to).ok_or_else(|| {
            bad_request(format!("The time zone “{name}” is not known here. Use a name such as Europe/Berlin, an offset such as +02:00, or UTC."))
        })
    }

    fn dashboard(&mut self, text: &str) -> Result<Dashboard, Failure> {
        let (filter, selection) = self.select(text)?;
        let mut answer = dashboard(&self.data, &selection);
        answer.filter = filter.to_string();
        answer.files = self.taken_files().count() as u32;
        answer.notes = self.notes();
        answer.ignored.clone_from(&selection.ignored);
        if !selection.ignored.is_empty() {
            answer.notes.push(Note {
                level: Level::Info,
                code: "ignored".to_owned(),
                title: "A part of the filter has no effect".to_owned(),
                text: format!("Nothing in this data answers to {}.", selection.ignored.join(", ")),
            });
        }
        Ok(answer)
    }

    /// The files that gave clicks, in the order of [`crate::model::Origin::file`], with their places in the
    /// list of all files.
    fn taken_files(&self) -> impl Iterator<Item = (u32, &FileReport)> {
        (0..).zip(&self.files).filter(|(_, f)| f.kind != "refused")
    }

    fn trust(&self) -> Trust {
        Trust {
            files: self.files.clone(),
            clicks: self.data.clicks(),
            duplicates: self.duplicates(),
            notes: self.notes(),
            engine: None,
        }
    }

    /// The notes of all files, each said once, the gravest first.
    fn notes(&self) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        for note in self.files.iter().flat_map(|f| &f.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        let duplicates = self.duplicates();
        if duplicates > 0 {
            notes.push(Note {
                level: Level::Info,
                code: "duplicates".to_owned(),
                title: format!("{duplicates} identical records were counted once"),
                text: "Exports that overlap and streams that deliver twice repeat records.".to_owned(),
            });
        }
        if self.data.look_alikes > 0 {
            notes.push(Note {
                level: Level::Warn,
                code: "look-alikes".to_owned(),
                title: format!("{} clicks look like clicks of another file", self.data.look_alikes),
                text: "Report id, user, time and URL are the same, something else differs, so both are counted. Perhaps one of the files was changed after it was exported.".to_owned(),
            });
        }
        notes.sort_by_key(|n| std::cmp::Reverse(n.level));
        notes
    }

    fn duplicates(&self) -> u64 {
        self.data.files.iter().map(|f| f.duplicates).sum()
    }

    fn columns(&self, names: &[String]) -> Result<Vec<Field>, Failure> {
        if names.is_empty() {
            return Ok(Field::columns().collect());
        }
        let column = |name: &String| {
            Field::column_of_name(name).ok_or_else(|| {
                let known: Vec<&str> = Field::columns().map(Field::name).collect();
                bad_request(format!("There is no column “{name}”; there are {}.", known.join(" ")))
            })
        };
        names.iter().map(column).collect()
    }

    fn order(&self, names: &[String]) -> Result<Vec<OrderBy>, Failure> {
        let by = |name: &String| {
            OrderBy::parse(name)
                .ok_or_else(|| bad_request(format!("There is no column “{name}” to order by.")))
        };
        names.iter().map(by).collect()
    }

    /// The numbers of the rows of a page, in order, and how many there are in all.
    fn page(&mut self, params: &RowsParams) -> Result<(Vec<u32>, u64), Failure> {
        let by = self.order(&params.order_by)?;
        let (_, selection) = self.select(&params.filter)?;
        let limit = params.limit.unwrap_or(PAGE_ROWS) as usize;
        Ok(page(&self.data, &selection, &self.ranks, &by, params.offset as usize, limit))
    }

    fn rows(&mut self, params: &RowsParams) -> Result<RowsAnswer, Failure> {
        let columns = self.columns(&params.columns)?;
        let (ids, total) = self.page(params)?;
        let (_, selection) = self.select(&params.filter)?;
        let absent = |facts: &FileFacts| {
            let columns = facts.fields.missing().filter(|d| d.column);
            columns.map(|d| d.name.to_owned()).collect()
        };
        let listed: Vec<u32> = self.taken_files().map(|(place, _)| place).collect();
        let file_of = |row: &u32| {
            let file = self.data.origin.at(*row as usize).file() as usize;
            listed.get(file).copied().unwrap_or(0)
        };
        Ok(RowsAnswer {
            columns: columns.iter().map(|c| c.name().to_owned()).collect(),
            rows: ids.iter().map(|row| self.cells(*row, &columns)).collect(),
            files: ids.iter().map(file_of).collect(),
            absent: self.data.files.iter().map(absent).collect(),
            ids,
            total,
            ignored: selection.ignored.clone(),
        })
    }

    fn cells(&self, row: u32, columns: &[Field]) -> Vec<Value> {
        columns.iter().map(|c| values::json(&self.data, row as usize, *c)).collect()
    }

    fn query(&mut self, params: &QueryParams) -> Result<Table, Failure> {
        let (_, selection) = self.select(&params.filter)?;
        aggregate(&self.data, &selection, &self.ranks, params).map_err(|none| match none {
            NoAnswer::Word(message) => bad_request(message),
            NoAnswer::TooMany(message) => {
                Failure { kind: FailureKind::TooLarge, message, ..Failure::default() }
            }
        })
    }

    fn top(&mut self, params: &RowsParams, group: &str, order: [&str; 3]) -> Result<Table, Failure> {
        let measures = ["clicks", "people", "malicious", "reached", "blocked", "overridden"];
        let order_by = if params.order_by.is_empty() {
            order.map(str::to_owned).to_vec()
        } else {
            params.order_by.clone()
        };
        self.query(&QueryParams {
            filter: params.filter.clone(),
            group_by: vec![group.to_owned()],
            measures: measures.map(str::to_owned).to_vec(),
            order_by,
            limit: Some(params.limit.unwrap_or(TOP_ROWS)),
            offset: params.offset,
        })
    }

    fn report(&mut self, params: &RowsParams) -> Result<Report, Failure> {
        let (filter, selection) = self.select(&params.filter)?;
        let rows = self.rows(params)?;
        let first = selection.iter(&self.data).next();
        let last = selection.iter(&self.data).next_back();
        let iso = |row: Option<usize>| row.map(|row| values::text(&self.data, row, Field::Time));
        Ok(Report {
            filter: filter.to_string(),
            files: self.files.clone(),
            totals: totals_of(&self.data, &selection),
            from: iso(first),
            to: iso(last),
            columns: rows.columns,
            rows: rows.rows,
            total: rows.total,
            ignored: rows.ignored,
        })
    }

    fn suggest(&mut self, key: &str, text: &str, filter: &str, limit: u32) -> Result<Response, Failure> {
        let unknown = || bad_request(format!("There are no values to suggest for “{key}”."));
        let key = Key::from_name(key).ok_or_else(unknown)?;
        let mut others = Filter::parse(filter);
        others.remove_key(key);
        let (_, selection) = self.select(&others.to_string())?;
        let (values, total) =
            suggest(&self.data, &selection, key, text, limit.clamp(1, 1_000) as usize).ok_or_else(unknown)?;
        Ok(Response::Suggest { values, total })
    }

    /// Where the record of a row is, for a host that can read the file again.
    pub fn place_of(&self, row: u32) -> Option<RecordPlace> {
        let origin = (row as usize) < self.data.len();
        let origin = origin.then(|| self.data.origin.at(row as usize))?;
        let file = origin.file() as usize;
        Some(RecordPlace { file, byte: self.sources.get(file)?.place_of(origin.offset()) })
    }

    /// Every field of a row. `record` holds the bytes of the file from [`Engine::place_of`] on, and whether
    /// they go to its end.
    pub fn detail(&self, row: u32, record: Option<(&[u8], bool)>) -> Result<Detail, Failure> {
        self.check_any()?;
        let at = row as usize;
        if at >= self.data.len() {
            return Err(bad_request(format!(
                "There is no row {row}: the data has {} rows.",
                self.data.len()
            )));
        }
        let origin = self.data.origin.at(at);
        let file = origin.file() as usize;
        let source = self.sources.get(file);
        let raw = match (record, source) {
            (Some((bytes, to_end)), Some(source)) => source.record(origin.offset(), bytes, to_end),
            _ => Vec::new(),
        };
        let chain_cell = raw.iter().find(|(name, _)| is_chain(name)).map(|(_, cell)| cell.as_str());
        let chain = chain_cell.map(chain_of).unwrap_or_default();
        Ok(Detail {
            row,
            fields: Field::columns().map(|field| self.field(at, field)).collect(),
            chain_state: match chain_cell {
                None => FieldState::Absent,
                Some(_) if chain.is_empty() => FieldState::Empty,
                Some(_) => FieldState::Value,
            },
            chain,
            raw_missing: raw.is_empty().then(|| "The file could not be read again.".to_owned()),
            raw,
            file: self.taken_files().nth(file).map(|(_, f)| f.name.clone()).unwrap_or_default(),
            line: self.data.line[at].into(),
        })
    }

    fn field(&self, row: usize, field: Field) -> DetailField {
        let value = values::text(&self.data, row, field);
        let state = match (value.is_empty(), self.data.has(row, field)) {
            (false, _) => FieldState::Value,
            (true, true) => FieldState::Empty,
            (true, false) => FieldState::Absent,
        };
        let kind = self.data.kind_of(row);
        let value = if field == Field::Action { kind.action.label().to_owned() } else { value };
        let note = match field {
            Field::RawAction => kind.clicked_through.map(|through| {
                if through {
                    "clicked through the warning".to_owned()
                } else {
                    "no warning was clicked through".to_owned()
                }
            }),
            Field::ReportId if self.data.attempt(row) != crate::model::NONE => {
                Some("shared with another row: one attempt".to_owned())
            }
            Field::Time => self.also_in(row),
            _ => None,
        };
        DetailField { name: field.name().to_owned(), label: field.label().to_owned(), value, state, note }
    }

    /// The other files that hold the click of a row.
    fn also_in(&self, row: usize) -> Option<String> {
        let name = |file: u16| self.taken_files().nth(file as usize).map(|(_, f)| f.name.clone());
        let names: Vec<String> = self.data.other_files_of(row).filter_map(name).collect();
        (!names.is_empty()).then(|| format!("also in {}", names.join(", ")))
    }

    /// Begins an export of rows; [`Export::next`] gives it piece by piece.
    pub fn export(&mut self, format: &str, params: &RowsParams, defang: bool) -> Result<Export, Failure> {
        self.check_any()?;
        let columns = self.columns(&params.columns)?;
        let writer = export::writer(format, columns, defang).ok_or_else(|| {
            bad_request(format!("There is no export format “{format}”; there are csv and json."))
        })?;
        let everything = RowsParams { limit: Some(params.limit.unwrap_or(u32::MAX)), ..params.clone() };
        let (rows, _) = self.page(&everything)?;
        Ok(Export { data: self.data.clone(), writer, rows, done: 0, ended: false })
    }
}

/// An export under way, of the data that it began on.
pub struct Export {
    data: Rc<Dataset>,
    writer: Box<dyn RowWriter>,
    rows: Vec<u32>,
    done: usize,
    ended: bool,
}

impl Export {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The next piece, of about the rows asked for; none at the end.
    pub fn next(&mut self, rows: usize) -> Option<Vec<u8>> {
        if self.ended {
            return None;
        }
        let mut out = Vec::new();
        if self.done == 0 {
            self.writer.head(&mut out);
        }
        let end = (self.done + rows).min(self.rows.len());
        for row in &self.rows[self.done..end] {
            self.writer.row(&self.data, *row as usize, &mut out);
        }
        self.done = end;
        if end == self.rows.len() {
            self.ended = true;
            self.writer.tail(&mut out);
        }
        Some(out)
    }
}

fn is_chain(name: &str) -> bool {
    name.trim_end_matches("_s").eq_ignore_ascii_case("UrlChain")
}

/// The URLs of a chain: a JSON array, or text that is none and then stands for itself.
fn chain_of(cell: &str) -> Vec<String> {
    match serde_json::from_str(cell) {
        Ok(Value::Array(urls)) => urls.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Ok(Value::Null) => Vec::new(),
        _ if cell.trim().is_empty() => Vec::new(),
        _ => vec![cell.to_owned()],
    }
}

/// A request that cannot be answered because of what it says.
pub fn bad_request(message: String) -> Failure {
    Failure { kind: FailureKind::BadRequest, message, ..Failure::default() }
}

/// A question about data that is not here.
fn no_data(message: &str) -> Failure {
    Failure { kind: FailureKind::NoData, message: message.to_owned(), ..Failure::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An engine with that many clicks of one user.
    fn engine_of(user: &str, rows: usize, token: DataToken) -> Engine {
        let mut engine = Engine::new(Box::new(|_, _, _| None));
        engine.install(loader_of(user, rows), token);
        engine
    }

    fn loader_of(user: &str, rows: usize) -> Loader {
        let mut loader = Loader::default();
        loader.start_file("clicks.csv", 0);
        loader.push(b"Timestamp,Url,ActionType,AccountUpn\n");
        for row in 0..rows {
            let second = row % 60;
            let minute = row / 60;
            loader.push(
                format!("2026-05-04T09:{minute:02}:{second:02}Z,https://a.example/,ClickAllowed,{user}\n")
                    .as_bytes(),
            );
        }
        loader.end_file().expect("clicks");
        loader
    }

    #[test]
    fn engine_without_data_answers_no_question() {
        let mut engine = Engine::new(Box::new(|_, _, _| None));
        for request in [
            Request::Trust,
            Request::Dashboard { filter: String::new() },
            Request::Rows(RowsParams::default()),
            Request::Query { queries: Vec::new() },
            Request::Detail { row: 0 },
        ] {
            let Response::Failed(failure) = engine.answer(&request) else { panic!("{request:?}") };
            assert_eq!(failure.kind, FailureKind::NoData, "{request:?}");
        }
        let export = engine.export("csv", &RowsParams::default(), true);
        assert_eq!(export.err().map(|f| f.kind), Some(FailureKind::NoData));
        assert_eq!(engine.check(DataToken(0)).err().map(|f| f.kind), Some(FailureKind::NoData));
    }

    #[test]
    fn question_about_replaced_data_is_refused() {
        let mut engine = engine_of("ana@contoso.com", 2, DataToken(1));
        assert_eq!(engine.check(DataToken(1)), Ok(()));
        engine.install(loader_of("bo@contoso.com", 3), DataToken(2));
        assert_eq!(engine.check(DataToken(1)).err().map(|f| f.kind), Some(FailureKind::NoData));
        assert_eq!(engine.check(DataToken(2)), Ok(()));
    }

    #[test]
    fn export_under_way_ends_on_the_data_it_began_on() {
        let mut engine = engine_of("ana@contoso.com", 100, DataToken(1));
        let params = RowsParams { columns: vec!["user".to_owned()], ..RowsParams::default() };
        let mut export = engine.export("csv", &params, true).expect("a format");
        let mut bytes = export.next(40).expect("a piece");
        engine.install(loader_of("bo@contoso.com", 1), DataToken(2));
        while let Some(piece) = export.next(40) {
            bytes.extend(piece);
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text.matches("ana@contoso").count(), 100, "{text}");
        assert_eq!(text.matches("bo@contoso").count(), 0, "{text}");
    }
}
