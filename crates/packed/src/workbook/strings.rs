//! The texts of a workbook: rich or plain, shared or in their cell (ECMA-376 part 1, 18.4).
//!
//! Owns what of them is text, and the list of shared ones. Must not know where they are used.

use super::super::Trouble;
use super::xml::{Token, decode};
use memchr::memmem;

/// Most bytes of shared strings, with four for each string. Excel's million rows have a tenth of it.
pub const MOST_STRINGS: usize = 512 << 20;

/// Reads the text of an item: its runs joined, without what says how it is pronounced.
#[derive(Default)]
pub struct Rich {
    is_text: bool,
    is_phonetic: bool,
    keeps_blanks: bool,
    start: usize,
}

impl Rich {
    /// Takes the next token of the item and adds the text in it to `out`.
    pub fn take(&mut self, token: Token<'_>, out: &mut Vec<u8>) {
        match token {
            Token::Open(tag) if tag.name == b"t" => {
                self.is_text = !self.is_phonetic;
                self.keeps_blanks = tag.get("space") == Some(b"preserve");
                self.start = out.len();
            }
            Token::Close(b"t") if self.is_text => {
                self.is_text = false;
                if !self.keeps_blanks {
                    trim(out, self.start);
                }
                unescape(out, self.start);
            }
            Token::Open(tag) if tag.name == b"rPh" => self.is_phonetic = true,
            Token::Close(b"rPh") => self.is_phonetic = false,
            Token::Text(text) if self.is_text => decode(text, out),
            Token::Plain(text) if self.is_text => out.extend_from_slice(text),
            _ => {}
        }
    }
}

/// Removes blanks around what is in `text` from a place on.
fn trim(text: &mut Vec<u8>, from: usize) {
    let new = text.get(from..).unwrap_or_default();
    let n_front = new.len() - new.trim_ascii_start().len();
    let n_back = new.len() - new.trim_ascii_end().len();
    if n_back > 0 {
        text.truncate((text.len() - n_back).max(from));
    }
    if n_front > 0 {
        text.drain(from..(from + n_front).min(text.len()));
    }
}

/// Replaces `_x000D_` and its like in `text` from a place on: the way to write what XML has no way for (ECMA-376 part 1, 22.9.2.19).
pub fn unescape(text: &mut Vec<u8>, from: usize) {
    let Some(first) = memmem::find(text.get(from..).unwrap_or_default(), b"_x") else { return };
    let escaped = text.split_off(from + first);
    let mut rest = escaped.as_slice();
    while let Some(place) = memmem::find(rest, b"_x") {
        let (plain, after) = rest.split_at(place);
        text.extend_from_slice(plain);
        // Two units for a character beyond the first 65,536, as in UTF-16.
        let units = unit(after).map(|one| (one, after.get(7..).and_then(unit)));
        let (c, used) = match units {
            Some((high, Some(low)))
                if (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low) =>
            {
                (char::decode_utf16([high, low]).next().and_then(Result::ok), 14)
            }
            Some((one, _)) => (char::from_u32(one.into()), 7),
            None => (Some('_'), 1),
        };
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        rest = after.get(used..).unwrap_or_default();
    }
    text.extend_from_slice(rest);
}

/// The unit that an escape at the front stands for.
fn unit(bytes: &[u8]) -> Option<u16> {
    let [b'_', b'x', digits @ .., b'_'] = bytes.get(..7)? else { return None };
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u16::from_str_radix(digits, 16).ok()
}

/// The shared strings of a workbook.
#[derive(Default)]
pub struct Strings {
    text: Vec<u8>,
    ends: Vec<u32>,
    rich: Rich,
    is_item: bool,
}

impl Strings {
    /// Takes the next token of their part.
    pub fn take(&mut self, token: Token<'_>) -> Result<(), Trouble> {
        match token {
            Token::Open(tag) if tag.name == b"si" => self.is_item = true,
            Token::Close(b"si") => {
                self.is_item = false;
                self.rich = Rich::default();
                let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                self.ends.push(end);
            }
            token if self.is_item => {
                let n = if let Token::Text(text) | Token::Plain(text) = token { text.len() } else { 0 };
                // Decoded text is never longer than it was. No room is said; the program would end.
                if self.text.try_reserve(n).is_err() {
                    return Err(Trouble::TooBig);
                }
                self.rich.take(token, &mut self.text);
            }
            _ => {}
        }
        let is_too_big = self.text.len() + 4 * self.ends.len() > MOST_STRINGS;
        if is_too_big || self.ends.try_reserve(1).is_err() { Err(Trouble::TooBig) } else { Ok(()) }
    }

    /// The string with that number.
    pub fn get(&self, number: usize) -> Option<&[u8]> {
        let end = *self.ends.get(number)?;
        let start =
            number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start as usize..end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::Xml;
    use super::*;

    #[test]
    fn strings_runs_are_joined_and_escapes_decoded() {
        let cases = [
            ("<t>plain</t>", "plain"),
            ("<t> blanks </t>", "blanks"),
            ("<t xml:space=\"preserve\"> blanks </t>", " blanks "),
            ("<r><rPr><b/></rPr><t>one</t></r><r><t xml:space='preserve'> two</t></r>", "one two"),
            ("<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/>", "東京"),
            ("<t>a_x000D_\nb</t>", "a\r\nb"),
            ("<t>_x005F_x000D_ _x _xZZZZ_ _x0041</t>", "_x000D_ _x _xZZZZ_ _x0041"),
            ("<t>_xD83D__xDE00_ _xD83D_ _x+041_</t>", "😀 \u{fffd} _x+041_"),
            ("<t><![CDATA[a<b]]>&amp;c</t>", "a<b&c"),
            ("<t/>", ""),
            ("", ""),
        ];
        let items: String = cases.iter().map(|(xml, _)| format!("<si>{xml}</si>")).collect();
        let part = format!("<x:sst xmlns:x=''>{items}</x:sst>");
        for size in [1, 3, 7, 100, 10_000] {
            let (mut xml, mut strings) = (Xml::default(), Strings::default());
            for piece in part.as_bytes().chunks(size) {
                assert_eq!(xml.push(piece, &mut |token| strings.take(token)), Ok(()));
            }
            for (number, (xml, expected)) in cases.iter().enumerate() {
                let text = strings.get(number).map(String::from_utf8_lossy);
                assert_eq!(text.as_deref(), Some(*expected), "{xml} in pieces of {size}");
            }
            assert_eq!(strings.get(cases.len()), None);
        }
    }
}
