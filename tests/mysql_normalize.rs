//! What is declared is what MySQL and MariaDB report of it, in whichever way it is written.
//!
//! Each case is made as it is declared and read back. Nothing differs then, neither before it is known
//! what is there nor behind it, in both directions.

#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use limbeck::dialect::mysql::{MySql, MySqlConnection};
use limbeck::dialect::{Connection, DbError, Dialect, NormalizeError, Scope};
use limbeck::diff::diff;
use limbeck::models::{self, Naming};
use limbeck::operation::Operation;
use limbeck::schema::{Check, Column, Name, Schema, Sql, Table, Type};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::law::{cases, text};
use support::noting::Noting;
use support::server::{Database, Server};

/// A case: its name, its models, and other ways to write the same.
struct Case {
    name: &'static str,
    models: &'static str,
    also: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "texts",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
empty = { type = "string(9)", default = "" }
quote = { type = "string(9)", default = "it's" }
back = { type = "string(9)", default = "a\\b\"" }
line = { type = "string(9)", default = "a\nb" }
null = { type = "string(9)", default = "NULL" }
long = { type = "text", default = "it's" }
umlaut = { type = "string(9)", default = "ä😀?" }
digits = { type = "string(9)", default = "5" }
code = { type = "char(3)", default = "abc" }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
empty = { type = "string(9)", default = { sql = "''" } }
quote = { type = "string(9)", default = { sql = "'it\\'s'" } }
back = { type = "string(9)", default = { sql = "'a\\\\b\"'" } }
line = { type = "string(9)", default = { sql = "'a\\nb'" } }
null = { type = "string(9)", default = { sql = "'NULL'" } }
long = { type = "text", default = { sql = "('it''s')" } }
umlaut = { type = "string(9)", default = { sql = "_utf8mb4'ä😀?'" } }
digits = { type = "string(9)", default = 5 }
code = { type = "char(3)", default = { sql = "(\"abc\")" } }
"#],
    },
    Case {
        name: "numbers and truth",
        models: r#"
[t.columns]
id = { type = "big_integer unsigned", primary_key = true, identity = {} }
yes = { type = "boolean", nullable = false, default = true }
no = { type = "boolean", default = false }
whole = { type = "integer", default = 1 }
negative = { type = "small_integer", default = -7 }
unsigned = { type = "integer unsigned", default = 4294967295 }
price = { type = "numeric(10, 2)", default = 1.0 }
exact = { type = "numeric(10, 2)", default = 3.55 }
single = { type = "float", default = 1.5 }
double = { type = "double", default = 0.1 }
large = { type = "double", default = 15000000000.0 }
"#,
        also: &[r#"
[t.columns]
id = { type = "big_integer unsigned", primary_key = true, identity = {} }
yes = { type = "boolean", nullable = false, default = 1 }
no = { type = "boolean", default = { sql = "false" } }
whole = { type = "integer", default = { sql = "(1)" } }
negative = { type = "small_integer", default = { sql = "-(7)" } }
unsigned = { type = "integer unsigned", default = { sql = "'4294967295'" } }
price = { type = "numeric(10, 2)", default = 1 }
exact = { type = "numeric(10, 2)", default = { sql = "3.550" } }
single = { type = "float", default = { sql = "1.50" } }
double = { type = "double", default = { sql = "0.1" } }
large = { type = "double", default = { sql = "1.5e10" } }
"#],
    },
    Case {
        name: "rounded numbers",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
third = { type = "float", default = 0.333333333 }
more = { type = "double", default = 0.12345678901234567 }
less = { type = "double", default = 1e-7 }
"#,
        also: &[],
    },
    Case {
        name: "moments",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
at = { type = "datetime", nullable = false, default = { sql = "CURRENT_TIMESTAMP" } }
precise = { type = "datetime(6)", default = { sql = "CURRENT_TIMESTAMP(6)" } }
milli = { type = "datetime(tz, 3)", nullable = false, default = { sql = "now()" }, mysql.on_update = "CURRENT_TIMESTAMP" }
zoned = { type = "datetime(tz)", default = { sql = "CURRENT_TIMESTAMP" }, mysql.on_update = "CURRENT_TIMESTAMP" }
day = { type = "date", default = "2020-01-02" }
hour = { type = "time", default = "07:30:00" }
then = { type = "datetime", default = "2020-01-02 07:30:00" }
half = { type = "datetime(3)", default = "2020-01-02 07:30:00.5" }
other = { type = "datetime", default = "2020-1-2" }
today = { type = "date", default = { sql = "(curdate())" } }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
at = { type = "datetime(0)", nullable = false, default = { sql = "now()" } }
precise = { type = "datetime(6)", default = { sql = "current_timestamp" } }
milli = { type = "datetime(tz, 3)", nullable = false, default = { sql = "localtime(3)" }, mysql.on_update = "now(3)" }
zoned = { type = "datetime(tz)", default = { sql = "now()" }, mysql.on_update = "now()" }
day = { type = "date", default = { sql = "'2020-01-02'" } }
hour = { type = "time(0)", default = "07:30:00" }
then = { type = "datetime", default = "2020-01-02 07:30:00" }
half = { type = "datetime(3)", default = "2020-01-02 07:30:00.500" }
other = { type = "datetime", default = "2020-01-02 00:00:00" }
today = { type = "date", default = { sql = "CURRENT_DATE" } }
"#],
    },
    Case {
        name: "computed defaults",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
key = { type = "char(36)", default = { sql = "uuid()" } }
name = { type = "string(60)", default = { sql = "concat('it''s', LOWER('A'))" } }
sum = { type = "integer", default = { sql = "1 + 2" } }
document = { type = "json", default = { sql = "json_object()" } }
list = { type = "json", default = "[]" }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
key = { type = "char(36)", default = { sql = "(UUID())" } }
name = { type = "string(60)", default = { sql = "(CONCAT(\"it's\", lcase('A')))" } }
sum = { type = "integer", default = { sql = "(1+2)" } }
document = { type = "json", default = { sql = "(JSON_OBJECT())" } }
list = { type = "json", default = { sql = "('[]')" } }
"#],
    },
    Case {
        name: "types",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
document = "json"
endless = "string"
mood = { type = "enum(open, 'not open')", default = "open" }
bytes = "binary(16)"
blob = "large_binary"
key = "uuid"
price = "numeric"
small = { type = { mysql = "TINYINT(4)", default = "integer" } }
medium = { type = { mysql = "MEDIUMINT UNSIGNED", default = "integer" } }
many = { type = { mysql = "SET('a', 'b')", default = "string(9)" } }
bits = { type = { mysql = "BIT", default = "integer" } }
year = { type = { mysql = "year", default = "integer" } }
filled = { type = { mysql = "INT(5) ZEROFILL", default = "integer" } }
hour = "time(3)"
"#,
        also: &[],
    },
    Case {
        name: "generated columns and checks",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", nullable = false }
b = "string(20)"
c = { type = "integer", generated = { sql = "a + 1", stored = true } }
d = { type = "string(40)", generated = { sql = "concat(b, 'x')" } }
[[t.checks]]
name = "in_reach"
expression = "a > 0 and (b != 'x' or not b like 'a\\_%')"
[[t.checks]]
name = "among"
expression = "b IN ('x', 'it''s') && a % 2 = 0"
[[t.checks]]
name = "own_table"
expression = "t.a < 1000"
[[t.checks]]
expression = "length(b) > 0"
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", nullable = false }
b = "string(20)"
c = { type = "integer", generated = { sql = "(`a`)+1", stored = true } }
d = { type = "string(40)", generated = { sql = "CONCAT(`b`, \"x\")" } }
[[t.checks]]
name = "in_reach"
expression = "(`a` > 0) AND (b <> 'x' OR b NOT LIKE 'a\\\\_%')"
[[t.checks]]
name = "among"
expression = "b in ('x', 'it\\'s') and mod(a, 2) = 0"
[[t.checks]]
name = "own_table"
expression = "`a` < 1000"
[[t.checks]]
expression = "octet_length(B) > 0"
"#],
    },
    Case {
        name: "keys and indexes",
        models: r#"
[other.columns]
id = { type = "integer", primary_key = true }
[t]
primary_key = { name = "pk_t", columns = ["id"] }
[t.columns]
id = { type = "integer" }
a = { type = "integer", references = "other", on_delete = "restrict" }
b = { type = "integer", references = "other", on_delete = "cascade" }
c = { type = "string(200)", unique = true }
d = "integer"
[[t.indexes]]
name = "ix_b"
columns = ["b"]
[[t.indexes]]
name = "ix_nulls"
columns = ["d nulls first", "a desc nulls last"]
[[t.indexes]]
name = "ix_tree"
columns = ["a", "d"]
using = "BTREE"
comment = ""
[[t.indexes]]
name = "ux_d"
columns = ["d", "c"]
unique = true
[[t.indexes]]
name = "ix_words"
columns = ["c"]
using = "fulltext"
"#,
        also: &[],
    },
    Case {
        name: "character sets, comments, engines",
        models: r#"
[t]
comment = ""
mysql.engine = "innodb"
mysql.collation = "utf8mb4_bin"
[t.columns]
id = { type = "integer", primary_key = true, comment = "it's" }
own = { type = "string(9)", collation = "utf8mb4_bin" }
other = { type = "string(9)", collation = "latin1_bin" }
set = { type = "string(9)", mysql.charset = "latin1" }
old = { type = "string(9)", mysql.charset = "utf8" }
none = { type = "integer", comment = "" }
[u]
mysql.engine = "myisam"
mysql.row_format = "DYNAMIC"
mysql.charset = "utf8"
[u.columns]
id = { type = "integer", primary_key = true }
name = "string(9)"
[[u.indexes]]
name = "ix_short"
columns = ["name"]
mysql.lengths = "5"
"#,
        also: &[],
    },
    Case {
        name: "parts",
        models: r#"
[t]
mysql.partition_by = "range(id) (partition p0 values less than (10), partition p1 values less than maxvalue)"
[t.columns]
id = { type = "integer", primary_key = true }
"#,
        also: &[],
    },
];

/// A database with what is declared in it.
struct Live {
    dialect: MySql,
    db: MySqlConnection,
    _database: Database,
}

impl Live {
    fn on(server: &Server) -> Live {
        let database = server.database();
        let (dialect, db) = database.mysql_session();
        Live { dialect, db, _database: database }
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
    let declared = models::load(folder.path(), &["models.toml".to_owned()], &Naming::default());
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
        let what = |when: &str| format!("{} {when} on {}", case.name, live_title(&server));
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

fn live_title(server: &Server) -> &'static str {
    let mut live = Live::on(server);
    let _ = live.inspect();
    live.dialect.title()
}

macro_rules! cases {
    ($($name:ident: $at:literal,)*) => {
        $(#[test]
        fn $name() {
            settles(CASES.iter().find(|it| it.name == $at).unwrap());
        })*
    };
}

cases! {
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
        let url = live._database.url();
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

/// Expressions over the columns of one table: what is declared is known in what is reported of it.
#[test]
fn random_expressions_are_known() {
    for server in Server::every_mysql() {
        let live = std::cell::RefCell::new(Live::on(&server));
        let outcome = TestRunner::new(cases(40)).run(
            &proptest::collection::vec(truth(3), 1..8),
            |expressions| {
                let live = &mut *live.borrow_mut();
                let schema = table_with(&expressions);
                live.db.execute("DROP TABLE IF EXISTS t").unwrap();
                // Some divide by 0, and say so at once.
                if live.try_to_make(&schema).is_err() {
                    return Err(TestCaseError::reject("refused"));
                }
                let there = live.inspect();
                let mut noting = Noting::new(&mut live.db);
                let normalized = live.dialect.normalize(&schema, &there, &mut noting).unwrap();
                if !noting.executed.is_empty() {
                    let reported: Vec<_> = there.tables[0]
                        .checks
                        .iter()
                        .map(|it| it.expression.text.clone())
                        .collect();
                    return Err(TestCaseError::fail(format!(
                        "asked:\n{expressions:#?}\n{reported:#?}"
                    )));
                }
                let found = diff(&there, &normalized);
                prop_assert!(found.is_empty(), "{}", text(&found));
                Ok(())
            },
        );
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// What is not known is asked, and then it is the same: whichever expression is declared.
#[test]
fn random_expressions_differ_when_they_do() {
    for server in Server::every_mysql() {
        let live = std::cell::RefCell::new(Live::on(&server));
        let pairs = (truth(2), truth(2));
        let outcome = TestRunner::new(cases(60)).run(&pairs, |(one, two)| {
            let live = &mut *live.borrow_mut();
            let first = table_with(std::slice::from_ref(&one));
            let second = table_with(std::slice::from_ref(&two));
            live.db.execute("DROP TABLE IF EXISTS t").unwrap();
            if live.try_to_make(&second).is_err() {
                return Err(TestCaseError::reject("refused"));
            }
            let other = live.inspect();
            live.db.execute("DROP TABLE t").unwrap();
            if live.try_to_make(&first).is_err() {
                return Err(TestCaseError::reject("refused"));
            }
            let there = live.inspect();
            let normalized = live.normalized(&second, &there);
            let is_same = diff(&there, &normalized).is_empty();
            let is_reported_alike = diff(&there, &other).is_empty();
            prop_assert!(
                is_same || !is_reported_alike,
                "reported alike, and said to differ: {one} | {two}"
            );
            // Whoever says that they are the same must have all rows on their side.
            prop_assert!(!is_same || agree(live, &one, &two), "said to be the same: {one} | {two}");
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// Whether two expressions are true, false and unknown of the same rows.
fn agree(live: &mut Live, one: &str, two: &str) -> bool {
    let integers = ["NULL", "-1", "0", "1", "2"];
    let texts = ["NULL", "''", "'a'", "'b%'", "'1'"];
    let mut rows = Vec::new();
    for a in integers {
        for b in integers {
            for s in texts {
                rows.push(format!("SELECT {a} AS a, {b} AS b, {s} AS s, DATE '2020-01-31' AS d"));
            }
        }
    }
    let sql = format!(
        "SELECT a, b, s FROM ({}) t WHERE NOT (({one}) IS TRUE <=> ({two}) IS TRUE) \
         OR NOT (({one}) IS NULL <=> ({two}) IS NULL)",
        rows.join(" UNION ALL ")
    );
    let differing = live.db.query(&sql, &[]);
    differing.unwrap_or_else(|error| panic!("{error}: {sql}")).is_empty()
}

fn table_with(expressions: &[String]) -> Schema {
    let columns = [("a", "integer"), ("b", "integer"), ("s", "string(20)"), ("d", "date")];
    let column = |(name, ty): (&str, &str)| Column::new(name, ty.parse::<Type>().unwrap());
    let check = |(number, text): (usize, &String)| Check {
        name: Some(format!("check_{number}")),
        expression: Sql::new(text),
        ..Check::default()
    };
    let table = Table {
        name: Name::new("t"),
        columns: columns.map(column).to_vec(),
        checks: expressions.iter().enumerate().map(check).collect(),
        ..Table::default()
    };
    Schema { tables: vec![table], ..Schema::default() }
}

/// A number.
fn number() -> impl Strategy<Value = String> {
    let leaf =
        prop::sample::select(vec!["a", "b", "`A`", "t.b", "0", "1", "-1", "2.50", "007", ".5"]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 12, 2, |inner| {
        let operator =
            prop::sample::select(vec!["+", "-", "*", "/", "%", "div", "mod", "|", "&", "<<"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|it| format!("({it})")),
            inner.clone().prop_map(|it| format!("- {it}")),
            inner.clone().prop_map(|it| format!("abs({it})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("mod({a}, {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("if({a} > 1, {b}, {a})")),
        ]
    })
}

/// A text.
fn words() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["s", "'x'", "'it''s'", "\"y\"", "'a\\_%'", "''"]);
    leaf.prop_map(str::to_owned).prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| format!("LOWER({it})")),
            inner.clone().prop_map(|it| format!("trim({it})")),
            inner.clone().prop_map(|it| format!("substring({it}, 1, 2)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("concat({a}, {b})")),
            (inner.clone(), inner)
                .prop_map(|(a, b)| format!("case when a > 1 then {a} else {b} end")),
        ]
    })
}

/// A comparison, and whatever is built of such.
fn truth(depth: u32) -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["=", "!=", "<>", "<", ">", "<=", ">=", "<=>"]);
    let leaf = prop_oneof![
        (number(), operator.clone(), number()).prop_map(|(a, op, b)| format!("a + {a} {op} {b}")),
        (words(), operator, words()).prop_map(|(a, op, b)| format!("concat(s, {a}) {op} {b}")),
        (words(), words()).prop_map(|(a, b)| format!("concat(s, {a}) like {b}")),
        (words(), words()).prop_map(|(a, b)| format!("concat(s, {a}) not like {b}")),
        (number(), number()).prop_map(|(a, b)| format!("a between {a} and {b}")),
        (number(), number()).prop_map(|(a, b)| format!("a not in ({a}, {b})")),
        number().prop_map(|a| format!("b in ({a})")),
        Just("s is not null".to_owned()),
        Just("isnull(a)".to_owned()),
        Just("(a = 1) is unknown".to_owned()),
        Just("d + interval 1 day > date '2020-01-01'".to_owned()),
        Just("year(d) = 2020".to_owned()),
        Just("length(s) > 0".to_owned()),
    ];
    leaf.prop_recursive(depth, 16, 2, |inner| {
        let joint = prop::sample::select(vec!["and", "or", "AND", "&&", "||", "xor"]);
        prop_oneof![
            3 => (inner.clone(), joint, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            2 => inner.clone().prop_map(|it| format!("({it})")),
            2 => inner.clone().prop_map(|it| format!("not {it}")),
            1 => inner.clone().prop_map(|it| format!("not ({it})")),
            1 => inner.prop_map(|it| format!("({it}) is not true")),
        ]
    })
}
