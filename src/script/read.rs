//! Reading scripts from the disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Format, Located, header, sql, toml};
use crate::error::{Mistakes, Source};

/// A script could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What it says is wrong.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

/// The text of the file at `path`.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read(path: &Path) -> Result<Source, ReadError> {
    let bytes = std::fs::read(path).map_err(|source| io_error(path, source))?;
    Ok(Source::decode(path, bytes).map_err(Mistakes::from)?)
}

/// Reads the head of the script at `path`, and no more of the file than that takes.
///
/// # Errors
/// When the file cannot be read or is not UTF-8, and everything that is wrong in its head.
pub fn read_header(path: &Path) -> Result<Located, ReadError> {
    let mut head = Head { path, bytes: Vec::new(), file: None, at_end: false };
    let located = match Format::of(path) {
        Some(Format::Toml) => head.toml()?,
        Some(Format::Sql) => head.sql()?,
        None => header(&Source::new(path, ""))?,
    };
    Ok(Located { whole: head.whole_text(), ..located })
}

/// How much is read at once: all of most scripts.
const CHUNK: usize = 4096;

struct Head<'a> {
    path: &'a Path,
    bytes: Vec<u8>,
    file: Option<File>,
    /// Whether the end of the file was seen.
    at_end: bool,
}

impl Head<'_> {
    fn open(&mut self) -> Result<&mut File, ReadError> {
        match &mut self.file {
            Some(file) => Ok(file),
            none => {
                Ok(none
                    .insert(File::open(self.path).map_err(|source| io_error(self.path, source))?))
            }
        }
    }

    /// Reads a chunk; false at the end of the file. What was read is looked through again with
    /// each one, so a later chunk is as long as all before it.
    fn more(&mut self) -> Result<bool, ReadError> {
        if self.at_end {
            return Ok(false);
        }
        let wanted = CHUNK.max(self.bytes.len());
        let mut chunk = Vec::with_capacity(wanted);
        let limit = u64::try_from(wanted).unwrap_or(u64::MAX);
        let read = self.open()?.take(limit).read_to_end(&mut chunk);
        let filled = read.map_err(|source| io_error(self.path, source))?;
        self.at_end = filled < wanted;
        self.bytes.append(&mut chunk);
        Ok(filled > 0)
    }

    /// The bytes up to the last whole line as text, unless a byte of them is none.
    fn lines(&self) -> Option<&str> {
        let end = self.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        str::from_utf8(&self.bytes[..end]).ok()
    }

    /// The text of the file if no more of it is left to read.
    fn whole_text(&self) -> Option<Source> {
        let text = str::from_utf8(&self.bytes).ok().filter(|_| self.at_end)?;
        Some(Source::new(self.path, text))
    }

    /// All of the file.
    fn whole(&mut self) -> Result<Source, ReadError> {
        while self.more()? {}
        Ok(Source::decode(self.path, self.bytes.clone()).map_err(Mistakes::from)?)
    }

    fn toml(&mut self) -> Result<Located, ReadError> {
        while self.more()? {
            let found = self.lines().and_then(|text| Some((text, toml::head_end(text, 0)?)));
            if let Some((text, end)) = found {
                let source = toml::unix(&Source::new(self.path, &text[..end])).into_owned();
                match toml::head(&source, source.text.len()) {
                    Some(located) => return Ok(located?),
                    None => break,
                }
            }
        }
        Ok(toml::header(&self.whole()?)?)
    }

    fn sql(&mut self) -> Result<Located, ReadError> {
        while self.more()? {
            let found = self.lines().and_then(|text| Some((text, sql::head_end(text)?)));
            if let Some((text, end)) = found {
                match sql::header(&Source::new(self.path, &text[..end])) {
                    Ok(located) => return Ok(located),
                    // What is wrong is shown in the whole of its lines.
                    Err(_) => break,
                }
            }
        }
        Ok(sql::header(&self.whole()?)?)
    }
}

fn io_error(path: &Path, source: io::Error) -> ReadError {
    ReadError::Io { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::tests::shown;

    /// What `read_header` makes of a file of that name with these bytes.
    fn head_of(name: &str, bytes: &[u8]) -> Result<Located, Mistakes> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_header(&path).map_err(|error| match error {
            ReadError::Mistakes(mistakes) => mistakes,
            ReadError::Io { source, .. } => panic!("{source}"),
        })
    }

    #[test]
    fn only_the_head_is_read() {
        let toml =
            "# a\r\nrevision = \"a1\"\r\ndown_revision = \"b1\"\r\n\r\n[[upgrade]]\r\nexecute = ";
        let sql = "-- a\n-- revision: a1\n-- down_revision: b1\n\n-- upgrade\nSELECT ";
        for (name, text, span) in [("a.toml", toml, 36..40), ("a.sql", sql, 39..41)] {
            // What stands below the head may be anything.
            let mut bytes = text.as_bytes().to_vec();
            bytes.extend([0xff; 9000]);
            let located = head_of(name, &bytes).unwrap();
            assert_eq!(located.header.message, "a");
            assert_eq!(located.header.revision, "a1");
            assert_eq!(located.header.down_revision, ["b1"]);
            assert_eq!(located.places.down_revision, [span]);
            assert!(located.source.text.len() < text.len());
        }
    }

    #[test]
    fn a_short_file_comes_whole() {
        let toml = "revision = \"a1\"\r\ndown_revision = []\r\n[[upgrade]]\r\nexecute = 'é'";
        let sql = "-- revision: a1\n-- down_revision:\n\n-- upgrade\nSELECT 'é'";
        for (name, text) in [("a.toml", toml), ("a.sql", sql)] {
            let whole = head_of(name, text.as_bytes()).unwrap().whole.unwrap();
            assert_eq!(&*whole.text, text);
            let long = format!("{text}\n#{}", " ".repeat(CHUNK));
            assert_eq!(head_of(name, long.as_bytes()).unwrap().whole, None);
            // A head that ends with the file.
            let end = text.find("[[").or_else(|| text.find("-- upgrade")).unwrap();
            let whole = head_of(name, &text.as_bytes()[..end]).unwrap().whole.unwrap();
            assert_eq!(&*whole.text, &text[..end]);
        }
    }

    #[test]
    fn a_head_may_be_long() {
        let parents: Vec<String> = (0..1000).map(|number| format!("p{number}")).collect();
        let toml =
            format!("revision = \"a1\"\ndown_revision = [\n    {:?}\n]\n[[upgrade]]", parents)
                .replace("[\n    [", "[\n    ")
                .replace("]\n]", "\n]");
        let sql = format!("-- revision: a1\n-- down_revision: {}", parents.join(", "));
        for (name, text) in [("a.toml", toml), ("a.sql", sql)] {
            assert_eq!(head_of(name, text.as_bytes()).unwrap().header.down_revision, parents);
        }
    }

    #[test]
    fn a_bracket_in_a_text_does_not_end_the_head() {
        let text = "revision = \"a1\"\nirreversible = \"\"\"\n[a]\n\"\"\"\ndown_revision = []\n";
        let located = head_of("a.toml", text.as_bytes()).unwrap();
        assert_eq!(located.header.irreversible.as_deref(), Some("[a]\n"));
    }

    #[test]
    fn files_that_are_not_text() {
        let expected = ["2:2 \u{fffd}: the file is not UTF-8: the byte 0xe9 belongs to no character (save the file as UTF-8)".to_owned()];
        for name in ["a.toml", "a.sql"] {
            assert_eq!(shown(head_of(name, b"#-\n-\xe9\n[[upgrade]]\n")), expected, "{name}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, b"#-\n-\xe9").unwrap();
        let Err(ReadError::Mistakes(mistakes)) = read(&path) else { panic!("it was read") };
        assert_eq!(shown::<()>(Err(mistakes)), expected);
    }
}
