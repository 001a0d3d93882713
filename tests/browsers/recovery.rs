//! The engine stops, hangs or ends: nobody waits for ever, no number of lost data stays, and the page says so.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::{Value, json};

/// A question whose outcome is looked at later; it must not be answered yet.
const ASK: &str = "globalThis.outcome = 'waiting';
  clickglass.report('').then(() => globalThis.outcome = 'answered', (error) => globalThis.outcome = error.kind);";

async fn open_plain(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.choose_file(&sample("hunting-csv/plain.csv")).await;
    page.until("six rows", async || page.count("row").await == 6).await;
}

/// Asks a question that does not arrive at the engine.
async fn ask_in_vain(page: &Page) {
    page.swallow(&["ask"]).await;
    page.js(ASK).await;
    // It is on its way when everything that was begun before has had its turn.
    page.ask("new Promise((done) => setTimeout(() => done(null), 100))").await;
    assert_eq!(page.js("return globalThis.outcome").await, "waiting");
}

async fn outcome(page: &Page) -> Value {
    page.until("the question to be told", async || page.js("return globalThis.outcome").await != "waiting")
        .await;
    page.js("return globalThis.outcome").await
}

async fn six_clicks(page: &Page) {
    page.until("six rows", async || page.count("row").await == 6).await;
    let report = page.ask("clickglass.report('')").await;
    assert_eq!(report["totals"]["clicks"], 6, "{report}");
}

#[test]
fn engine_that_stops_is_started_again_on_the_same_files_and_the_page_says_so() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        open_plain(&page).await;
        ask_in_vain(&page).await;
        page.swallow(&[]).await;
        page.crash_engine().await;
        assert_eq!(outcome(&page).await, "crashed");
        six_clicks(&page).await;
        assert_eq!(page.workers_ended().await, [true, false], "the worker that stopped is ended for good");
        let notice = page.text("engine-restarted").await;
        assert!(notice.contains("started again") && notice.contains("ended by a test"), "{notice}");
        assert!(!notice.contains("file is broken"), "{notice}");
        // It stays when the next question is answered.
        page.js("location.hash = 'action=blocked'").await;
        page.until("fewer rows", async || page.count("row").await < 6).await;
        assert!(page.text("engine-restarted").await.contains("started again"));
        page.click_inside("engine-restarted", "button").await;
        page.until("the notice to go", async || page.text("engine-restarted").await.is_empty()).await;
    });
}

#[test]
fn engine_that_stops_twice_on_the_same_files_shows_no_number_and_waits_to_be_asked() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        open_plain(&page).await;
        page.crash_engine().await;
        page.until("the second worker", async || page.workers_ended().await.len() == 2).await;
        six_clicks(&page).await;
        page.crash_engine().await;
        page.find("landing").await;
        assert!(!page.visible("report").await, "nothing of the lost data is shown");
        let message = page.text("error-message").await;
        assert!(message.contains("second time") && !message.contains("file is broken"), "{message}");
        let answer = page.api("clickglass.query({})").await;
        assert_eq!(answer["error"]["kind"], "no-data", "{answer}");
        page.click("way-out").await;
        six_clicks(&page).await;
    });
}

#[test]
fn engine_that_stops_while_it_reads_leaves_what_was_open() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        open_plain(&page).await;
        page.swallow(&["open"]).await;
        page.choose_file(&sample("hunting-csv/unknown-action.csv")).await;
        page.find("progress").await;
        page.swallow(&[]).await;
        page.crash_engine().await;
        six_clicks(&page).await;
        let notice = page.text("engine-restarted").await;
        assert!(notice.contains("while it read the files"), "{notice}");
        assert_eq!(page.ask("clickglass.trust()").await["files"][0]["name"], "plain.csv");
    });
}

#[test]
fn engine_that_stops_on_the_first_file_says_so_and_rejects_open() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        page.open(&file_url(&packed())).await;
        page.swallow(&["open"]).await;
        page.js("globalThis.outcome = 'waiting'; clickglass.open(new File(['a,b'], 'a.csv')).catch(
                   (error) => globalThis.outcome = error.kind)")
            .await;
        page.find("progress").await;
        page.swallow(&[]).await;
        page.crash_engine().await;
        assert_eq!(outcome(&page).await, "crashed");
        page.find("landing").await;
        let message = page.text("error-message").await;
        assert!(message.contains("The engine failed") && !message.contains("file is broken"), "{message}");
        // The next file opens as if nothing had happened.
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        six_clicks(&page).await;
    });
}

#[test]
fn worker_that_ends_in_silence_is_noticed_and_started_again_by_one_button() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        page.hurry().await;
        open_plain(&page).await;
        page.js("globalThis.workers.at(-1).terminate()").await;
        page.js(ASK).await;
        page.find("engine-silent").await;
        assert_eq!(
            page.js("return globalThis.outcome").await,
            "waiting",
            "patience is for the person to lose"
        );
        page.click("engine-restart").await;
        assert_eq!(outcome(&page).await, "crashed");
        six_clicks(&page).await;
        assert!(!page.visible("engine-silent").await);
    });
}

#[test]
fn engine_that_answers_late_takes_the_word_back() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        page.hurry().await;
        open_plain(&page).await;
        page.swallow(&["ask", "ping"]).await;
        page.js(ASK).await;
        page.find("engine-silent").await;
        page.swallow(&[]).await;
        page.until("the notice to go", async || !page.visible("engine-silent").await).await;
        six_clicks(&page).await;
        assert_eq!(page.workers_ended().await, [false], "a long job is not ended");
    });
}

#[test]
fn load_that_does_not_stop_when_cancelled_is_ended_and_what_was_open_is_there() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.hold_workers().await;
        open_plain(&page).await;
        page.swallow(&["open", "cancel"]).await;
        page.choose_file(&sample("hunting-csv/unknown-action.csv")).await;
        page.click("cancel-button").await;
        page.swallow(&[]).await;
        let pressed = std::time::Instant::now();
        six_clicks(&page).await;
        assert!(pressed.elapsed().as_secs_f64() < 6.0, "{:?}", pressed.elapsed());
        assert_eq!(page.workers_ended().await, [true, false]);
        assert!(!page.visible("error-message").await, "what a person asked for is no failure");
    });
}

#[test]
fn question_before_anything_is_open_rejects_with_no_data() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        for call in [
            "report('')",
            "topUrls('')",
            "topUsers('')",
            "query({})",
            "rows({})",
            "dashboard('')",
            "trust()",
            "export({format: 'csv'})",
        ] {
            let answer = page.api(&format!("clickglass.{call}")).await;
            assert_eq!(answer["error"]["kind"], "no-data", "{call}: {answer}");
        }
    });
}

/// A file of that many clicks of one person, made on the page.
fn clicks_of(name: &str, user: &str, rows: u32) -> String {
    format!(
        "new File(['Timestamp,Url,ActionType,AccountUpn\\n' + Array.from({{ length: {rows} }}, (_, n) =>
           new Date(1767225600000 + n * 1000).toISOString() + ',https://a.example/,ClickAllowed,{user}\\n')
           .join('')], {name})",
        name = json!(name)
    )
}

#[test]
fn export_under_way_while_other_files_are_opened_is_of_one_data_set() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let (many, few) =
            (clicks_of("many.csv", "ana@a.example", 150_000), clicks_of("few.csv", "bo@b.example", 9));
        page.ask(&format!("clickglass.open({many})")).await;
        let counted = page
            .ask(&format!(
                "(async () => {{
                   const export_ = clickglass.export({{ format: 'csv', columns: ['user'], defang: false }});
                   const [{{ text }}] = await Promise.all([export_, clickglass.open({few})]);
                   const count = (user) => text.split(user).length - 1;
                   return [count('ana@a.example'), count('bo@b.example'), (await clickglass.report('')).total];
                 }})()"
            ))
            .await;
        assert_eq!(counted, json!([150_000, 0, 9]));
    });
}

/// Every file ends in its middle when it is read as a whole, as one does that another program cuts short.
const CUT_SHORT: &str = "{ const stream = Blob.prototype.stream;
  Blob.prototype.stream = function () { return stream.call(this.slice(0, this.size / 2)); }; }";

#[test]
fn file_cut_short_while_it_is_read_fails_and_leaves_nothing() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.before_worker(CUT_SHORT).await;
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        let message = page.text("error-message").await;
        assert!(message.contains("could not be read") && message.contains("cut short"), "{message}");
        assert!(!page.visible("report").await);
        let answer = page.api("clickglass.open(new File(['a'.repeat(100)], 'cut.csv'))").await;
        assert_eq!(answer["error"]["kind"], "unreadable", "{answer}");
    });
}
