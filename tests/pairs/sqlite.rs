//! SQLite.

use limbeck::dialect::sqlite::{Mode, Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect};

use super::live::{Place, Rows};
use super::support::memory;

/// A database in memory, or in a file.
struct Here(Sqlite, SqliteConnection, Option<tempfile::TempDir>);

/// An empty database.
pub(crate) fn place() -> Box<dyn Place> {
    Box::new(Here(Sqlite::bundled(), memory::database(), None))
}

/// An empty database in a file.
pub(crate) fn file() -> Box<dyn Place> {
    let folder = tempfile::tempdir().unwrap();
    let db = SqliteConnection::open(folder.path().join("app.db"), Mode::Create).unwrap();
    Box::new(Here(Sqlite::bundled(), db, Some(folder)))
}

impl Here {
    fn query(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.1.query(sql, &[]).unwrap_or_else(|error| panic!("{error}: {sql}"))
    }

    fn lines(&mut self, sql: &str) -> Vec<String> {
        let line = |row: Vec<Option<String>>| {
            row.into_iter()
                .map(|it| it.unwrap_or("NULL".to_owned()))
                .collect::<Vec<_>>()
                .join(" | ")
        };
        self.query(sql).into_iter().map(line).collect()
    }

    fn tables(&mut self) -> Vec<String> {
        self.lines("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
    }
}

impl Place for Here {
    fn session(&mut self) -> (&dyn Dialect, &mut dyn Connection) {
        (&self.0, &mut self.1)
    }

    fn url(&self) -> String {
        let folder = self.2.as_ref().map(|it| it.path().display().to_string());
        format!("sqlite:///{}/app.db", folder.unwrap_or_default())
    }

    fn fill(&mut self, sql: &str) {
        for piece in self.0.split(sql).unwrap() {
            self.1.execute(piece.sql).unwrap_or_else(|error| panic!("{error}: {}", piece.sql));
        }
    }

    /// What the pragmas say of tables, whose order of columns is left out, and what parentheses hold that
    /// no pragma tells of; the text of everything else.
    fn portrait(&mut self) -> String {
        let mut all = Vec::new();
        for table in self.tables() {
            let name = table.replace('\'', "''");
            for sql in [
                format!(
                    "SELECT 'table', name, type, wr, strict FROM pragma_table_list('{name}') WHERE schema = 'main'"
                ),
                format!(
                    "SELECT '{name} column', name, upper(type), \"notnull\", CASE WHEN dflt_value LIKE 'true' OR dflt_value LIKE 'false' THEN lower(dflt_value) ELSE dflt_value END, pk, hidden FROM pragma_table_xinfo('{name}') ORDER BY name"
                ),
                format!(
                    "SELECT '{name} index', CASE origin WHEN 'c' THEN l.name END, \"unique\", origin, partial, (SELECT group_concat(concat(name, ' ', \"desc\", ' ', coll), ', ') FROM (SELECT * FROM pragma_index_xinfo(l.name) WHERE key ORDER BY seqno)) AS it FROM pragma_index_list('{name}') AS l ORDER BY 2, it"
                ),
                format!(
                    "SELECT '{name} key', \"table\", group_concat(\"from\"), coalesce(group_concat(\"to\"), (SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(k.\"table\") WHERE pk > 0 ORDER BY pk))), on_update, on_delete, \"match\" FROM pragma_foreign_key_list('{name}') AS k GROUP BY id ORDER BY 2, 3, 4"
                ),
            ] {
                all.extend(self.lines(&sql));
            }
            let text = self.lines(&format!(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '{name}'"
            ));
            let mut told = told(&text[0]);
            told.sort();
            all.extend(told.into_iter().map(|it| format!("{name} {it}")));
        }
        let others = self.lines("SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY type, name");
        all.extend(others.iter().map(|sql| plain(sql)));
        all.join("\n")
    }

    fn rows(&mut self) -> Rows {
        let mut rows = Rows::new();
        for table in self.tables() {
            let name = table.replace('\'', "''");
            let columns = self
                .lines(&format!("SELECT name FROM pragma_table_xinfo('{name}') WHERE hidden <> 1"));
            let each = columns.iter().map(|it| {
                format!("'{}', CASE typeof(\"{}\") WHEN 'blob' THEN hex(\"{1}\") ELSE CAST(\"{1}\" AS TEXT) END", it.replace('\'', "''"), it.replace('"', "\"\""))
            });
            let sql = format!(
                "SELECT json_object({}) FROM \"{}\"",
                each.collect::<Vec<_>>().join(", "),
                table.replace('"', "\"\"")
            );
            rows.insert(
                table,
                self.lines(&sql).iter().map(|it| serde_json::from_str(it).unwrap()).collect(),
            );
        }
        rows
    }
}

/// The words of a statement, however they are parted and quoted.
fn plain(sql: &str) -> String {
    let text: String = sql.replace(['"', '`', '[', ']'], "").replace("IF NOT EXISTS ", "");
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [("(", " "), (")", " "), (",", " "), (" ASC ", " ")] {
        out = out.replace(from, to);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a table's text says that no pragma does: what stands behind CHECK, AS, COLLATE, CONSTRAINT and
/// the words about when a key is checked.
fn told(sql: &str) -> Vec<String> {
    let words = words(sql);
    let upper: Vec<String> = words.iter().map(|it| it.to_uppercase()).collect();
    let mut found = Vec::new();
    for (at, word) in upper.iter().enumerate() {
        match word.as_str() {
            "CHECK" | "AS" if upper.get(at + 1).is_some_and(|it| it == "(") => {
                found.push(format!("{word} {}", group(&words[at + 1..])));
            }
            "COLLATE" | "CONSTRAINT" => {
                found.push(format!("{word} {}", words[at + 1].trim_matches(['"', '`', '[', ']'])));
            }
            "AUTOINCREMENT" => found.push(word.clone()),
            "DEFERRABLE" | "INITIALLY" | "CONFLICT" => {
                found.push(format!("{word} {}", upper.get(at + 1).map_or("", |it| it)));
            }
            _ => {}
        }
    }
    found
}

/// The tokens from a parenthesis to the one that closes it.
fn group(words: &[String]) -> String {
    let mut depth = 0;
    let mut out = String::new();
    for word in words {
        depth += i32::from(word == "(") - i32::from(word == ")");
        out.push_str(word.trim_matches(['"', '`', '[', ']']));
        if depth == 0 {
            break;
        }
        out.push(' ');
    }
    out
}

/// Words, quoted texts and signs; no comments.
fn words(sql: &str) -> Vec<String> {
    let sql: Vec<char> = sql.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < sql.len() {
        let begin = at;
        let end_of = |close: char, from: usize| {
            sql[from..].iter().position(|it| *it == close).map_or(sql.len(), |it| from + it + 1)
        };
        match sql[at] {
            '-' if sql.get(at + 1) == Some(&'-') => {
                at = end_of('\n', at);
                continue;
            }
            quote @ ('\'' | '"' | '`') => at = end_of(quote, at + 1),
            '[' => at = end_of(']', at + 1),
            it if it.is_whitespace() => {
                at += 1;
                continue;
            }
            it if it.is_alphanumeric() || it == '_' => {
                while at < sql.len() && (sql[at].is_alphanumeric() || sql[at] == '_') {
                    at += 1;
                }
            }
            _ => at += 1,
        }
        words.push(sql[begin..at].iter().collect());
    }
    words
}
