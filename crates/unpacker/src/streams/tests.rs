//! Small programs with every kind of operand, taken apart and put together; damaged ones.

use super::*;

/// One instruction of each kind, and each that says something else than usual.
const INSTRUCTIONS: &[(&str, &[u8])] = &[
    ("nop", &[0x01]),
    ("block", &[0x02, 0x40, 0x0b]),
    ("loop with a result", &[0x03, 0x7f, 0x41, 0x00, 0x0b]),
    ("if, else", &[0x04, 0x83, 0x01, 0x05, 0x0b]),
    ("br", &[0x0c, 0x00]),
    ("br_if", &[0x0d, 0x80, 0x01]),
    ("br_table", &[0x0e, 0x02, 0x00, 0x01, 0x80, 0x01]),
    ("br_table of nothing", &[0x0e, 0x00, 0x00]),
    ("call", &[0x10, 0x05]),
    ("call of a late function", &[0x10, 0xff, 0xff, 0xff, 0xff, 0x0f]),
    ("call_indirect", &[0x11, 0x90, 0x01, 0x00]),
    ("select", &[0x1b]),
    ("select of a type", &[0x1c, 0x01, 0x7b]),
    ("local.get", &[0x20, 0x03]),
    ("local.set", &[0x21, 0x03]),
    ("local.tee of a late local", &[0x22, 0xff, 0xff, 0xff, 0xff, 0x0f]),
    ("global.get", &[0x23, 0x00]),
    ("global.set", &[0x24, 0x81, 0x01]),
    ("table.get, table.set", &[0x25, 0x00, 0x26, 0x00]),
    ("i32.load", &[0x28, 0x02, 0x84, 0x01]),
    ("i32.load of any address", &[0x28, 0x00, 0x04]),
    ("i64.store of half an address", &[0x37, 0x02, 0x08]),
    ("i32.load8_u", &[0x2d, 0x00, 0x00]),
    ("memory.size, memory.grow", &[0x3f, 0x00, 0x40, 0x00]),
    ("i32.const", &[0x41, 0x7f]),
    ("i32.const of an address", &[0x41, 0xc0, 0x84, 0xc0, 0x00]),
    ("i32.const in more bytes than needed", &[0x41, 0x80, 0x80, 0x80, 0x80, 0x00]),
    ("i32.const before a load that is not aligned", &[0x41, 0x08, 0x28, 0x00, 0x00]),
    ("i32.const of a frame", &[0x20, 0x00, 0x41, 0x10, 0x6a, 0x24, 0x00]),
    ("i32.const of no frame", &[0x20, 0x00, 0x41, 0x10, 0x6a, 0x23, 0x00]),
    ("i64.const", &[0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]),
    ("f32.const", &[0x43, 0x00, 0x00, 0x80, 0x3f]),
    ("f64.const", &[0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf]),
    ("i32.add", &[0x6a]),
    ("i64.extend32_s", &[0xc4]),
    ("references", &[0xd0, 0x6f, 0xd1, 0xd2, 0x07]),
    ("i32.trunc_sat_f32_s", &[0xfc, 0x00]),
    ("memory.init, data.drop", &[0xfc, 0x08, 0x01, 0x00, 0xfc, 0x09, 0x01]),
    ("memory.copy, memory.fill", &[0xfc, 0x0a, 0x00, 0x00, 0xfc, 0x0b, 0x00]),
    (
        "tables",
        &[0xfc, 0x0c, 0, 0, 0xfc, 0x0d, 0, 0xfc, 0x0e, 0, 0, 0xfc, 0x0f, 0, 0xfc, 0x10, 0, 0xfc, 0x11, 0],
    ),
    ("v128.load", &[0xfd, 0x00, 0x04, 0x10]),
    ("v128.load of any address", &[0xfd, 0x00, 0x00, 0x10]),
    ("v128.store", &[0xfd, 0x0b, 0x04, 0x10]),
    ("v128.load8x8_s, v128.load32_zero", &[0xfd, 0x01, 0x03, 0x00, 0xfd, 0x5c, 0x02, 0x00]),
    ("v128.const", &[0xfd, 0x0c, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    ("i8x16.extract_lane_s", &[0xfd, 0x15, 0x0f]),
    ("v128.load16_lane", &[0xfd, 0x55, 0x01, 0x08, 0x03]),
    ("i16x8.add", &[0xfd, 0x8e, 0x01]),
    ("opcode in more bytes than needed", &[0xfd, 0x8e, 0x81, 0x00]),
];

/// What is not known here.
const UNKNOWN: &[&[u8]] = &[
    &[0x06, 0x40],
    &[0x12, 0x00],
    &[0x28, 0x42, 0x00, 0x00],
    &[0xc5],
    &[ALIGNMENT],
    &[0xfb, 0x00],
    &[0xfc, 0x12],
    &[0xfd, 0x80, 0x02],
    &[0xfe, 0x00],
];

fn section(id: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![id];
    put_number(&mut out, bytes.len() as u64);
    out.extend_from_slice(bytes);
    out
}

/// A function that declares two groups of locals.
fn function(body: &[u8]) -> Vec<u8> {
    let body = [&[0x02, 0x81, 0x01, 0x7f, 0x01, 0x7b], body, &[0x0b]].concat();
    let mut out = Vec::new();
    put_number(&mut out, body.len() as u64);
    out.extend_from_slice(&body);
    out
}

fn program_of(functions: &[Vec<u8>]) -> Vec<u8> {
    let mut code = Vec::new();
    put_number(&mut code, functions.len() as u64);
    functions.iter().for_each(|function| code.extend_from_slice(function));
    let sections = [section(1, b"types"), section(10, &code), section(11, b"data"), section(0, b"\x04name")];
    [b"\0asm\x01\0\0\0".as_slice(), &sections.concat()].concat()
}

fn program(bodies: &[&[u8]]) -> Vec<u8> {
    program_of(&bodies.iter().map(|body| function(body)).collect::<Vec<_>>())
}

/// All instructions, in one function and each in its own.
fn everything() -> Vec<u8> {
    let all: Vec<u8> = INSTRUCTIONS.iter().flat_map(|(_, bytes)| *bytes).copied().collect();
    let mut bodies = vec![all.as_slice(), &[]];
    bodies.extend(INSTRUCTIONS.iter().map(|(_, bytes)| *bytes));
    program(&bodies)
}

#[test]
fn every_kind_of_instruction_comes_back() {
    for (name, instruction) in INSTRUCTIONS {
        let wasm = program(&[instruction]);
        let streams = split(&wasm).unwrap_or_else(|| panic!("{name} is refused"));
        assert_eq!(joined(&streams, wasm.len()).as_deref(), Some(wasm.as_slice()), "{name}");
    }
    let wasm = everything();
    let streams = split(&wasm).expect("nothing unknown");
    assert_eq!(joined(&streams, wasm.len()), Some(wasm));
}

#[test]
fn every_opcode_that_is_known_alone_comes_back() {
    for opcode in 0..=u8::MAX {
        if matches!(operands::of(opcode), Operands::None) {
            assert!(split(&program(&[&[opcode]])).is_some(), "{opcode:#x}");
        }
        if let Operands::Memory(natural) = operands::of(opcode) {
            for alignment in 0..ALIGNMENTS {
                let body = [opcode, alignment, 0x00, opcode, natural, 0x00];
                assert!(split(&program(&[&body])).is_some(), "{opcode:#x}, {alignment}");
            }
        }
    }
}

#[test]
fn locals_near_and_far_come_back() {
    let mut body = Vec::new();
    for local in (0..300).chain((0..300).rev().step_by(7)).chain([0, 63, 0, 64, 64, 299, 0]) {
        body.push(0x20);
        put_number(&mut body, local);
    }
    assert!(split(&program(&[&body, &body])).is_some());
}

#[test]
fn programs_without_functions_come_back() {
    assert!(split(&program(&[])).is_some());
    assert!(split(&program(&[&[]])).is_some());
}

#[test]
fn what_is_not_known_is_refused() {
    for instruction in UNKNOWN {
        assert!(split(&program(&[instruction])).is_none(), "{instruction:x?}");
    }
    assert!(split(b"").is_none());
    assert!(split(b"\0asm\x01\0\0\0").is_none(), "no code");
    assert!(split(b"\0asm\x0d\0\x01\0").is_none(), "a component");
    let of_type = |byte| program_of(&[vec![0x04, 0x01, 0x01, byte, 0x0b]]);
    assert!(split(&of_type(0x7f)).is_some());
    assert!(split(&of_type(0x64)).is_none(), "a type of several bytes");
}

#[test]
fn what_would_not_come_back_as_it_was_is_refused() {
    assert!(split(&program(&[&[0x20, 0x80, 0x00]])).is_none(), "a local in more bytes than needed");
    assert!(split(&program(&[&[0x10, 0x80, 0x00]])).is_none(), "a call in more bytes than needed");
    assert!(
        split(&program(&[&[0x28, 0x82, 0x00, 0x00]])).is_none(),
        "an alignment in more bytes than needed"
    );
    let size = |function: &[u8]| split(&program_of(&[function.to_vec()]));
    assert!(size(&[0x03, 0x00, 0x01, 0x0b]).is_some());
    assert!(size(&[0x83, 0x00, 0x00, 0x01, 0x0b]).is_none(), "a size in more bytes than needed");
    assert!(size(&[0x02, 0x00, 0x01, 0x0b]).is_none(), "a size that is too small");
    assert!(size(&[0x04, 0x00, 0x01, 0x0b]).is_none(), "a size that is too large");
    assert!(size(&[0x04, 0x00, 0x01, 0x0b, 0x01]).is_none(), "something after the end");
    assert!(size(&[0x03, 0x00, 0x02, 0x0b]).is_none(), "no end");
}

#[test]
fn program_cut_or_changed_anywhere_does_not_panic() {
    let wasm = everything();
    for at in 0..wasm.len() {
        let streams = split(&wasm[..at]);
        // Nobody looks at what is after the code.
        assert!(streams.is_none_or(|streams| joined(&streams, at).as_deref() == Some(&wasm[..at])), "{at}");
        let mut other = wasm.clone();
        for byte in [0x00, 0x01, 0x0b, 0x20, 0x41, 0x7f, 0x80, 0xe2, 0xfd, 0xff] {
            other[at] = byte;
            let streams = split(&other);
            assert!(
                streams.is_none_or(|streams| joined(&streams, other.len()).as_ref() == Some(&other)),
                "{at}"
            );
        }
    }
}

#[test]
fn streams_cut_or_changed_anywhere_do_not_panic() {
    let wasm = everything();
    let streams = split(&wasm).expect("nothing unknown");
    for at in 0..streams.len() {
        assert_eq!(joined(&streams[..at], wasm.len()), None, "{at}");
        let mut other = streams.clone();
        let is = other[at];
        for byte in (0..8).map(|bit| is ^ 1 << bit).chain([0x00, 0x7f, 0xff]) {
            other[at] = byte;
            assert!(joined(&other, wasm.len()).is_none_or(|bytes| bytes.len() == wasm.len()), "{at}, {byte}");
        }
    }
}

#[test]
fn another_size_is_refused() {
    let wasm = everything();
    let streams = split(&wasm).expect("nothing unknown");
    for bytes in [0, 1, wasm.len() - 1, wasm.len() + 1, u32::MAX as usize, usize::MAX] {
        assert_eq!(joined(&streams, bytes), None, "{bytes}");
    }
    assert_eq!(joined(&[streams, vec![0]].concat(), wasm.len()), None, "something after the end");
}

#[test]
fn counts_of_more_than_there_is_end() {
    const MOST: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    let of = |parts: &[(usize, &[u8])]| {
        let mut lens = vec![0; STREAMS];
        parts.iter().for_each(|(stream, bytes)| lens[*stream] = bytes.len() as u64);
        let mut out = Vec::new();
        lens.iter().for_each(|len| put_number(&mut out, *len));
        parts.iter().for_each(|(_, bytes)| out.extend_from_slice(bytes));
        out
    };
    let declared = [MOST, MOST].concat();
    assert_eq!(joined(&of(&[(DECLARATIONS, MOST)]), 100), None, "functions");
    assert_eq!(joined(&of(&[(DECLARATIONS, &declared)]), 100), None, "locals");
    assert_eq!(
        joined(&of(&[(DECLARATIONS, &[1, 0]), (OPCODES, &[0x0e]), (TABLES, MOST)]), 100),
        None,
        "a table"
    );
    assert_eq!(
        joined(&of(&[(DECLARATIONS, &[1, 0]), (OPCODES, &[0x20]), (LOCALS, MOST)]), 100),
        None,
        "a local"
    );
    assert_eq!(
        joined(&of(&[(DECLARATIONS, &[1, 0]), (OPCODES, &[0x10]), (CALLS, MOST)]), 100),
        None,
        "a call"
    );
    assert_eq!(joined(MOST, 100), None, "a stream");
}

#[test]
fn what_is_usual_takes_no_room() {
    let len = |body: &[u8]| split(&program(&[body])).expect("nothing unknown").len();
    assert_eq!(len(&[0x28, 0x02, 0x00]), len(&[0x28, 0x00, 0x00]) - 1, "the natural alignment");
    assert_eq!(
        len(&[0x20, 0x00, 0x22, 0xff, 0x01]),
        len(&[0x20, 0x00, 0x22, 0x00]) + 1,
        "the local named last"
    );
}
