//! What SQLite cannot be.

use super::*;
use crate::schema::{Definition, Enum, Extension, Function, Namespace, Sequence};

/// Every complaint about `declared`, one a line.
fn complaints(declared: &Schema) -> String {
    let errors = match normalize(declared) {
        Ok(normal) => return format!("{normal:?}"),
        Err(errors) => errors,
    };
    let line = |err: &Unsupported| {
        let table = err.table.as_ref().map(Name::to_string).unwrap_or_default();
        let column = err.column.as_ref().map(|it| format!(".{it}")).unwrap_or_default();
        let hint = err.hint.as_deref().unwrap_or_default();
        format!("{table}{column}: {}; {hint}", err.what)
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_that_a_table_cannot_be_is_told_at_once() {
    let identity =
        |ty: &str, identity: Identity| Column { identity: Some(identity), ..column("id", ty) };
    let start = SequenceOptions { start: Some(5), ..SequenceOptions::default() };
    let elsewhere = Sql { text: None, dialects: [("postgres".to_owned(), "x".to_owned())].into() };
    let generated = Some(Generated { expression: "1".into(), stored: true });
    let index = |name: &str, index: Index| Index { name: name.to_owned(), ..index };
    let declared = Schema {
        tables: vec![
            Table {
                name: Name { schema: Some("app".to_owned()), name: "t".to_owned() },
                columns: vec![
                    column("a", "array(integer)"),
                    column("A", "interval"),
                    Column { ty: Type::native("postgres", "inet"), ..column("b", "text") },
                    Column { collation: Some("nocaes".to_owned()), ..column("c", "text") },
                    Column { collation: Some("C".to_owned()), ..column("d", "enum mood") },
                    Column {
                        default: Some(Value::Expression(elsewhere.clone())),
                        options: text("sqlite.not_null_on_conflit", "fail"),
                        ..column("e", "text")
                    },
                    Column {
                        default: Some(Value::Expression(elsewhere.clone())),
                        ..column("f", "text")
                    },
                    Column {
                        default: Some(Value::Expression("1) CHECK (0".into())),
                        ..column("g", "text")
                    },
                    Column {
                        generated: Some(Generated { expression: "'a".into(), stored: true }),
                        ..column("h", "text")
                    },
                ],
                uniques: vec![Unique {
                    columns: strings(&["a"]),
                    deferrable: Some(Deferrable::default()),
                    ..Unique::default()
                }],
                checks: vec![
                    Check { expression: "a > 0 /*".into(), ..Check::default() },
                    Check {
                        name: Some("ck".to_owned()),
                        expression: elsewhere,
                        ..Check::default()
                    },
                    Check {
                        expression: "1".into(),
                        options: text("sqlite.on_conflict", "fail"),
                        ..Check::default()
                    },
                ],
                options: text("sqlite.strict", "yes"),
                ..Table::default()
            },
            Table {
                name: "u".into(),
                columns: vec![identity(
                    "integer",
                    Identity { always: true, ..Identity::default() },
                )],
                primary_key: key(&["id"]),
                indexes: vec![
                    index(
                        "T",
                        Index {
                            columns: vec![IndexColumn {
                                nulls: Some(Nulls::Last),
                                ..IndexColumn::new("id")
                            }],
                            ..Index::default()
                        },
                    ),
                    index(
                        "ix",
                        Index {
                            columns: vec![IndexColumn::new("id")],
                            predicate: Some("(".into()),
                            ..Index::default()
                        },
                    ),
                    index(
                        "gin",
                        Index {
                            using: Some("gin".to_owned()),
                            columns: vec![IndexColumn::new("id")],
                            ..Index::default()
                        },
                    ),
                    index(
                        "IX",
                        Index {
                            include: strings(&["id"]),
                            columns: vec![IndexColumn {
                                collation: Some("x".to_owned()),
                                ..IndexColumn::new("id")
                            }],
                            ..Index::default()
                        },
                    ),
                ],
                ..Table::default()
            },
            Table {
                name: "sqlite_x".into(),
                columns: vec![identity("text", Identity::default())],
                primary_key: key(&["id"]),
                ..Table::default()
            },
            Table {
                name: "v".into(),
                columns: vec![identity("integer", Identity { always: false, options: start })],
                options: on(&["sqlite.without_rowid"]),
                ..Table::default()
            },
            Table {
                name: "w".into(),
                columns: vec![column("id", "integer")],
                primary_key: key(&["id"]),
                options: on(&["sqlite.autoincrement"]),
                ..Table::default()
            },
            Table { name: "empty".into(), ..Table::default() },
            Table {
                name: "made".into(),
                columns: vec![
                    Column { generated: generated.clone(), ..column("a", "text") },
                    Column {
                        default: Some(Value::Literal(Literal::Integer(1))),
                        generated,
                        ..column("b", "text")
                    },
                ],
                primary_key: key(&["a"]),
                ..Table::default()
            },
        ],
        ..Schema::default()
    };
    assert_eq!(
        complaints(&declared),
        "\
app.t.a: SQLite has no arrays; `json` holds one
app.t.A: SQLite has no intervals; `big_integer` holds seconds; `{ postgres = \"interval\", default = \"big_integer\" }` keeps the interval elsewhere
app.t.A: SQLite takes `a` and `A` for one column; give one of them another name
app.t.b: the type `postgres: inet` names none for SQLite; add `sqlite = \"...\"` or `default = \"string(45)\"` to it
app.t.c: SQLite has no collation `nocaes`; did you mean `NOCASE`?
app.t.d: SQLite has no shared enums (enum `mood`); write the values in the column: `enum(a, b)`
app.t.d: SQLite has no collation `C`; it has `BINARY`, `NOCASE`, `RTRIM`
app.t.e: a column has no option `sqlite.not_null_on_conflit`; did you mean `sqlite.not_null_on_conflict`?
app.t.e: the default says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects
app.t.f: the default says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects
app.t.g: the default `1) CHECK (0` is no expression; close each parenthesis, quote and comment in it
app.t.h: the generated column `'a` is no expression; close each parenthesis, quote and comment in it
app.t: SQLite has no schemas (`app.t`); leave `app` out of the name
app.t: wrong value for the option `sqlite.strict`; it is true or false
app.t: SQLite has no deferrable unique constraints; leave `deferrable` out
app.t: the check `a > 0 /*` is no expression; close each parenthesis, quote and comment in it
app.t: the check `ck` says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects
app.t: the check has no option `sqlite.on_conflict`; 
u.id: SQLite lets any row bring a number of its own; leave `always` out
u: SQLite takes table `t` and index `T` for one name; give one of them another name
u: SQLite cannot place NULL otherwise in an index (index `T`); leave `nulls first` and `nulls last` out
u: the predicate of index `ix` `(` is no expression; close each parenthesis, quote and comment in it
u: SQLite has no index method `gin` (index `gin`); leave `using` out
u: SQLite takes index `ix` and index `IX` for one name; give one of them another name
u: SQLite has no collation `x`; it has `BINARY`, `NOCASE`, `RTRIM`
u: SQLite has no included columns (index `IX`); name them among the columns of the index
sqlite_x.id: SQLite numbers no column of the type `text`; make it `integer`
sqlite_x: SQLite keeps names that begin with `sqlite_` to itself (table `sqlite_x`); give it another name
v.id: SQLite numbers only a column that is the whole primary key of a table with rowids; make it the primary key, or give the numbers yourself
v.id: SQLite counts from 1 in steps of 1 and no other way; leave `start`, `increment`, `min`, `max`, `cache` and `cycle` out
v: a table of SQLite without rowids has a primary key; give it one, or leave `sqlite.without_rowid` out
w: `sqlite.autoincrement` is for a table whose whole primary key numbers itself; leave the option out
empty: SQLite has no tables without columns; give the table a column
made.a: SQLite has no generated columns in a primary key; make it unique instead
made.b: a generated column has no default; leave one of the two out
made: SQLite has no tables of generated columns alone; give it a column that is stored as it comes"
    );
}

#[test]
fn all_that_an_object_cannot_be_is_told_at_once() {
    let view = |name: &str, materialized: bool, definition: Sql| {
        Object::View(View { name: name.into(), materialized, definition, options: Options::new() })
    };
    let trigger = |name: &str, text: &str| {
        let (table, definition) = ("t".into(), Sql::new(text));
        Object::Trigger(Trigger { name: name.into(), table, definition })
    };
    let declared = Schema {
        tables: vec![Table {
            name: "t".into(),
            columns: vec![column("a", "integer")],
            ..Table::default()
        }],
        objects: vec![
            Object::Namespace(Namespace { name: "app".to_owned() }),
            Object::Extension(Extension { name: "citext".to_owned(), schema: None, version: None }),
            Object::Enum(Enum { name: "mood".into(), values: strings(&["a"]) }),
            Object::Sequence(Sequence {
                name: "s".into(),
                ty: None,
                options: SequenceOptions::default(),
            }),
            Object::Function(Function {
                name: "f".into(),
                arguments: String::new(),
                definition: "x".into(),
            }),
            Object::Definition(Definition {
                kind: "policy".to_owned(),
                name: "p".into(),
                table: Some("t".into()),
                definition: "x".into(),
            }),
            view("m", true, "SELECT 1".into()),
            view("T", false, "SELECT 1".into()),
            view("v", false, Sql::default()),
            trigger("tr", "AFTER INSERT ON t BEGIN SELECT 1; END"),
            trigger("TR", "CREATE TRIGGER other AFTER INSERT ON u BEGIN SELECT 1; END"),
        ],
        others: Vec::new(),
    };
    assert_eq!(
        complaints(&declared),
        "\
: SQLite has no schemas (schema `app`); declare it with `dialects = [\"postgres\"]`
: SQLite has no extensions (extension `citext`); declare it with `dialects = [\"postgres\"]`
: SQLite has no shared enums (enum `mood`); write the values in the columns, `enum(a, b)`, or declare it with `dialects = [\"postgres\"]`
: SQLite has no sequences (sequence `s`); declare it with `dialects = [\"postgres\"]`
: SQLite has no stored functions (function `f`); declare it with `dialects = [\"postgres\"]`
: SQLite has no objects of this kind (policy `p`); declare it with `dialects = [\"postgres\"]`
: SQLite has no materialized views (materialized view `m`); make it a view, or declare it with `dialects = [\"postgres\"]`
: SQLite takes table `t` and view `T` for one name; give one of them another name
: the query of view `v` says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects
: the text of trigger `tr` is no `CREATE TRIGGER` statement: expected `CREATE TRIGGER`; it begins with `CREATE TRIGGER` and ends with `END`
: SQLite takes trigger `tr` and trigger `TR` for one name; give one of them another name
: the text of trigger `TR` makes a trigger `other`; it is declared with `TR`; write the same in both
: the text of trigger `TR` watches `u`; it is declared with `t`; write the same in both"
    );
}
