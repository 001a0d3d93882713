//! From the members of one record to its cells.

use super::JsonImport;
use super::cursor::{Cursor, Value, unescape};
use super::keys::KeyUse;
use crate::import::context::Context;
use crate::import::hunting::is_click_action;
use crate::import::log::Why;
use crate::model::{Cell, Origin, Span, hash};

impl JsonImport {
    /// Takes the members as one record.
    pub(super) fn record(&mut self, cursor: &Cursor<'_>, start: usize, base: u64, cx: &mut Context<'_>) {
        let text = cursor.text;
        self.count_lines(text, start);
        cx.log.records += 1;
        let mut spans = [Span::EMPTY; Cell::COUNT];
        if !self.open_envelope(text, &mut spans, cx) {
            return;
        }
        let mut best = [u8::MAX; Cell::COUNT];
        let mut rest = 0;
        let mut foreign = false;
        let mut click_words = false;
        let mut any_url = false;
        for member in &self.members {
            match self.keys.use_of(member.key) {
                KeyUse::Cell(cell, rank) => {
                    click_words |= matches!(cell, Cell::RawAction | Cell::Clicked);
                    any_url |= cell == Cell::Url;
                    if rank < best[cell as usize] {
                        best[cell as usize] = rank;
                        spans[cell as usize] = span_of(text, member.value, &mut cx.batch.scratch);
                    }
                }
                KeyUse::Foreign => foreign = true,
                KeyUse::Other => {}
            }
            if !matches!(self.keys.use_of(member.key), KeyUse::Cell(cell, _) if cell != Cell::Time) {
                rest = hash::mix(rest, hash_of(text, member.value) ^ u64::from(member.key));
            }
        }
        let line = u64::from(self.line);
        let scratch = &cx.batch.scratch;
        let cell = |cell: Cell| spans[cell as usize].of(text, scratch);
        let said = !cell(Cell::Clicked).is_empty() || is_click_action(cell(Cell::RawAction));
        if cell(Cell::Url).is_empty() {
            let own = any_url && !foreign && (click_words || self.streaming);
            return cx.log.note(if own { Why::NoUrl } else { Why::OtherTable }, line, cell(Cell::RawAction));
        }
        let has_user = best[Cell::User as usize] != u8::MAX;
        if !said && (foreign || !has_user) {
            return cx.log.note(Why::OtherTable, line, cell(Cell::RawAction));
        }
        let when = cell(Cell::Time);
        let Some(ms) = cx.clock.read(when) else {
            let why = if when.is_empty() { Why::NoTime } else { Why::BadTime };
            return cx.log.note(why, line, when);
        };
        cx.batch.push(ms, Origin::new(cx.file, base + start as u64), self.line, rest, &spans);
    }

    /// Goes inside the envelope of the streaming API, if there is one. False: the record is of another
    /// table and has been counted.
    fn open_envelope(&mut self, text: &[u8], spans: &mut [Span; Cell::COUNT], cx: &mut Context<'_>) -> bool {
        let find =
            |name: &[u8]| self.members.iter().find(|m| self.keys.text_of(m.key) == name).map(|m| m.value);
        let Some(Value::Object(from, to)) = find(b"properties") else { return true };
        if let Some(Value::Text { from, to, .. }) = find(b"category") {
            let category = &text[from..to];
            self.streaming |= category.starts_with(b"AdvancedHunting-");
            if category.starts_with(b"AdvancedHunting-") && category != b"AdvancedHunting-UrlClickEvents" {
                cx.log.note(Why::OtherTable, u64::from(self.line), category);
                return false;
            }
        }
        if let Some(value) = find(b"tenantId") {
            spans[Cell::Tenant as usize] = span_of(text, value, &mut cx.batch.scratch);
        }
        let mut inner = Cursor { text: &text[..to], at: from };
        if self.object(&mut inner).is_err() {
            cx.log.note(Why::BrokenJson, u64::from(self.line), &text[from..to]);
            return false;
        }
        true
    }
}

pub(super) fn span_of(text: &[u8], value: Value, scratch: &mut Vec<u8>) -> Span {
    match value {
        Value::Text { from, to, escaped: false } => Span::text(from, to),
        Value::Text { from, to, .. } => {
            let start = scratch.len();
            unescape(&text[from..to], scratch);
            Span::scratch(start, scratch.len())
        }
        Value::Word(from, to) => Span::text(from, to),
        Value::Null => Span::EMPTY,
        Value::Object(from, to) | Value::Array(from, to) => {
            if to - from <= 2 {
                Span::EMPTY
            } else {
                Span::text(from, to)
            }
        }
    }
}

fn hash_of(text: &[u8], value: Value) -> u64 {
    match value {
        Value::Text { from, to, .. }
        | Value::Word(from, to)
        | Value::Object(from, to)
        | Value::Array(from, to) => hash::hash_bytes(&text[from..to]),
        Value::Null => 1,
    }
}
