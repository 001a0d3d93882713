//! The main job once more in the other browsers. WebKit reads a file in the worker when the page came from a
//! host, and on the page when it came from disk: both ways are used here.

use harness::{Browser, Launch, Page, Server, drive, file_url, packed};

use crate::union;

async fn main_job(page: &Page, url: &str) {
    page.open(url).await;
    union::open(page).await;
    union::check_report(page).await;
    page.click("filter-action").await;
    page.click("option-action-blocked").await;
    union::clicks_in_view(page, "2").await;
    assert!(page.url().await.ends_with("#action=blocked"), "{}", page.url().await);
}

fn does_the_main_job(browser: Browser, url: String) {
    drive(&Launch::new(browser), async move |page| {
        main_job(&page, &url).await;
    });
}

#[test]
fn firefox_from_disk_does_the_main_job() {
    if union::export().is_some() {
        does_the_main_job(Browser::Firefox, file_url(&packed()));
    }
}

#[test]
fn firefox_from_a_host_does_the_main_job() {
    if union::export().is_some() {
        does_the_main_job(Browser::Firefox, Server::start(&packed()).url());
    }
}

#[test]
fn webkit_from_disk_does_the_main_job() {
    if union::export().is_some() {
        does_the_main_job(Browser::WebKit, file_url(&packed()));
    }
}

#[test]
fn webkit_from_a_host_does_the_main_job() {
    if union::export().is_some() {
        does_the_main_job(Browser::WebKit, Server::start(&packed()).url());
    }
}
