//! Runs the engine where it is: in the worker, or on the page where workers are refused.
//!
//! Owns the engine, the open files and the load under way. Must not know who asks, nor how answers travel.

use std::cell::{Cell, RefCell};

use clicks::engine::Engine;
use clicks::import::Loader;
use clicks::protocol::{
    DataToken, Failure, FailureKind, FileReport, Opened, Progress, Request, Response, RowsParams,
};
use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag};

use super::reading::{AskPage, Input, Piece, Unreadable, said};
use super::{tick, zones};

/// Progress is told this often, in milliseconds.
const PROGRESS_MS: f64 = 80.0;
/// After so many rounds over some megabytes nothing gets faster any more.
const WARM_UP_ROUNDS: u32 = 4;
/// Rows of an export that are written before others have their turn.
const EXPORT_ROWS: usize = 20_000;

/// The engine and what it reads from.
pub struct Host {
    engine: RefCell<Engine>,
    /// The files that gave clicks, in the order of the engine.
    inputs: RefCell<Vec<Input>>,
    /// Counts loads; a load whose number is no longer this one has been stopped.
    load: Cell<u32>,
    /// Asks the page for bytes, where there is a page to ask.
    page: Option<AskPage>,
}

impl Host {
    /// A host without data.
    pub fn new(page: Option<AskPage>) -> Host {
        Host {
            engine: RefCell::new(Engine::new(Box::new(zones::table))),
            inputs: RefCell::default(),
            load: Cell::new(0),
            page,
        }
    }

    /// Answers a question about data of that name; the row detail reads the record again.
    pub async fn answer(&self, about: DataToken, request: &Request) -> Response {
        if let Err(failure) = self.engine.borrow().check(about) {
            return Response::Failed(failure);
        }
        if let Request::Detail { row } = request {
            return self.detail(about, *row).await.unwrap_or_else(Response::Failed);
        }
        let began = tick::now_ms();
        let mut response = self.engine.borrow_mut().answer(request);
        if let Response::Dashboard(dashboard) = &mut response {
            dashboard.engine_ms = Some(tick::now_ms() - began);
        }
        response
    }

    /// Stops the load under way, if there is one.
    pub fn cancel(&self) {
        self.load.set(self.load.get() + 1);
    }

    /// The built-in sample as an input.
    pub fn sample() -> Input {
        Input::bytes("contoso-sample.csv", clicks::sample::sample_csv())
    }

    /// Reads made-up clicks while nobody waits. Browsers compile a program twice: at once, and well once
    /// its functions have run for a while. This way the second has happened when the first file comes: a
    /// million rows then load in two thirds of the time.
    pub async fn warm_up(&self) {
        let mut lines = clicks::sample::Plan::sample();
        lines.format = clicks::sample::Format::JsonLines;
        lines.rows = 1_000;
        let mut json = Vec::new();
        // Writing to memory does not fail.
        clicks::sample::write_clicks(&lines, &mut json).ok();
        let csv = clicks::sample::sample_csv();
        for _round in 0..WARM_UP_ROUNDS {
            let mut loader = Loader::default();
            for (name, bytes) in [("a", &csv), ("b", &json)] {
                tick::pause().await;
                if self.load.get() > 0 {
                    return;
                }
                loader.start_file(name, bytes.len() as u64);
                loader.push(bytes);
                drop(loader.end_file());
            }
            let mut engine = Engine::new(Box::new(zones::table));
            engine.install(loader, DataToken::default());
            for filter in ["", "range=30d", "action=blocked", "q=login"] {
                engine.answer(&Request::Dashboard { filter: filter.to_owned() });
            }
            let by_user = RowsParams { order_by: vec!["user".to_owned()], ..RowsParams::default() };
            engine.answer(&Request::Rows(by_user));
        }
    }

    /// Reads files and puts them in the place of what was open, to be called by that name.
    pub async fn open(
        &self,
        token: DataToken,
        inputs: Vec<Input>,
        progress: impl Fn(&Progress),
    ) -> Result<Opened, Failure> {
        self.cancel();
        let mine = self.load.get();
        // Nobody outside this tab knows the number, so nobody can write texts that are slow to tell apart.
        let mut loader = Loader::with_key((js_sys::Math::random() * 9e15) as u64);
        let mut taken = Vec::new();
        let mut first_failure = None;
        let files = inputs.len() as u32;
        for (index, input) in inputs.into_iter().enumerate() {
            let told = Progress {
                file: index as u32,
                files,
                name: input.name.clone(),
                bytes_total: input.size as u64,
                ..Progress::default()
            };
            match self.read(&mut loader, &input, mine, told, &progress).await {
                Ok(_) => taken.push(input),
                Err(failure) if failure.kind == FailureKind::Cancelled => return Err(failure),
                Err(failure) => {
                    first_failure.get_or_insert(failure);
                }
            }
        }
        if taken.is_empty() {
            return Err(first_failure.unwrap_or_else(nothing_given));
        }
        *self.inputs.borrow_mut() = taken;
        Ok(self.engine.borrow_mut().install(loader, token))
    }

    async fn read(
        &self,
        loader: &mut Loader,
        input: &Input,
        mine: u32,
        mut told: Progress,
        progress: &impl Fn(&Progress),
    ) -> Result<FileReport, Failure> {
        loader.start_file(&input.name, input.size as u64);
        let mut last = 0.0;
        let mut came = 0;
        let mut take = |piece: &Piece<'_>| {
            let len = piece.len();
            came += len as u64;
            piece.copy_to(loader.spare(len));
            loader.advance(len, len);
            let now = tick::now_ms();
            if now - last > PROGRESS_MS {
                last = now;
                told.bytes = loader.bytes();
                told.rows = loader.rows();
                told.kind_label = loader.kind_label().map(str::to_owned);
                progress(&told);
            }
            self.load.get() == mine && !loader.is_refused()
        };
        let read = input.read(self.page.as_ref(), &mut take).await;
        if self.load.get() != mine {
            return Err(cancelled());
        }
        let read = read.and_then(|()| match input.size as u64 {
            // A file that is no click data is not read to its end.
            size if came == size || loader.is_refused() => Ok(()),
            size => {
                Err(Unreadable(format!("it gave {came} of {size} bytes, as if it was cut short meanwhile")))
            }
        });
        match read {
            Ok(()) => {
                told.bytes = told.bytes_total;
                told.rows = loader.rows();
                progress(&told);
                loader.end_file()
            }
            Err(Unreadable(why)) => {
                // Rows of half a file would be counted as if they were all of it.
                let failure = unreadable(&input.name, &why);
                loader.give_up_file(&failure);
                Err(failure)
            }
        }
    }

    /// Every field of a row. Reading takes time, in which other data may come: then there is no answer, for
    /// the row of that number is another one.
    async fn detail(&self, about: DataToken, row: u32) -> Result<Response, Failure> {
        let place = self.engine.borrow().place_of(row);
        let mut bytes = None;
        if let Some(place) = place {
            let input = self.inputs.borrow().get(place.file).cloned();
            if let Some(input) = input {
                bytes = self.record_bytes(about, &input, place.byte as f64, row).await;
            }
        }
        let record = bytes.as_ref().map(|(bytes, to_end)| (&bytes[..], *to_end));
        let engine = self.engine.borrow();
        engine.check(about)?;
        Ok(Response::Detail(Box::new(engine.detail(row, record)?)))
    }

    /// Bytes that hold the whole record: records are short, so more is read only when it is not there yet.
    async fn record_bytes(
        &self,
        about: DataToken,
        input: &Input,
        from: f64,
        row: u32,
    ) -> Option<(Vec<u8>, bool)> {
        for length in [16_384.0, 524_288.0, 16_777_216.0] {
            let to = (from + length).min(input.size);
            let slice = input.slice(from, to, self.page.as_ref()).await.ok()?;
            let (bytes, to_end) = (slice.to_vec(), to >= input.size);
            let engine = self.engine.borrow();
            engine.check(about).ok()?;
            let whole = engine.detail(row, Some((&bytes, to_end))).is_ok_and(|d| !d.raw.is_empty());
            if whole || to_end {
                return Some((bytes, to_end));
            }
        }
        None
    }

    /// Writes rows to a file, a piece at a time.
    pub async fn export(
        &self,
        about: DataToken,
        format: &str,
        params: &RowsParams,
        defang: bool,
    ) -> Result<Blob, Failure> {
        self.engine.borrow().check(about)?;
        let mut export = self.engine.borrow_mut().export(format, params, defang)?;
        let parts = Array::new();
        while let Some(piece) = export.next(EXPORT_ROWS) {
            parts.push(&Uint8Array::from(&piece[..]));
            tick::pause().await;
        }
        let options = BlobPropertyBag::new();
        options.set_type(if format == "json" { "application/json" } else { "text/csv;charset=utf-8" });
        Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|refused| Failure {
            kind: FailureKind::NoRoom,
            message: format!(
                "The browser has no room for this export: {}. Narrow the filter and try again.",
                said(&refused)
            ),
            ..Failure::default()
        })
    }
}

/// What is said of a load that was stopped.
pub fn cancelled() -> Failure {
    Failure {
        kind: FailureKind::Cancelled,
        message: "Opening was cancelled; what was open before is still open.".to_owned(),
        ..Failure::default()
    }
}

fn nothing_given() -> Failure {
    clicks::engine::bad_request("No file was given to open.".to_owned())
}

fn unreadable(name: &str, why: &str) -> Failure {
    Failure {
        kind: FailureKind::Unreadable,
        message: format!(
            "The browser could not read the file: {why}. If another program has it open, close it there, then open it again."
        ),
        file: Some(name.to_owned()),
        ..Failure::default()
    }
}
