//! Where words go: data to standard output, talk to standard error.

use std::io::{self, BufRead, IsTerminal, Write};

use anstyle::{AnsiColor, Style};

/// How much is said, and in which form answers are given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminal {
    /// Say nothing but answers and errors.
    pub quiet: bool,
    /// Say more.
    pub verbose: bool,
    /// Give answers as JSON.
    pub json: bool,
}

/// For what a run does: the word that begins its line.
pub const ACTION: Style = AnsiColor::Green.on_default();
/// For ids.
pub const ID: Style = AnsiColor::Yellow.on_default();
/// For what may lose something.
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

impl Terminal {
    /// Says `line` to the person, unless they asked for silence.
    pub fn talk(&self, line: impl AsRef<str>) {
        if !self.quiet {
            // Nothing can be done where even talk cannot be written.
            let _ = writeln!(anstream::stderr().lock(), "{}", line.as_ref());
        }
    }

    /// Says `line` to the person, even one who asked for silence.
    pub fn say(&self, line: impl AsRef<str>) {
        let _ = writeln!(anstream::stderr().lock(), "{}", line.as_ref());
    }

    /// Whether there is a person who reads what is said and can answer.
    pub fn can_ask() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks for a line. `None` is the end of input: the person has gone.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub fn ask(&self, prompt: impl AsRef<str>) -> io::Result<Option<String>> {
        let mut stderr = anstream::stderr().lock();
        write!(stderr, "{} ", prompt.as_ref())?;
        stderr.flush()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            writeln!(stderr)?;
            return Ok(None);
        }
        Ok(Some(line.trim().to_owned()))
    }

    /// Warns the person, even one who asked for silence.
    pub fn warn(&self, line: impl AsRef<str>) {
        let _ =
            writeln!(anstream::stderr().lock(), "{WARNING}warning{WARNING:#}: {}", line.as_ref());
    }

    /// Gives `text` and a line break as an answer.
    ///
    /// # Errors
    /// When standard output is closed; see [`is_closed`].
    pub fn answer(&self, text: impl AsRef<str>) -> io::Result<()> {
        writeln!(anstream::stdout().lock(), "{}", text.as_ref())
    }

    /// Gives `text` as an answer and changes nothing in it: what looks like a colour is one of its
    /// characters.
    ///
    /// # Errors
    /// As [`Terminal::answer`].
    pub fn answer_as_it_is(&self, text: &str) -> io::Result<()> {
        io::stdout().lock().write_all(text.as_bytes())
    }

    /// Gives `value` as an answer in JSON.
    ///
    /// # Errors
    /// As [`Terminal::answer`].
    pub fn answer_json(&self, value: &serde_json::Value) -> io::Result<()> {
        self.answer(format!("{value:#}"))
    }
}

/// Whether the error is only that the reader of a pipe has gone, which is no failure.
pub fn is_closed(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
    })
}
