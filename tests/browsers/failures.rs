//! A file that cannot be used is said to be so, in words.

use harness::{Browser, Launch, Page, drive, file_url, packed, scratch};

async fn give(page: &Page, name: &str, bytes: &[u8]) -> String {
    let path = scratch("bad-file").join(name);
    std::fs::write(&path, bytes).expect("a scratch file");
    page.choose_file(&path).await;
    page.find("error-message").await;
    page.text("error-message").await
}

#[test]
fn unusable_files_get_a_message_that_names_them() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        for (name, bytes) in [
            ("zipped.csv", &b"PK\x03\x04\x14\x00\x00\x00 and so on"[..]),
            ("empty.csv", b""),
            ("letters.csv", b"name,colour\r\napple,red\r\n"),
            ("noise.json", b"{\"value\": [1, 2"),
        ] {
            page.open(&file_url(&packed())).await;
            let message = give(&page, name, bytes).await;
            assert!(message.contains(name), "{name}: {message}");
            assert!(!page.visible("report").await, "{name} gives no report");
        }
    });
}

#[test]
fn javascript_open_of_an_unusable_file_rejects_with_a_kind() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        let answer = page.api("clickglass.open([new File(['PK\\u0003\\u0004 and so on'], 'x.zip')])").await;
        assert_eq!(answer["error"]["kind"], "zipped", "{answer}");
        assert_eq!(answer["error"]["file"], "x.zip", "{answer}");
    });
}

/// The page with another text of its program, opened.
fn opened_with(change: impl FnOnce(&mut String), expected: &'static str) {
    let page_text = std::fs::read_to_string(packed()).expect("the packed file");
    let (before, rest) = page_text.split_once("lzip-base64\"").expect("the program");
    let (bytes, rest) = rest.split_once('>').expect("its element");
    let (program, after) = rest.split_once("</script>").expect("its end");
    let mut program = program.to_owned();
    change(&mut program);
    let damaged = scratch("damaged").join("clickglass.html");
    let text = [before, "lzip-base64\"", bytes, ">", &program, "</script>", after].concat();
    std::fs::write(&damaged, text).expect("a scratch file");
    let url = file_url(&damaged);
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.go(&url).await;
        let notice = page.text("boot-error").await;
        assert!(notice.contains(expected), "{notice}");
    });
}

#[test]
fn page_cut_short_says_so() {
    opened_with(|program| program.truncate(400), "could not unpack the program");
}

#[test]
fn page_with_another_byte_in_its_program_says_so() {
    let change = |program: &mut String| {
        let at = program.len() / 2;
        let other = if program[at..].starts_with('A') { "B" } else { "A" };
        program.replace_range(at..=at, other);
    };
    opened_with(change, "could not unpack the program");
}

#[test]
fn several_files_without_clicks_are_all_named() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let opened = "clickglass.open([new File(['a,b\\n1,2\\n'], 'one.csv'), new File([''], 'two.csv'), new File(['PK\\u0003\\u0004'], 'three.zip')])
            .then(() => null, (error) => error.also.map((each) => each.file))";
        assert_eq!(page.ask(opened).await, serde_json::json!(["two.csv", "three.zip"]));
        let text = page.text("error-message").await;
        for name in ["one.csv", "two.csv", "three.zip"] {
            assert!(text.contains(name), "{name} in {text}");
        }
    });
}
