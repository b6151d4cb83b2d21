//! MariaDB and MySQL, and their clients.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use mysql::prelude::Queryable;

use crate::case::{BOTH, Case, Place, Which};
use crate::support::portrait::{portrait, rows_but_of};
use crate::support::project::Project;
use crate::support::server::{Database, Server};

/// What is tried on each of both beside the golden cases.
pub(crate) const MORE: [(&str, fn()); 7] = [
    ("mariadb::texts-and-bodies", texts_and_bodies::<MariaDb>),
    ("mysql::texts-and-bodies", texts_and_bodies::<MySql>),
    ("mariadb::failing-statement", failing_statement::<MariaDb>),
    ("mysql::failing-statement", failing_statement::<MySql>),
    ("mysql::for-the-other", for_the_other),
    ("mariadb::second-run", second_run::<MariaDb>),
    ("mysql::second-run", second_run::<MySql>),
];

/// Whether the server can hold the models of a golden case.
pub(crate) fn holds(folder: &Path, dialect: &str) -> bool {
    let own = folder.join(format!("{dialect}.sql"));
    let file = if own.exists() { own } else { folder.join("mysql.sql") };
    fs::read_to_string(file).unwrap().starts_with("-- upgrade\n")
}

/// Why the script of a golden case cannot be printed, if it cannot.
pub(crate) fn refusal(_: &str) -> Option<&'static str> {
    None
}

/// Two databases on one server.
pub(crate) struct Pair {
    online: Database,
    offline: Database,
}

impl Pair {
    fn on(server: &Server) -> Pair {
        Pair { online: server.database(), offline: server.database() }
    }

    fn database(&self, which: Which) -> &Database {
        match which {
            Which::Online => &self.online,
            Which::Offline => &self.offline,
        }
    }

    /// The server's client in the second database, with a script on its input.
    fn client(&self, script: &str) -> (bool, String) {
        let mut command = self.offline.command();
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut client = command.spawn().unwrap();
        // One that stops early does not read to the end.
        let _ = client.stdin.take().unwrap().write_all(script.as_bytes());
        let output = client.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.success(), said)
    }

    fn fill(&self) {
        for which in BOTH {
            let database = self.database(which);
            let mut statements = vec!["SET foreign_key_checks = 0".to_owned()];
            for table in database.query(TABLES) {
                for row in 1..=3 {
                    statements.extend(insert(database, &table, row));
                }
            }
            let mut session = database.mysql();
            for statement in statements {
                // A row that a check refuses is left out.
                let _ = session.query_drop(statement);
            }
        }
    }

    fn dump(&self, which: Which) -> Vec<String> {
        let database = self.database(which);
        // The log is shown without its times.
        let rows = rows_but_of(database, "limbeck_log");
        let mut lines: Vec<String> =
            portrait(database).lines().chain(rows.lines()).map(str::to_owned).collect();
        if lines.iter().any(|it| it.starts_with("limbeck_log")) {
            lines.extend(database.query(LOG));
        }
        lines
    }
}

const TABLES: &str = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() \
    AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'limbeck%' ORDER BY 1";

// A client cannot take back the row of a revision of which nothing was done, as a run does.
const LOG: &str = "SELECT id, revision, direction, checksum, script, finished_at IS NULL, done, operations, tool, applied_by \
    FROM limbeck_log WHERE done > 0 OR finished_at IS NOT NULL ORDER BY id";

/// The statement that adds a row to a table, with a value of its type for each column.
fn insert(database: &Database, table: &str, row: usize) -> Option<String> {
    let columns = database.query(&format!(
        "SELECT column_name, data_type, column_type FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name = '{}' AND extra NOT LIKE '% GENERATED' \
         ORDER BY ordinal_position",
        table.replace('\'', "''")
    ));
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in &columns {
        let mut parts = column.splitn(3, " | ");
        let mut next = || parts.next().unwrap_or_default();
        let (name, ty, whole) = (next(), next(), next());
        names.push(quoted(name));
        values.push(match ty {
            "date" => format!("'2026-11-0{row}'"),
            "datetime" | "timestamp" => format!("'2026-11-0{row} 12:00:00'"),
            "time" => format!("'12:00:0{row}'"),
            "json" => format!("'{{\"a\": {row}}}'"),
            "uuid" => format!("'e517276b-0000-0000-0000-00000000000{row}'"),
            "enum" => whole.strip_prefix("enum(")?.split([',', ')']).next()?.to_owned(),
            _ => format!("'{row}'"),
        });
    }
    let (names, values) = (names.join(", "), values.join(", "));
    Some(format!("INSERT INTO {} ({names}) VALUES ({values})", quoted(table)))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// One of the two kinds.
pub(crate) struct MariaDb(Pair);

/// The other one.
pub(crate) struct MySql(Pair);

/// A kind of which there is a server.
pub(crate) trait Kind: Place + Sized + 'static {
    /// Two databases on its server, in which nothing is.
    fn place(_: &Project) -> Self;
}

impl Kind for MariaDb {
    fn place(_: &Project) -> Self {
        MariaDb(Pair::on(&Server::mariadb()))
    }
}

impl Kind for MySql {
    fn place(_: &Project) -> Self {
        MySql(Pair::on(&Server::mysql().unwrap()))
    }
}

macro_rules! place {
    ($kind:ident, $nowhere:literal) => {
        impl Place for $kind {
            const NOWHERE: &str = $nowhere;

            fn url(&self, which: Which) -> String {
                self.0.database(which).url()
            }

            fn client(&self, _: &Project, script: &str) -> (bool, String) {
                self.0.client(script)
            }

            fn message(said: &str) -> Option<String> {
                let (_, said) = said.split_once("ERROR ")?.1.split_once(": ")?;
                let line = said.lines().next()?;
                // MySQL says it as something that it could not read.
                let text = line.strip_prefix("Incorrect string value: '");
                let text = text.and_then(|it| it.strip_suffix("' for function uuid_to_bin"));
                Some(text.unwrap_or(line).to_owned())
            }

            fn fill(&self) {
                self.0.fill();
            }

            fn dump(&self, which: Which) -> Vec<String> {
                self.0.dump(which)
            }
        }
    };
}

place!(MariaDb, "mariadb://nobody@nowhere.invalid/none");
place!(MySql, "mysql://nobody@nowhere.invalid/none");

/// The client parts statements at semicolons, looks for its own words at the beginning of lines, and is told
/// where a body ends.
fn texts_and_bodies<K: Kind>() {
    let case = Case::new(K::place);
    let text = "'\n\\\\q\n;\nDELIMITER $$\n-- no comment\n/* nor this\n''; é \\\\'";
    let up = format!(
        "/* a ' */ -- b\nCREATE TABLE t (a text -- the last\n)\n# nothing\n;\nINSERT INTO t VALUES ({text}), (\"it's; \"\"\") -- c\n;\n\
         DELIMITER //\n\
         CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN\n  SET NEW.a = 'x;y';\n  SET @limbeck_test = 1;\nEND//\n\
         CREATE PROCEDURE p() BEGIN SELECT 1; SELECT '//'; END//\n\
         DELIMITER ;\n\
         INSERT INTO t VALUES ('gone');\n-- the end"
    );
    case.project.sql("a", "", &up, "DROP PROCEDURE p; DROP TABLE t -- x\n");
    assert!(case.same("up", "upgrade", "upgrade"));
    assert!(case.same("down", "downgrade base", "downgrade a:base"));
}

/// A script for the one is refused by the other before anything is done.
fn for_the_other() {
    let refused = |script: &str, kind: &dyn Fn(&str) -> (bool, String)| {
        let (content, said) = kind(script);
        assert!(!content, "{said}");
        said.rsplit_once("at line 3: ").unwrap().1.to_owned()
    };
    let (mariadb, mysql) = (Case::new(MariaDb::place), Case::new(MySql::place));
    for project in [&mariadb.project, &mysql.project] {
        project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    }
    let on_mysql = |script: &str| mysql.place.client(&mysql.project, script);
    let on_mariadb = |script: &str| mariadb.place.client(&mariadb.project, script);
    assert_eq!(
        refused(&mariadb.print("upgrade"), &on_mysql),
        "this script is for MariaDB: an address that begins with `mysql://` makes one for MySQL\n"
    );
    assert_eq!(
        refused(&mysql.print("upgrade"), &on_mariadb),
        "this script is for MySQL: an address that begins with `mariadb://` makes one for MariaDB\n"
    );
    assert_eq!(mysql.place.dump(Which::Offline), [""; 0]);
    assert_eq!(mariadb.place.dump(Which::Offline), [""; 0]);
}

/// What fails stops the script, and no revision behind it runs.
fn failing_statement<K: Kind>() {
    let case = Case::new(K::place);
    case.project.sql("a", "", "CREATE TABLE a (x integer PRIMARY KEY);", "DROP TABLE a;");
    case.project.sql("b", "a", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);", "");
    case.project.sql("c", "b", "DROP TABLE a;", "");
    assert!(!case.same("b fails", "upgrade", "upgrade"));
    assert_eq!(case.same_answer("current"), "a\n");
    assert!(case.same("down", "downgrade base", "downgrade a:base"));
}

/// A script that has run does not fit any more.
fn second_run<K: Kind>() {
    let case = Case::new(K::place);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.sql("b", "a", "INSERT INTO a VALUES (1);", "DELETE FROM a;");
    assert!(case.same("up", "upgrade a --tag first", "upgrade a --tag first"));
    assert_eq!(case.refused("upgrade"), "Table 'limbeck_version' already exists");
    assert!(case.same("b", "upgrade", "upgrade a:b"));
    assert_eq!(case.refused("upgrade a:b"), "the database does not stand at a");
}
