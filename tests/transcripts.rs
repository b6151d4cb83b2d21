//! Transcripts: Markdown files whose `console` blocks are run in a shell, in a folder of their
//! own, and compared whole with what they show.
//!
//! A line that begins with `$ ` is a command, lines that begin with `> ` go on with it; what
//! follows is everything it prints, standard output and standard error as they come, and `? N`
//! for an exit code that is not 0. A block ```` ```toml file=models.toml ```` is written to that
//! file first. Blocks of other kinds are prose. With `UPDATE_TRANSCRIPTS=1` the files are
//! rewritten with what was printed.
//!
//! A page with the line `<!-- database: postgres -->` is run once on each PostgreSQL server of
//! the tests, with a new database to which `DATABASE_URL` leads; one with `mysql` there on MySQL, one
//! with `mariadb` on MariaDB, one with `mariadb, mysql` on both. In what is printed the server is
//! called `localhost` and the database `app`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

mod support;

use support::server::{Database, Server};

/// The line of a page that needs a database of a server: `<!-- database: mariadb, mysql -->`.
const DATABASE: (&str, &str) = ("<!-- database: ", " -->");

/// The ids that new revisions get, one after the other.
const IDS: &str = "e517276bb1c2,780739b227a7,3f5a2c9e41d0,b92e11d07c58,c4d8f6a1e023,d05b7e9f3a14";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "docs/reference/db.toml.md", "docs/reference/json.md"];
    let mut files: Vec<PathBuf> = pages.map(|page| root.join(page)).into();
    for folder in ["tests/cli", "docs/guide"] {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let markdown = |path: &PathBuf| path.extension().is_some_and(|it| it == "md");
        files.extend(entries.map(|it| it.path()).filter(markdown));
    }
    files.sort();
    let trials = files.into_iter().flat_map(|path| trials(root, path)).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// One for a page, or one for each server on which it runs.
fn trials(root: &Path, path: PathBuf) -> Vec<Trial> {
    let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
    let text = fs::read_to_string(&path).unwrap_or_default();
    let asked =
        text.lines().find_map(|line| line.strip_prefix(DATABASE.0)?.strip_suffix(DATABASE.1));
    let Some(asked) = asked else {
        return vec![Trial::test(name, move || check(&path, None))];
    };
    let mut trials = Vec::new();
    for (title, server) in asked.split(", ").flat_map(servers) {
        let path = path.clone();
        trials.push(Trial::test(format!("{name} on {title}"), move || match server() {
            Some(server) => check(&path, Some(&server)),
            None => Ok(()),
        }));
    }
    trials
}

/// A server by its name; none where the person who runs the tests does without it.
type Named = (&'static str, fn() -> Option<Server>);

/// The servers of the tests that a page names.
fn servers(name: &str) -> Vec<Named> {
    match name {
        "postgres" => vec![
            ("PostgreSQL 15", || Some(Server::postgres())),
            ("PostgreSQL 18", Server::postgres18),
        ],
        "mariadb" => vec![("MariaDB", || Some(Server::mariadb()))],
        "mysql" => vec![("MySQL", Server::mysql)],
        other => panic!("no page can be run on `{other}`"),
    }
}

fn check(path: &Path, server: Option<&Server>) -> Result<(), Failed> {
    let expected = fs::read_to_string(path)?;
    let sandbox = tempfile::tempdir()?;
    let home = tempfile::tempdir()?;
    let database = server.map(Server::database);
    let transcript =
        Transcript { folder: sandbox.path(), home: home.path(), database: database.as_ref() };
    let actual = transcript.replay(&expected)?;
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        fs::write(path, actual)?;
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&expected, &actual);
    Err(diff.unified_diff().header("expected", "printed").to_string().into())
}

struct Transcript<'a> {
    folder: &'a Path,
    home: &'a Path,
    database: Option<&'a Database>,
}

impl Transcript<'_> {
    /// The text with the output of every command as it is now.
    fn replay(&self, text: &str) -> Result<String, Failed> {
        let mut out = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            out.push_str(&format!("{line}\n"));
            let Some(info) = line.strip_prefix("```") else { continue };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let same = || block.iter().map(|line| format!("{line}\n")).collect::<String>();
            match info.split_once("file=") {
                Some((_, file)) => {
                    let path = self.folder.join(file.trim());
                    fs::create_dir_all(path.parent().unwrap_or(self.folder))?;
                    fs::write(path, same())?;
                    out.push_str(&same());
                }
                None if info == "console" => out.push_str(&self.console(&block)?),
                None => out.push_str(&same()),
            }
            out.push_str("```\n");
        }
        Ok(out)
    }

    fn console(&self, block: &[&str]) -> Result<String, Failed> {
        let mut out = String::new();
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            let Some(first) = line.strip_prefix("$ ") else { continue };
            out.push_str(&format!("{line}\n"));
            let mut command = first.to_owned();
            while let Some(next) = lines.next_if(|line| line.starts_with("> ") || **line == ">") {
                out.push_str(&format!("{next}\n"));
                command.push_str(&format!("\n{}", next.get(2..).unwrap_or_default()));
            }
            out.push_str(&self.run(&command)?);
        }
        Ok(out)
    }

    fn run(&self, command: &str) -> Result<String, Failed> {
        let binary = Path::new(env!("CARGO_BIN_EXE_db"));
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = binary.parent().map(Path::to_owned).into_iter();
        let path = std::env::join_paths(folders.chain(std::env::split_paths(&old)))?;
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(self.folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home)
            .env("LC_ALL", "C.UTF-8")
            .env("USER", "ada")
            .env("HOSTNAME", "engine")
            .env("LIMBECK_NOW", "2026-11-20T10:14:03Z")
            .env("LIMBECK_REVISION_IDS", IDS);
        if let Some(database) = self.database {
            shell.env("DATABASE_URL", database.url());
        }
        let output = shell.output()?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        // The folder's name is another one each time.
        text = text.replace(&self.folder.display().to_string(), "[folder]");
        if let Some(database) = self.database {
            text = text.replace(database.name(), "app").replace(&database.place(), "localhost");
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        match output.status.code() {
            Some(0) => {}
            Some(code) => text.push_str(&format!("? {code}\n")),
            None => text.push_str("? killed\n"),
        }
        Ok(text)
    }
}
