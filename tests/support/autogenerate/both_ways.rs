//! A script that was written on one database runs on another as it is, and nothing is found there.

use libtest_mimic::Failed;
use limbeck::dialect::sqlite::Sqlite;
use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::schema::Schema;

use super::{Kind, Session, carry_out, declared, found, same, script};
use crate::support::law::text;
use crate::support::memory;
use crate::support::server::{Database, Server};

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
zoned_at = "datetime(tz)"
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
columns = ["whole", "code desc"]
[[portable.unique]]
columns = ["name", "code"]
"#;

/// Where a script is written, or run.
pub(crate) enum Home {
    /// In memory.
    Sqlite,
    /// In a database of its own.
    Server(Server, &'static dyn Kind),
}

impl Home {
    /// A server of a kind.
    pub(crate) fn of(server: Server, kind: &'static dyn Kind) -> Home {
        Home::Server(server, kind)
    }

    /// A database with nothing in it, which is dropped behind its session.
    fn session(&self) -> (Option<Database>, Session) {
        match self {
            Home::Sqlite => (None, (Box::new(Sqlite::bundled()), Box::new(memory::database()))),
            Home::Server(server, kind) => {
                let database = server.database();
                let session = kind.session(&database);
                (Some(database), session)
            }
        }
    }
}

/// Written on `from`, run on `to`, there and back; `more` is declared beside what any database has.
pub(crate) fn lead(from: &Home, to: &Home, more: &str) -> Result<(), Failed> {
    let declared = declared(&format!("{MODELS}{more}"))?;
    let (_database, (dialect, mut db)) = from.session();
    let [there, back] = script(&found(&*dialect, &mut *db, &declared)?);
    let (_database, (dialect, mut db)) = to.session();
    carry_out(&*dialect, &mut *db, &there)?;
    let left = found(&*dialect, &mut *db, &declared)?;
    same("found", "", text(&left).trim())?;
    carry_out(&*dialect, &mut *db, &back)?;
    let left = dialect.inspect(&mut *db, &Scope::default())?;
    same("left", &format!("{:?}", Schema::default()), &format!("{left:?}"))
}
