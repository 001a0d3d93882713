//! Opening files and asking about them, without reading anything itself.
//!
//! Owns the way from files to answers: what is read next, how far a load has come, which bytes hold a record.
//! Whoever runs it reads what is wanted, as fast and from wherever it can, and hands the bytes over. Must not
//! know how files are read, nor wait for anything.

mod asking;
mod digest;
mod opening;

pub use asking::Asking;
pub use digest::Digest;
use opening::Before;
pub use opening::Opening;

use crate::ask::Question;
use crate::engine::{DataToken, Engine};
use crate::export::{Job, Order};
use crate::failure::Failure;
use crate::import::{Opened, ReadAs};
use crate::query::Around;

/// A file that is given to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenFile {
    /// Its name, to show.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// What is to be read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// So many bytes of a file, from a place on.
    Read {
        /// Index among the files given.
        file: usize,
        /// First byte.
        from: u64,
        /// How many bytes.
        len: u64,
    },
    /// Nothing: all there is has been read.
    Idle,
}

/// Work that goes on by bytes. What is wanted is handed over in pieces of any size, then its end is said, or that
/// it could not be read; then the next thing is wanted.
///
/// ```
/// use clicks::session::{Want, Wants};
/// fn read_all(work: &mut dyn Wants, files: &[Vec<u8>]) {
///     while let Want::Read { file, from, len } = work.want() {
///         work.feed(&files[file][from as usize..(from + len) as usize]);
///         work.end();
///     }
/// }
/// ```
pub trait Wants {
    /// What is to be read next.
    fn want(&self) -> Want;

    /// The file that will be wanted whole after the one that is, so that whoever reads can open it meanwhile.
    fn next(&self) -> Option<usize> {
        None
    }

    /// Room for a piece, so that it can be written in place; follow with [`Wants::fed`] of the same length.
    fn room(&mut self, len: usize) -> &mut [u8];

    /// The room has been written. Says whether more of what is wanted would be looked at.
    fn fed(&mut self, len: usize) -> bool;

    /// What was wanted has been read, or there is no more of it.
    fn end(&mut self);

    /// What was wanted could not be read.
    fn fail(&mut self, why: &str);

    /// Takes a piece. Says whether more of what is wanted would be looked at.
    fn feed(&mut self, piece: &[u8]) -> bool {
        self.room(piece.len()).copy_from_slice(piece);
        self.fed(piece.len())
    }
}

/// The engine and the files that its data came from.
pub struct Session {
    engine: Engine,
    /// The files that gave clicks, in the order of [`crate::model::Origin::file`]: index among the files given,
    /// and size.
    taken: Vec<(usize, u64)>,
    /// What the open data was made of, and what that is called.
    before: Option<(DataToken, Before)>,
    reader: &'static str,
}

impl Session {
    /// A session without data.
    pub fn new(around: Around) -> Session {
        let reader = around.reader;
        Session { engine: Engine::within(around), taken: Vec::new(), before: None, reader }
    }

    /// Begins to open files. What is open stays until [`Session::install`]. Nobody who does not know `key` can
    /// write texts that are slow to tell apart.
    pub fn open(&self, files: Vec<GivenFile>, key: u64) -> Opening {
        self.open_as(files, key, ReadAs::default())
    }

    /// [`Session::open`], where somebody says what files leave open.
    pub fn open_as(&self, files: Vec<GivenFile>, key: u64, read_as: ReadAs) -> Opening {
        Opening::new(files, key, read_as, self.reader)
    }

    /// [`Session::open_as`] for files of which the first `same` are those of the data of that name: where what they gave is
    /// still at hand, only the others are read.
    pub fn open_more(
        &mut self,
        (on, same): (DataToken, usize),
        files: Vec<GivenFile>,
        key: u64,
        read_as: ReadAs,
    ) -> Opening {
        match self.before.take() {
            Some((of, before)) if of == on && before.is_of(same, &read_as) && same <= files.len() => {
                Opening::after(before, files, self.reader)
            }
            _ => self.open_as(files, key, read_as),
        }
    }

    /// Puts what was read in the place of what was open, to be known by a token. Fails, and leaves what was open,
    /// when no file gave clicks.
    pub fn install(&mut self, opening: Opening, token: DataToken) -> Result<Opened, Failure> {
        // Not while what the data before was made of takes room too.
        self.before = None;
        let before = opening.before();
        let (loader, taken) = opening.into_taken()?;
        self.taken = taken;
        self.before = before.map(|before| (token, before));
        Ok(self.engine.install(loader, token))
    }

    /// Lets go of what is open.
    pub fn close(&mut self) {
        self.before = None;
        self.taken = Vec::new();
        self.engine.close();
    }

    /// Fails unless this holds the data of that token.
    pub fn check(&self, about: DataToken) -> Result<(), Failure> {
        self.engine.check(about)
    }

    /// Begins to answer a question about data of that name: some read a record of a file first.
    pub fn ask(&self, about: DataToken, question: Box<dyn Question>) -> Result<Asking, Failure> {
        self.check(about)?;
        let record = question.reads().and_then(|row| asking::Record::new(self.engine.cx(), &self.taken, row));
        Ok(Asking { about, question, record })
    }

    /// The answer as JSON, once nothing more is wanted for it. Reading takes time, in which other data may come:
    /// then there is no answer, for a row of that number is another one.
    pub fn answer(&mut self, asking: Asking) -> Result<String, Failure> {
        self.check(asking.about)?;
        let record = asking.record.map(asking::Record::into_read).unwrap_or_default();
        self.engine.answer(&*asking.question, record)
    }

    /// Begins an export of data of that name.
    pub fn export(&mut self, about: DataToken, order: &Order) -> Result<Box<dyn Job>, Failure> {
        self.check(about)?;
        self.engine.export(order)
    }
}
