//! A script that was written on one database runs on the other as it is, and nothing is found there.

use libtest_mimic::Failed;
use limbeck::dialect::sqlite::Sqlite;
use limbeck::dialect::{Connection, Dialect, Limits, Scope};
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::Script;

use super::case::Case;
use super::{Live, compared, declared, explained, same};
use crate::support::law::text;
use crate::support::memory;
use crate::support::server::Server;

/// A column of each portable type, with the defaults that it may have.
const MODELS: &str = r#"
[other.columns]
id = { type = "integer", primary_key = true }
[portable.columns]
id = { type = "big_integer", primary_key = true }
small = { type = "small_integer", default = -7 }
whole = { type = "integer", nullable = false, default = 0 }
big = { type = "big_integer", default = 9223372036854775807 }
small_unsigned = "small_integer unsigned"
whole_unsigned = { type = "integer unsigned", default = 4294967295 }
big_unsigned = { type = "big_integer unsigned", default = 18446744073709551615 }
truth = { type = "boolean", nullable = false, default = true }
untruth = { type = "boolean", default = false }
single = { type = "float", default = 1.5 }
double = { type = "double", default = -0.25 }
price = { type = "numeric(10, 2)", default = 3.50 }
exact = "numeric"
name = { type = "string(60)", nullable = false, default = "it's" }
endless = { type = "string", default = "" }
code = { type = "char(3)", default = "abc" }
note = { type = "text", default = "a\nb" }
short_note = "text(tiny)"
medium_note = "text(medium)"
long_note = "text(long)"
bytes = "binary(16)"
blob = "large_binary"
long_blob = "large_binary(long)"
day = { type = "date", default = 2026-01-31 }
hour = { type = "time", default = 07:30:00 }
precise_hour = "time(3)"
at = { type = "datetime", default = 2026-01-31T07:30:00 }
precise_at = "datetime(3)"
zoned_at = { type = "datetime(tz)", default = 2026-01-31T07:30:00Z }
precise_zoned_at = "datetime(tz, 6)"
now_at = { type = "datetime", nullable = false, default = { sql = "CURRENT_TIMESTAMP" } }
span = { type = { postgres = "interval", default = "big_integer" } }
key = { type = "uuid", default = "00000000-0000-0000-0000-000000000001" }
document = { type = "json", default = "{}" }
state = { type = "enum(open, 'not open')", nullable = false, default = "open" }
total = { type = "integer", generated = { sql = "whole + 1", stored = true } }
other_id = { type = "integer", references = "other", on_delete = "cascade" }
[[portable.checks]]
expression = "whole BETWEEN 0 AND 100"
[[portable.indexes]]
columns = ["lower(name)"]
where = "truth"
[[portable.unique]]
columns = ["name", "code"]
"#;

/// Both ways of a script, as it is written.
fn script(operations: &[Operation]) -> [Vec<Operation>; 2] {
    let back = operation::reverse(operations).unwrap_or_default();
    let script = Script {
        upgrade: operations.iter().cloned().map(Into::into).collect(),
        downgrade: back.into_iter().map(Into::into).collect(),
        ..Script::default()
    };
    let script = script.canonical();
    [script.upgrade, script.downgrade].map(|way| way.into_iter().map(|it| it.operation).collect())
}

fn found_on_sqlite(db: &mut dyn Connection) -> Result<Vec<Operation>, Failed> {
    let dialect = Sqlite::bundled();
    let live = dialect.inspect(db, &Scope::default())?;
    let declared = declared(MODELS)?;
    let mut schema = declared.schema.clone();
    let mut normalized = dialect.normalize(&schema, &live, db).map_err(explained)?;
    compared(&dialect, &live, &declared, &mut schema, &mut normalized)
}

fn run_on_sqlite(db: &mut dyn Connection, operations: &[Operation]) -> Result<(), Failed> {
    let dialect = Sqlite::bundled();
    dialect.prepare(db, &Limits::default())?;
    db.execute("BEGIN")?;
    let outcome = run::execute(&dialect, db, operations, &|_| {});
    outcome.map_err(|(_, cause)| format!("{cause:?}"))?;
    Ok(db.execute("COMMIT")?)
}

/// Written on SQLite, run on PostgreSQL.
pub(crate) fn to_postgres() -> Result<(), Failed> {
    let [there, back] = script(&found_on_sqlite(&mut memory::database())?);
    for server in Server::every_postgres() {
        let mut live = Live::of(&Case::default(), &server);
        live.run(&there)?;
        live.is_silent("after a script from SQLite", MODELS)?;
        live.run(&back)?;
        let left = live.dialect.inspect(&mut live.db, &Scope::default())?;
        same("left", &format!("{:?}", Schema::default()), &format!("{left:?}"))?;
    }
    Ok(())
}

/// Written on PostgreSQL, run on SQLite.
pub(crate) fn to_sqlite() -> Result<(), Failed> {
    for server in Server::every_postgres() {
        let mut live = Live::of(&Case::default(), &server);
        let (_, there, back) = live.difference(&declared(MODELS)?)?;
        let mut db = memory::database();
        run_on_sqlite(&mut db, &there)?;
        same("found on SQLite", "", text(&found_on_sqlite(&mut db)?).trim())?;
        run_on_sqlite(&mut db, &back)?;
        let left = memory::inspect(&mut db);
        same("left", &format!("{:?}", Schema::default()), &format!("{left:?}"))?;
    }
    Ok(())
}
