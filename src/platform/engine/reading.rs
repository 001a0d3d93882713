//! Reading files: in the place where the engine runs, or, when that is refused, on the page.
//!
//! Safari's engine lets a worker hold a `File` of a page opened from disk, but not read it. So the first
//! refusal switches to asking the page for slices, whose buffers are handed over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use clicks::engine::DataToken;
use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader, ReadableStreamReadResult,
};

/// Bytes asked for at once. Larger pieces leave the reader waiting, smaller ones cost a turn each.
const PIECE: u32 = 2 << 20;

/// Something that records are read from, and read again for the row detail.
#[derive(Clone)]
pub struct Input {
    /// Name to show.
    pub name: String,
    /// Size in bytes.
    pub size: f64,
    /// Its load and its place among the files of that, for a page that is asked to read it.
    place: (DataToken, usize),
    content: Content,
    elsewhere: Rc<Cell<bool>>,
    /// Its stream, where it was begun before it is read.
    begun: Rc<RefCell<Option<Stream>>>,
}

#[derive(Clone)]
enum Content {
    File(File),
    Bytes(Rc<Vec<u8>>),
}

/// Asks the page for a slice of a file: the load that it belongs to, its place in that, from, to.
pub type AskPage = Rc<dyn Fn((DataToken, usize), f64, f64) -> Promise>;

/// Reading failed everywhere: what the browser said.
pub struct Unreadable(pub String);

impl Input {
    /// The files of a load, in their order.
    pub fn files(load: DataToken, files: Vec<File>) -> Vec<Input> {
        let input = |(at, file): (usize, File)| Input {
            name: file.name(),
            size: file.size(),
            place: (load, at),
            content: Content::File(file),
            elsewhere: Rc::default(),
            begun: Rc::default(),
        };
        files.into_iter().enumerate().map(input).collect()
    }

    /// Bytes that are in memory.
    pub fn bytes(name: &str, bytes: Vec<u8>) -> Input {
        Input {
            name: name.to_owned(),
            size: bytes.len() as f64,
            place: (DataToken::default(), 0),
            content: Content::Bytes(Rc::new(bytes)),
            elsewhere: Rc::default(),
            begun: Rc::default(),
        }
    }

    /// Opens the file and asks for its first piece, which comes while others are read.
    pub fn begin(&self) {
        if let Content::File(file) = &self.content
            && !self.elsewhere.get()
            && self.begun.borrow().is_none()
        {
            // What refuses now refuses when it is read.
            *self.begun.borrow_mut() = Stream::of(file).ok();
        }
    }

    /// Hands so many bytes from a place on to `take`, in pieces and in order, until it says false.
    pub async fn read(
        &self,
        from: f64,
        len: f64,
        page: Option<&AskPage>,
        take: &mut dyn FnMut(&Piece<'_>) -> bool,
    ) -> Result<(), Unreadable> {
        let file = match &self.content {
            Content::Bytes(bytes) => {
                let end = ((from + len) as usize).min(bytes.len());
                for piece in bytes[(from as usize).min(end)..end].chunks(PIECE as usize) {
                    if !take(&Piece::Here(piece)) {
                        break;
                    }
                }
                return Ok(());
            }
            Content::File(file) => file,
        };
        // A stream is the fastest way to read all of a file.
        if from == 0.0 && len >= self.size && !self.elsewhere.get() {
            let mut any = false;
            let begun = self.begun.take().map_or_else(|| Stream::of(file), Ok);
            let read = match begun {
                Ok(stream) => stream.read(self.size, &mut any, take).await,
                Err(refused) => Err(refused),
            };
            match read {
                Ok(()) => return Ok(()),
                Err(refused) if any || page.is_none() => return Err(Unreadable(said(&refused))),
                Err(_refused) => self.elsewhere.set(true),
            }
        }
        let end = (from + len).min(self.size);
        let mut from = from;
        while from < end {
            let to = (from + f64::from(PIECE)).min(end);
            let piece = self.slice(file, from, to, page).await?;
            from = to;
            if !take(&Piece::Script(&piece)) {
                break;
            }
        }
        Ok(())
    }

    /// The bytes from one place to another.
    async fn slice(
        &self,
        file: &File,
        from: f64,
        to: f64,
        page: Option<&AskPage>,
    ) -> Result<Uint8Array, Unreadable> {
        let promise = match page {
            Some(ask) if self.elsewhere.get() => ask(self.place, from, to),
            _ => slice_of(file, from, to).map_err(|e| Unreadable(said(&e)))?,
        };
        let buffer = JsFuture::from(promise).await.map_err(|e| Unreadable(said(&e)))?;
        if !buffer.is_instance_of::<ArrayBuffer>() {
            return Err(Unreadable("the file is no longer there".to_owned()));
        }
        Ok(Uint8Array::new(&buffer))
    }
}

/// One piece of a file.
pub enum Piece<'a> {
    /// In our own memory.
    Here(&'a [u8]),
    /// In the browser's.
    Script(&'a Uint8Array),
}

impl Piece<'_> {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Piece::Here(bytes) => bytes.len(),
            Piece::Script(array) => array.length() as usize,
        }
    }

    /// Copies it to memory of the same length.
    pub fn copy_to(&self, room: &mut [u8]) {
        match self {
            Piece::Here(bytes) => room.copy_from_slice(bytes),
            Piece::Script(array) => array.copy_to(room),
        }
    }
}

/// A slice of a file as a promise of an `ArrayBuffer`.
pub fn slice_of(file: &File, from: f64, to: f64) -> Result<Promise, JsValue> {
    file.slice_with_f64_and_f64(from, to).map(|blob| blob.array_buffer().unchecked_into())
}

/// The bytes of a whole file, of which the first piece has been asked for.
struct Stream {
    reader: Reader,
    first: JsFuture,
}

enum Reader {
    /// Fills our own buffer, which saves an allocation a piece.
    Byob(ReadableStreamByobReader),
    /// Safari's engine has no other.
    Plain(ReadableStreamDefaultReader),
}

impl Reader {
    /// Asks for a piece, in a buffer that is no longer used, if there is one.
    fn ask(&self, buffer: Option<ArrayBuffer>) -> JsFuture {
        JsFuture::from(match self {
            Reader::Byob(reader) => {
                let buffer = buffer.unwrap_or_else(|| ArrayBuffer::new(PIECE));
                reader.read_with_array_buffer_view(&Uint8Array::new(&buffer))
            }
            Reader::Plain(reader) => reader.read(),
        })
    }

    fn cancel(&self) -> JsFuture {
        JsFuture::from(match self {
            Reader::Byob(reader) => reader.cancel(),
            Reader::Plain(reader) => reader.cancel(),
        })
    }
}

impl Stream {
    fn of(file: &File) -> Result<Stream, JsValue> {
        let stream = file.stream();
        let reader = match reader_of(&stream, Some("byob")) {
            Ok(reader) => Reader::Byob(reader.unchecked_into()),
            Err(_refused) => Reader::Plain(reader_of(&stream, None)?.unchecked_into()),
        };
        let first = reader.ask(None);
        Ok(Stream { reader, first })
    }

    /// Reads so many bytes, or to the end. `any` says whether a piece came before a failure.
    async fn read(
        self,
        size: f64,
        any: &mut bool,
        take: &mut dyn FnMut(&Piece<'_>) -> bool,
    ) -> Result<(), JsValue> {
        let mut result = self.first.await?;
        let mut came = 0.0;
        while let Some(piece) = piece_of(&result) {
            *any = true;
            came += f64::from(piece.length());
            // That the end is the end would be said two milliseconds later: of many files that adds up.
            if !take(&Piece::Script(&piece)) || came >= size {
                drop(self.reader.cancel());
                return Ok(());
            }
            result = self.reader.ask(Some(piece.buffer())).await?;
        }
        Ok(())
    }
}

/// Calls `getReader` in a way that gives a refusal back instead of throwing it through the program.
fn reader_of(stream: &ReadableStream, mode: Option<&str>) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(stream, &"getReader".into())?.dyn_into()?;
    let options = Object::new();
    if let Some(mode) = mode {
        Reflect::set(&options, &"mode".into(), &mode.into())?;
    }
    method.call1(stream, &options)
}

fn piece_of(result: &JsValue) -> Option<Uint8Array> {
    let result: &ReadableStreamReadResult = result.unchecked_ref();
    if result.get_done() == Some(true) {
        return None;
    }
    result.get_value().dyn_into().ok()
}

/// What the browser said of a failure.
pub fn said(error: &JsValue) -> String {
    let text = Reflect::get(error, &"message".into()).ok().and_then(|m| m.as_string());
    text.unwrap_or_else(|| "the browser gave no reason".to_owned())
}
