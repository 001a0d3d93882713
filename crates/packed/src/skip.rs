//! What inside an archive is not looked at, and why.
//!
//! Owns the names of litter and the endings of files that hold no text. Must not know how archives are read.

/// Why an entry is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Skip {
    /// What an operating system leaves behind.
    Junk,
    /// A folder.
    Folder,
    /// A password is needed.
    Encrypted,
    /// It is packed by a method that is not known here, by its number.
    Method(u16),
    /// An archive inside the archive.
    NestedArchive,
    /// A workbook inside the archive.
    Workbook,
    /// By its ending it is a picture, a document, a program.
    NotText,
    /// A sheet of a part that another sheet was read from.
    Again,
    /// It is not packed and its size is not said before it, so its end cannot be known while reading.
    StoredWithoutSize,
}

impl Skip {
    /// Why, for a person, and what to do where something can be.
    pub fn describe(&self) -> String {
        match self {
            Skip::Junk => "left there by the operating system".into(),
            Skip::Folder => "a folder".into(),
            Skip::Encrypted => "protected by a password: unpack it with the password and open it".into(),
            Skip::Method(method) => {
                let method = super::method_name(*method);
                format!("packed in a way that is not known here ({method}): unpack it and open it")
            }
            Skip::NestedArchive => "an archive inside the archive: unpack it and open what is inside".into(),
            Skip::Workbook => "a workbook inside the archive: unpack the archive and open it".into(),
            Skip::NotText => "not a text file".into(),
            Skip::Again => "the same part as a sheet before it".into(),
            Skip::StoredWithoutSize => "written without its size: unpack the archive and open it".into(),
        }
    }

    /// What a path alone says: the reason not to look at it.
    pub fn of_path(path: &str) -> Option<Skip> {
        let mut parts = path.rsplit(['/', '\\']);
        let name = parts.next().unwrap_or_default();
        if parts.any(|folder| folder.eq_ignore_ascii_case("__MACOSX")) || is_junk(name) {
            return Some(Skip::Junk);
        }
        if name.is_empty() {
            return Some(Skip::Folder);
        }
        let (_, ending) = name.rsplit_once('.')?;
        let is_in = |endings: &[&str]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
        if is_in(ARCHIVES) {
            Some(Skip::NestedArchive)
        } else if is_in(WORKBOOKS) {
            Some(Skip::Workbook)
        } else if is_in(NOT_TEXT) {
            Some(Skip::NotText)
        } else {
            None
        }
    }
}

fn is_junk(name: &str) -> bool {
    let known = [".DS_Store", "Thumbs.db", "desktop.ini"];
    name.starts_with("._") || known.iter().any(|junk| name.eq_ignore_ascii_case(junk))
}

const ARCHIVES: &[&str] = &[
    "zip", "gz", "tgz", "tar", "7z", "rar", "bz2", "tbz", "tbz2", "xz", "txz", "zst", "lz", "lzma", "z",
    "cab", "iso", "jar",
];

const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "xlsb", "xls", "xltx", "ods"];

const NOT_TEXT: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "ico", "heic", "pdf", "doc", "docx", "docm",
    "dot", "dotx", "odt", "odp", "ppt", "pptx", "pptm", "pps", "one", "vsd", "vsdx", "pub", "msg", "pst",
    "ost", "exe", "dll", "msi", "sys", "so", "dylib", "com", "scr", "wasm", "class", "pyc", "lnk", "mp3",
    "mp4", "m4a", "avi", "mov", "mkv", "wav", "webm", "db", "sqlite", "mdb", "accdb", "parquet", "avro",
    "orc", "pbix", "evtx", "etl", "pcap", "pcapng", "dmp", "ttf", "otf", "woff", "woff2",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_says_why_it_is_not_looked_at() {
        let cases = [
            ("export/April.csv", None),
            ("no ending", None),
            ("PT1H.json", None),
            ("older.CSV.GZ", Some(Skip::NestedArchive)),
            ("a/b.zip", Some(Skip::NestedArchive)),
            ("a.Xlsx", Some(Skip::Workbook)),
            ("a\\shot.PNG", Some(Skip::NotText)),
            ("a/", Some(Skip::Folder)),
            ("a\\", Some(Skip::Folder)),
            ("", Some(Skip::Folder)),
            ("__MACOSX/a.csv", Some(Skip::Junk)),
            ("__MACOSX/", Some(Skip::Junk)),
            ("a/._b.csv", Some(Skip::Junk)),
            ("a/.DS_Store", Some(Skip::Junk)),
            ("THUMBS.DB", Some(Skip::Junk)),
            ("desktop.ini", Some(Skip::Junk)),
        ];
        for (path, why) in cases {
            assert_eq!(Skip::of_path(path), why, "{path}");
        }
    }
}
