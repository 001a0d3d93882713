//! One packed file while it is read: what comes out of it are files of their own.
//!
//! Owns their names, and what is said of the parts that are none. Must not know what is in them.

use super::nothing;
use super::reading::Reading;
use super::report::{FileReport, Level, Note};
use crate::failure::{Failure, FailureKind, UnknownTable};
use packed::{Event, Skip, Trouble, Unpacker};

/// A packed file while it is read.
pub(super) struct Packed {
    name: String,
    /// Bytes read of it.
    pub(super) read: u64,
    unpacker: Unpacker,
    /// Room for the next piece.
    pub(super) room: Vec<u8>,
    inside: Inside,
}

/// What came out of a packed file.
#[derive(Default)]
struct Inside {
    /// How many files were listed before it.
    before: usize,
    /// How many began.
    begun: usize,
    /// The first failure of a file inside.
    failure: Option<Failure>,
    /// What was not looked at, and why: no clicks are in there.
    skipped: Vec<String>,
    /// What could not be looked at, and why: clicks may be in there.
    unread: Vec<(String, String)>,
    /// The name that files inside are shown under, with their own behind it.
    name: String,
    /// Names inside are those of sheets.
    sheets: bool,
    /// One file is inside, and is called as the packed one.
    alone: bool,
    /// The file at hand is not looked at.
    is_passed_over: bool,
    /// The file inside that was not whole last, by its number, and what was wrong: it says so itself.
    hit: Option<(usize, Trouble)>,
}

/// More files are not read: they are numbered in sixteen bits.
const MOST_FILES: usize = 20_000;

const DAMAGED: &str = "packed-damaged";

/// How many tables of no known kind are kept of one packed file, for somebody who says what their columns are.
const MOST_TABLES: usize = 20;

/// How many files that were skipped are named.
const NAMED: usize = 8;

impl Packed {
    /// A file of which nothing was read yet.
    pub(super) fn new(name: String, unpacker: Unpacker, reading: &Reading) -> Packed {
        let inside = Inside {
            before: reading.done.len(),
            name: name.clone(),
            sheets: unpacker.is_workbook(),
            alone: unpacker.is_one_file(),
            ..Inside::default()
        };
        Packed { name, read: 0, unpacker, room: Vec::new(), inside }
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &[u8], reading: &mut Reading) {
        self.read += piece.len() as u64;
        let inside = &mut self.inside;
        self.unpacker.push(piece, &mut |event| inside.take(event, reading));
    }

    /// Ends the packed file: the first report of what it gave, or why it gave nothing.
    pub(super) fn end(mut self, reading: &mut Reading) -> Result<FileReport, Failure> {
        let inside = &mut self.inside;
        let ended = self.unpacker.end(&mut |event| inside.take(event, reading));
        if reading.open.is_some() {
            // The packed file ended inside this one.
            inside.end_one(reading, ended.as_ref().err().copied());
        }
        let gave = reading.done[inside.before..].iter().any(|done| done.taken.is_some());
        if gave {
            inside.forget_others(reading);
            inside.list_unread(reading);
        }
        let first = reading.done[inside.before..].iter_mut().find(|done| done.taken.is_some());
        match (first, ended) {
            (Some(first), ended) => {
                first.report.notes.extend(inside.notes());
                // Where the last file inside was hit by the same it is told there.
                let is_told = |trouble: &Trouble| inside.hit == Some((inside.begun, *trouble));
                first.report.notes.extend(ended.err().filter(|trouble| !is_told(trouble)).map(damaged));
                Ok(first.report.clone())
            }
            (None, ended) => {
                let trouble = ended.err().map(|trouble| broken(&trouble));
                let failure = inside.failure.take().or(trouble).unwrap_or_else(|| inside.nothing());
                // Of a table that somebody can name it is told which one.
                let named = failure.file.clone().filter(|_| failure.table.is_some());
                let failure = Failure { file: named.or(Some(self.name.clone().into())), ..failure };
                if reading.done.len() == inside.before {
                    reading.list_refused(self.name, self.read, &failure);
                }
                Err(failure)
            }
        }
    }

    /// Gives it up with all that is inside: it could not be read to its end.
    pub(super) fn give_up(self, failure: &Failure, reading: &mut Reading) {
        reading.give_up(failure);
        // What was whole inside it may be read again later, with the rest of it.
        while reading.done.len() > self.inside.before {
            reading.forget_last();
        }
        reading.list_refused(self.name, self.read, failure);
    }
}

impl Inside {
    /// Takes what came out. Says whether more of the file at hand is wanted.
    fn take(&mut self, event: Event<'_>, reading: &mut Reading) -> bool {
        match event {
            Event::Begin { name } => {
                self.begun += 1;
                self.is_passed_over = reading.done.len() >= MOST_FILES;
                if self.is_passed_over {
                    self.skipped.push(format!("{name}: more than {MOST_FILES} files"));
                    return false;
                }
                let shown = if self.alone { self.name.clone() } else { format!("{} › {name}", self.name) };
                reading.start(&shown, 0);
                true
            }
            Event::Bytes(_) if self.is_passed_over => false,
            Event::Bytes(bytes) => {
                reading.push(bytes);
                !reading.is_refused()
            }
            Event::End { .. } if self.is_passed_over => true,
            Event::End { trouble } => {
                self.end_one(reading, trouble);
                true
            }
            // What is in a folder comes by itself.
            Event::Skipped { why: Skip::Folder, .. } => true,
            Event::Skipped { name, why: why @ (Skip::Junk | Skip::NotText | Skip::Again) } => {
                self.skipped.push(format!("{name}: {}", why.describe()));
                true
            }
            Event::Skipped { name, why } => {
                self.unread.push((name.to_owned(), why.describe()));
                true
            }
        }
    }

    fn end_one(&mut self, reading: &mut Reading, trouble: Option<Trouble>) {
        let place = self.begun.saturating_sub(1);
        self.hit = trouble.map(|trouble| (self.begun, trouble)).or(self.hit);
        match (reading.end(), trouble) {
            (Ok(_), trouble) => {
                if let Some(done) = reading.done.last_mut() {
                    done.report.notes.extend(trouble.map(damaged));
                    if let Some(taken) = &mut done.taken {
                        taken.source.is_inside(&self.name, place);
                    }
                }
            }
            (Err(failure), trouble) => {
                let is_damaged = trouble.is_some();
                let failure = trouble.map_or(failure, |trouble| broken(&trouble));
                if let Some(done) = reading.done.last_mut().filter(|done| is_damaged && done.taken.is_none())
                {
                    let (name, bytes) = (done.report.name.original().to_owned(), done.report.bytes);
                    // What was lost may have held clicks: it is no text beside them.
                    (done.is_like_no_export, done.is_nothing) = (false, false);
                    done.report =
                        FileReport { given: done.report.given, ..nothing::of_refused(name, bytes, &failure) };
                }
                // Of all that failed, a table whose columns can be named is what a person can do something about.
                if self.failure.as_ref().is_none_or(|known| !known.can_be_named() && failure.can_be_named()) {
                    self.failure = Some(failure);
                }
            }
        }
    }

    /// Sheets without clicks, and texts that are like no export, are no files that somebody opened.
    fn forget_others(&mut self, reading: &mut Reading) {
        let mut place = self.before;
        let mut tables = 0;
        while let Some(done) = reading.done.get(place) {
            // Somebody can say what the columns of a table are.
            let is_other = (done.is_like_no_export || (self.sheets && done.is_nothing))
                && (tables >= MOST_TABLES
                    || !done.report.table.as_deref().is_some_and(UnknownTable::may_be_clicks));
            if done.taken.is_some() || !is_other {
                tables += usize::from(done.report.table.is_some());
                place += 1;
                continue;
            }
            let name = done.report.name.original();
            let name = name.split_once(" › ").map_or(name, |(_, inner)| inner);
            self.skipped.push(format!("{name}: it holds no clicks"));
            reading.done.remove(place);
        }
    }

    /// What may hold clicks is a file that was not taken in, as if somebody had opened it.
    fn list_unread(&mut self, reading: &mut Reading) {
        for (name, why) in std::mem::take(&mut self.unread) {
            if reading.done.len() >= MOST_FILES {
                self.skipped.push(format!("{name}: {why}"));
                continue;
            }
            let failure = Failure {
                recognised: Some("not looked at".to_owned()),
                ..Failure::new(FailureKind::Zipped, format!("This is {why}."))
            };
            reading.list_refused(format!("{} › {name}", self.name), 0, &failure);
        }
    }

    fn notes(&self) -> Option<Note> {
        if self.skipped.is_empty() {
            return None;
        }
        let mut named: Vec<&str> = self.skipped.iter().take(NAMED).map(String::as_str).collect();
        if self.skipped.len() > NAMED {
            named.push("…");
        }
        let title = match self.skipped.len() {
            1 => "1 part of this file was not read".to_owned(),
            many => format!("{many} parts of this file were not read"),
        };
        Some(Note {
            level: Level::Info,
            code: "skipped-inside".to_owned(),
            title: title.into(),
            text: format!("{}.", named.join("; ")).into(),
        })
    }

    fn nothing(&self) -> Failure {
        let unread = self.unread.iter().map(|(name, why)| format!("{name}: {why}"));
        let message = match unread.chain(self.skipped.iter().cloned()).next() {
            Some(first) => format!("Nothing in this packed file could be read ({first})."),
            None => "There is no file in this packed file.".to_owned(),
        };
        let instead = "Pack the export itself, or open it unpacked.".to_owned();
        Failure { instead: Some(instead), ..Failure::new(FailureKind::Zipped, message) }
    }
}

fn damaged(trouble: Trouble) -> Note {
    Note {
        level: Level::Warn,
        code: DAMAGED.to_owned(),
        title: "The packed file is not whole".into(),
        text: format!("{}. What could be read is counted.", trouble.describe()).into(),
    }
}

fn broken(trouble: &Trouble) -> Failure {
    let instead = "Copy or download it again, or unpack it and open what is inside.".to_owned();
    Failure {
        instead: Some(instead),
        ..Failure::new(FailureKind::Zipped, format!("{}.", trouble.describe()))
    }
}
