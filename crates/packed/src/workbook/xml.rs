//! As much of XML as the parts of a workbook are written in (XML 1.0; ECMA-376 part 1, 12.1: no document types).
//!
//! Owns the way from pieces of text to tags, text and references. Names are told by their local part, whatever prefix a writer chose. Must not
//! know which tags there are. Nesting is not followed, so nothing here grows with it.

use memchr::{memchr, memmem, memrchr};

use super::super::Trouble;

/// What comes out, in order. An empty tag opens and closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A tag opens.
    Open(Tag<'a>),
    /// A tag of that local name closes.
    Close(&'a [u8]),
    /// Some of a text, to be decoded. No reference is split.
    Text(&'a [u8]),
    /// Some of a text that is to be taken as it is.
    Plain(&'a [u8]),
}

/// A tag that opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its local name.
    pub name: &'a [u8],
    attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    /// The attribute of that local name, as written.
    pub fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.attributes().find(|(found, _)| *found == name.as_bytes()).map(|(_, value)| value)
    }

    /// The attribute of that local name, decoded; more than a kilobyte is no name of anything.
    pub fn text(&self, name: &str) -> Option<String> {
        let mut text = Vec::new();
        decode(self.get(name)?, &mut text);
        text.truncate(1024);
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    /// Local names and values, as written.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_at_checked(memchr(b'=', rest)?)?;
            let after = after.get(1..)?.trim_ascii_start();
            let (quote, after) = after.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
            let (value, after) = after.split_at_checked(memchr(*quote, after)?)?;
            rest = after.get(1..)?;
            Some((local(name.trim_ascii()), value))
        })
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// More than this in one tag is no workbook.
const MOST_TAG: usize = 1 << 20;
/// The longest reference that means something, with some room: `&#x10FFFF;`.
const MOST_REFERENCE: usize = 16;

/// What it is in.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Start,
    Content,
    Comment,
    Instruction,
    Cdata,
}

/// Takes XML apart that comes in pieces.
#[derive(Default)]
pub struct Xml {
    held: Vec<u8>,
    inside: Inside,
}

/// Takes what comes out.
pub type Take<'t> = dyn FnMut(Token<'_>) -> Result<(), Trouble> + 't;

impl Xml {
    /// Takes a piece.
    pub fn push(&mut self, piece: &[u8], take: &mut Take<'_>) -> Result<(), Trouble> {
        let mut held = std::mem::take(&mut self.held);
        held.extend_from_slice(piece);
        let mut rest = held.as_slice();
        while self.step(&mut rest, take)? {}
        if rest.len() > MOST_TAG {
            return Err(Trouble::BadData("a tag without end"));
        }
        let used = held.len() - rest.len();
        held.drain(..used);
        self.held = held;
        Ok(())
    }

    /// The end: nothing may be open.
    pub fn end(&self) -> Result<(), Trouble> {
        let is_over = matches!(self.inside, Inside::Start | Inside::Content) && self.held.is_empty();
        if is_over { Ok(()) } else { Err(Trouble::BadData("XML that ends too early")) }
    }

    /// Takes the next thing from the front of `rest`; whether there was one.
    fn step(&mut self, rest: &mut &[u8], take: &mut Take<'_>) -> Result<bool, Trouble> {
        match self.inside {
            Inside::Start => {
                if rest.len() < 2 {
                    return Ok(false);
                }
                if rest.starts_with(&[0xff, 0xfe]) || rest.starts_with(&[0xfe, 0xff]) {
                    return Err(Trouble::BadData("XML in UTF-16"));
                }
                self.inside = Inside::Content;
            }
            Inside::Comment => return Ok(self.pass(rest, b"-->")),
            Inside::Instruction => return Ok(self.pass(rest, b"?>")),
            Inside::Cdata => {
                let end = memmem::find(rest, b"]]>");
                let text = rest.get(..end.unwrap_or(rest.len().saturating_sub(2))).unwrap_or_default();
                if !text.is_empty() {
                    take(Token::Plain(text))?;
                }
                *rest = rest.get(text.len()..).unwrap_or_default();
                return Ok(end.is_some() && self.pass(rest, b"]]>"));
            }
            Inside::Content if rest.is_empty() => return Ok(false),
            Inside::Content if rest.starts_with(b"<") => return self.markup(rest, take),
            Inside::Content => {
                let end = memchr(b'<', rest).unwrap_or_else(|| whole_references(rest));
                let Some((text, after)) = rest.split_at_checked(end).filter(|_| end > 0) else {
                    return Ok(false);
                };
                take(Token::Text(text))?;
                *rest = after;
            }
        }
        Ok(true)
    }

    /// Passes over everything to the end of what it is in; whether that was there.
    fn pass(&mut self, rest: &mut &[u8], end: &[u8]) -> bool {
        let place = memmem::find(rest, end);
        let next = place.map_or(rest.len().saturating_sub(end.len() - 1), |place| place + end.len());
        *rest = rest.get(next..).unwrap_or_default();
        if place.is_some() {
            self.inside = Inside::Content;
        }
        place.is_some()
    }

    /// What begins with `<`.
    fn markup(&mut self, rest: &mut &[u8], take: &mut Take<'_>) -> Result<bool, Trouble> {
        if matches!(rest.get(1), None | Some(b'!' | b'?')) {
            return self.declaration(rest);
        }
        let Some(end) = tag_end(rest) else { return Ok(false) };
        let (tag, after) = rest.split_at(end);
        *rest = after.get(1..).unwrap_or_default();
        let tag = tag.get(1..).unwrap_or_default();
        if let Some(name) = tag.strip_prefix(b"/") {
            take(Token::Close(local(name.trim_ascii_end())))?;
            return Ok(true);
        }
        let (tag, is_empty) = tag.strip_suffix(b"/").map_or((tag, false), |tag| (tag, true));
        let name_end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let name = local(name);
        take(Token::Open(Tag { name, attributes }))?;
        if is_empty {
            take(Token::Close(name))?;
        }
        Ok(true)
    }

    /// What begins with `<` and is no tag, or may not be one.
    fn declaration(&mut self, rest: &mut &[u8]) -> Result<bool, Trouble> {
        let openings: [(&[u8], Inside); 3] =
            [(b"<!--", Inside::Comment), (b"<![CDATA[", Inside::Cdata), (b"<?", Inside::Instruction)];
        for (opening, inside) in openings {
            if let Some(after) = rest.strip_prefix(opening) {
                (*rest, self.inside) = (after, inside);
                return Ok(true);
            }
            if opening.starts_with(rest) {
                return Ok(false);
            }
        }
        Err(Trouble::BadData("XML with a document type"))
    }
}

/// Where the tag at the front ends: at the first `>` that is not in quotes.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    bytes.iter().position(|byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
        false
    })
}

/// How much of a text can be given when more may follow: not half a reference.
fn whole_references(text: &[u8]) -> usize {
    let tail = text.len().saturating_sub(MOST_REFERENCE);
    let last = text.get(tail..).unwrap_or_default();
    match memrchr(b'&', last) {
        Some(place) if !last.get(place..).unwrap_or_default().contains(&b';') => tail + place,
        _ => text.len(),
    }
}

/// Adds a text to `out` with its references replaced. What is no reference is kept as it is.
pub fn decode(mut text: &[u8], out: &mut Vec<u8>) {
    while let Some((plain, after)) = memchr(b'&', text).and_then(|place| text.split_at_checked(place)) {
        out.extend_from_slice(plain);
        let near = after.get(..after.len().min(MOST_REFERENCE)).unwrap_or_default();
        let reference = memchr(b';', near).and_then(|end| Some((end, referred(after.get(1..end)?)?)));
        text = if let Some((end, c)) = reference {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            after.get(end + 1..).unwrap_or_default()
        } else {
            out.push(b'&');
            after.get(1..).unwrap_or_default()
        };
    }
    out.extend_from_slice(text);
}

fn referred(name: &[u8]) -> Option<char> {
    Some(match name {
        b"lt" => '<',
        b"gt" => '>',
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', digits @ ..] => {
            let digits = std::str::from_utf8(digits).ok()?;
            let code = match digits.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that comes out, texts joined.
    fn tokens(xml: &str, size: usize) -> Result<String, Trouble> {
        let (mut reader, mut out) = (Xml::default(), Vec::new());
        for piece in xml.as_bytes().chunks(size) {
            reader.push(piece, &mut |token| {
                match token {
                    Token::Open(tag) => {
                        out.extend_from_slice(b"(");
                        out.extend_from_slice(tag.name);
                        for (name, value) in tag.attributes() {
                            out.extend_from_slice(b" ");
                            out.extend_from_slice(name);
                            out.extend_from_slice(b"=");
                            decode(value, &mut out);
                        }
                        out.extend_from_slice(b":");
                    }
                    Token::Close(_) => out.extend_from_slice(b")"),
                    Token::Text(text) => decode(text, &mut out),
                    Token::Plain(text) => out.extend_from_slice(text),
                }
                Ok(())
            })?;
        }
        reader.end()?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn xml_any_split_gives_the_same_tokens() {
        let cases = [
            ("<a/>", "(a:)"),
            ("\u{feff}<?xml version='1.0'?><a>b</a>", "\u{feff}(a:b)"),
            ("<x:row x:r='1' y=\"a>b'\" ><x:c/>t</x:row>", "(row r=1 y=a>b':(c:)t)"),
            ("<a b = 'c' d='&quot;&amp;'>&lt;&#65;&#x1F600;&gt;&apos;</a>", "(a b=c d=\"&:<A😀>')"),
            (
                "<a>1 & 2 &unknown; &#xD800; &#99999999999; &</a>",
                "(a:1 & 2 &unknown; \u{fffd} &#99999999999; &)",
            ),
            ("<a><![CDATA[1 <b> & ]] ]]>2<!-- <c> -- -> -->3<!----></a>", "(a:1 <b> & ]] 23)"),
            ("<a>&aaaaaaaaaaaaaaaaaaaaaaaaaaa;</a>", "(a:&aaaaaaaaaaaaaaaaaaaaaaaaaaa;)"),
            ("<a b='unfinished></a>", "!"),
            ("<a", "!"),
            ("<a><!-- ", "!"),
            ("<a =b c></a>", "(a:)"),
        ];
        for (xml, expected) in cases {
            for size in 1..=xml.len() {
                let found = tokens(xml, size);
                if expected == "!" {
                    assert!(found.is_err(), "{xml} in pieces of {size}");
                } else {
                    assert_eq!(found.as_deref(), Ok(expected), "{xml} in pieces of {size}");
                }
            }
        }
    }

    #[test]
    fn xml_document_type_is_refused() {
        let bomb = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        for size in 1..=bomb.len() {
            assert_eq!(tokens(bomb, size), Err(Trouble::BadData("XML with a document type")));
        }
    }

    #[test]
    fn xml_tag_without_end_is_refused_before_it_fills_memory() {
        let mut reader = Xml::default();
        let mut pushed = 0;
        let refused = (0..1000).any(|_| {
            pushed += 1;
            reader.push(&[b'<'; 4096], &mut |_| Ok(())).is_err()
        });
        assert!(refused && pushed < 300);
    }
}
