//! Files in, answers out: the doors of a session as the properties use them.
//!
//! Owns the way through [`clicks::api`], so that every question is asked as a caller of the API asks it. Must not
//! know what an answer should be.

use clicks::engine::DataToken;
use clicks::query::Zone;
use clicks::session::Session;
use clicks::{Failure, api, ask};
use proptest::test_runner::{Config, RngSeed};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::common;

/// Few cases and always the same ones, so that the whole set takes seconds and two runs of one tree agree;
/// `PROPTEST_CASES` asks for more, and for others each time.
pub fn cases(usual: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(7) };
    Config { cases: asked.unwrap_or(usual), rng_seed, failure_persistence: None, ..Config::default() }
}

/// A session over some files; a file that gives no click is left out, as on the page, and none when all are.
pub fn session(files: &[String]) -> Option<Session> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|file| ("unknown", file.as_bytes())).collect();
    common::session_in(Box::new(|name, _, _| (name == "Test/Jumps").then(zone_that_jumps)), &files)
}

/// A zone whose clock goes forward and back within the days of the made-up clicks, by odd amounts.
fn zone_that_jumps() -> Zone {
    let noon = 1_777_895_553_000;
    let offsets = vec![(i64::MIN, 345), (noon, 405), (noon + 5_400_000, 345), (noon + 90_000_000, -600)];
    Zone { name: "Test/Jumps".to_owned(), offsets }
}

/// What a call of the API answers.
pub fn ask<A: DeserializeOwned>(session: &mut Session, method: &str, params: &Value) -> Result<A, Failure> {
    let question = ask::read(&api::question(method, params)?)?;
    let asking = session.ask(DataToken(1), question)?;
    let answer = session.answer(asking)?;
    Ok(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{method} {params}: {error}: {answer}")))
}

/// The same, of a call that has an answer.
pub fn answer<A: DeserializeOwned>(session: &mut Session, method: &str, params: &Value) -> A {
    ask(session, method, params).unwrap_or_else(|failure| panic!("{method} {params}: {failure:?}"))
}

/// A whole export, written in pieces of odd length.
pub fn exported(session: &mut Session, params: &Value) -> Result<String, Failure> {
    let mut job = session.export(DataToken(1), &api::export_order(params)?.order)?;
    let mut bytes = Vec::new();
    while let Some(piece) = job.next(3) {
        bytes.extend(piece);
    }
    Ok(String::from_utf8(bytes).expect("text"))
}
