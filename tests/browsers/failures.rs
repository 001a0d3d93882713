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

#[test]
fn page_without_its_program_says_so() {
    // A download that was cut short: the program's text is not whole.
    let page_text = std::fs::read_to_string(packed()).expect("the packed file");
    let at = page_text.find("gzip-base64\">").expect("the program") + 400;
    let end = page_text[at..].find("</script>").expect("its end") + at;
    let damaged = scratch("damaged").join("clickglass.html");
    std::fs::write(&damaged, [&page_text[..at], &page_text[end..]].concat()).expect("a scratch file");
    let url = file_url(&damaged);
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.go(&url).await;
        let notice = page.text("boot-error").await;
        assert!(notice.contains("could not unpack the program"), "{notice}");
    });
}
