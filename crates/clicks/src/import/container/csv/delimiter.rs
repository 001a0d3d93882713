//! What separates the cells of delimited text.

/// What separates cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// Its last byte.
    pub byte: u8,
    /// The bytes before it, for delimiters that are no ASCII.
    pub lead: &'static [u8],
}

/// `❖` is what one published set of Python dumps uses, because nothing else uses it.
pub const FLORETTE: Delimiter = Delimiter { byte: 0x96, lead: &[0xe2, 0x9d] };

impl Delimiter {
    /// A delimiter of one byte.
    pub const fn byte(byte: u8) -> Delimiter {
        Delimiter { byte, lead: &[] }
    }

    /// Whether it stands at a place.
    pub fn stands_at(&self, text: &[u8], at: usize) -> bool {
        let lead = self.lead.len();
        text.get(at + lead) == Some(&self.byte) && text.get(at..at + lead) == Some(self.lead)
    }

    /// Its length in bytes.
    pub const fn len(&self) -> usize {
        self.lead.len() + 1
    }

    /// What to call it.
    pub fn label(&self) -> String {
        match self.byte {
            b',' => "separated by commas".to_owned(),
            b';' => "separated by semicolons".to_owned(),
            b'\t' => "separated by tabs".to_owned(),
            b'|' => "separated by bars".to_owned(),
            _ if !self.lead.is_empty() => "separated by ❖".to_owned(),
            other => format!("separated by “{}”", char::from(other).escape_default()),
        }
    }
}
