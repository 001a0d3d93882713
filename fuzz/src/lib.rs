//! What the targets share: a session over small data, and the ways to ask it.
//!
//! Owns which samples are open. Must not know what is asked.

use std::cell::RefCell;

use clicks::engine::DataToken;
use clicks::query::Around;
use clicks::session::{GivenFile, Session, Want, Wants};
use clicks::{Failure, api};
use insights::ask;
use serde_json::Value;

/// Samples of every format, among them one that is made to harm.
const FILES: [&[u8]; 5] = [
    include_bytes!("../../tests/samples/hunting-csv/hostile.csv"),
    include_bytes!("../../tests/samples/hunting-csv/clickthrough-same-report.csv"),
    include_bytes!("../../tests/samples/hunting-csv/addresses-of-every-kind.csv"),
    include_bytes!("../../tests/samples/flat-json/ours.json"),
    include_bytes!("../../tests/samples/streaming/blob-jsonl-crlf.json"),
];

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(opened());
}

fn opened() -> Session {
    let mut session = Session::new(Around::new(Box::new(|_, _, _| None)));
    let given = FILES.iter().map(|bytes| GivenFile { name: "sample".to_owned(), size: bytes.len() as u64 });
    let mut opening = session.open(given.collect(), 7);
    while let Want::Read { file, .. } = opening.want() {
        opening.feed(FILES[file]);
        opening.end();
    }
    session.install(opening, DataToken(1)).expect("clicks");
    session
}

/// Asks about the samples.
pub fn with_session<T>(ask: impl FnOnce(&mut Session) -> T) -> T {
    SESSION.with_borrow_mut(ask)
}

/// What a call of the API answers.
pub fn call(session: &mut Session, method: &str, params: &Value) -> Result<Value, Failure> {
    let question = ask::read(&insights::api::question(method, params)?)?;
    let asking = session.ask(DataToken(1), question)?;
    let answer = session.answer(asking)?;
    Ok(serde_json::from_str(&answer).expect("an answer is JSON"))
}

/// A whole export.
pub fn exported(session: &mut Session, params: &Value) -> Result<Vec<u8>, Failure> {
    let mut job = session.export(DataToken(1), &api::export_order(params)?.order)?;
    let mut bytes = Vec::new();
    while let Some(piece) = job.next(7) {
        bytes.extend(piece);
    }
    Ok(bytes)
}
