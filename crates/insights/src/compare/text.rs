//! A comparison as text that leaves the page.

use super::{Change, Comparison};
use crate::handled::marked;
use clicks::model::text::{has_link, shown, shown_url, thousands};

/// The comparison as Markdown for a report: nothing in it is a link, nothing of an export is markup. `names`: what the two
/// views are called.
pub fn compare_markdown(found: &Comparison, names: [&str; 2]) -> String {
    let [before, after] = names;
    let mut out = format!(
        "- Before: {} ({})\n- After: {} ({})\n\n| | Before | After | Change |\n|---|---|---|---|\n",
        marked(before),
        found.before.said,
        marked(after),
        found.after.said
    );
    for delta in &found.numbers {
        out.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            delta.label, delta.before_said, delta.after_said, delta.change
        ));
    }
    let lists = [
        ("New among those who reached a bad page", &found.new_offenders, found.new_offenders_total),
        ("No longer among them", &found.recovered, found.recovered_total),
        ("New hosts", &found.new_hosts, found.new_hosts_total),
    ];
    for (at, (title, entries, total)) in lists.into_iter().enumerate().filter(|(_, (.., total))| *total > 0) {
        out.push_str(&format!("\n{title}: {}\n\n", thousands(total)));
        for entry in entries {
            out.push_str(&format!("- {}: {}\n", name(entry, at == 2), entry.said));
        }
        let rest = total.saturating_sub(entries.len() as u64);
        if rest > 0 {
            out.push_str(&format!("- and {} more\n", thousands(rest)));
        }
    }
    for note in found.notes.iter().chain([&found.rule]) {
        out.push_str(&format!("\n{note}\n"));
    }
    out
}

/// Programs make links of hosts, and of users that are none.
fn name(entry: &Change, is_host: bool) -> String {
    let name = entry.name.original();
    marked(&if is_host || has_link(name) { shown_url(name) } else { shown(name) })
}

#[cfg(test)]
mod tests {
    use super::super::Delta;
    use super::*;

    #[test]
    fn markdown_of_hostile_texts_is_a_table_and_lists_without_a_link() {
        let change =
            |name: &str| Change { name: name.into(), said: "1 time".to_owned(), ..Change::default() };
        let found = Comparison {
            numbers: vec![Delta { label: "Override rate".to_owned(), ..Delta::default() }],
            new_offenders: vec![change("ana@contoso.com"), change("https://evil.example/](x)\n# y")],
            new_offenders_total: 9,
            new_hosts: vec![change("evil.example")],
            new_hosts_total: 1,
            notes: vec!["There is no click before.".to_owned()],
            ..Comparison::default()
        };
        let text = compare_markdown(&found, ["User a|b", "All clicks"]);
        assert!(text.starts_with("- Before: User a\\|b ("), "{text}");
        assert!(text.contains("| Override rate |  |  |  |\n"), "{text}");
        assert!(
            text.contains("\nNew among those who reached a bad page: 9\n\n- ana@contoso.com: 1 time\n"),
            "{text}"
        );
        assert!(text.contains("- and 7 more\n") && text.contains("- evil\\[.\\]example: 1 time\n"), "{text}");
        assert!(!text.contains("https://") && !text.contains("\n# y"), "{text}");
        assert!(
            !text.contains("No longer among them") && text.contains("\nThere is no click before.\n"),
            "{text}"
        );
    }
}
