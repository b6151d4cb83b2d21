//! PostgreSQL, and its client `psql`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::case::{BOTH, Place, Which};
use crate::support::project::Project;
use crate::support::server::{Database, Server};

/// Whether PostgreSQL can hold the models of a golden case.
pub(crate) fn holds(folder: &Path) -> bool {
    fs::read_to_string(folder.join("postgres.sql")).unwrap().starts_with("-- upgrade\n")
}

/// Why the script of a golden case cannot be printed, if it cannot.
pub(crate) fn refusal(name: &str) -> Option<&'static str> {
    match name {
        "change-generated-column" => Some(
            "error: revision `780739b227a7` cannot be written as SQL: operation 1 (changed generated expression of column 'user.shout')\n\
             caused by: the column must be made anew, and what would go with it is not known here\n\
             hint: run this on the database that has the table\n",
        ),
        "change-view-under-a-view" => Some(
            "error: revision `780739b227a7` cannot be written as SQL: operation 1 (changed view 'long_names')\n\
             caused by: the view `all_names` is made of the view `long_names` and must be made anew, and what it is by now is not known here\n\
             hint: drop the view before and create it behind, as operations of the script, or run this on the database\n",
        ),
        _ => None,
    }
}

/// Two databases on one server.
pub(crate) struct Postgres {
    online: Database,
    offline: Database,
}

impl Postgres {
    /// Two databases in which nothing is.
    pub(crate) fn new(_: &Project) -> Postgres {
        let server = Server::postgres();
        Postgres { online: server.database(), offline: server.database() }
    }

    /// Runs a statement beside all scripts.
    pub(crate) fn execute(&self, which: Which, sql: &str) {
        self.database(which).client().batch_execute(sql).unwrap();
    }

    /// One of them.
    pub(crate) fn database(&self, which: Which) -> &Database {
        match which {
            Which::Online => &self.online,
            Which::Offline => &self.offline,
        }
    }
}

impl Place for Postgres {
    const NOWHERE: &str = "postgres://nobody@nowhere.invalid/none";

    fn url(&self, which: Which) -> String {
        self.database(which).url()
    }

    /// As the head of the script says.
    fn client(&self, project: &Project, script: &str) -> (bool, String) {
        project.write("script.sql", script);
        let command = script.lines().find_map(|it| it.strip_prefix("-- for PostgreSQL: "));
        let output = Command::new("sh")
            .args(["-c", command.unwrap_or("true")])
            .current_dir(project.path(""))
            .env("DATABASE_URL", self.url(Which::Offline))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 3)), "psql ends with {code:?}: {text}");
        (code == Some(0), text)
    }

    fn message(said: &str) -> Option<String> {
        let (_, said) = said.split_once("ERROR:  ")?;
        said.lines().next().map(str::to_owned)
    }

    fn fill(&self) {
        for which in BOTH {
            let database = self.database(which);
            let mut client = database.client();
            client.batch_execute("SET session_replication_role = replica").unwrap();
            for insert in database.query(INSERTS) {
                // A row that a check refuses is left out.
                let _ = client.batch_execute(&insert);
            }
        }
    }

    fn dump(&self, which: Which) -> Vec<String> {
        let database = self.database(which);
        let mut lines = database.query(include_str!("../support/portrait.sql"));
        for select in database.query(SELECTS) {
            lines.extend(database.query(&select));
        }
        if lines.iter().any(|line| line.contains("limbeck_log")) {
            lines.extend(database.query(
                "SELECT id, revision, direction, checksum, script, finished_at IS NULL, done, operations, tool, applied_by \
                 FROM limbeck_log ORDER BY id",
            ));
        }
        lines
    }
}

/// Statements that add three rows to every table, a value of its type to each column.
const INSERTS: &str = "
    SELECT format('INSERT INTO %s (%s) VALUES (%s)', c.oid::regclass, string_agg(quote_ident(attname), ', '),
        string_agg(quote_literal(CASE
            WHEN typcategory = 'E' THEN (SELECT min(enumlabel) FROM pg_enum WHERE enumtypid = t.oid)
            WHEN typcategory = 'D' AND typname LIKE 'time%' AND typname NOT LIKE 'timestamp%' THEN '12:00:0' || row
            WHEN typcategory = 'D' THEN '2026-11-0' || row
            WHEN typcategory = 'B' THEN 'true'
            WHEN typcategory = 'A' THEN '{' || row || '}'
            WHEN typname = 'uuid' THEN 'e517276b-0000-0000-0000-00000000000' || row
            ELSE row::text END), ', '))
    FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid JOIN pg_type t ON t.oid = atttypid, generate_series(1, 3) AS row
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'limbeck%'
        AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a'
    GROUP BY c.oid, row ORDER BY c.oid::regclass::text, row";

/// Queries that show every row of every table but the log; times are shown to the day.
const SELECTS: &str = r"
    SELECT format($$SELECT %L, regexp_replace(it::text, '\d\d:\d\d:\d\d(\.\d+)?', 'hh:mm:ss', 'g') FROM %s AS it ORDER BY 2$$,
        oid::regclass, oid::regclass)
    FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace AND relname <> 'limbeck_log'
    ORDER BY 1";
