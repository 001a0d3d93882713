//! Puts the parts into the page.

use super::policy::Policy;
use super::program::Program;

const BOOT: &str = include_str!("boot.js");
const WORKER: &str = include_str!("worker.js");

const POLICY_MARK: &str = "<!-- pack: policy -->";
const STYLES_MARK: &str = "<!-- pack: styles -->";
const PROGRAM_MARK: &str = "<!-- pack: program -->";

/// The whole page as text.
pub fn assemble(template: &str, styles: &str, program: &Program) -> Result<String, String> {
    let styles = inline_style(&unix_lines(styles))?;
    let glue = inline_script(&unix_lines(&program.glue))?;
    let worker = inline_script(&unix_lines(WORKER))?;
    let boot = inline_script(&unix_lines(BOOT))?;
    let unpacker_glue = inline_script(&unix_lines(&program.unpacker_glue))?;

    // The worker's text is data here: it runs in the worker, under `worker-src blob:`.
    let policy = Policy::new([unpacker_glue.as_str(), glue.as_str(), boot.as_str()], &styles).text();
    let carried = format!(
        "<script type=\"application/octet-stream\" id=\"clickglass-wasm\" data-encoding=\"lzip-base64\" data-bytes=\"{}\">{}</script>\n\
         <script type=\"application/octet-stream\" id=\"clickglass-unpacker\" data-encoding=\"gzip-base64\">{}</script>\n\
         <script type=\"text/plain\" id=\"clickglass-worker\">{worker}</script>\n\
         <script>{unpacker_glue}</script>\n\
         <script id=\"clickglass-glue\">{glue}</script>\n\
         <script id=\"clickglass-boot\">{boot}</script>",
        program.raw_bytes, program.base64, program.unpacker
    );

    let page = unix_lines(template);
    let page: String =
        page.lines().filter(|line| !line.contains("data-trunk")).flat_map(|line| [line, "\n"]).collect();
    let page = fill(
        &page,
        POLICY_MARK,
        &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
    )?;
    let page = fill(&page, STYLES_MARK, &format!("<style>{styles}</style>"))?;
    fill(&page, PROGRAM_MARK, &carried)
}

fn fill(page: &str, mark: &str, part: &str) -> Result<String, String> {
    match page.split_once(mark) {
        Some((before, after)) if !after.contains(mark) => Ok([before, part, after].concat()),
        _ => Err(format!("index.html must have the mark `{mark}` exactly once")),
    }
}

/// Browsers hash the text after they have turned every line end into `\n`; so do we.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// JavaScript that cannot end its element, nor open a comment that swallows the end of it. Inside strings,
/// where such text can stand, the added backslash means nothing.
fn inline_script(text: &str) -> Result<String, String> {
    let safe = replace_ignoring_case(text, "</script", "<\\/");
    let safe = replace_ignoring_case(&safe, "<!--", "<\\!");
    if safe.to_ascii_lowercase().contains("<script") && safe.contains("<!--") {
        return Err("a script to inline still opens a comment".to_owned());
    }
    Ok(safe)
}

fn inline_style(text: &str) -> Result<String, String> {
    if text.to_ascii_lowercase().contains("</style") {
        return Err("a stylesheet contains `</style`, which would end the element".to_owned());
    }
    Ok(text.to_owned())
}

/// Replaces the beginning of each `needle`, as long as `start`, and keeps the rest in its own letters.
fn replace_ignoring_case(text: &str, needle: &str, start: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let skip = start.len() - 1;
    let mut safe = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = lower[from..].find(needle) {
        safe.push_str(&text[from..from + at]);
        safe.push_str(start);
        from += at + skip;
    }
    safe.push_str(&text[from..]);
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Program {
        Program {
            base64: "XQAA".to_owned(),
            raw_bytes: 3,
            glue: "let wasm_bindgen = '</SCRIPT><!--';\r\n".to_owned(),
            unpacker: "H4sI".to_owned(),
            unpacker_glue: "let unpacker;".to_owned(),
        }
    }

    const TEMPLATE: &str = "<!doctype html>\n<!-- pack: policy -->\n<link data-trunk rel=\"rust\">\n\
                            <!-- pack: styles -->\n<!-- pack: program -->\n";

    #[test]
    fn page_has_every_part_and_no_mark() {
        let page = assemble(TEMPLATE, "a{}", &program()).expect("packs");
        assert!(page.contains("<style>a{}</style>"));
        assert!(page.contains("data-bytes=\"3\">XQAA</script>"));
        assert!(!page.contains("pack:") && !page.contains("data-trunk"));
    }

    #[test]
    fn script_that_would_end_its_element_is_made_harmless() {
        let page = assemble(TEMPLATE, "", &program()).expect("packs");
        assert!(page.contains("'<\\/SCRIPT><\\!--';\n"));
    }

    #[test]
    fn template_without_a_mark_is_refused() {
        assert!(assemble("<!-- pack: policy -->", "", &program()).is_err());
    }

    #[test]
    fn style_that_would_end_its_element_is_refused() {
        assert!(assemble(TEMPLATE, "a::before{content:'</style>'}", &program()).is_err());
    }
}
