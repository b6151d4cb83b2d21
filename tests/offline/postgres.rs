//! PostgreSQL, and its client `psql`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::case::{BOTH, Case, Place, Which};
use crate::support::project::Project;
use crate::support::server::{Database, Server};

/// What is tried on PostgreSQL only.
pub(crate) const MORE: [(&str, fn()); 1] = [("postgres::texts-that-look-like-commands", odd_texts)];

/// Whether PostgreSQL can hold the models of a golden case.
pub(crate) fn holds(folder: &Path) -> bool {
    fs::read_to_string(folder.join("postgres.sql")).unwrap().starts_with("-- upgrade\n")
}

/// The client reads lines, looks into texts for its variables, and knows three kinds of quotes.
fn odd_texts() {
    let case = Case::new(Postgres::new);
    let text =
        "'\n\\q\n\\! echo\n;\n-- no comment\n/* nor this\n''; é\u{1b}[1m :HOST :''HOST'' \\'";
    let up = format!(
        "/* a /* b */ ' */ -- b\nCREATE TABLE t (a text -- the last\n)\n-- nothing\n;\n\
         INSERT INTO t VALUES ({text}), (E'\\'\\\\\\n'), ($limbeck$;'\\q$limbeck$), ($limbeck0$'$limbeck0$) -- c\n;\n\
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    RETURN NEW; -- $limbeck1$\nEND\n$$;\n\
         SELECT a::text, 'shown' FROM t;\n-- the end"
    );
    case.project.sql("a", "", &up, "DROP TABLE t -- x\n; DROP FUNCTION f()");
    case.same("up", "upgrade", "upgrade");
    case.same("down", "downgrade base", "downgrade a:base");
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

    fn database(&self, which: Which) -> &Database {
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
