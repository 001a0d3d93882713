//! Drives a session as a host does, with bytes in memory for files.

use clicks::ask::{Ask, Written};
use clicks::engine::DataToken;
use clicks::query::{Around, ZoneSource};
use clicks::session::{GivenFile, Session, Want, Wants};

/// Reads all that is wanted.
pub fn read_all(work: &mut dyn Wants, files: &[&[u8]]) {
    while let Want::Read { file, from, len } = work.want() {
        let bytes = &files[file][from as usize..];
        work.feed(&bytes[..bytes.len().min(len as usize)]);
        work.end();
    }
}

/// A session with one file open; none when it gives no click.
pub fn session_of(name: &str, bytes: &[u8]) -> Option<Session> {
    session_in(Box::new(|_, _, _| None), &[(name, bytes)])
}

/// A session with some files open, in a world with these time zones; none when no file gives a click.
pub fn session_in(zones: ZoneSource, files: &[(&str, &[u8])]) -> Option<Session> {
    let mut session = Session::new(Around::new(zones));
    let given =
        files.iter().map(|(name, bytes)| GivenFile { name: (*name).to_owned(), size: bytes.len() as u64 });
    let mut opening = session.open(given.collect(), 7);
    let bytes: Vec<&[u8]> = files.iter().map(|(_, bytes)| *bytes).collect();
    read_all(&mut opening, &bytes);
    session.install(opening, DataToken(1)).ok()?;
    Some(session)
}

/// The answer to a question, by the way it travels, records read again.
pub fn answer<Q: Ask + 'static>(session: &mut Session, question: &Q, files: &[&[u8]]) -> Q::Answer {
    answer_about(session, DataToken(1), question, files)
}

/// [`answer`] about data of another name than the first.
pub fn answer_about<Q: Ask + 'static>(
    session: &mut Session,
    about: DataToken,
    question: &Q,
    files: &[&[u8]],
) -> Q::Answer {
    let question: Q = serde_json::from_str(&Written::of(question).body).expect("a question");
    let mut asking = session.ask(about, Box::new(question)).unwrap_or_else(|failure| panic!("{failure:?}"));
    read_all(&mut asking, files);
    let answer = session.answer(asking).unwrap_or_else(|failure| panic!("{failure:?}"));
    serde_json::from_str(&answer).expect("an answer")
}
