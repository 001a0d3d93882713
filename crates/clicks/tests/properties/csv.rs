//! The fast reader of CSV, which trusts the scan until it cannot, against a plain one, on any bytes.
//!
//! Owns the texts: those that quotes, line ends and blocks of sixty-four bytes make hard. Must not know how the
//! fast reader is made.

use clicks::import::{FileReport, Loader};
use clicks::model::Field;
use clicks::query::{AskDetail, AskRows, Detail, RowsAnswer, RowsParams, values};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::common;
use crate::open::cases;
use crate::plain_csv;

const HEADER: &str = "Timestamp,Url,ActionType,AccountUpn,Subject\n";
const COLUMNS: usize = 5;

/// Pieces of text; most are part of a whole record, so that many records are clicks.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let whole = select(&[
        "2026-05-04T09:12:33Z,https://a.example/1,ClickAllowed,ana,plain\n",
        "2026-05-04T09:12:34Z,https://a.example/2,ClickBlocked,bo,\"a,b\"\r\n",
        "\"2026-05-04T09:12:35Z\",\"https://a.example/3\",\"ClickAllowed\",\"\",\"say \"\"x\"\"\"\n",
        "2026-05-04T09:12:36Z,https://a.example/4,ClickAllowed,cy,\"two\nlines\"\n",
        "2026-05-04T09:12:37Z,https://a.example/5,ClickAllowed,di,5\" disk\n",
        "2026-05-04T09:12:38Z,https://a.example/6,ClickAllowed,ed,\"a\"b\n",
        "2026-05-04T09:12:39Z,https://a.example/7,ClickAllowed,flo,x,,\n",
        ",,,,\n",
    ]);
    let part = select(&[
        "2026-05-04T09:12:33Z,https://a.example/1,",
        "ClickAllowed,ana,",
        "\"",
        "\"\"",
        "\",\"",
        ",",
        "\n",
        "\r\n",
        "\r",
        " ",
        "x",
        ";",
        "é",
    ]);
    prop_oneof![
        6 => whole.prop_map(|text: &str| text.as_bytes().to_vec()),
        5 => part.prop_map(|text: &str| text.as_bytes().to_vec()),
        1 => (0..130_usize).prop_map(|length| vec![b'y'; length]),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ]
}

/// A row: its line and its cells.
type Row = (u32, Vec<String>);

/// What a file comes to: its report, and every cell of every row with the line it is from.
fn load(text: &[u8], piece: usize) -> Option<(FileReport, Vec<Row>)> {
    let mut loader = Loader::default();
    loader.start_file("unknown", text.len() as u64);
    text.chunks(piece).for_each(|piece| loader.push(piece));
    loader.end_file().ok()?;
    let loaded = loader.finish();
    let cells = |row| Field::columns().map(|field| values::text(&loaded.data, row, field)).collect();
    let rows = (0..loaded.data.len()).map(|row| (loaded.data.line[row], cells(row))).collect();
    Some((loaded.files[0].clone(), rows))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn csv_of_any_bytes_is_read_as_by_a_plain_reader(
        pieces in vec(piece(), 0..40),
        size in select(&[1, 64, 100, usize::MAX][..]),
    ) {
        let records = plain_csv::read(&pieces.concat(), 2, COLUMNS);
        // The records that a header fits, written with every care: nothing is left to doubt.
        let (mut careful, mut lines, mut refused) = (HEADER.as_bytes().to_vec(), vec![0], 0);
        for record in records.iter().filter(|record| !record.is_blank()) {
            if record.torn || record.cells.len() < COLUMNS || record.bare_from > COLUMNS {
                refused += 1;
                continue;
            }
            let before = careful.iter().filter(|byte| **byte == b'\n').count();
            lines.resize(before + 1, 0);
            lines.push(record.line);
            careful.extend(plain_csv::write(&record.cells[..COLUMNS]));
        }
        let text = [HEADER.as_bytes(), &pieces.concat()].concat();
        let (found, expected) = (load(&text, size), load(&careful, usize::MAX));
        let (Some((report, rows)), Some((plain, plain_rows))) = (&found, &expected) else {
            prop_assert_eq!(found, expected, "a click that only one of them sees");
            return Ok(());
        };
        let moved: Vec<Row> = plain_rows
            .iter()
            .map(|(line, cells)| (lines[*line as usize] as u32, cells.clone()))
            .collect();
        prop_assert_eq!(rows, &moved);
        prop_assert_eq!(report.records, plain.records + refused);
        prop_assert_eq!(report.refused, plain.refused + refused);
        prop_assert_eq!((report.duplicates, report.skipped), (plain.duplicates, plain.skipped));
    }

    #[test]
    fn csv_record_of_every_row_is_read_again_as_a_plain_reader_reads_it(pieces in vec(piece(), 1..30)) {
        let text = [HEADER.as_bytes(), &pieces.concat()].concat();
        let Some(mut session) = common::session_of("unknown", &text) else { return Ok(()) };
        let records = plain_csv::read(&pieces.concat(), 2, COLUMNS);
        let all = RowsParams { limit: Some(1_000), ..RowsParams::default() };
        let rows: RowsAnswer = common::answer(&mut session, &AskRows(all), &[]);
        for row in rows.ids {
            let detail: Detail = common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &[&text]);
            let record = records.iter().find(|record| record.line == detail.line).expect("a record");
            let found: Vec<&[u8]> = detail.raw.iter().map(|(_, cell)| cell.original().as_bytes()).collect();
            // Bytes that are no UTF-8 are read as Windows-1252; how is not what is asked here.
            if record.cells.iter().all(|cell| std::str::from_utf8(cell).is_ok()) {
                prop_assert_eq!(&found, &record.cells, "row {}", row);
            } else {
                prop_assert_eq!(found.len(), record.cells.len(), "row {}", row);
            }
        }
    }
}
