//! A project in a folder of its own, and the binary at work in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// What a command answered: exit code (`None` is killed), standard output, standard error.
pub(crate) type Answer = (Option<i32>, String, String);

/// A project with an empty folder of versions; its database is `app.db`.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A project with these lines in its `[options]`.
    pub(crate) fn new(options: &str) -> Project {
        let project = Project { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(project.path("migrations/versions")).unwrap();
        project.options(options);
        project
    }

    /// Puts other lines in `[options]`.
    pub(crate) fn options(&self, options: &str) {
        self.write("db.toml", &format!("[options]\n{options}"));
    }

    /// A path in the project's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Writes a SQL script behind `parent`. `head` holds more lines of its head.
    pub(crate) fn sql_with(&self, id: &str, parent: &str, head: &str, up: &str, down: &str) {
        let text = format!(
            "-- step {id}\n-- revision: {id}\n-- down_revision: {parent}\n{head}-- upgrade\n{up}\n-- downgrade\n{down}\n"
        );
        self.write(&format!("migrations/versions/{id}.sql"), &text);
    }

    /// Writes a SQL script behind `parent`.
    pub(crate) fn sql(&self, id: &str, parent: &str, up: &str, down: &str) {
        self.sql_with(id, parent, "", up, down);
    }

    /// Writes a script of operations behind `parent`.
    pub(crate) fn toml(&self, id: &str, parent: &str, body: &str) {
        let parents = if parent.is_empty() { String::new() } else { format!("{parent:?}") };
        let text = format!("# step {id}\nrevision = {id:?}\ndown_revision = [{parents}]\n{body}");
        self.write(&format!("migrations/versions/{id}.toml"), &text);
    }

    /// The binary with these arguments, ready to start. A run does not mind the tables that a test has
    /// made beside those of the revisions.
    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_db"));
        command.args(args.split_whitespace());
        if args.split_whitespace().next() == Some("upgrade") {
            command.arg("--allow-dirty");
        }
        self.surround(command)
    }

    /// A shell with this script, in which `$0` is the binary, ready to start.
    pub(crate) fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_db")]);
        self.surround(command)
    }

    fn surround(&self, mut command: Command) -> Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("USER", "ada")
            .env("HOSTNAME", "engine")
            .env("LIMBECK_NOW", "2026-11-20T10:14:03Z");
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run(&self, args: &str) -> Answer {
        answer(self.command(args).output().unwrap())
    }

    /// Runs the binary, which must succeed, and gives what it says on both streams.
    pub(crate) fn ok(&self, args: &str) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, Some(0), "db {args}: {out}{err}");
        format!("{out}{err}")
    }

    /// Runs the binary, which must fail, and gives what it says on standard error; the project's
    /// folder is called `DIR` in it.
    pub(crate) fn fails(&self, args: &str) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!((code, out.as_str()), (Some(1), ""), "db {args}: {err}");
        err.replace(&self.folder.path().display().to_string(), "DIR")
    }

    /// The database, opened beside the binary.
    pub(crate) fn open(&self) -> Connection {
        Connection::open(self.path("app.db")).unwrap()
    }

    /// The whole database as text: every stored statement and every row with its rowid, less the
    /// tables that keep the history.
    pub(crate) fn dump(&self) -> Vec<String> {
        dump(&self.open(), |name| !name.starts_with("limbeck_"))
    }

    /// The whole database as text with the history in it.
    pub(crate) fn dump_all(&self) -> Vec<String> {
        dump(&self.open(), |_| true)
    }

    /// Everything one query gives, a line a row.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        query(&self.open(), sql)
    }
}

/// What a finished command answered.
pub(crate) fn answer(output: Output) -> Answer {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Everything one query gives, a line a row.
pub(crate) fn query(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap_or_else(|err| panic!("{err}: {sql}"));
    let columns = statement.column_count();
    let show = |value: ValueRef| match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => format!("{number:?}"),
        ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => format!("x{bytes:?}"),
    };
    let rows = statement.query_map([], |row| {
        let values = (0..columns).map(|at| row.get_ref(at).map(show));
        Ok(values.collect::<rusqlite::Result<Vec<_>>>()?.join(" | "))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn dump(db: &Connection, keep: impl Fn(&str) -> bool) -> Vec<String> {
    let objects = "SELECT tbl_name, type, name, sql FROM sqlite_schema ORDER BY type, name";
    let name = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    let mut lines = query(db, objects);
    lines.retain(|line| keep(&name(line)));
    for table in query(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        if keep(&name(&table)) {
            let rows = query(db, &format!("SELECT rowid, * FROM {table} ORDER BY rowid"));
            lines.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
    }
    lines
}

/// Whether the person who runs the tests may write whatever they like.
pub(crate) fn writes_anything(folder: &Path) -> bool {
    let path = folder.join("read-only");
    std::fs::write(&path, "").unwrap();
    let mut rights = path.metadata().unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    std::fs::OpenOptions::new().append(true).open(&path).is_ok()
}
