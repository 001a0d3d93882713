//! A wasm file taken apart, so that it packs smaller: opcodes, locals, offsets and constants each by themselves.
//!
//! Owns what operands each instruction has, and the order of the streams. Both ways walk the same code over the same table
//! (`code`), so what one takes apart the other puts together. What is not known here is refused, not guessed. Must not know
//! how streams are packed.

mod apart;
mod operands;
mod together;

use operands::Operands;

pub use apart::split;
pub use together::joined;

/// Bytes after the functions. The order of the streams is the one that packs best of those tried, by a thousandth.
const AFTER: usize = 0;
/// Bytes as they are: floats, vectors, types.
const RAW: usize = 1;
/// Bytes before the functions: all sections up to there, the size of the code among them.
const BEFORE: usize = 2;
/// Functions called: first what is above the lowest eight bits, then those.
const CALLS: usize = 3;
/// Opcodes, each as it stands; after one that reaches memory its alignment, where that is not the natural one.
const OPCODES: usize = 4;
/// Which local: its place in [`Recent`].
const LOCALS: usize = 5;
/// How many functions there are, and the locals that each declares.
const DECLARATIONS: usize = 6;
/// What a block gives.
const BLOCKS: usize = 7;
/// Global variables, of which two are one.
const GLOBALS: usize = 8;
/// Other numbers, which are few.
const REST: usize = 9;
/// Where `br_table` goes.
const TABLES: usize = 10;
/// Where `br_if` goes.
const CONDITIONS: usize = 11;
/// Where `br` goes.
const BRANCHES: usize = 12;
/// Offsets into memory.
const OFFSETS: usize = 13;
/// `i32.const` before `i32.add` and `global.set`: how much of the stack a function gives back.
const FRAMES: usize = 14;
/// `i32.const`, a stream for each opcode that may follow: what a number is for says most about it.
const I32: usize = 15;
/// `i64.const` in the same way.
const I64: usize = I32 + 256;
/// How many streams there are.
const STREAMS: usize = I64 + 256;

/// Stands in [`OPCODES`] for an alignment, which is added. No opcode that is known here is so.
const ALIGNMENT: u8 = 0xe0;
/// No alignment is so large.
const ALIGNMENTS: u8 = 0x10;

/// One of both ways: every step takes a part of the program from one side and gives it to the other.
trait Way {
    /// Begins a function.
    fn begin(&mut self) -> Option<()>;
    /// Ends it.
    fn end(&mut self) -> Option<()>;
    /// A byte.
    fn byte(&mut self, stream: usize) -> Option<u8>;
    /// So many bytes.
    fn bytes(&mut self, stream: usize, len: usize) -> Option<()>;
    /// A number, in as many bytes as it has; what it is if it has no sign.
    fn number(&mut self, stream: usize) -> Option<u64>;
    /// A constant, into the stream that follows from what comes after it.
    fn constant(&mut self, streams: usize) -> Option<()>;
    /// The number of a local.
    fn local(&mut self) -> Option<()>;
    /// The number of a function.
    fn call(&mut self) -> Option<()>;
    /// An alignment that is expected to be this.
    fn alignment(&mut self, natural: u8) -> Option<()>;
}

/// Walks over all functions. Ends for any input, because each round takes a byte at least.
fn code(way: &mut impl Way) -> Option<()> {
    for _ in 0..way.number(DECLARATIONS)? {
        way.begin()?;
        function(way)?;
        way.end()?;
    }
    Some(())
}

fn function(way: &mut impl Way) -> Option<()> {
    for _ in 0..way.number(DECLARATIONS)? {
        way.number(DECLARATIONS)?;
        value_type(way, DECLARATIONS)?;
    }
    let mut open = 1_usize;
    while open > 0 {
        let operands = match operands::of(way.byte(OPCODES)?) {
            Operands::Prefix(of) => of(way.number(OPCODES)?),
            operands => operands,
        };
        match operands {
            Operands::None => {}
            Operands::Block => {
                open += 1;
                way.number(BLOCKS)?;
            }
            Operands::End => open -= 1,
            Operands::Number(stream) => {
                way.number(stream)?;
            }
            Operands::TwoNumbers => {
                way.number(REST)?;
                way.number(REST)?;
            }
            Operands::Table => {
                let len = way.number(TABLES)?;
                // One more, for what is beside the table.
                for _ in 0..=len {
                    way.number(TABLES)?;
                }
            }
            Operands::Types => {
                for _ in 0..way.number(REST)? {
                    value_type(way, RAW)?;
                }
            }
            Operands::Call => way.call()?,
            Operands::Local => way.local()?,
            Operands::Constant(streams) => way.constant(streams)?,
            Operands::Memory(natural) => memory(way, natural)?,
            Operands::MemoryLane(natural) => {
                memory(way, natural)?;
                way.byte(RAW)?;
            }
            Operands::Bytes(len) => way.bytes(RAW, len)?,
            Operands::Prefix(_) | Operands::Unknown => return None,
        }
    }
    Some(())
}

fn memory(way: &mut impl Way, natural: u8) -> Option<()> {
    way.alignment(natural)?;
    way.number(OFFSETS)?;
    Some(())
}

/// A type that is one byte.
fn value_type(way: &mut impl Way, stream: usize) -> Option<()> {
    matches!(way.byte(stream)?, 0x6f | 0x70 | 0x7b..=0x7f).then_some(())
}

/// Locals, the one that was named last first: what is used is used again soon.
struct Recent([u32; Recent::LEN]);

impl Recent {
    /// Locals that are further away are named by their number.
    const LEN: usize = 64;

    /// At the beginning of a function they are in order.
    fn new() -> Recent {
        Recent(std::array::from_fn(|local| local as u32))
    }

    /// How a local is written.
    fn place_of(&mut self, local: u32) -> u64 {
        let place = self.0.iter().position(|one| *one == local);
        self.put_first(place.unwrap_or(Recent::LEN - 1), local);
        place.map_or(Recent::LEN as u64 + u64::from(local), |place| place as u64)
    }

    /// The local that was written so.
    fn at(&mut self, place: u64) -> Option<u32> {
        let near = usize::try_from(place).ok().and_then(|place| Some((place, *self.0.get(place)?)));
        let (place, local) = match near {
            Some(near) => near,
            None => (Recent::LEN - 1, u32::try_from(place - Recent::LEN as u64).ok()?),
        };
        self.put_first(place, local);
        Some(local)
    }

    fn put_first(&mut self, place: usize, local: u32) {
        self.0.copy_within(..place, 1);
        self.0[0] = local;
    }
}

/// The number at the beginning, and its bytes.
fn number_of(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0;
    // No number has more than 64 bits.
    for (at, byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if *byte < 0x80 {
            return Some((number, at + 1));
        }
    }
    None
}

/// Takes the number at the beginning; nothing when it has more bytes than it needs.
fn take_shortest(bytes: &mut &[u8]) -> Option<u64> {
    let (number, len) = number_of(bytes)?;
    let is_shortest = len == 1 || bytes[len - 1] != 0;
    *bytes = &bytes[len..];
    is_shortest.then_some(number)
}

/// Writes a number in as few bytes as it needs.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The stream of a constant, by what comes after it.
fn of_constant(streams: usize, after: &[u8]) -> Option<usize> {
    let is_frame = streams == I32 && after.starts_with(&[operands::I32_ADD, operands::GLOBAL_SET]);
    if is_frame { Some(FRAMES) } else { Some(streams + usize::from(*after.first()?)) }
}

#[cfg(test)]
mod tests;
