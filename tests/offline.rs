//! Scripts that are printed and run by SQLite's own client: for each golden case the result must be
//! the same as that of a run, there and back, from an empty database and from one with rows. What a
//! run refuses the client must refuse, too, and leave the database as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Trial};
use rusqlite::Connection;

use support::project::{Project, query};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&root).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    let modes = ["revision", "all", "none"];
    let trial = |(at, folder): (usize, PathBuf)| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name, move || {
            Case::new(&folder, modes[at % modes.len()]).check();
            Ok(())
        })
    };
    let mut trials: Vec<Trial> = folders.into_iter().enumerate().map(trial).collect();
    let more: [(&str, fn()); 3] = [
        ("example-microblog", example),
        ("texts-that-look-like-commands", odd_texts),
        ("branches", branches),
    ];
    trials.extend(more.map(|(name, check)| {
        Trial::test(name, move || {
            check();
            Ok(())
        })
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The example goes up and down, with rows from halfway on.
fn example() {
    let case = Case { project: Project::new("") };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/microblog");
    for path in ["models.toml", "migrations/versions"] {
        let (from, to) = (folder.join(path), case.project.path(path));
        let files = match from.is_dir() {
            true => fs::read_dir(&from).unwrap().map(|it| it.unwrap().path()).collect(),
            false => vec![from],
        };
        for file in files {
            let to = if to.is_dir() { to.join(file.file_name().unwrap()) } else { to.clone() };
            fs::copy(file, to).unwrap();
        }
    }
    case.same("one", "upgrade +1", "upgrade +1");
    case.fill();
    case.same("the rest", "upgrade", "upgrade e517:head");
    let (code, out, err) = case.project.run("check --url sqlite:///offline.db");
    assert_eq!(code, Some(0), "{out}{err}");
    case.same("back", "downgrade -2", "downgrade head:-2");
    case.same("to base", "downgrade base", "downgrade +1:base");
}

/// The client reads lines, and some lines mean something to it.
fn odd_texts() {
    let case = Case { project: Project::new("") };
    let text = "'\n.quit\n/\ngo\n;\n#\n.shell echo\n-- no comment\n/* nor this\n''; é\u{1b}[1m'";
    let up = format!(
        "/* a */ -- b\nCREATE TABLE t (a -- the last\n)\n-- nothing\n;\nINSERT INTO t VALUES ({text}) -- c\n;\n\
         CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN ';' END; END;\n-- the end"
    );
    case.project.sql("a", "", &up, "DROP TABLE t -- x");
    case.same("up", "upgrade", "upgrade");
    case.same("down", "downgrade base", "downgrade a:base");
}

/// Lines that part and meet, and one that depends on another.
fn branches() {
    let case = Case { project: Project::new("") };
    let project = &case.project;
    project.sql("a", "", "CREATE TABLE a (x);", "DROP TABLE a;");
    project.sql_with(
        "b1",
        "a",
        "-- branch_labels: left\n",
        "CREATE TABLE b1 (x);",
        "DROP TABLE b1;",
    );
    project.sql_with(
        "b2",
        "a",
        "-- branch_labels: right\n",
        "CREATE TABLE b2 (x);",
        "DROP TABLE b2;",
    );
    project.sql("m", "b1, b2", "INSERT INTO b1 SELECT * FROM b2;", "DELETE FROM b1;");
    project.sql_with("z", "", "-- depends_on: b1\n", "CREATE TABLE z (x);", "DROP TABLE z;");
    case.same("left", "upgrade left", "upgrade left");
    case.same("right", "upgrade right", "upgrade left:right");
    case.same("z", "upgrade z", "upgrade b1,right:z");
    case.same("merge", "upgrade heads", "upgrade b2,z:heads");
    case.same("not the merge", "downgrade m-1", "downgrade heads:m-1");
    case.same("not right", "downgrade right@a", "downgrade right,z:right@a");
    case.same("nothing", "downgrade base", "downgrade z:base");
    case.same("everything", "upgrade heads", "upgrade base:heads");
    case.same("part", "downgrade m-1", "downgrade m,z:m-1");
    let (client, answer) = case.client(&project.ok("downgrade right:right@a --sql"));
    // Where it says so, and with which code behind, differs from version to version.
    let said = answer.split_once("CHECK constraint failed: ").map(|(_, said)| said.trim_end());
    let said = said.map(|it| it.trim_end_matches(" (19)"));
    assert_eq!((client, said), (false, Some("the database does not stand at b2")), "{answer}");
    case.same("as if nothing were", "upgrade heads", "upgrade right,z:heads");
}

struct Case {
    project: Project,
}

impl Case {
    /// A project with two revisions: one that makes what the case begins with, and the case.
    fn new(folder: &Path, transaction: &str) -> Case {
        let project = Project::new("");
        for file in ["from.toml", "to.toml"] {
            fs::copy(folder.join(file), project.path(file)).unwrap();
        }
        let declare = |models: &str| {
            let text =
                format!("models = [\"{models}\"]\n[options]\ntransaction = \"{transaction}\"\n");
            project.write("db.toml", &text);
        };
        declare("from.toml");
        let script = project.path("migrations/versions/e517276bb1c2_first.toml");
        project.run("migrate -m first --rev-id e517276bb1c2 --no-prove");
        if !script.exists() {
            project.ok("revision -m first --rev-id e517276bb1c2");
        }
        let second = project.path("migrations/versions/780739b227a7_second.toml");
        fs::copy(folder.join("script.toml"), second).unwrap();
        declare("to.toml");
        Case { project }
    }

    fn check(&self) {
        self.same("from base", "upgrade", "upgrade");
        self.same("back to base", "downgrade base", "downgrade head:base");
        self.remove();
        self.same("first", "upgrade e517276bb1c2", "upgrade e517");
        self.fill();
        let goes = self.same("second", "upgrade", "upgrade e517:head");
        if goes {
            let (code, out, err) = self.project.run("check --url sqlite:///offline.db");
            assert_eq!(code, Some(0), "check: {out}{err}");
            let (code, out, err) =
                self.project.run("current --check-heads --url sqlite:///offline.db");
            assert_eq!((code, out.as_str()), (Some(0), "780739b227a7 (head)\n"), "{err}");
            self.same("back", "downgrade", "downgrade head:-1");
        }
    }

    /// Runs one command on one database and its script on the other, and compares them. Whether
    /// they did their work.
    fn same(&self, what: &str, run: &str, print: &str) -> bool {
        let before = self.dump("offline.db");
        let (code, out, said) = self.project.run(&format!("{run} --url sqlite:///online.db"));
        let runs = code == Some(0);
        assert!(runs || code == Some(1), "{what}: {out}{said}");
        let (code, script, err) =
            self.project.run(&format!("{print} --sql --url sqlite:///nowhere/none.db"));
        assert_eq!(code, Some(0), "{what}: {script}{err}");
        let (client, answer) = self.client(&script);
        assert_eq!(client, runs, "{what}: run: {said}\nclient: {answer}\n{script}");
        assert!(!runs || answer.is_empty(), "{what}: {answer}");
        match runs {
            true => assert_eq!(self.dump("offline.db"), self.dump("online.db"), "{what}\n{script}"),
            // `transaction = "none"` leaves what was done.
            false if !script.contains("'upgrade', NULL") => {
                assert_eq!(self.dump("offline.db"), before, "{what}: {script}");
            }
            false => {}
        }
        runs
    }

    /// Has SQLite's own client run a script; whether it was content, and what it said.
    fn client(&self, script: &str) -> (bool, String) {
        self.project.write("script.sql", script);
        let input = fs::File::open(self.project.path("script.sql")).unwrap();
        let output = Command::new("sqlite3")
            .arg(self.project.path("offline.db"))
            .stdin(Stdio::from(input))
            .output()
            .unwrap_or_else(|error| panic!("`sqlite3` is needed: {error}"));
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    fn open(&self, name: &str) -> Connection {
        Connection::open(self.project.path(name)).unwrap()
    }

    fn remove(&self) {
        for name in ["online.db", "offline.db"] {
            fs::remove_file(self.project.path(name)).unwrap();
        }
    }

    /// Puts the same rows into both databases, as far as they take them.
    fn fill(&self) {
        for name in ["online.db", "offline.db"] {
            let db = self.open(name);
            db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'limbeck%' ORDER BY name";
            for table in texts(&db, tables) {
                let columns = texts(&db, &format!("SELECT name FROM pragma_table_info('{table}')"));
                for row in 1..=3 {
                    let list: Vec<_> = columns.iter().map(|it| format!("\"{it}\"")).collect();
                    let values: Vec<_> = columns.iter().map(|_| row.to_string()).collect();
                    let (list, values) = (list.join(", "), values.join(", "));
                    let insert = format!("INSERT INTO \"{table}\" ({list}) VALUES ({values})");
                    // A row that a check refuses is left out.
                    let _ = db.execute_batch(&insert);
                }
            }
        }
    }

    /// The whole database as text, less the times in its log.
    fn dump(&self, name: &str) -> Vec<String> {
        let db = self.open(name);
        let mut lines = query(
            &db,
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
        );
        // SQLite's own `ALTER TABLE` puts blanks elsewhere than an edit of the text does.
        lines.iter_mut().for_each(|line| *line = line.replace("\\n", "").replace(' ', ""));
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'limbeck_log' ORDER BY name";
        for table in texts(&db, tables) {
            let rows = format!("SELECT * FROM \"{}\"", table.replace('"', "\"\""));
            lines.extend(query(&db, &rows).iter().map(|row| format!("{table}: {}", timeless(row))));
        }
        if lines.iter().any(|line| line.contains("limbeck_log")) {
            let log = "SELECT id, revision, direction, checksum, script, finished_at IS NULL, done, operations, tool, applied_by FROM limbeck_log";
            lines.extend(query(&db, log));
        }
        lines
    }
}

/// The text with every time as `hh:mm:ss`: what a default says is `CURRENT_TIMESTAMP` is another second
/// in the other run.
fn timeless(text: &str) -> String {
    let mut timeless = text.to_owned();
    let is_time = |it: &[u8]| {
        it.iter().enumerate().all(|(at, byte)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    };
    for at in 0..text.len().saturating_sub(7) {
        if is_time(&text.as_bytes()[at..at + 8]) {
            timeless.replace_range(at..at + 8, "hh:mm:ss");
        }
    }
    timeless
}

fn texts(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
