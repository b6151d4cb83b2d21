//! Scripts that are printed and run by the database's own client: for each golden case the result
//! must be the same as that of a run, there and back, from an empty database and from one with
//! rows. What a run refuses the client must refuse, too, and leave the database as the run does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod case;
mod mysql;
mod postgres;
mod psql;
mod sqlite;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use case::Case;
use mysql::{Kind, MariaDb, MySql};
use postgres::Postgres;
use sqlite::Sqlite;
use support::project::Project;
use support::server::Server;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for (at, folder) in golden().into_iter().enumerate() {
        let mode = ["revision", "all", "none"][at % 3];
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if postgres::holds(&folder) {
            let folder = folder.clone();
            let refusal = postgres::refusal(&name);
            trials.push(trial(format!("postgres::golden::{name}"), move || {
                let case = Case::golden(&folder, mode, Postgres::new);
                match refusal {
                    Some(refusal) => assert_eq!(case.unprintable("upgrade"), refusal),
                    None => case.check(),
                }
            }));
        }
        if mysql::holds(&folder, "mariadb") {
            trials.push(golden_trial::<MariaDb>("mariadb", &folder, mode));
        }
        if Server::mysql().is_some() && mysql::holds(&folder, "mysql") {
            trials.push(golden_trial::<MySql>("mysql", &folder, mode));
        }
        trials.push(trial(format!("sqlite::golden::{name}"), move || {
            Case::golden(&folder, mode, Sqlite::new).check();
        }));
    }
    let more: [(&str, fn()); 8] = [
        ("sqlite::example-microblog", || example(Sqlite::new)),
        ("sqlite::branches", || branches(Sqlite::new)),
        ("postgres::example-microblog", || example(Postgres::new)),
        ("postgres::branches", || branches(Postgres::new)),
        ("mariadb::example-microblog", || example(MariaDb::place)),
        ("mariadb::branches", || branches(MariaDb::place)),
        ("mysql::example-microblog", || example(MySql::place)),
        ("mysql::branches", || branches(MySql::place)),
    ];
    let more = more.into_iter().chain(sqlite::MORE).chain(psql::MORE).chain(mysql::MORE);
    let is_here = |name: &str| Server::mysql().is_some() || !name.starts_with("mysql::");
    let more = more.filter(|(name, _)| is_here(name));
    trials.extend(more.map(|(name, check)| trial(name.to_owned(), check)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trial(name: String, check: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        check();
        Ok(())
    })
}

fn golden_trial<K: Kind>(dialect: &str, folder: &Path, mode: &'static str) -> Trial {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let refusal = mysql::refusal(&name);
    let folder = folder.to_owned();
    trial(format!("{dialect}::golden::{name}"), move || {
        let case = Case::golden(&folder, mode, K::place);
        match refusal {
            Some(refusal) => assert_eq!(case.unprintable("upgrade"), refusal),
            None => case.check(),
        }
    })
}

fn golden() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&root).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The example goes up and down, with rows from halfway on.
fn example<P: case::Place>(place: fn(&Project) -> P) {
    let case = Case::new(place);
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
    case.same_answer("check");
    case.same("back", "downgrade -2", "downgrade head:-2");
    case.same("to base", "downgrade base", "downgrade +1:base");
}

/// Lines that part and meet, and one that depends on another.
fn branches<P: case::Place>(place: fn(&Project) -> P) {
    let case = Case::new(place);
    let project = &case.project;
    let label = |label: &str| format!("-- branch_labels: {label}\n");
    project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    let (up, down) = ("CREATE TABLE b1 (x integer);", "DROP TABLE b1;");
    project.sql_with("b1", "a", &label("left"), up, down);
    let (up, down) = ("CREATE TABLE b2 (x integer);", "DROP TABLE b2;");
    project.sql_with("b2", "a", &label("right"), up, down);
    project.sql("m", "b1, b2", "INSERT INTO b1 SELECT * FROM b2;", "DELETE FROM b1;");
    let (up, down) = ("CREATE TABLE z (x integer);", "DROP TABLE z;");
    project.sql_with("z", "", "-- depends_on: b1\n", up, down);
    case.same("left", "upgrade left", "upgrade left");
    case.same("right", "upgrade right", "upgrade left:right");
    case.same("z", "upgrade z", "upgrade b1,right:z");
    case.same("merge", "upgrade heads", "upgrade b2,z:heads");
    case.same("not the merge", "downgrade m-1", "downgrade heads:m-1");
    case.same("not right", "downgrade right@a", "downgrade right,z:right@a");
    case.same("nothing", "downgrade base", "downgrade z:base");
    case.same("everything", "upgrade heads", "upgrade base:heads");
    case.same("part", "downgrade m-1", "downgrade m,z:m-1");
    let refused = case.refused("downgrade right:right@a");
    assert_eq!(refused, "the database does not stand at b2");
    case.same("as if nothing were", "upgrade heads", "upgrade right,z:heads");
}
