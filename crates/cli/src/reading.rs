//! Reads files into a session, and says how far it has come.
//!
//! Owns the reading and what is told of it on standard error. Must not know what is asked.

use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, IsTerminal as _, Read as _, Seek as _, SeekFrom, Write as _};
use std::time::{Duration, Instant};

use clicks::Failure;
use clicks::ask::Written;
use clicks::engine::DataToken;
use clicks::export::Order;
use clicks::import::{Opened, Progress, ReadAs};
use clicks::query::Around;
use clicks::session::{GivenFile, Session, Want, Wants};

use crate::Stop;
use crate::inputs::{Content, Input};
use crate::zones;

/// Bytes read at once.
const PIECE: usize = 1 << 20;
/// Progress is told this often.
const TOLD_EVERY: Duration = Duration::from_millis(200);
/// Nothing else is ever open here.
const DATA: DataToken = DataToken(1);

/// Files that are open, and what they were taken for.
pub struct Open {
    session: Session,
    inputs: Vec<Input>,
    /// What they were taken for.
    pub opened: Opened,
}

impl Open {
    /// Reads all. `read_as`: what files leave open, as in the address of the page.
    pub fn new(inputs: Vec<Input>, read_as: &str, quiet: bool) -> Result<Open, Stop> {
        let around = Around { reader: "The computer", ..Around::new(Box::new(zones::table)) };
        let mut session = Session::new(around);
        let given = |input: &Input| GivenFile { name: input.name.clone(), size: input.size };
        // A new one each time, so that nobody can write texts that are slow to tell apart.
        let key = RandomState::new().hash_one(0_u8);
        let mut opening = session.open_as(inputs.iter().map(given).collect(), key, ReadAs::parse(read_as));
        let mut told = Told::new(quiet);
        read(&mut opening, &inputs, |opening| told.say(&opening.progress()));
        told.clear();
        let opened = session.install(opening, DATA)?;
        Ok(Open { session, inputs, opened })
    }

    /// The answer to a question, as JSON.
    pub fn ask(&mut self, question: &Written) -> Result<String, Failure> {
        let mut asking = self.session.ask(DATA, insights::ask::read(question)?)?;
        read(&mut asking, &self.inputs, |_asking| ());
        self.session.answer(asking)
    }

    /// Writes an export. Says how many rows it has.
    pub fn export(&mut self, order: &Order, out: &mut dyn io::Write) -> Result<u64, Stop> {
        /// Rows that are written at once.
        const ROWS: usize = 20_000;
        let mut job = self.session.export(DATA, order)?;
        let rows = job.manifest().rows;
        while let Some(piece) = job.next(ROWS) {
            out.write_all(&piece)?;
        }
        out.flush()?;
        Ok(rows)
    }
}

/// Reads what is wanted until nothing is; `look` is called after every piece.
fn read<W: Wants>(work: &mut W, inputs: &[Input], mut look: impl FnMut(&W)) {
    while let Want::Read { file, from, len } = work.want() {
        let done = match inputs.get(file) {
            None => Err("the file is no longer there".to_owned()),
            Some(input) => read_one(work, input, from, len, &mut look).map_err(|error| error.to_string()),
        };
        match done {
            Ok(()) => work.end(),
            Err(why) => work.fail(&why),
        }
    }
}

fn read_one<W: Wants>(
    work: &mut W,
    input: &Input,
    from: u64,
    len: u64,
    look: &mut impl FnMut(&W),
) -> io::Result<()> {
    let path = match &input.content {
        Content::Bytes(bytes) => {
            let from = bytes.len().min(from as usize);
            let to = bytes.len().min(from.saturating_add(len as usize));
            for piece in bytes[from..to].chunks(PIECE) {
                if !work.feed(piece) {
                    break;
                }
                look(work);
            }
            return Ok(());
        }
        Content::File(path) => path,
    };
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut file = file.take(len);
    let mut piece = vec![0; PIECE];
    loop {
        let read = match file.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if !work.feed(&piece[..read]) {
            return Ok(());
        }
        look(work);
    }
}

/// How far it has come, in one line of a terminal; nothing where nobody looks.
struct Told {
    is_seen: bool,
    last: Instant,
    was_told: bool,
}

impl Told {
    fn new(quiet: bool) -> Told {
        Told { is_seen: !quiet && io::stderr().is_terminal(), last: Instant::now(), was_told: false }
    }

    fn say(&mut self, progress: &Progress) {
        if !self.is_seen || self.last.elapsed() < TOLD_EVERY {
            return;
        }
        self.last = Instant::now();
        self.was_told = true;
        let percent = progress.bytes.saturating_mul(100).checked_div(progress.bytes_total).unwrap_or(100);
        let file = format!("file {} of {}", progress.file + 1, progress.files);
        let rows = clicks::model::text::thousands(progress.rows);
        // Progress that cannot be told is no reason to stop.
        write!(io::stderr(), "\r\u{1b}[K{file}: {}, {percent} %, {rows} clicks", progress.name.shown()).ok();
    }

    fn clear(&self) {
        if self.was_told {
            write!(io::stderr(), "\r\u{1b}[K").ok();
        }
    }
}

/// A failure in words: what happened, where, what to do, and of which other files.
pub fn told(failure: &Failure) -> String {
    let mut said = String::new();
    if let Some(file) = &failure.file {
        said.push_str(&file.shown());
        if let Some(line) = failure.line {
            said.push_str(&format!(", line {line}"));
        }
        said.push_str(": ");
    }
    said.push_str(&failure.message.shown());
    if let Some(instead) = &failure.instead {
        said.push(' ');
        said.push_str(instead);
    }
    for also in &failure.also {
        said.push('\n');
        said.push_str(&told(also));
    }
    said
}
