//! Whom to train: a rule that is chosen, the people of it, and what is taken away for the training tool.

use harness::{Browser, Launch, Page, drive, file_url, packed};

async fn open_training(page: &Page) {
    page.open(&format!("{}#page=training", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.until("the people", async || page.count("training-one").await > 0).await;
}

/// Chooses as somebody does who leaves a control: what is shown changes, and the page is told.
async fn choose(page: &Page, control: &str, value: &str, event: &str) {
    page.js(&format!(
        "const control = document.querySelector('[data-testid={control}]');
         control.value = '{value}';
         control.dispatchEvent(new Event('{event}', {{ bubbles: true }}))"
    ))
    .await;
}

async fn people(page: &Page) -> u64 {
    let count = page.text("training-count").await;
    count.split(' ').next().and_then(|n| n.replace(',', "").parse().ok()).unwrap_or_default()
}

#[test]
fn list_names_the_worst_first_with_its_rule_and_leads_to_the_person() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_training(&page).await;
        let first = page.text("training-one").await;
        assert!(first.contains("carla.ruiz@contoso.com") && first.contains("[.]"), "{first}");
        assert!(page.text("training-count").await.contains("would be here by chance"));
        let about = page.text("training-about").await;
        assert!(
            about.starts_with(
                "People who reached a page that is not safe at least 2 times in different campaigns"
            ),
            "{about}"
        );
        page.click("training-name").await;
        page.until("the person", async || {
            let hash = page.js("return decodeURIComponent(location.hash)").await;
            hash == "#page=people&user=carla.ruiz@contoso.com"
        })
        .await;
    });
}

#[test]
fn rule_that_is_chosen_is_the_rule_of_the_list_and_nobody_says_what_to_change() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_training(&page).await;
        let by_campaigns = people(&page).await;
        choose(&page, "training-apart", "clicks", "change").await;
        page.until("as many or more", async || {
            page.text("training-about").await.contains("at least 2 times. ")
                && people(&page).await >= by_campaigns
        })
        .await;
        choose(&page, "training-trigger", "overridden", "change").await;
        page.until("the other rule", async || {
            page.text("training-about").await.starts_with("People who went past a warning at least 2 times. ")
        })
        .await;
        choose(&page, "training-times", "90", "input").await;
        page.until("nobody", async || page.count("training-none").await == 1).await;
        let none = page.text("training-none").await;
        assert!(none.starts_with("Nobody. To see somebody ask for fewer times"), "{none}");
        assert_eq!(people(&page).await, 0);
        // What cannot be meant changes nothing.
        choose(&page, "training-times", "", "input").await;
        choose(&page, "training-times", "2", "input").await;
        page.click("training-everybody").await;
        page.until("everybody", async || {
            page.text("training-about").await.contains("Guests, shared and service accounts and clicks")
        })
        .await;
    });
}

#[test]
fn addresses_are_one_a_line_and_the_table_has_the_clicks_defanged() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_training(&page).await;
        page.click("training-addresses").await;
        let (name, bytes) = page.download(".txt").await;
        assert_eq!(name, "clickglass-training-reached-2-campaigns.txt");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(text.lines().next(), Some("carla.ruiz@contoso.com"), "no heading");
        assert!(text.lines().all(|line| line.ends_with("@contoso.com")), "{text}");
        assert_eq!(text.lines().count() as u64, people(&page).await);
        page.js("navigator.clipboard.writeText = async (text) => { globalThis.copied = text }").await;
        page.click("training-copy").await;
        page.until("the same in the clipboard", async || {
            page.js("return globalThis.copied ?? ''").await == text.as_str()
        })
        .await;
        page.click("training-csv").await;
        let (name, bytes) = page.download(".csv").await;
        assert_eq!(name, "clickglass-training-reached-2-campaigns.csv");
        let table = String::from_utf8(bytes).expect("text");
        assert!(table.starts_with("\u{feff}User,Group,Times"), "{table}");
        assert!(table.contains("hxxp") && !table.contains("http"), "{table}");
        assert!(table.lines().count() > text.lines().count() + 1, "a line for each click");
    });
}
