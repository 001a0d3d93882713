//! Made-up exports on disk, for as long as they are measured with.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use clicks::sample::{Format, Plan, write_clicks};
use harness::workspace;

/// An export to measure with; its file goes when this goes.
#[derive(Debug)]
pub struct Export {
    /// Where it is.
    pub path: PathBuf,
    /// How many clicks it has.
    pub rows: u64,
    /// How long it is.
    pub bytes: u64,
}

impl Export {
    /// Advanced-hunting results as the portal exports them.
    pub fn csv(rows: u64) -> Export {
        Export::made("csv", Plan::bench(rows))
    }

    /// The streaming API's records, a line each.
    pub fn json_lines(rows: u64) -> Export {
        let plan = Plan { format: Format::JsonLines, ..Plan::bench(rows) };
        Export::made("jsonl", plan)
    }

    /// Other clicks of the same kind, in a file of their own.
    pub fn other_csv(rows: u64) -> Export {
        let plan = Plan::bench(rows);
        Export::made("other.csv", Plan { seed: plan.seed ^ 1, ..plan })
    }

    /// The same clicks in so many files.
    pub fn parts(&self, many: u64) -> Vec<Export> {
        let mut lines =
            BufReader::with_capacity(1 << 20, File::open(&self.path).expect("the file just made"));
        let mut line = Vec::new();
        let mut next = |line: &mut Vec<u8>| {
            line.clear();
            lines.read_until(b'\n', line).expect("a line") > 0
        };
        assert!(next(&mut line), "a header");
        let header = line.clone();
        let part = |place: u64| {
            let path = self.path.with_extension(format!("{place}.csv"));
            let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a new file"));
            file.write_all(&header).expect("room on the disk");
            let mut rows = 0;
            // A cell of the made-up exports has no line end in it.
            while rows < self.rows.div_ceil(many) && next(&mut line) {
                file.write_all(&line).expect("room on the disk");
                rows += 1;
            }
            file.flush().expect("room on the disk");
            let bytes = std::fs::metadata(&path).expect("the file just made").len();
            Export { path, rows, bytes }
        };
        (0..many).map(part).collect()
    }

    /// Its length in megabytes.
    pub fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }

    fn made(extension: &str, plan: Plan) -> Export {
        let folder = workspace().join("target").join("bench");
        std::fs::create_dir_all(&folder).expect("a folder for the exports");
        let path = folder.join(format!("clicks-{}.{extension}", plan.rows));
        println!("making {} ({} rows)", path.display(), plan.rows);
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a new file"));
        write_clicks(&plan, &mut file).and_then(|()| file.flush()).expect("room on the disk");
        let bytes = std::fs::metadata(&path).expect("the file just made").len();
        Export { path, rows: plan.rows, bytes }
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // Gigabytes; one that stays behind is overwritten by the next run.
        drop(std::fs::remove_file(&self.path));
    }
}
