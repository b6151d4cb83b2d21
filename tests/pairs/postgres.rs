//! PostgreSQL.

use limbeck::dialect::postgres::{Postgres, PostgresConnection};
use limbeck::dialect::{Connection, Dialect};

use super::live::{Place, Rows};
use super::support::server::{Database, Server};

/// A database on a server.
struct Here {
    /// Made when it is asked for: it holds the lock of those who migrate.
    session: Option<(Postgres, PostgresConnection)>,
    client: postgres::Client,
    /// Dropped behind its connections.
    database: Database,
}

/// An empty database.
pub(crate) fn place(server: Server) -> Box<dyn Place> {
    let database = server.database();
    Box::new(Here { session: None, client: database.client(), database })
}

impl Here {
    fn query(&mut self, sql: &str) -> Vec<String> {
        super::support::server::query(&mut self.client, sql)
    }
}

impl Place for Here {
    fn session(&mut self) -> (&dyn Dialect, &mut dyn Connection) {
        let (dialect, db) = self.session.get_or_insert_with(|| self.database.session());
        (dialect, db)
    }

    fn url(&self) -> String {
        self.database.url()
    }

    fn fill(&mut self, sql: &str) {
        self.client.batch_execute(sql).unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }

    fn portrait(&mut self) -> String {
        let said = self.query(include_str!("portrait.sql")).join("\n");
        // Not every cast is said again as it was said.
        let said = said.replace("::text[]", "").replace("::text", "");
        said.replace("::character varying", "").replace(['(', ')'], "")
    }

    fn rows(&mut self) -> Rows {
        let columns = "SELECT c.oid::regclass::text, string_agg(CASE WHEN attname IS NOT NULL THEN format('%L, %I::text', attname, attname) END, ', ' ORDER BY attnum)
            FROM pg_class c LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
            WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' GROUP BY c.oid";
        let mut rows = Rows::new();
        for line in self.query(columns) {
            let (table, columns) = line.split_once(" | ").unwrap();
            let columns = if columns == "NULL" { "" } else { columns };
            let sql = format!("SELECT jsonb_build_object({columns})::text FROM {table}");
            let found =
                self.query(&sql).iter().map(|it| serde_json::from_str(it).unwrap()).collect();
            rows.insert(table.to_owned(), found);
        }
        rows
    }
}
