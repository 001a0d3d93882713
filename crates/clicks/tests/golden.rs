//! One golden dump of the import of every sample: what the file was taken for, what was counted, and every
//! cell of every click. A change of any of it is seen in the diff of the snapshot.
//!
//! `INSTA_UPDATE=always cargo test -p clicks --test golden` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clicks::Failure;
use clicks::beside::{Stamp, Tables};
use clicks::import::{FileReport, Loader};
use clicks::model::{Dataset, Field, Untrusted, iso_of_ms};
use clicks::query::values;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples")
}

/// All samples, as folder and file name, in the order of their names.
fn all() -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    for folder in fs::read_dir(samples()).expect("samples").flatten() {
        let Ok(entries) = fs::read_dir(folder.path()) else { continue };
        for entry in entries.flatten().filter(|e| e.file_name() != "README.md") {
            let name =
                format!("{}__{}", folder.file_name().to_string_lossy(), entry.file_name().to_string_lossy());
            files.push((name, entry.path()));
        }
    }
    files.sort();
    files
}

fn dump(bytes: &[u8]) -> String {
    let mut loader = Loader::default();
    loader.start_file("unknown", bytes.len() as u64);
    loader.push(bytes);
    match loader.end_file() {
        Err(failure) => refused(&failure),
        Ok(_) => {
            let loaded = loader.finish();
            let mut out = String::new();
            for file in &loaded.files {
                out.push_str(&report(file));
            }
            if !loaded.data.is_empty() {
                rows(&loaded.data, &mut out);
            }
            beside(&loaded.tables, &mut out);
            out
        }
    }
}

fn refused(f: &Failure) -> String {
    format!(
        "refused: {}\nmessage: {}\nrecognised: {:?}\ninstead: {:?}\nline: {:?}\n",
        serde_json::json!(f.kind),
        f.message.original(),
        f.recognised,
        f.instead,
        f.line
    )
}

fn report(f: &FileReport) -> String {
    let mut out = format!(
        "kind: {} ({})\nwhy: {}\ncontainer: {}, {}\nrecords {}, rows {}, duplicates {}, refused {}, skipped {}\n\
         from {:?} to {:?}\nzone: {} ({})\nabsent: {}\n",
        f.kind,
        f.kind_label,
        f.why.original(),
        f.container.original(),
        f.encoding,
        f.records,
        f.rows,
        f.duplicates,
        f.refused,
        f.skipped,
        f.from,
        f.to,
        f.zone_certainty,
        f.zone_why.original(),
        f.absent.join(", "),
    );
    for b in &f.beside {
        writeln!(out, "beside: {} × {} ({})", b.kind, b.records, b.label).expect("room");
    }
    for r in &f.reasons {
        writeln!(
            out,
            "reason: {} × {} in {:?}, e.g. {:?}",
            r.code,
            r.count,
            r.lines,
            r.example.as_ref().map(Untrusted::original)
        )
        .expect("room");
    }
    for n in &f.notes {
        writeln!(out, "note: {} ({:?}): {}", n.code, n.level, n.title.original()).expect("room");
    }
    out
}

fn rows(data: &Dataset, out: &mut String) {
    let shown: Vec<Field> = Field::columns()
        .filter(|c| (0..data.len()).any(|row| !values::text(data, row, *c).is_empty()))
        .collect();
    let names: Vec<&str> = shown.iter().map(|c| c.name()).collect();
    writeln!(out, "\nline | attempt | {}", names.join(" | ")).expect("room");
    for row in 0..data.len() {
        let cells: Vec<String> = shown.iter().map(|c| values::text(data, row, *c)).collect();
        let attempt = data.attempt(row);
        let attempt = if attempt == clicks::model::NONE { "–".to_owned() } else { attempt.to_string() };
        writeln!(out, "{} | {attempt} | {}", data.line[row], cells.join(" | ").escape_debug()).expect("room");
    }
}

/// What stands beside the clicks, a line each.
fn beside(tables: &Tables, out: &mut String) {
    let time = |at: Option<Stamp>| at.map_or("–".to_owned(), |at| iso_of_ms(at.ms));
    for m in &tables.messages.messages {
        let received = time(m.received);
        writeln!(
            out,
            "message {} | {} | {} | {} | {received} | {}",
            m.id, m.recipient, m.subject, m.sender, m.delivery
        )
        .expect("room");
    }
    for l in &tables.messages.later {
        writeln!(out, "later {} | {} | {} | {}", l.id, l.recipient, l.what, time(l.at)).expect("room");
    }
    for l in &tables.messages.links {
        writeln!(out, "link {} | {} | {}", l.id, l.url, l.place).expect("room");
    }
    for p in tables.simulations.people() {
        let stages: Vec<String> = p
            .stages
            .iter()
            .map(|(stage, at)| format!("{stage} {}", if *at == 0 { "–".to_owned() } else { iso_of_ms(*at) }))
            .collect();
        writeln!(
            out,
            "simulated {} | {} | {} | {} | {} | {}",
            p.campaign,
            p.person,
            stages.join(", "),
            p.ip,
            p.device,
            p.how
        )
        .expect("room");
    }
    for s in &tables.sign_ins.rows {
        let well = if s.succeeded { "well" } else { "failed" };
        writeln!(
            out,
            "sign-in {} | {} | {} | {} | {well}",
            s.person,
            time(Some(s.at)),
            s.ips.join(" "),
            s.device
        )
        .expect("room");
    }
    for p in &tables.people.people {
        let priority = if p.priority { " | priority" } else { "" };
        writeln!(out, "person {} | {:?}{priority}", p.names.join(" "), p.values).expect("room");
    }
    for p in &tables.policies.rows {
        writeln!(out, "{p:?}").expect("room");
    }
    for v in &tables.verdicts.rows {
        writeln!(out, "malicious {} | {:?}", v.url, v.at.map(|at| at.ms)).expect("room");
    }
}

#[test]
fn import_of_every_sample_is_as_it_was() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(samples().join("../goldens"));
    settings.bind(|| {
        for (name, path) in all() {
            let bytes = fs::read(&path).expect("a sample");
            insta::assert_snapshot!(name, dump(&bytes));
        }
    });
}

/// What follows a word at the start of the lines of all dumps, up to a blank.
fn said_of(word: &str) -> Vec<String> {
    let dumps = fs::read_dir(samples().join("../goldens")).expect("dumps").flatten();
    let texts = dumps.map(|dump| fs::read_to_string(dump.path()).expect("a dump"));
    let mut found: Vec<String> = texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|line| line.strip_prefix(word)?.split(' ').next().map(str::to_owned))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn documents_name_every_note_and_every_reason() {
    let docs = samples().join("../../docs");
    let read = |name: &str| fs::read_to_string(docs.join(name)).expect("a document");
    let (api, formats) = (read("api.md"), read("formats.md"));
    let log = fs::read_to_string(docs.join("../crates/clicks/src/import/log.rs")).expect("the reasons");
    let reasons = log.split("(\"").skip(1).filter_map(|rest| rest.split('"').next());
    for reason in reasons.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) {
        assert!(
            formats.contains(&format!("`{reason}`")),
            "docs/formats.md does not name the reason {reason}"
        );
    }
    for note in said_of("note: ") {
        assert!(api.contains(&format!("`{note}`")), "docs/api.md does not name the note {note}");
    }
}

#[test]
fn samples_hold_every_kind_that_stands_beside_clicks() {
    let kinds = said_of("beside: ");
    for file in
        fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/import/beside")).expect("a folder").flatten()
    {
        let source = fs::read_to_string(file.path()).expect("a source");
        for id in source.split("    id: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(kinds.iter().any(|kind| kind == id), "no sample of {id}");
        }
    }
}
