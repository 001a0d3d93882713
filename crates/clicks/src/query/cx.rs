//! What a question is, and what it may use to answer itself.
//!
//! Owns the open data and what is kept between two questions about it: selections, hours of zones, orders of
//! texts. Must not know which questions there are.

use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::selection::Beside;
use super::{Filter, Hours, Ranks, Selection, Zone, ZoneSource};
use crate::beside::{Joins, Tables};
use crate::failure::Failure;
use crate::hindsight::Hindsight;
use crate::import::{FileReport, Left, Loaded, Loader, RawRecord, Source};
use crate::lens::{Config, Lens};
use crate::model::{DAY_MS, Dataset};

/// How many selections are kept: the page asks for the overview and the rows of one filter, a visitor goes
/// back and forth between a few.
const KEPT: usize = 6;
/// How many lenses are kept: the one in use, and the one before somebody turned a screw.
const LENSES: usize = 2;

/// A question, beside the computation of its answer. Plain data with one JSON form, and so is the answer.
/// It is asked through [`crate::ask`], whose table it has to be in.
pub trait Ask: Serialize + DeserializeOwned {
    /// What it is called, on the way to the engine and in the public API.
    const NAME: &'static str;
    /// What is answered.
    type Answer: Serialize + DeserializeOwned;

    /// Computes the answer, about the data that is open.
    fn answer(&self, cx: &mut Cx) -> Result<Self::Answer, Failure>;

    /// The row whose record in the file the answer shows. It is read again before the answer is computed, and
    /// is then in [`Cx::record`].
    fn row_to_read(&self) -> Option<u32> {
        None
    }
}

/// What the core cannot know by itself and whoever runs it lends.
pub struct Around {
    /// Knows the time zones.
    pub zones: ZoneSource,
    /// Where the engine runs: `worker` or `page`; said among the facts about the data.
    pub place: Option<&'static str>,
    /// Who reads the files, as a sentence about it begins.
    pub reader: &'static str,
    /// A clock in milliseconds. Nothing but how long an answer took is read from it.
    pub now_ms: Option<fn() -> f64>,
}

impl Around {
    /// Somewhere with these time zones, of which nothing else is known.
    pub fn new(zones: ZoneSource) -> Around {
        Around { zones, place: None, reader: "The computer", now_ms: None }
    }
}

/// The open data, and what is kept between two questions.
pub struct Cx {
    /// Shared with the exports under way: they end on the data that they began on.
    data: Rc<Dataset>,
    files: Vec<FileReport>,
    sources: Vec<Rc<Source>>,
    left: Vec<Vec<Left>>,
    tables: Tables,
    joins: Joins,
    record: RawRecord,
    around: Around,
    ranks: Ranks,
    selections: Vec<(String, Rc<Selection>)>,
    /// The hours of the zones asked for last.
    hours: Vec<(String, Rc<Hours>)>,
    /// Who clicked, under the settings asked for last.
    lenses: Vec<Rc<Lens>>,
    /// What all clicks together say.
    hindsight: Rc<Hindsight>,
}

impl Cx {
    /// Without data.
    pub fn new(around: Around) -> Cx {
        Cx {
            data: Rc::default(),
            files: Vec::new(),
            sources: Vec::new(),
            left: Vec::new(),
            tables: Tables::default(),
            joins: Joins::default(),
            record: RawRecord::new(),
            around,
            ranks: Ranks::default(),
            selections: Vec::new(),
            hours: Vec::new(),
            lenses: Vec::new(),
            hindsight: Rc::default(),
        }
    }

    /// Finishes a load, in a world whose zones are known here.
    pub fn finish(&self, loader: Loader) -> Loaded {
        loader.finish_in(&|name, first, last| {
            let zone = Zone::fixed(name)
                .or_else(|| (self.around.zones)(name, first - 2 * DAY_MS, last + 2 * DAY_MS))?;
            Some(Box::new(move |wall| zone.instant_of(wall)))
        })
    }

    /// Puts other data in the place of what was there; nothing that was kept holds for it.
    pub fn replace(&mut self, loaded: Loaded) {
        let Loaded { data, files, sources, left, tables, joins } = loaded;
        self.left = left;
        self.tables = tables;
        self.joins = joins;
        self.data = Rc::new(data);
        self.files = files;
        self.sources = sources.into_iter().map(Rc::new).collect();
        self.record = RawRecord::new();
        self.hindsight = Rc::default();
        self.ranks = Ranks::new(self.hindsight.clone());
        self.selections.clear();
        self.hours.clear();
        self.lenses.clear();
    }

    /// The clicks.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// The clicks, for work that goes on after the question.
    pub fn shared_data(&self) -> Rc<Dataset> {
        self.data.clone()
    }

    /// What is known of each file, in the order opened, refused ones among them.
    pub fn files(&self) -> &[FileReport] {
        &self.files
    }

    /// The files that gave clicks, in the order of [`crate::model::Origin::file`], with their places in
    /// [`Cx::files`].
    pub fn taken_files(&self) -> impl Iterator<Item = (u32, &FileReport)> {
        (0..).zip(&self.files).filter(|(_, f)| !f.is_refused())
    }

    /// Records that were not taken, of each of [`Cx::files`].
    pub fn left(&self) -> &[Vec<Left>] {
        &self.left
    }

    /// What stands beside the clicks.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// What came of joining that with the clicks.
    pub fn joins(&self) -> &Joins {
        &self.joins
    }

    /// How to read a record again, for a file of [`crate::model::Origin::file`].
    pub fn source(&self, file: usize) -> Option<Rc<Source>> {
        self.sources.get(file).cloned()
    }

    /// The record of [`Ask::row_to_read`] as the file has it; empty when it could not be read again.
    pub fn record(&self) -> &RawRecord {
        &self.record
    }

    /// Sets the record for the question at hand, and gives back the one that was there.
    pub(crate) fn set_record(&mut self, record: RawRecord) -> RawRecord {
        std::mem::replace(&mut self.record, record)
    }

    /// Orders of texts, computed when first asked for.
    pub fn ranks(&self) -> &Ranks {
        &self.ranks
    }

    /// Where the engine runs, where that is known.
    pub fn place(&self) -> Option<&'static str> {
        self.around.place
    }

    /// Milliseconds since some instant, where somebody has lent a clock.
    pub fn now_ms(&self) -> Option<f64> {
        self.around.now_ms.map(|now| now())
    }

    /// A filter, and the rows that pass it; kept, because the same filter is asked about many times.
    pub fn select(&mut self, text: &str) -> Result<(Filter, Rc<Selection>), Failure> {
        let filter = Filter::parse(text);
        filter.check().map_err(Failure::bad_request)?;
        let canonical = filter.to_string();
        if let Some(at) = self.selections.iter().position(|(known, _)| *known == canonical) {
            let kept = self.selections.remove(at);
            let selection = kept.1.clone();
            self.selections.push(kept);
            return Ok((filter, selection));
        }
        let hours = self.hours_in(filter.tz.as_deref().unwrap_or(""))?;
        let beside = self.beside(&filter)?;
        let selection = Rc::new(Selection::new(&self.data, &filter, hours, beside));
        if self.selections.len() >= KEPT {
            self.selections.remove(0);
        }
        self.selections.push((canonical, selection.clone()));
        Ok((filter, selection))
    }

    /// What lies beside the data, under the settings of a filter.
    pub(super) fn beside(&mut self, filter: &Filter) -> Result<Beside, Failure> {
        Ok(Beside { lens: self.lens(filter)?, hindsight: self.hindsight.clone() })
    }

    /// The lens under the settings of a filter.
    pub(super) fn lens(&mut self, filter: &Filter) -> Result<Rc<Lens>, Failure> {
        let config = Config::parse(filter.lens.as_deref().unwrap_or("")).map_err(Failure::bad_request)?;
        if let Some(lens) = self.lenses.iter().find(|lens| *lens.config() == config) {
            return Ok(lens.clone());
        }
        let lens = Rc::new(Lens::new(config));
        if self.lenses.len() >= LENSES {
            self.lenses.remove(0);
        }
        self.lenses.push(lens.clone());
        Ok(lens)
    }

    /// The hours of the data in a zone.
    pub(super) fn hours_in(&mut self, zone: &str) -> Result<Rc<Hours>, Failure> {
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
        (self.around.zones)(name, from, to).ok_or_else(|| {
            Failure::bad_request(format!("The time zone “{name}” is not known here. Use a name such as Europe/Berlin, an offset such as +02:00, or UTC."))
        })
    }
}
