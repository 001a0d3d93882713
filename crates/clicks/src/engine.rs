//! The engine: holds the data that is open, and answers what is asked about it.
//!
//! Owns which data that is: every question says what it is about, and is refused when that is gone. Must not
//! know which questions there are, nor who asks.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, Question};
use crate::export::{Job, Order};
use crate::failure::Failure;
use crate::import::{Loaded, Loader, Opened, RawRecord};
use crate::model::Dataset;
use crate::query::{Around, Cx, ZoneSource};

/// Names the data that a question is about: every load has another one. An answer about other data than the
/// one that was asked about is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DataToken(pub u32);

/// Holds a data set and answers questions about it.
pub struct Engine {
    /// What the data is called; none before anything was installed.
    token: Option<DataToken>,
    cx: Cx,
}

impl Engine {
    /// An engine without data. `zones` knows the time zones.
    pub fn new(zones: ZoneSource) -> Engine {
        Engine::within(Around::new(zones))
    }

    /// An engine without data, with what it cannot know by itself.
    pub fn within(around: Around) -> Engine {
        Engine { token: None, cx: Cx::new(around) }
    }

    /// Takes what a loader has read, to be known by a token; what was there before is gone.
    pub fn install(&mut self, loader: Loader, token: DataToken) -> Opened {
        let loaded = self.cx.finish(loader);
        self.cx.replace(loaded);
        self.token = Some(token);
        Opened { rows: self.cx.data().len() as u64, files: self.cx.files().to_vec() }
    }

    /// Lets go of what is open: nothing is, afterwards.
    pub fn close(&mut self) {
        self.token = None;
        self.cx.replace(Loaded::default());
    }

    /// The clicks.
    pub fn data(&self) -> &Dataset {
        self.cx.data()
    }

    /// The data and what is kept beside it.
    pub(crate) fn cx(&self) -> &Cx {
        &self.cx
    }

    /// Fails unless this holds the data of that token: a question about other data, or about none, has no
    /// answer here, not even zero.
    pub fn check(&self, about: DataToken) -> Result<(), Failure> {
        match self.token {
            None => Err(Failure::no_data("Nothing is open. Open a file first.")),
            Some(token) if token != about => {
                Err(Failure::no_data("Other files have been opened since this was asked. Ask again."))
            }
            Some(_) => Ok(()),
        }
    }

    /// Fails before anything was installed.
    fn check_any(&self) -> Result<(), Failure> {
        self.check(self.token.unwrap_or_default())
    }

    /// Answers a question about what was installed last. Never panics on any question.
    pub fn ask<Q: Ask>(&mut self, question: &Q) -> Result<Q::Answer, Failure> {
        self.check_any()?;
        question.answer(&mut self.cx)
    }

    /// The answer to a question of any kind, as JSON. `record` is what [`Question::reads`] asks for, empty
    /// where it could not be read again.
    pub fn answer(&mut self, question: &dyn Question, record: RawRecord) -> Result<String, Failure> {
        self.check_any()?;
        self.cx.set_record(record);
        let answer = question.answer_json(&mut self.cx);
        self.cx.set_record(RawRecord::new());
        answer
    }

    /// Begins an export; the job gives it piece by piece, and ends on the data that it began on.
    pub fn export(&mut self, order: &Order) -> Result<Box<dyn Job>, Failure> {
        self.check_any()?;
        order.begin(&mut self.cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{self, Written};
    use crate::query::RowsParams;

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
        let bodies = [r#"{"filter":"","key":"user","text":"","limit":1,"row":0,"queries":[]}"#, "{}"];
        for name in ask::NAMES {
            let read = |body: &str| ask::read(&Written { name: (*name).to_owned(), body: body.to_owned() });
            let question = bodies.iter().find_map(|body| read(body).ok()).expect(name);
            let answer = engine.answer(&*question, RawRecord::new());
            assert_eq!(answer.err().map(|f| f.kind.name()), Some("no-data"), "{name}");
        }
        let export = engine.export(&Order::default());
        assert_eq!(export.err().map(|f| f.kind.name()), Some("no-data"));
        assert_eq!(engine.check(DataToken(0)).err().map(|f| f.kind.name()), Some("no-data"));
    }

    #[test]
    fn question_about_replaced_data_is_refused() {
        let mut engine = engine_of("ana@contoso.com", 2, DataToken(1));
        assert_eq!(engine.check(DataToken(1)), Ok(()));
        engine.install(loader_of("bo@contoso.com", 3), DataToken(2));
        assert_eq!(engine.check(DataToken(1)).err().map(|f| f.kind.name()), Some("no-data"));
        assert_eq!(engine.check(DataToken(2)), Ok(()));
    }

    #[test]
    fn export_under_way_ends_on_the_data_it_began_on() {
        let mut engine = engine_of("ana@contoso.com", 100, DataToken(1));
        let params = RowsParams { columns: vec!["user".to_owned()], ..RowsParams::default() };
        let order = Order { format: "csv".to_owned(), params, defang: true };
        let mut export = engine.export(&order).expect("a format");
        assert_eq!(export.manifest().rows, 100);
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
