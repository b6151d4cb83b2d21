//! Reading scripts from the disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Format, Located, header, sql, toml};
use crate::error::{Mistake, Mistakes, Source};

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
    Ok(decode(path, bytes)?)
}

/// Reads the head of the script at `path`, and no more of the file than that takes.
///
/// # Errors
/// When the file cannot be read or is not UTF-8, and everything that is wrong in its head.
pub fn read_header(path: &Path) -> Result<Located, ReadError> {
    let mut head = Head { path, bytes: Vec::new(), file: None };
    match Format::of(path) {
        Some(Format::Toml) => head.toml(),
        Some(Format::Sql) => head.sql(),
        None => Ok(header(&Source::new(path, ""))?),
    }
}

/// How much is read at once: most heads fit.
const CHUNK: u64 = 2048;

struct Head<'a> {
    path: &'a Path,
    bytes: Vec<u8>,
    file: Option<File>,
}

impl Head<'_> {
    /// Reads on; false at the end of the file.
    fn more(&mut self, limit: u64) -> Result<bool, ReadError> {
        let error = |source| io_error(self.path, source);
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::open(self.path).map_err(error)?),
        };
        let read = file.take(limit).read_to_end(&mut self.bytes).map_err(error)?;
        Ok(read > 0)
    }

    /// The bytes up to the last whole line as text, unless a byte of them is none.
    fn lines(&self) -> Option<&str> {
        let end = self.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        str::from_utf8(&self.bytes[..end]).ok()
    }

    /// All of the file.
    fn whole(&mut self) -> Result<Source, ReadError> {
        self.more(u64::MAX)?;
        Ok(decode(self.path, std::mem::take(&mut self.bytes))?)
    }

    fn toml(&mut self) -> Result<Located, ReadError> {
        while self.more(CHUNK)? {
            let found = self.lines().and_then(|text| Some((text, toml::head_end(text, 0)?)));
            if let Some((text, end)) = found {
                let source = Source::new(self.path, text[..end].replace("\r\n", "\n"));
                match toml::head(&source, source.text.len()) {
                    Some(located) => return Ok(located?),
                    None => break,
                }
            }
        }
        Ok(toml::header(&self.whole()?)?)
    }

    fn sql(&mut self) -> Result<Located, ReadError> {
        while self.more(CHUNK)? {
            let found = self.lines().and_then(|text| Some((text, sql::head_end(text)?)));
            if let Some((text, end)) = found {
                return Ok(sql::header(&Source::new(self.path, &text[..end]))?);
            }
        }
        Ok(sql::header(&self.whole()?)?)
    }
}

fn io_error(path: &Path, source: io::Error) -> ReadError {
    ReadError::Io { path: path.to_owned(), source }
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<Source, Mistakes> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(path, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = at..at + '\u{fffd}'.len_utf8();
            let place = Source::new(path, text).place(span);
            let hint = "save the file in UTF-8".to_owned();
            Err(Mistake::new("the file is not UTF-8", place).hint(hint).into())
        }
    }
}
