//! What follows each opcode. The one table of it.

use super::{BRANCHES, CONDITIONS, GLOBALS, I32, I64, REST};

/// Sets a global variable.
pub const GLOBAL_SET: u8 = 0x24;
/// Adds two numbers.
pub const I32_ADD: u8 = 0x6a;

/// What follows an opcode.
#[derive(Clone, Copy)]
pub enum Operands {
    /// Nothing.
    None,
    /// What a block gives; it is open from here on.
    Block,
    /// Nothing; a block or the function ends.
    End,
    /// A number for this stream.
    Number(usize),
    /// Two numbers of no common kind.
    TwoNumbers,
    /// A count, and one number more than that.
    Table,
    /// A count, and so many types.
    Types,
    /// A function.
    Call,
    /// A local.
    Local,
    /// A constant; the first of its streams.
    Constant(usize),
    /// The alignment, naturally this, and an offset.
    Memory(u8),
    /// The same, and which lane of a vector.
    MemoryLane(u8),
    /// So many bytes.
    Bytes(usize),
    /// The opcode goes on with a number, and so much follows.
    Prefix(fn(u64) -> Operands),
    /// Not known here: exceptions, tail calls, threads, garbage collection, several memories.
    Unknown,
}

/// What follows an opcode.
pub fn of(opcode: u8) -> Operands {
    match opcode {
        0x02..=0x04 => Operands::Block,
        0x0b => Operands::End,
        0x0c => Operands::Number(BRANCHES),
        0x0d => Operands::Number(CONDITIONS),
        0x0e => Operands::Table,
        0x10 => Operands::Call,
        // A call through a table: the type and the table.
        0x11 => Operands::TwoNumbers,
        0x1c => Operands::Types,
        0x20..=0x22 => Operands::Local,
        0x23 | GLOBAL_SET => Operands::Number(GLOBALS),
        // Tables are read and written, the memory asked and grown, references made.
        0x25 | 0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => Operands::Number(REST),
        0x2c | 0x2d | 0x30 | 0x31 | 0x3a | 0x3c => Operands::Memory(0),
        0x2e | 0x2f | 0x32 | 0x33 | 0x3b | 0x3d => Operands::Memory(1),
        0x28 | 0x2a | 0x34 | 0x35 | 0x36 | 0x38 | 0x3e => Operands::Memory(2),
        0x29 | 0x2b | 0x37 | 0x39 => Operands::Memory(3),
        0x41 => Operands::Constant(I32),
        0x42 => Operands::Constant(I64),
        0x43 => Operands::Bytes(4),
        0x44 => Operands::Bytes(8),
        0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => Operands::None,
        0xfc => Operands::Prefix(of_bulk),
        0xfd => Operands::Prefix(of_vector),
        _ => Operands::Unknown,
    }
}

/// Conversions that cannot fail, and what is done to many bytes at once.
fn of_bulk(opcode: u64) -> Operands {
    match opcode {
        0..=7 => Operands::None,
        8 | 10 | 12 | 14 => Operands::TwoNumbers,
        9 | 11 | 13 | 15..=17 => Operands::Number(REST),
        _ => Operands::Unknown,
    }
}

/// Vectors.
fn of_vector(opcode: u64) -> Operands {
    match opcode {
        0 | 11 => Operands::Memory(4),
        1..=6 | 10 | 93 => Operands::Memory(3),
        9 | 92 => Operands::Memory(2),
        8 => Operands::Memory(1),
        7 => Operands::Memory(0),
        12 | 13 => Operands::Bytes(16),
        21..=34 => Operands::Bytes(1),
        84 | 88 => Operands::MemoryLane(0),
        85 | 89 => Operands::MemoryLane(1),
        86 | 90 => Operands::MemoryLane(2),
        87 | 91 => Operands::MemoryLane(3),
        14..=20 | 35..=83 | 94..=255 => Operands::None,
        _ => Operands::Unknown,
    }
}
