//! SQL files as models: what people write, and what each client makes of a database.
//!
//! `postgres.sql`, `mysql.sql` and `sqlite.sql` are written by hand, with every kind of object. The other
//! files are what the clients made of a database with that in it: `pg_dump` 15 (`-s`; with rows
//! and `-C`), `mysqldump` 9.7 and `mariadb-dump` 10.11 (`--no-data`; with rows and `--databases`),
//! `.schema` and `.dump` of `sqlite3`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod places;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::project::{Project, answer};
use support::server::{Database, Server};

/// What `check` says when there is no difference.
const SILENT: &str = "No new upgrade operations detected.\n";

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql_models/files").join(file)
}

/// A project with this file as its model.
fn project(file: &str) -> Project {
    let project = Project::new("");
    project.write("db.toml", "models = [\"schema.sql\"]\n");
    std::fs::copy(path(file), project.path("schema.sql")).unwrap();
    project
}

/// What the binary says on standard output in a project whose database is at `url`.
fn ok(project: &Project, args: &str, url: &str) -> String {
    let (code, out, err) = answer(project.command(args).env("DATABASE_URL", url).output().unwrap());
    assert_eq!(code, Some(0), "db {args}: {out}{err}");
    out
}

/// Gives a client a script.
fn load(client: &mut Command, file: &str) {
    let (code, out, err) = answer(client.stdin(File::open(path(file)).unwrap()).output().unwrap());
    assert_eq!(code, Some(0), "{file}: {out}{err}");
}

/// The files declare what the client makes of each, and a database is made from nothing.
fn declares_what_the_client_makes(file: &str, load: &dyn Fn(&str), url: &str, empty: &str) {
    load(file);
    let models = project(file);
    assert_eq!(ok(&models, "check", url), SILENT, "{file}");

    ok(&models, "migrate -m all", empty);
    ok(&models, "upgrade", empty);
    assert_eq!(ok(&models, "check", empty), SILENT, "{file}");
    ok(&models, "downgrade base", empty);
}

#[test]
fn on_sqlite() {
    for file in ["sqlite.sql", "sqlite3_schema.sql", "sqlite3_dump.sql"] {
        let folder = tempfile::tempdir().unwrap();
        let loaded = folder.path().join("loaded.db");
        let load = |file: &str| {
            // What SQLite keeps for itself it makes by itself.
            let text = std::fs::read_to_string(path(file)).unwrap();
            let own = |line: &&str| {
                !line.starts_with("CREATE TABLE sqlite_")
                    && !line.starts_with("CREATE TABLE IF NOT EXISTS 'docs_")
            };
            let is_schema = file == "sqlite3_schema.sql";
            let kept: Vec<&str> = text.lines().filter(|it| !is_schema || own(it)).collect();
            let script = folder.path().join(file);
            std::fs::write(&script, kept.join("\n")).unwrap();
            let mut client = Command::new("sqlite3");
            client.arg("-bail").arg(&loaded).stdin(File::open(script).unwrap());
            let (code, out, err) = answer(client.output().unwrap());
            assert_eq!(code, Some(0), "{file}: {out}{err}");
        };
        let url = |path: &Path| format!("sqlite:///{}", path.display());
        let empty = folder.path().join("empty.db");
        declares_what_the_client_makes(file, &load, &url(&loaded), &url(&empty));
        let left = Project::new("");
        std::fs::copy(&empty, left.path("app.db")).unwrap();
        let rest = left.dump();
        assert!(rest.iter().all(|it| it.contains("sqlite_sequence")), "{file}: {rest:?}");
    }
}

/// The names of what is in a database of PostgreSQL beside the history.
const RELATIONS: &str = "SELECT relname FROM pg_class WHERE oid >= 16384 AND relkind <> 't' \
    AND relnamespace <> 'pg_toast'::regnamespace AND relname NOT LIKE 'limbeck%' ORDER BY relname";

fn postgres(server: &Server) {
    for file in ["postgres.sql", "pg_dump.sql"] {
        let (loaded, empty) = (server.database(), server.database());
        let load = |file: &str| {
            let mut psql = Command::new("psql");
            load(psql.args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", &loaded.url()]), file);
        };
        declares_what_the_client_makes(file, &load, &loaded.url(), &empty.url());
        assert_eq!(empty.query(RELATIONS), [""; 0], "{file}");
        // It names its database, and must not reach it.
        let rows = project("pg_dump_rows.sql");
        assert_eq!(ok(&rows, "check", &loaded.url()), SILENT);
    }
}

#[test]
fn on_postgres() {
    postgres(&Server::postgres());
}

#[test]
fn on_postgres_18() {
    if let Some(server) = Server::postgres18() {
        postgres(&server);
    }
}

fn mysql(server: &Server, dumps: [&str; 2]) {
    let [dump, with_rows] = dumps;
    for file in ["mysql.sql", dump] {
        let (loaded, empty) = (server.database(), server.database());
        let load = |file: &str| load(&mut loaded.command(), file);
        declares_what_the_client_makes(file, &load, &loaded.url(), &empty.url());
        assert_eq!(tables(&empty), ["limbeck_log", "limbeck_version"], "{file}");
        if file == dump {
            let rows = project(with_rows);
            assert_eq!(ok(&rows, "check", &loaded.url()), SILENT);
        }
    }
}

fn tables(database: &Database) -> Vec<String> {
    use mysql::prelude::Queryable;
    database.mysql().query("SHOW TABLES").unwrap()
}

#[test]
fn on_mariadb() {
    mysql(&Server::mariadb(), ["mariadb_dump.sql", "mariadb_dump_rows.sql"]);
}

#[test]
fn on_mysql() {
    if let Some(server) = Server::mysql() {
        mysql(&server, ["mysqldump.sql", "mysqldump_rows.sql"]);
    }
}
