//! Programs that print models.

use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::load::without_mark;
use crate::error::{Mistake, Source};
use crate::interrupt;
use crate::program::{self, Surroundings};
use crate::terminal::Terminal;

/// Of what a failed program said, so many of the last lines are shown.
const SHOWN: usize = 40;

/// A program does not say what the models are.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// There is no such program.
    #[error("there is no program `{program}` to print the models")]
    NotFound {
        /// Its name.
        program: String,
    },
    /// The system does not run it.
    #[error("cannot run `{command}`")]
    Start {
        /// The program with its arguments.
        command: String,
        /// Why.
        source: io::Error,
    },
    /// It ended otherwise than well.
    #[error("`{command}` failed: {outcome}")]
    Failed {
        /// The program with its arguments.
        command: String,
        /// How it ended.
        outcome: String,
        /// What it said on standard error, each line behind a bar.
        said: String,
    },
    /// It ended well, and has printed nothing.
    #[error("`{command}` printed no models")]
    Silent {
        /// The program with its arguments.
        command: String,
        /// What it said on standard error, each line behind a bar.
        said: String,
    },
    /// A person stopped it.
    #[error("`{command}` was interrupted")]
    Interrupted {
        /// The program with its arguments.
        command: String,
    },
}

impl ProgramError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            ProgramError::NotFound { .. } => Some(
                "install it, or name it by its path; a relative one counts from the folder of db.toml"
                    .to_owned(),
            ),
            ProgramError::Start { source, .. } => match source.kind() {
                ErrorKind::NotFound => {
                    Some("what its first line names as its interpreter is not there".to_owned())
                }
                ErrorKind::PermissionDenied => Some(
                    "`chmod +x` lets it run; or name what runs it: `[\"python\", \"models.py\"]`"
                        .to_owned(),
                ),
                _ => None,
            },
            ProgramError::Silent { .. } => Some(
                "its standard output is the models, as SQL, TOML or JSON; where there are none, a comment"
                    .to_owned(),
            ),
            ProgramError::Failed { .. } | ProgramError::Interrupted { .. } => None,
        }
    }

    /// Lines that follow the message.
    pub(crate) fn details(&self) -> &str {
        match self {
            ProgramError::Failed { said, .. } | ProgramError::Silent { said, .. } => said,
            _ => "",
        }
    }
}

/// What a program prints, when it ends well. What it says beside that is talk.
///
/// # Errors
/// When there is no such program, it fails, or it prints nothing. The mistake is output that is not
/// UTF-8.
pub(super) fn output(
    words: &[String],
    surroundings: &Surroundings,
) -> Result<Result<Source, Mistake>, ProgramError> {
    let command = words.join(" ");
    let ended = start(words, &command, surroundings)?.end(&command)?;
    let said = || barred(&ended.stderr);
    if !ended.status.success() {
        return Err(match is_interrupt(ended.status) {
            true => ProgramError::Interrupted { command },
            false => {
                let outcome = ended.status.to_string();
                ProgramError::Failed { command, outcome, said: said() }
            }
        });
    }
    if ended.stdout.trim_ascii().is_empty() {
        return Err(ProgramError::Silent { command, said: said() });
    }
    let talk = String::from_utf8_lossy(&ended.stderr);
    if !talk.trim().is_empty() {
        Terminal::default().say(talk.trim_end());
    }
    let (path, what) = (format!("`{command}`"), "the output of the program");
    Ok(Source::decode_as(path, without_mark(ended.stdout), what, "let it print UTF-8"))
}

/// A program at work.
struct Running {
    child: Child,
    events: Receiver<Event>,
    sender: Sender<Event>,
}

/// A program that has ended.
struct Ended {
    status: ExitStatus,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

enum Event {
    /// All of standard output.
    Stdout(io::Result<Vec<u8>>),
    /// All of standard error.
    Stderr(io::Result<Vec<u8>>),
    /// A person wants it stopped.
    Stop,
}

fn start(
    words: &[String],
    shown: &str,
    surroundings: &Surroundings,
) -> Result<Running, ProgramError> {
    let name = words.first().map(String::as_str).unwrap_or_default();
    let not_found = || ProgramError::NotFound { program: name.to_owned() };
    let mut command = program::command(words, surroundings).ok_or_else(not_found)?;
    // Nobody is asked: what it says is seen only when it has ended.
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|source| match source.kind() {
        ErrorKind::NotFound if !is_file(name, surroundings.folder) => not_found(),
        _ => ProgramError::Start { command: shown.to_owned(), source },
    })?;
    // Each in a thread of its own: a program that nobody reads from stops at a full pipe.
    let (sender, events) = mpsc::channel();
    read(child.stdout.take(), sender.clone(), Event::Stdout);
    read(child.stderr.take(), sender.clone(), Event::Stderr);
    Ok(Running { child, events, sender })
}

fn is_file(program: &str, folder: &Path) -> bool {
    program.contains('/') && folder.join(program).is_file()
}

fn read(
    stream: Option<impl Read + Send + 'static>,
    sender: Sender<Event>,
    event: fn(io::Result<Vec<u8>>) -> Event,
) {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stream.map_or(Ok(0), |mut stream| stream.read_to_end(&mut bytes));
        // Nobody waits any more for what a stopped program says.
        let _ = sender.send(event(read.map(|_| bytes)));
    });
}

impl Running {
    /// Waits for its end; Ctrl-C is one.
    fn end(mut self, command: &str) -> Result<Ended, ProgramError> {
        let failed = |source| ProgramError::Start { command: command.to_owned(), source };
        let stop = self.sender.clone();
        let _listening = interrupt::listen(move || {
            let _ = stop.send(Event::Stop);
        });
        let (mut stdout, mut stderr) = (None, None);
        // How long until the next look at a program that prints no more and has not ended.
        let mut pause = Duration::from_millis(1);
        loop {
            let event = match (&stdout, &stderr) {
                (Some(_), Some(_)) => {
                    if let Some(status) = self.child.try_wait().map_err(failed)? {
                        let (stdout, stderr) =
                            (stdout.unwrap_or_default(), stderr.unwrap_or_default());
                        return Ok(Ended { status, stdout, stderr });
                    }
                    let event = self.events.recv_timeout(pause);
                    pause = (pause * 2).min(Duration::from_millis(100));
                    event
                }
                _ => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(Event::Stdout(read)) => stdout = Some(read.map_err(failed)?),
                Ok(Event::Stderr(read)) => stderr = Some(read.map_err(failed)?),
                Ok(Event::Stop) => {
                    // One that has just ended needs no end.
                    let _ = self.child.kill();
                    let _ = self.child.wait();
                    interrupt::was_asked();
                    return Err(ProgramError::Interrupted { command: command.to_owned() });
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }
}

/// Whether it ended because the person pressed Ctrl-C, of which every program at the terminal hears.
fn is_interrupt(status: ExitStatus) -> bool {
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status) == Some(2) {
        return true;
    }
    !status.success() && interrupt::is_pending()
}

/// The last lines of what a program said, each behind a bar.
fn barred(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.trim_end().lines().collect();
    let more = lines.len().saturating_sub(SHOWN);
    let mut out = String::new();
    if more > 0 {
        out.push_str(&format!("   | ... {more} lines before\n"));
    }
    for line in &lines[more..] {
        out.push_str(format!("   | {line}").trim_end());
        out.push('\n');
    }
    out
}
