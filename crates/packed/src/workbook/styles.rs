//! Which numbers are dates: only the style of a cell says so (ECMA-376 part 1, 18.8.30).
//!
//! Owns the formats. Must not know which cells there are.

use std::collections::BTreeMap;

use super::xml::{Tag, Token};

/// More styles than this are not kept: Excel has at most 65,490.
const MOST_STYLES: usize = 1 << 16;

/// The styles of cells, as far as they say that a number is a date.
#[derive(Default)]
pub struct Styles {
    /// The workbook's own formats, and whether they are dates.
    formats: BTreeMap<u32, bool>,
    /// By the number of a style.
    are_dates: Vec<bool>,
    is_cells: bool,
}

impl Styles {
    /// Takes the next token of their part.
    pub fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open(tag) if tag.name == b"numFmt" => {
                if let Some((id, code)) = number(&tag, "numFmtId").zip(tag.text("formatCode"))
                    && self.formats.len() < MOST_STYLES
                {
                    self.formats.insert(id, is_date_code(&code));
                }
            }
            Token::Open(tag) if tag.name == b"cellXfs" => self.is_cells = true,
            Token::Close(b"cellXfs") => self.is_cells = false,
            Token::Open(tag) if tag.name == b"xf" && self.is_cells && self.are_dates.len() < MOST_STYLES => {
                let id = number(&tag, "numFmtId").unwrap_or_default();
                self.are_dates.push(self.formats.get(&id).copied().unwrap_or_else(|| is_date_format(id)));
            }
            _ => {}
        }
    }

    /// Whether the style with that number shows numbers as dates.
    pub fn is_date(&self, style: usize) -> bool {
        self.are_dates.get(style).copied().unwrap_or_default()
    }
}

fn number(tag: &Tag<'_>, name: &str) -> Option<u32> {
    std::str::from_utf8(tag.get(name)?).ok()?.trim().parse().ok()
}

/// The formats that every workbook has, those of East Asian ones included.
fn is_date_format(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format has a day, month, year, hour, minute or second in it. Text in quotes and brackets, and the characters after those that
/// escape, fill or leave room, are none.
fn is_date_code(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_code_tells_dates_from_numbers() {
        let dates = [
            "yyyy-mm-dd h:mm:ss",
            "m/d/yyyy h:mm",
            "[$-409]d. mmm",
            "[h]:mm:ss",
            "\"on\" d",
            "HH:MM",
            "mm:ss.0",
        ];
        for code in dates {
            assert!(is_date_code(code), "{code}");
        }
        let numbers = [
            "General",
            "0.00",
            "#,##0 \"days\"",
            "[Red]0",
            "0\\d",
            "_d0",
            "*s0",
            "@",
            "0.00E+00",
            "\"unclosed d",
            "[d",
            "",
        ];
        for code in numbers {
            assert!(!is_date_code(code), "{code}");
        }
    }
}
