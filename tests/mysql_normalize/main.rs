//! What is declared is what MySQL and MariaDB report of it, in whichever way it is written.
//!
//! Each case is made as it is declared and read back. Nothing differs then, neither before it is known
//! what is there nor behind it, in both directions.

#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cases;
mod random;
#[path = "../support/mod.rs"]
mod support;

use cases::{CASES, Case};
use limbeck::dialect::mysql::{MySql, MySqlConnection};
use limbeck::dialect::{Connection, DbError, Dialect, NormalizeError, Scope};
use limbeck::diff::diff;
use limbeck::models::{self, ModelSource, Naming};
use limbeck::operation::Operation;
use limbeck::schema::{Schema, Sql};
use support::law::text;
use support::noting::Noting;
use support::server::{Database, Server};

/// A database with what is declared in it.
struct Live {
    dialect: MySql,
    db: MySqlConnection,
    database: Database,
}

impl Live {
    fn on(server: &Server) -> Live {
        let database = server.database();
        let (dialect, db) = database.mysql_session();
        Live { dialect, db, database }
    }

    fn normalized(&mut self, declared: &Schema, live: &Schema) -> Schema {
        let outcome = self.dialect.normalize(declared, live, &mut self.db);
        outcome.unwrap_or_else(|error| panic!("{error}: {error:?}"))
    }

    fn make(&mut self, declared: &Schema) {
        self.try_to_make(declared).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    }

    fn try_to_make(&mut self, declared: &Schema) -> Result<(), DbError> {
        for table in &declared.tables {
            let op = Operation::CreateTable(table.clone());
            for statement in self.dialect.render(&op, &Schema::default()).unwrap() {
                self.db.execute(&statement.sql)?;
            }
        }
        Ok(())
    }

    fn inspect(&mut self) -> Schema {
        self.dialect.inspect(&mut self.db, &Scope::default()).unwrap()
    }
}

fn declared(models: &str) -> Schema {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("models.toml"), models).unwrap();
    let declared = models::load(
        folder.path(),
        &[ModelSource::Files("models.toml".to_owned())],
        &Naming::default(),
    );
    declared.unwrap_or_else(|error| panic!("{error}: {error:#?}")).schema
}

/// Nothing differs, in either direction.
fn alike(when: &str, live: &Schema, normalized: &Schema) {
    for (way, operations) in [("there", diff(live, normalized)), ("back", diff(normalized, live))] {
        assert!(
            operations.is_empty(),
            "{when}, {way}:{}\n{live:#?}\n{normalized:#?}",
            text(&operations)
        );
    }
}

fn settles(case: &Case) {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let title = live.dialect.title();
        let what = |when: &str| format!("{} {when} on {title}", case.name);
        let schema = declared(case.models);
        let before = live.normalized(&schema, &Schema::default());
        live.make(&schema);
        let there = live.inspect();
        // How a table is parted the server writes in its own way.
        if case.name != "parts" {
            alike(&what("before"), &there, &before);
        }
        let after = live.normalized(&schema, &there);
        alike(&what("after"), &there, &after);
        for also in case.also {
            let also = live.normalized(&declared(also), &there);
            alike(&what("in other words"), &there, &also);
        }
        // Nothing is left behind.
        assert_eq!(live.inspect(), there, "{}", case.name);
    }
}

macro_rules! settled {
    ($($name:ident: $at:literal,)*) => {
        $(#[test]
        fn $name() {
            settles(CASES.iter().find(|it| it.name == $at).unwrap());
        })*
    };
}

settled! {
    texts_are_what_they_were: "texts",
    numbers_are_what_they_were: "numbers and truth",
    rounded_numbers_are_asked_for: "rounded numbers",
    moments_are_what_they_were: "moments",
    computed_defaults_are_what_they_were: "computed defaults",
    types_are_what_they_were: "types",
    expressions_are_what_they_were: "generated columns and checks",
    keys_are_what_they_were: "keys and indexes",
    settings_are_what_they_were: "character sets, comments, engines",
    parts_are_what_they_were: "parts",
}

#[test]
fn expressions_of_indexes_are_what_they_were() {
    let Some(server) = Server::mysql() else { return };
    let mut live = Live::on(&server);
    let models = |expression: &str| {
        declared(&format!(
            "[t.columns]\nid = {{ type = \"integer\", primary_key = true }}\nname = \"string(20)\"\n\
             [[t.indexes]]\nname = \"ix_lower\"\ncolumns = [\"{expression}\", \"id desc\"]\n"
        ))
    };
    let schema = models("(LOWER(name))");
    let before = live.normalized(&schema, &Schema::default());
    live.make(&schema);
    let there = live.inspect();
    alike("before", &there, &before);
    for same in ["(lower(`name`))", "(lcase(name))"] {
        let after = live.normalized(&models(same), &there);
        alike(same, &there, &after);
    }
}

/// What is known of the live database is not asked.
#[test]
fn where_nothing_differs_nothing_is_made() {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let case = CASES.iter().find(|it| it.name == "generated columns and checks").unwrap();
        let schema = declared(case.models);
        live.make(&schema);
        let there = live.inspect();
        for models in [case.models].iter().chain(case.also) {
            let mut noting = Noting::new(&mut live.db);
            let normalized =
                live.dialect.normalize(&declared(models), &there, &mut noting).unwrap();
            assert_eq!(noting.executed, Vec::<String>::new());
            assert_eq!(noting.queries, Vec::<String>::new());
            alike("silently", &there, &normalized);
        }
    }
}

/// What cannot be made is said, all of it, and no table is left.
#[test]
fn what_the_server_refuses_is_said() {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let schema = declared(
            "[t.columns]\na = \"integer\"\n[[t.checks]]\nname = \"c\"\nexpression = \"b > 0\"\n\
             [u.columns]\na = { type = \"integer\", default = { sql = \"nothing(1)\" } }\n\
             [v.columns]\na = \"integer\"\n",
        );
        let error = live.dialect.normalize(&schema, &Schema::default(), &mut live.db).unwrap_err();
        let NormalizeError::Unsupported(all) = error else { panic!("{error:?}") };
        let tables: Vec<_> = all.iter().map(|it| it.table.clone().unwrap().name).collect();
        assert_eq!(tables, ["t", "u"], "{all:?}");
        assert!(live.inspect().tables.is_empty());
        let left = live.db.query("SELECT 1", &[]).unwrap();
        assert_eq!(left, [vec![Some("1".to_owned())]]);
    }
}

/// A schema is a database here, and only that of the connection is looked into.
#[test]
fn what_is_in_another_database_is_refused() {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let own = live.dialect.schema.clone().unwrap();
        let schema = declared(&format!(
            "[Log]\nschema = \"audit\"\n[Log.columns]\na = \"integer\"\n\
             [Own]\nschema = \"{own}\"\n[Own.columns]\na = \"integer\"\n\
             [views.v]\nschema = \"audit\"\ndefinition = \"SELECT 1\"\n\
             [schemas.audit]\n"
        ));
        let error = live.dialect.normalize(&schema, &Schema::default(), &mut live.db).unwrap_err();
        let NormalizeError::Unsupported(all) = error else { panic!("{error:?}") };
        let said: Vec<_> = all.iter().map(|it| it.what.as_str()).collect();
        let of_another =
            |what| format!("{what} is another database's here, where a schema is a database");
        assert_eq!(said, ["table `audit.log`", "`schema audit`", "`view audit.v`"].map(of_another));
    }
}

/// A live table of the same name is not touched by a question about it.
#[test]
fn a_question_hides_no_table() {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        live.db.execute("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 1))").unwrap();
        live.db.execute("INSERT INTO t VALUES (5)").unwrap();
        let there = live.inspect();
        let schema = declared(
            "[t.columns]\na = \"integer\"\n[[t.checks]]\nname = \"c\"\nexpression = \"a > 2\"\n",
        );
        let normalized = live.normalized(&schema, &there);
        assert_eq!(diff(&there, &normalized).len(), 1);
        assert_eq!(live.inspect(), there);
        let rows = live.db.query("SELECT a FROM t", &[]).unwrap();
        assert_eq!(rows, [vec![Some("5".to_owned())]]);
    }
}

/// Without the right to make temporary tables the declaration stands as far as it can be told.
#[test]
fn without_the_right_to_ask_the_rest_is_told() {
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let person = format!("p{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let database = live.dialect.schema.clone().unwrap();
        for sql in [
            format!("CREATE USER '{person}'@'%' IDENTIFIED BY 'secret'"),
            format!("GRANT SELECT ON `{database}`.* TO '{person}'@'%'"),
        ] {
            live.db.execute(&sql).unwrap();
        }
        let url = live.database.url();
        let url = url.replacen("//root@", &format!("//{person}:secret@"), 1).parse().unwrap();
        let mut db = MySqlConnection::open(&url, std::path::Path::new(".")).unwrap();
        let dialect = MySql::of(&mut db).unwrap();
        let schema =
            declared("[t.columns]\na = { type = \"integer\", default = { sql = \"1 + 2\" } }\n");
        let normalized = dialect.normalize(&schema, &Schema::default(), &mut db).unwrap();
        let default = normalized.tables[0].columns[0].default.clone();
        drop(db);
        live.db.execute(&format!("DROP USER '{person}'@'%'")).unwrap();
        assert_eq!(default, Some(limbeck::schema::Value::Expression(Sql::new("1 + 2"))));
    }
}

/// What is not a table is written anew by the server, or stays as it was written.
#[test]
fn objects_are_what_they_were() {
    const MODELS: &str = r#"
[t.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", default = 1 }
[views.above]
definition = "select id, a + 1 as b from t where a > 0"
[views.beyond]
definition = "SELECT b FROM above"
[functions.twice]
arguments = "INTEGER"
definition = "CREATE FUNCTION twice(x INTEGER) RETURNS integer DETERMINISTIC RETURN x * 2"
[triggers.keep]
table = "t"
definition = "CREATE TRIGGER keep BEFORE INSERT ON t FOR EACH ROW SET NEW.a = twice(NEW.a)"
"#;
    for server in Server::every_mysql() {
        let mut live = Live::on(&server);
        let schema = declared(MODELS);
        let before = live.normalized(&schema, &Schema::default());
        for op in diff(&Schema::default(), &before) {
            for statement in live.dialect.render(&op, &Schema::default()).unwrap() {
                let made = live.db.execute(&statement.sql);
                made.unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
            }
        }
        let there = live.inspect();
        alike("before", &there, &before);
        let after = live.normalized(&schema, &there);
        alike("after", &there, &after);
    }
}
