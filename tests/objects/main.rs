//! What is done with each kind of object on each database: `docs/reference/objects.md` is made here.
//!
//! `kinds.txt` has the kinds, each under a line `=== its name`: `--- before` makes what it needs,
//! `--- create` makes one, `--- change` makes another instead, each for the databases that are named
//! behind. It is made, looked at, and made again, changed and dropped by the tool; what comes of that is
//! in the table. `UPDATE_GOLDEN=1` writes it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use limbeck::dialect::sqlite::Sqlite;
use limbeck::dialect::{Connection, Dialect, Limits, Scope};
use limbeck::diff::diff;
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use support::memory;
use support::server::{Database, Server};

const PAGE: &str = "docs/reference/objects.md";

/// The databases, as they are called in `kinds.txt` and in the table.
const PLACES: [(&str, &str); 4] =
    [("sqlite", "SQLite"), ("postgres", "PostgreSQL"), ("mariadb", "MariaDB"), ("mysql", "MySQL")];

/// A kind of object: its statements by what they are for and the database.
#[derive(Default)]
struct Kind {
    name: String,
    statements: BTreeMap<(String, String), String>,
}

fn kinds() -> Vec<Kind> {
    let text = fs::read_to_string("tests/objects/kinds.txt").unwrap();
    let mut kinds: Vec<Kind> = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            kinds.push(Kind { name: name.to_owned(), ..Kind::default() });
        } else if let Some(head) = line.strip_prefix("--- ") {
            let (part, places) = head.split_once(' ').unwrap();
            open = places.split(' ').map(|it| (part.to_owned(), it.to_owned())).collect();
        } else {
            for key in &open {
                let text = kinds.last_mut().unwrap().statements.entry(key.clone()).or_default();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    kinds
}

/// A database with nothing in it, which goes behind its connection.
struct Place {
    dialect: Box<dyn Dialect>,
    db: Box<dyn Connection>,
    _database: Option<Database>,
}

impl Place {
    fn of(name: &str) -> Option<Place> {
        let server = match name {
            "sqlite" => {
                let (dialect, db) = (Box::new(Sqlite::bundled()), Box::new(memory::database()));
                return Some(Place { dialect, db, _database: None });
            }
            "postgres" => Server::postgres(),
            "mariadb" => Server::mariadb(),
            _ => Server::mysql()?,
        };
        let database = server.database();
        let url = database.url().parse().unwrap();
        let access = limbeck::dialect::Access::Change;
        let (dialect, mut db) = limbeck::dialect::connect(&url, Path::new("."), access).unwrap();
        dialect.prepare(&mut *db, &Limits::default()).unwrap();
        Some(Place { dialect, db, _database: Some(database) })
    }

    fn run(&mut self, sql: &str) {
        for piece in self.dialect.split(sql).unwrap() {
            self.db.execute(piece.sql).unwrap_or_else(|err| panic!("{err:?}: {}", piece.sql));
        }
    }

    fn look(&mut self) -> Schema {
        self.dialect.inspect(&mut *self.db, &Scope::default()).unwrap()
    }

    /// Whether operations lead to a schema.
    fn leads(&mut self, operations: &[Operation], to: &Schema) -> bool {
        let outcome = run::execute(&*self.dialect, &mut *self.db, operations, &|_| {});
        outcome.is_ok() && diff(to, &self.look()).is_empty()
    }
}

/// What is done with a kind of object in one database.
fn cell(kind: &Kind, place: &str) -> Option<String> {
    let statements = |part: &str| kind.statements.get(&(part.to_owned(), place.to_owned()));
    let before = statements("before").cloned().unwrap_or_default();
    let (create, change) = (statements("create")?, statements("change")?);
    let with = |sql: &str| {
        let mut made = Place::of(place)?;
        made.run(&before);
        let nothing = made.look();
        made.run(sql);
        let schema = made.look();
        Some((made, nothing, schema))
    };
    let Some((_, nothing, schema)) = with(create) else { return Some("not tried".to_owned()) };
    let (_changed, _, other) = with(change)?;
    let there = diff(&nothing, &schema);
    if there.is_empty() {
        return Some(match schema.others.len() > nothing.others.len() {
            true => "named".to_owned(),
            false => "not seen".to_owned(),
        });
    }
    let mut made = with("")?.0;
    let is_created = made.leads(&there, &schema);
    let altering = diff(&schema, &other);
    let is_compared = !altering.is_empty();
    let is_altered = is_created && is_compared && made.leads(&altering, &other);
    let mut made = with(create)?.0;
    let back = operation::reverse(&there).unwrap_or_default();
    let is_dropped = made.leads(&back, &nothing);
    let facts = [
        ("inspected", true),
        ("compared", is_compared),
        ("created", is_created),
        ("altered", is_altered),
        ("dropped", is_dropped),
    ];
    let held: Vec<&str> = facts.iter().filter(|(_, it)| *it).map(|(word, _)| *word).collect();
    Some(if held.len() == facts.len() { "yes".to_owned() } else { held.join(", ") })
}

fn page() -> String {
    let mut page = "# Kinds of object\n\n\
        What `db` does with each kind of object of each database. This page is made by a test that makes one of each kind, on each database,\n\
        looks at it (`db inspect`), compares it with another (`db check`, `db migrate`), and creates, alters and drops it (`db upgrade`, `db downgrade`).\n\n\
        * **yes**: inspected, compared, created, altered and dropped; where something is missing, the words say what there is.\n\
        * **named**: seen and counted, in the comment above what `db inspect` writes and by `db check --strict`, and otherwise left alone.\n\
        * **not seen**: left alone without a word.\n\
        * **–**: the database has no such kind.\n\n"
        .to_owned();
    let titles: Vec<&str> = PLACES.iter().map(|(_, title)| *title).collect();
    page.push_str(&format!("| kind | {} |\n|---|{}\n", titles.join(" | "), "---|".repeat(4)));
    for kind in kinds() {
        let cell = |(place, _): &(&str, &str)| cell(&kind, place).unwrap_or_else(|| "–".to_owned());
        let cells: Vec<String> = PLACES.iter().map(cell).collect();
        page.push_str(&format!("| {} | {} |\n", kind.name, cells.join(" | ")));
    }
    page
}

#[test]
fn the_page_says_what_is_done() {
    let page = page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let written = fs::read_to_string(PAGE).unwrap_or_default();
    if page != written {
        let difference = similar::TextDiff::from_lines(&written, &page);
        panic!("{PAGE}:\n{}", difference.unified_diff());
    }
}
