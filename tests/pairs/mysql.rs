//! MySQL and MariaDB.

use std::io::Write;
use std::process::Stdio;

use limbeck::dialect::mysql::{MySql, MySqlConnection};
use limbeck::dialect::{Connection, Dialect};

use super::live::{Place, Rows};
use super::support::server::{Database, Server, portrait};

/// A database on a server.
struct Here {
    /// Made when it is asked for: it holds the lock of those who migrate.
    session: Option<(MySql, MySqlConnection)>,
    /// Dropped behind its connections.
    database: Database,
}

/// An empty database.
pub(crate) fn place(server: Server) -> Box<dyn Place> {
    Box::new(Here { session: None, database: server.database() })
}

impl Place for Here {
    fn session(&mut self) -> (&dyn Dialect, &mut dyn Connection) {
        let (dialect, db) = self.session.get_or_insert_with(|| self.database.mysql_session());
        (dialect, db)
    }

    fn url(&self) -> String {
        self.database.url()
    }

    /// By the server's own client, which knows `DELIMITER`.
    fn fill(&mut self, sql: &str) {
        let mut client = self.database.command();
        let mut client = client.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        client.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        let output = client.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn portrait(&mut self) -> String {
        // Both are words for the same in the head of a routine, which is shown as it was written.
        portrait::portrait(&self.database).replace("integer", "int")
    }

    fn rows(&mut self) -> Rows {
        let columns = "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY ordinal_position";
        let mut selects = std::collections::BTreeMap::<String, Vec<String>>::new();
        for line in self.database.query(columns) {
            let [table, column, kind] = line.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let value = format!("`{}`", column.replace('`', "``"));
            let value = match kind {
                _ if kind.contains("binary") || kind.contains("blob") || kind == "bit" => {
                    format!("HEX({value})")
                }
                "geometry" | "point" | "polygon" | "linestring" => format!("ST_AsText({value})"),
                _ => format!("CAST({value} AS CHAR)"),
            };
            selects
                .entry(table.to_owned())
                .or_default()
                .push(format!("'{}', {value}", column.replace('\'', "''")));
        }
        let mut rows = Rows::new();
        for (table, values) in selects {
            let sql = format!(
                "SELECT JSON_OBJECT({}) FROM `{}`",
                values.join(", "),
                table.replace('`', "``")
            );
            rows.insert(
                table,
                self.database
                    .query(&sql)
                    .iter()
                    .map(|it| serde_json::from_str(it).unwrap())
                    .collect(),
            );
        }
        rows
    }
}
