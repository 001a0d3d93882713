//! Runs the engine where it is: in the worker, or on the page where workers are refused.
//!
//! Owns the open files and which load is under way, and reads what the session wants. Must not know who asks,
//! nor how answers travel.

use std::cell::{Cell, RefCell};

use clicks::ask::Written;
use clicks::engine::DataToken;
use clicks::export::{Manifest, Order};
use clicks::import::{Opened, Progress, ReadAs};
use clicks::query::Around;
use clicks::session::{Digest, GivenFile, Opening, Session, Want, Wants};
use clicks::{Failure, FailureKind};
use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag};

use super::reading::{AskPage, Input, Piece, Unreadable, said};
use super::{tick, zones};

/// Progress is told this often, in milliseconds.
const PROGRESS_MS: f64 = 80.0;
/// Rows of an export that are written before others have their turn.
const EXPORT_ROWS: usize = 20_000;

/// The engine and what it reads from.
pub struct Host {
    session: RefCell<Session>,
    /// The files of the open data, in the order given.
    inputs: RefCell<Vec<Input>>,
    /// Counts loads; a load whose number is no longer this one has been stopped.
    load: Cell<u32>,
    /// How often a file that was being saved has been stopped.
    saves: Cell<u32>,
    /// Asks the page for bytes, where there is a page to ask.
    page: Option<AskPage>,
}

impl Host {
    /// A host without data.
    pub fn new(page: Option<AskPage>) -> Host {
        let around = Around {
            zones: Box::new(zones::table),
            place: Some(if page.is_some() { "worker" } else { "page" }),
            reader: "The browser",
            now_ms: Some(tick::now_ms),
        };
        Host {
            session: RefCell::new(Session::new(around)),
            inputs: RefCell::default(),
            load: Cell::new(0),
            saves: Cell::new(0),
            page,
        }
    }

    /// The answer, as JSON, to a question about data of that name.
    pub async fn answer(&self, about: DataToken, question: &Written) -> Result<String, Failure> {
        let mut asking = self.session.borrow().ask(about, insights::ask::read(question)?)?;
        if asking.want() != Want::Idle {
            // Those of the data that is asked about: other files may be opened while these are read.
            let inputs = self.inputs.borrow().clone();
            self.read(&mut asking, &inputs, |_asking, _moment| self.session.borrow().check(about)).await?;
        }
        self.session.borrow_mut().answer(asking)
    }

    /// Lets go of what is open.
    pub fn close(&self) {
        self.cancel();
        self.session.borrow_mut().close();
        self.inputs.borrow_mut().clear();
    }

    /// Stops the load under way, if there is one.
    pub fn cancel(&self) {
        self.load.set(self.load.get() + 1);
    }

    /// Stops the file that is being saved; exports that a script asked for go on.
    pub fn cancel_saving(&self) {
        self.saves.set(self.saves.get() + 1);
    }

    /// Whether anything was ever opened here.
    pub fn was_used(&self) -> bool {
        self.load.get() > 0
    }

    /// The built-in sample as an input.
    pub fn sample() -> Input {
        Input::bytes("contoso-sample.csv", clicks::sample::sample_csv())
    }

    /// Reads files and puts them in the place of what was open, to be called by that name. `on`: the first so many are those
    /// of data of that name.
    pub async fn open(
        &self,
        token: DataToken,
        inputs: Vec<Input>,
        read_as: ReadAs,
        on: Option<(DataToken, usize)>,
        progress: impl Fn(&Progress),
    ) -> Result<Opened, Failure> {
        self.cancel();
        let mine = self.load.get();
        let given = |input: &Input| GivenFile { name: input.name.clone(), size: input.size as u64 };
        // Nobody outside this tab knows the number, so nobody can write texts that are slow to tell apart.
        let key = (js_sys::Math::random() * 9e15) as u64;
        let all = inputs.iter().map(given).collect();
        let mut opening = match on {
            Some(on) => self.session.borrow_mut().open_more(on, all, key, read_as),
            None => self.session.borrow().open_as(all, key, read_as),
        };
        let mut last = 0.0;
        let look = |opening: &Opening, moment: Moment| {
            if self.load.get() != mine {
                return Err(cancelled());
            }
            // Not at the end of every file: of many small ones the page would paint more than the engine reads.
            if tick::now_ms() - last > PROGRESS_MS {
                last = tick::now_ms();
                let told = opening.progress();
                // A file that is no click data is not read to its end, and is done all the same.
                let is_done = matches!(moment, Moment::End);
                progress(&Progress { bytes: if is_done { told.bytes_total } else { told.bytes }, ..told });
            }
            Ok(())
        };
        self.read(&mut opening, &inputs, look).await?;
        let opened = self.session.borrow_mut().install(opening, token)?;
        *self.inputs.borrow_mut() = inputs;
        Ok(opened)
    }

    /// Reads what is wanted until nothing is. `look` is called after every piece and at the end of what was
    /// wanted; its failure ends the work.
    async fn read<W: Wants>(
        &self,
        work: &mut W,
        inputs: &[Input],
        mut look: impl FnMut(&W, Moment) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        while let Want::Read { file, from, len } = work.want() {
            // Opening a file takes as long as reading half a megabyte of it; that of the next goes by meanwhile.
            if let Some(next) = work.next().and_then(|next| inputs.get(next)) {
                next.begin();
            }
            let mut stopped = None;
            let mut take = |piece: &Piece<'_>| {
                piece.copy_to(work.room(piece.len()));
                let more = work.fed(piece.len());
                stopped = look(work, Moment::Piece).err();
                more && stopped.is_none()
            };
            let read = match inputs.get(file) {
                Some(input) => input.read(from as f64, len as f64, self.page.as_ref(), &mut take).await,
                None => Err(Unreadable("the file is no longer there".to_owned())),
            };
            if let Some(failure) = stopped {
                return Err(failure);
            }
            match read {
                Ok(()) => {
                    look(work, Moment::End)?;
                    work.end();
                }
                Err(Unreadable(why)) => {
                    look(work, Moment::Piece)?;
                    work.fail(&why);
                }
            }
        }
        Ok(())
    }

    /// The check sum of one of the files that are open, read once more.
    pub async fn digest(
        &self,
        about: DataToken,
        file: usize,
        progress: impl Fn(&Progress),
    ) -> Result<String, Failure> {
        self.session.borrow().check(about)?;
        let inputs = self.inputs.borrow().clone();
        let size = inputs.get(file).map_or(0.0, |input| input.size) as u64;
        let mut digest = Digest::new(file, size);
        let mut last = tick::now_ms();
        self.read(&mut digest, &inputs, |digest, _| {
            if tick::now_ms() - last > PROGRESS_MS {
                last = tick::now_ms();
                progress(&Progress { bytes: digest.read(), bytes_total: size, ..Progress::default() });
            }
            self.session.borrow().check(about)
        })
        .await?;
        digest.finish().map_err(|why| Failure::new(FailureKind::Unreadable, format!("No check sum: {why}.")))
    }

    /// Writes an export to a file, a piece at a time.
    pub async fn export(
        &self,
        about: DataToken,
        order: &Order,
        is_saved: bool,
        progress: impl Fn(&Progress),
    ) -> Result<(Manifest, Blob), Failure> {
        let mut job = self.session.borrow_mut().export(about, order)?;
        let mine = self.saves.get();
        let manifest = job.manifest();
        let parts = Array::new();
        let mut told = Progress { name: manifest.name.as_str().into(), ..Progress::default() };
        let mut last = tick::now_ms();
        while let Some(piece) = job.next(EXPORT_ROWS) {
            parts.push(&Uint8Array::from(&piece[..]));
            told.bytes += piece.len() as u64;
            told.rows = (told.rows + EXPORT_ROWS as u64).min(manifest.rows);
            if tick::now_ms() - last > PROGRESS_MS {
                last = tick::now_ms();
                progress(&told);
            }
            tick::pause().await;
            if is_saved && self.saves.get() != mine {
                return Err(Failure::new(FailureKind::Cancelled, "Saving was cancelled; no file was made."));
            }
        }
        let options = BlobPropertyBag::new();
        options.set_type(&manifest.media_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|refused| {
            let why = said(&refused);
            Failure::new(
                FailureKind::NoRoom,
                format!("The browser has no room for this export: {why}. Narrow the filter and try again."),
            )
        })?;
        Ok((manifest, blob))
    }
}

/// When the reading is looked at.
enum Moment {
    /// A piece came, or nothing more will.
    Piece,
    /// All that was wanted came.
    End,
}

/// What is said of a load that was stopped.
pub fn cancelled() -> Failure {
    Failure::new(FailureKind::Cancelled, "Opening was cancelled; what was open before is still open.")
}
