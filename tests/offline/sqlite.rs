//! SQLite, and its client `sqlite3`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::case::{BOTH, Case, Place, Which};
use crate::support::project::{Project, query};

/// What is tried on SQLite only.
pub(crate) const MORE: [(&str, fn()); 1] = [("sqlite::texts-that-look-like-commands", odd_texts)];

/// The client reads lines, and some lines mean something to it.
fn odd_texts() {
    let case = Case::new(Sqlite::new);
    let text = "'\n.quit\n/\ngo\n;\n#\n.shell echo\n-- no comment\n/* nor this\n''; é\u{1b}[1m'";
    let up = format!(
        "/* a */ -- b\nCREATE TABLE t (a -- the last\n)\n-- nothing\n;\nINSERT INTO t VALUES ({text}) -- c\n;\n\
         CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN ';' END; END;\n-- the end"
    );
    case.project.sql("a", "", &up, "DROP TABLE t -- x");
    case.same("up", "upgrade", "upgrade");
    case.same("down", "downgrade base", "downgrade a:base");
}

/// Two files in the project's folder.
pub(crate) struct Sqlite {
    folder: PathBuf,
}

impl Sqlite {
    /// Two databases in which nothing is.
    pub(crate) fn new(project: &Project) -> Sqlite {
        let place = Sqlite { folder: project.path("") };
        for which in BOTH {
            let _ = fs::remove_file(place.path(which));
        }
        place
    }

    fn path(&self, which: Which) -> PathBuf {
        self.folder.join(match which {
            Which::Online => "online.db",
            Which::Offline => "offline.db",
        })
    }

    fn open(&self, which: Which) -> Connection {
        Connection::open(self.path(which)).unwrap()
    }
}

impl Place for Sqlite {
    const NOWHERE: &str = "sqlite:///nowhere/none.db";

    fn url(&self, which: Which) -> String {
        // The path counts from the project's folder.
        let name = self.path(which).file_name().unwrap().display().to_string();
        format!("sqlite:///{name}")
    }

    fn client(&self, project: &Project, script: &str) -> (bool, String) {
        project.write("script.sql", script);
        let input = fs::File::open(project.path("script.sql")).unwrap();
        let output = Command::new("sqlite3")
            .arg(self.path(Which::Offline))
            .stdin(Stdio::from(input))
            .output()
            .unwrap_or_else(|error| panic!("`sqlite3` is needed: {error}"));
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    fn message(said: &str) -> Option<String> {
        // Where it says so, and with which code behind, differs from version to version.
        let (_, said) = said.split_once("CHECK constraint failed: ")?;
        Some(said.trim_end().trim_end_matches(" (19)").to_owned())
    }

    fn fill(&self) {
        for which in BOTH {
            let db = self.open(which);
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

    fn dump(&self, which: Which) -> Vec<String> {
        let db = self.open(which);
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

/// The text with every time as `hh:mm:ss`: what a default says is `CURRENT_TIMESTAMP` is another
/// second in the other run.
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
