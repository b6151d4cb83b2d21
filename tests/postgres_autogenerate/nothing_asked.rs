//! Where nothing has changed, the server is asked about no table: a comparison takes as long as
//! looking does.

use std::fmt::Write as _;

use libtest_mimic::Failed;
use limbeck::dialect::Scope;
use limbeck::diff::diff;

use super::Here;
use crate::support::autogenerate::{Live, declared, same};
use crate::support::noting::Noting;
use crate::support::server::Server;

const TABLES: usize = 300;

/// What nearly every project has, in each of many tables.
fn models() -> String {
    let mut models = "[enums]\nmood = [\"sad\", \"ok\"]\n".to_owned();
    for at in 0..TABLES {
        let before = at.saturating_sub(1);
        let _ = write!(
            models,
            r#"
[t{at}.columns]
id = {{ type = "big_integer", primary_key = true }}
parent_id = {{ type = "big_integer", references = "t{before}", on_delete = "cascade" }}
name = {{ type = "string(60)", nullable = false, default = "it's", unique = true }}
kind = {{ type = "string(20)", check = "kind IN ('a', 'b', 'c')" }}
state = {{ type = "enum(open, closed)", default = "open" }}
mood = {{ type = "mood", default = "sad" }}
price = {{ type = "numeric(10, 2)", default = 3.50, check = "price >= 0" }}
count = {{ type = "integer", default = 0, check = "count BETWEEN 0 AND 100" }}
ratio = {{ type = "double", default = 0.5 }}
note = {{ type = "text", comment = "for people", check = "length(note) > 0 AND note NOT LIKE 'x%'" }}
active = {{ type = "boolean", nullable = false, default = true }}
day = {{ type = "date", default = 2026-01-31, check = "day >= '2020-01-01'" }}
hour = {{ type = "time", default = 07:30:00 }}
created_at = {{ type = "datetime", nullable = false, default = {{ sql = "CURRENT_TIMESTAMP" }} }}
updated_at = {{ type = "datetime(tz)", default = {{ sql = "now()" }} }}
began_at = {{ type = "datetime(tz)", default = 2026-01-31T07:30:00Z }}
ends_at = {{ type = "datetime", default = 2026-01-31T07:30:00 }}
document = {{ type = "json", default = "{{}}" }}
code = {{ type = "uuid", default = {{ sql = "gen_random_uuid()" }} }}
fixed = {{ type = "uuid", default = "00000000-0000-0000-0000-000000000001" }}
tags = {{ type = "array(text)", default = {{ sql = "'{{}}'" }} }}
total = {{ type = "numeric(12, 2)", generated = {{ sql = "price * count", stored = true }} }}
[[t{at}.indexes]]
name = "ix_t{at}_lower"
columns = ["lower(name)"]
unique = true
[[t{at}.indexes]]
name = "ix_t{at}_active"
columns = ["created_at desc", "kind"]
where = "active AND kind <> 'c'"
[[t{at}.indexes]]
name = "ix_t{at}_open"
columns = ["coalesce(note, '')"]
where = "kind IN ('a', 'b') AND parent_id IS NOT NULL"
"#
        );
    }
    models
}

/// What is executed while `models` are compared with the database, in which there is no difference.
fn made(live: &mut Live, models: &str) -> Result<String, Failed> {
    let Live { dialect, db, .. } = live;
    let there = dialect.inspect(&mut **db, &Scope::default())?;
    let mut db = Noting::new(&mut **db);
    let normalized = dialect.normalize(&declared(models)?.schema, &there, &mut db)?;
    same("found", "", &crate::support::law::text(&diff(&there, &normalized)))?;
    Ok(db.executed.join("\n"))
}

/// Makes many tables and compares them, alone and beside a view.
pub(crate) fn check() -> Result<(), Failed> {
    for server in Server::every_postgres() {
        let mut live = Live::empty(&server, &Here);
        let models = models();
        let (_, there, _) = live.difference(&declared(&models)?)?;
        live.run(&there)?;
        let asked = made(&mut live, &models)?;
        same("asked", "", asked.get(..5000).unwrap_or(&asked))?;

        // The server has its own words for a view, and it alone is made.
        let view = "[views.v]\ndefinition = \"SELECT id, UPPER(name) AS name FROM t0\"\n";
        let models = format!("{models}{view}");
        let (_, there, _) = live.difference(&declared(&models)?)?;
        live.run(&there)?;
        let asked = made(&mut live, &models)?;
        let tables = asked.matches("CREATE TABLE").count();
        same("tables that are made beside a view", "0", &tables.to_string())?;
    }
    Ok(())
}
