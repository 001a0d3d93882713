//! One sheet, from its XML to records (ECMA-376 part 1, 18.3.1).
//!
//! Owns rows, cells and what their types mean. Must not know how records are written.

use super::date;
use super::records::{Records, Sink};
use super::strings::{Rich, Strings, unescape};
use super::styles::Styles;
use super::xml::{Tag, Token, decode};
use crate::Trouble;

/// Most bytes of one cell; Excel's most is a tenth of it.
const MOST_CELL: usize = 1 << 20;

/// What the cells of all sheets need to be read.
#[derive(Default)]
pub struct Shared {
    pub strings: Strings,
    pub styles: Styles,
    /// Whether dates are counted from 1904.
    pub is_1904: bool,
}

/// What the value of a cell is (18.18.11).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    /// A number that its style shows as a date.
    Date,
    /// The number of a shared string.
    Shared,
    /// Text in the cell.
    Inline,
    /// The text that a formula gave.
    Formula,
    Bool,
    Error,
    /// Anything else, a date in ISO 8601 among them: as it is written.
    Other,
}

/// Reads a sheet.
pub struct Sheet<'s> {
    shared: &'s Shared,
    pub records: Records,
    is_data: bool,
    /// The last row, and the last column in it, counted from one.
    row: u64,
    column: u32,
    kind: Kind,
    is_value: bool,
    is_inline: bool,
    rich: Rich,
    value: Vec<u8>,
    /// Whether a cell had a string that there is not.
    misses_string: bool,
}

impl<'s> Sheet<'s> {
    /// A sheet that writes to these records.
    pub fn new(shared: &'s Shared, records: Records) -> Sheet<'s> {
        Sheet {
            shared,
            records,
            is_data: false,
            row: 0,
            column: 0,
            kind: Kind::Number,
            is_value: false,
            is_inline: false,
            rich: Rich::default(),
            value: Vec::new(),
            misses_string: false,
        }
    }

    /// Takes the next token of its part.
    pub fn take(&mut self, token: Token<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
        match token {
            Token::Open(tag) if tag.name == b"sheetData" => self.is_data = true,
            Token::Close(b"sheetData") => self.is_data = false,
            _ if !self.is_data => {}
            Token::Text(text) if self.is_value => decode(text, &mut self.value),
            Token::Plain(text) if self.is_value => self.value.extend_from_slice(text),
            Token::Close(b"is") => self.is_inline = false,
            _ if self.is_inline => self.rich.take(token, &mut self.value),
            Token::Open(tag) => self.open(tag),
            Token::Close(b"v") => self.is_value = false,
            Token::Close(b"c") => self.end_cell()?,
            Token::Close(b"row") => self.records.end_row(sink)?,
            _ => {}
        }
        if self.value.len() > MOST_CELL {
            Err(Trouble::BadData("a cell of more than a megabyte"))
        } else {
            Ok(())
        }
    }

    /// The end of its part.
    pub fn end(&mut self, sink: &mut Sink<'_>) -> Result<(), Trouble> {
        self.records.end(sink)?;
        if self.misses_string {
            Err(Trouble::BadData("a cell names a text that is not there"))
        } else {
            Ok(())
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag.name {
            b"row" => {
                let number = tag.get("r").and_then(number).unwrap_or_default().max(self.row + 1);
                self.records.skip_rows(number - self.row - 1);
                (self.row, self.column) = (number, 0);
            }
            b"c" => self.open_cell(tag),
            b"v" => self.is_value = true,
            b"is" => {
                self.is_inline = true;
                self.rich = Rich::default();
            }
            _ => {}
        }
    }

    fn open_cell(&mut self, tag: Tag<'_>) {
        let (mut place, mut style, mut kind) = (None, None, b"n".as_slice());
        for (name, value) in tag.attributes() {
            match name {
                b"r" => place = column(value),
                b"s" => style = number(value),
                b"t" => kind = value,
                _ => {}
            }
        }
        self.column = place.unwrap_or_else(|| self.column.saturating_add(1));
        (self.is_value, self.is_inline) = (false, false);
        self.value.clear();
        let is_date = || {
            style
                .and_then(|style| usize::try_from(style).ok())
                .is_some_and(|style| self.shared.styles.is_date(style))
        };
        self.kind = match kind {
            b"n" if is_date() => Kind::Date,
            b"n" => Kind::Number,
            b"s" => Kind::Shared,
            b"inlineStr" => Kind::Inline,
            b"str" => Kind::Formula,
            b"b" => Kind::Bool,
            b"e" => Kind::Error,
            _ => Kind::Other,
        };
    }

    fn end_cell(&mut self) -> Result<(), Trouble> {
        if self.value.is_empty() {
            return Ok(());
        }
        let (shared, value) = (self.shared, &mut self.value);
        let mut text = value.as_slice();
        match self.kind {
            Kind::Inline => {}
            Kind::Formula => {
                unescape(value, 0);
                text = value;
            }
            Kind::Shared => {
                let string =
                    number(text).and_then(|n| usize::try_from(n).ok()).and_then(|n| shared.strings.get(n));
                self.misses_string |= string.is_none();
                text = string.unwrap_or_default();
            }
            Kind::Bool => match text.trim_ascii() {
                b"1" | b"true" => text = b"TRUE",
                b"0" | b"false" => text = b"FALSE",
                _ => {}
            },
            Kind::Error => text = b"",
            Kind::Date | Kind::Number | Kind::Other => text = text.trim_ascii(),
        }
        let serial = if self.kind == Kind::Date { std::str::from_utf8(text).ok() } else { None };
        let serial = serial.and_then(|text| text.parse().ok());
        self.records.cell(self.column.saturating_sub(1), |out| {
            if !serial.is_some_and(|serial| date::write(serial, shared.is_1904, out)) {
                out.extend_from_slice(text);
            }
        })
    }
}

/// A whole number.
fn number(digits: &[u8]) -> Option<u64> {
    let digits = digits.trim_ascii();
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')))
}

/// The column of a place such as `AB12`, counted from one.
fn column(place: &[u8]) -> Option<u32> {
    let letters = place.iter().map(u8::to_ascii_uppercase).take_while(u8::is_ascii_uppercase);
    // Beyond six letters it is further than any column; so it stays.
    let column = letters.take(6).fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (column > 0).then_some(column)
}

#[cfg(test)]
mod tests {
    use super::super::xml::Xml;
    use super::*;

    fn shared() -> Shared {
        let mut shared = Shared::default();
        let parts = [
            "<sst><si><t>zero</t></si><si><t>one, two</t></si></sst>",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/>\
             </cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='22'/></cellXfs></styleSheet>",
        ];
        for part in parts {
            let read = Xml::default().push(part.as_bytes(), &mut |token| {
                shared.styles.take(token);
                shared.strings.take(token)
            });
            assert_eq!(read, Ok(()));
        }
        shared
    }

    fn records(rows: &str, size: usize) -> (String, Result<(), Trouble>) {
        let shared = shared();
        let mut sheet = Sheet::new(&shared, Records::new(1000, 0));
        let (mut xml, mut out) = (Xml::default(), Vec::new());
        let mut sink = |bytes: &[u8]| {
            out.extend_from_slice(bytes);
            true
        };
        let part = format!(
            "<x:worksheet><cols><c r='A1'/></cols><x:sheetData>{rows}</x:sheetData><v>9</v></x:worksheet>"
        );
        for piece in part.as_bytes().chunks(size) {
            assert_eq!(xml.push(piece, &mut |token| sheet.take(token, &mut sink)), Ok(()));
        }
        let end = sheet.end(&mut sink);
        (String::from_utf8_lossy(&out).into_owned(), end)
    }

    #[test]
    fn sheet_cells_of_every_type_are_read() {
        let cases = [
            ("<c t='s'><v>1</v></c><c t='s'><v> 0 </v></c>", "\"one, two\",zero\n"),
            (
                "<c><v>0.1</v></c><c t='n'><v>1E-3</v></c><c s='0'><v>12345678901234567</v></c>",
                "0.1,1E-3,12345678901234567\n",
            ),
            (
                "<c s='1'><v>45351.5</v></c><c s='2'><v>45351</v></c>",
                "2024-02-29T12:00:00,2024-02-29T00:00:00\n",
            ),
            ("<c s='1'><v>-3</v></c><c s='1' t='str'><v>45351</v></c><c s='9'><v>1</v></c>", "-3,45351,1\n"),
            ("<c t='b'><v>1</v></c><c t='b'><v>0</v></c>", "TRUE,FALSE\n"),
            ("<c t='e'><v>#N/A</v></c><c t='d'><v>2026-05-04T09:12:33Z</v></c>", ",2026-05-04T09:12:33Z\n"),
            ("<c t='str'><f>A1&amp;\"x\"</f><v>a&lt;_x000D_b </v></c>", "\"a<\rb \"\n"),
            ("<c t='inlineStr'><is><t>a</t><r><t>b</t></r><rPh><t>c</t></rPh></is></c>", "ab\n"),
            ("<c t='inlineStr'/><c/><c><v/></c><c><f>1</f></c><c t='inlineStr'><is/></c>", ""),
            ("<c r='C1'><v>3</v></c><c><v>4</v></c><c r='a1'><v>1</v></c>", "1,,3,4\n"),
            (
                "<c r='XFE1'><v>far</v></c><c r='ZZZZZZZZZZ1'><v>far</v></c><c><v>far</v></c><c r='B1'><v>2</v></c>",
                ",2\n",
            ),
            ("<c r='1'><v><![CDATA[<a>]]></v></c>", "<a>\n"),
        ];
        for (cells, expected) in cases {
            for size in [1, 2, 5, 13, 1000] {
                let (found, end) = records(&format!("<x:row>{cells}</x:row>"), size);
                assert_eq!((found.as_str(), end), (expected, Ok(())), "{cells}");
            }
        }
    }

    #[test]
    fn sheet_rows_keep_their_places() {
        let row = |at: &str| format!("<row {at}><c><v>x</v></c></row>");
        let rows = [
            row("r='2'"),
            row(""),
            row("r='1'"),
            row("r='6'"),
            row("r='9999'"),
            row("r='99999999999999999999'"),
        ];
        assert_eq!(records(&rows.concat(), 50).0, "\nx\nx\nx\n\nx\nx\nx\n");
    }

    #[test]
    fn sheet_string_that_is_not_there_is_said() {
        for number in ["2", "-1", "x", "99999999999999999999"] {
            let (text, end) =
                records(&format!("<row><c t='s'><v>{number}</v></c><c><v>1</v></c></row>"), 100);
            assert_eq!(text, ",1\n");
            assert_eq!(end, Err(Trouble::BadData("a cell names a text that is not there")));
        }
    }
}
