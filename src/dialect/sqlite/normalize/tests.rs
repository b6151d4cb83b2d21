use proptest::prelude::*;

use super::super::{SqliteConnection, inspect};
use super::*;
use crate::dialect::{Connection, Scope};
use crate::schema::{
    Action, Check, Deferrable, Definition, Enum, Extension, ForeignKey, Function, Generated,
    IndexColumn, Literal, Namespace, Nulls, OptionValue, Options, PrimaryKey, Sequence, Unique,
};

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn on(names: &[&str]) -> Options {
    names.iter().map(|name| ((*name).to_owned(), OptionValue::Boolean(true))).collect()
}

fn text(name: &str, value: &str) -> Options {
    Options::from([(name.to_owned(), OptionValue::Text(value.to_owned()))])
}

fn key(columns: &[&str]) -> Option<PrimaryKey> {
    Some(PrimaryKey { columns: strings(columns), ..PrimaryKey::default() })
}

/// A database made from `declared`, or what SQLite said against it.
fn made(declared: &Schema) -> Result<SqliteConnection, String> {
    let mut db = SqliteConnection::memory().unwrap();
    let mut run = |sql: String| db.execute(&sql).map_err(|err| format!("{sql}: {err}"));
    for table in &declared.tables {
        run(create::table(table).map_err(|err| err.what)?)?;
        for index in &table.indexes {
            run(create::index(&table.name, index).map_err(|err| err.what)?)?;
        }
    }
    for object in &declared.objects {
        match object {
            Object::View(view) => {
                let columns = options::text(&view.options, COLUMNS);
                let columns = columns.map(|it| format!("({it})")).unwrap_or_default();
                let query = view.definition.of("sqlite").unwrap();
                run(format!("CREATE VIEW {}{columns} AS {query}", quote(&view.name.name)))?;
            }
            Object::Trigger(trigger) => run(trigger.definition.of("sqlite").unwrap().to_owned())?,
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(db)
}

/// What is declared becomes what is found, and stays as it is from then on.
fn agrees(declared: &Schema) {
    let normal = normalize(declared).unwrap_or_else(|err| panic!("{err:?}\n{declared:#?}"));
    let mut db = made(declared).unwrap_or_else(|err| panic!("{err}"));
    let found = inspect(&mut db, &Scope::default()).unwrap();
    assert_eq!(found, normal);
    assert_eq!(normalize(&normal).unwrap(), normal);
    let mut db = made(&normal).unwrap_or_else(|err| panic!("{err}"));
    assert_eq!(inspect(&mut db, &Scope::default()).unwrap(), normal);
}

/// A schema with one of everything that SQLite can hold and one of everything it drops.
fn rich() -> Schema {
    let per_dialect = |sqlite: &str| Sql {
        text: None,
        dialects: [("sqlite", sqlite), ("postgres", "x")]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into(),
    };
    let user = Table {
        name: "User".into(),
        comment: Some("people".to_owned()),
        columns: vec![
            Column { identity: Some(Identity::default()), ..column("id", "big_integer") },
            Column {
                comment: Some("unique".to_owned()),
                nullable: false,
                collation: Some("nocase".to_owned()),
                options: text("sqlite.not_null_on_conflict", "IGNORE"),
                ..column("e-mail", "string(120)")
            },
            Column {
                default: Some(Value::Literal(Literal::Integer(1))),
                ..column("active", "boolean")
            },
            Column {
                default: Some(Value::Expression(Sql::new("CURRENT_TIMESTAMP"))),
                collation: Some("binary".to_owned()),
                ..column("made", "datetime(tz, 6)")
            },
            Column {
                default: Some(Value::Literal(Literal::Text("draft".to_owned()))),
                ..column("status", "enum(draft, 'it''s')")
            },
            Column {
                ty: Type::Native {
                    dialects: [("postgres".to_owned(), "inet".to_owned())].into(),
                    default: Some(Box::new("string(45)".parse().unwrap())),
                },
                ..column("address", "text")
            },
            Column { ty: Type::native("sqlite", "money"), ..column("owed", "text") },
            Column {
                generated: Some(Generated {
                    expression: per_dialect("( lower(\"e-mail\") ) -- folded"),
                    stored: true,
                }),
                ..column("folded", "text(long)")
            },
            Column {
                default: Some(Value::Expression(Sql::new("NULL"))),
                options: on(&["mysql.zerofill"]),
                ..column("boss", "integer unsigned")
            },
        ],
        primary_key: Some(PrimaryKey { name: Some("pk".to_owned()), ..key(&["id"]).unwrap() }),
        uniques: vec![
            Unique {
                name: Some("uq".to_owned()),
                columns: strings(&["e-mail"]),
                options: text("sqlite.on_conflict", "Replace"),
                ..Unique::default()
            },
            Unique {
                columns: strings(&["status", "made"]),
                options: text("sqlite.columns", "status collate nocase DESC, [made]"),
                ..Unique::default()
            },
        ],
        foreign_keys: vec![
            ForeignKey {
                name: Some("fk".to_owned()),
                columns: strings(&["boss"]),
                table: "user".into(),
                on_delete: Action::SetNull,
                on_update: Action::Cascade,
                deferrable: Some(Deferrable { initially: true }),
                matching: Some("FULL".to_owned()),
                ..ForeignKey::default()
            },
            ForeignKey {
                columns: strings(&["status", "boss"]),
                table: "elsewhere".into(),
                references: strings(&["a", "b"]),
                matching: Some("simple".to_owned()),
                ..ForeignKey::default()
            },
        ],
        checks: vec![
            Check {
                name: Some("ck".to_owned()),
                expression: per_dialect("length(\"e-mail\") > (0)"),
                options: Options::new(),
            },
            Check { expression: Sql::new("(owed > 0)"), ..Check::default() },
        ],
        indexes: vec![
            Index {
                name: "ix \"1\"".to_owned(),
                unique: true,
                columns: vec![
                    IndexColumn {
                        collation: Some("NOCASE".to_owned()),
                        nulls: Some(Nulls::First),
                        ..IndexColumn::new("e-mail")
                    },
                    IndexColumn {
                        descending: true,
                        nulls: Some(Nulls::Last),
                        collation: Some("rtrim".to_owned()),
                        ..IndexColumn::new("status")
                    },
                ],
                predicate: Some(per_dialect("active -- all of them")),
                comment: Some("fast".to_owned()),
                options: on(&["postgres.fastupdate"]),
                ..Index::default()
            },
            Index {
                name: "ix2".to_owned(),
                columns: ["lower(status)", "\"active\"", "(boss collate binary)", "owed || 1"]
                    .map(|text| IndexColumn {
                        key: IndexKey::Expression(Sql::new(text)),
                        ..IndexColumn::new("")
                    })
                    .into(),
                ..Index::default()
            },
        ],
        options: on(&["sqlite.autoincrement", "mysql.engine"]),
        ..Table::default()
    };
    let pair = Table {
        name: Name { schema: Some("main".to_owned()), name: "pair".to_owned() },
        columns: vec![column("a", "datetime"), column("b", "numeric(3)"), column("c", "enum(x)")],
        primary_key: Some(PrimaryKey {
            options: text("sqlite.columns", "b, a desc"),
            ..key(&["b", "a"]).unwrap()
        }),
        foreign_keys: vec![ForeignKey {
            columns: strings(&["a"]),
            table: "user".into(),
            ..ForeignKey::default()
        }],
        options: on(&["sqlite.strict", "sqlite.without_rowid"]),
        ..Table::default()
    };
    let number = Table {
        name: "number".into(),
        columns: vec![column("n", "integer")],
        primary_key: key(&["n"]),
        options: [("sqlite.strict".to_owned(), OptionValue::Boolean(false))].into(),
        ..Table::default()
    };
    let view = View {
        name: "all users".into(),
        materialized: false,
        definition: per_dialect("SELECT id, status FROM user -- all\n;"),
        options: text("sqlite.columns", "[the id], status"),
    };
    let trigger = |name: &str, text: &str| {
        let (table, definition) = ("user".into(), Sql::new(text));
        Object::Trigger(Trigger { name: name.into(), table, definition })
    };
    Schema {
        tables: vec![user, pair, number],
        objects: vec![
            Object::View(View { definition: Sql::new("SELECT id, status FROM user"), ..view }),
            trigger(
                "tr",
                "create trigger if not exists main.tr after insert on user begin select ';'; end",
            ),
        ],
        others: Vec::new(),
    }
}

#[test]
fn a_rich_schema_becomes_what_is_found() {
    agrees(&rich());
}

#[test]
fn what_sqlite_lacks_is_gone() {
    let normal = normalize(&rich()).unwrap();
    let user = normal.table(&"User".into()).unwrap();
    let columns: Vec<_> = user
        .columns
        .iter()
        .map(|it| format!("{} {} {}", it.name, it.ty, it.collation.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        columns,
        [
            "id integer -",
            "e-mail string(120) NOCASE",
            "active boolean -",
            "made datetime(6) -",
            "status enum(draft, 'it''s') -",
            "address string(45) -",
            "owed sqlite: money -",
            "folded text -",
            "boss integer unsigned -",
        ]
    );
    assert_eq!(user.comment, None);
    assert_eq!(user.columns[8].options, Options::new());
    assert_eq!(user.foreign_keys[1].references, ["id"]);
    assert_eq!(user.foreign_keys[1].table, "User".into());
    assert_eq!((user.source.0.as_ref(), user.indexes[0].source.0.as_ref()), (None, None));
    let pair = normal.table(&"pair".into()).unwrap();
    let types: Vec<_> = pair.columns.iter().map(|it| it.ty.to_string()).collect();
    assert_eq!(types, ["text", "sqlite: ANY", "enum(x)"]);
    let number = normal.table(&"number".into()).unwrap();
    assert_eq!((number.columns[0].identity.as_ref(), number.columns[0].nullable), (None, false));
    assert_eq!(number.options, Options::new());
}

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

fn any_of<T: Clone + std::fmt::Debug + 'static>(choices: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(choices)
}

fn any_type() -> impl Strategy<Value = Type> {
    let words = [
        "integer",
        "small_integer",
        "big_integer unsigned",
        "boolean",
        "float",
        "double",
        "numeric",
        "numeric(10, 2)",
        "string",
        "string(64)",
        "char(2)",
        "text",
        "text(tiny)",
        "binary",
        "binary(16)",
        "large_binary",
        "date",
        "time(3)",
        "datetime",
        "datetime(tz)",
        "uuid",
        "json",
        "enum(a, 'it''s', '')",
    ];
    let mut types: Vec<Type> = words.iter().map(|it| it.parse().unwrap()).collect();
    let natives =
        ["", "INTEGER", "int", "MONEY", "varchar (3)", "\"my type\"", "long generated always"];
    types.extend(natives.iter().map(|it| Type::native("sqlite", *it)));
    any_of(types)
}

fn any_default() -> impl Strategy<Value = Option<Value>> {
    let literal = |literal| Some(Value::Literal(literal));
    let expression = |text: &str| Some(Value::Expression(Sql::new(text)));
    any_of(vec![
        None,
        literal(Literal::Boolean(true)),
        literal(Literal::Integer(0)),
        literal(Literal::Integer(-7)),
        literal(Literal::Float(1.0)),
        literal(Literal::Float(-2.5e-30)),
        literal(Literal::Text("1".to_owned())),
        literal(Literal::Text("it's \"x\"\n".to_owned())),
        literal(Literal::Text(String::new())),
        expression("CURRENT_TIMESTAMP"),
        expression("(CURRENT_DATE)"),
        expression("1"),
        expression("'x' || 'y' -- both"),
        expression("(1) + (2)"),
        expression("NULL"),
        expression("x'00'"),
    ])
}

fn any_column(name: &'static str) -> impl Strategy<Value = Column> {
    let collation = any_of(vec![None, Some("nocase".to_owned()), Some("BINARY".to_owned())]);
    let generated = any_of(vec![None, None, Some(true), Some(false)]);
    let options = any_of(vec![
        Options::new(),
        text("sqlite.not_null_on_conflict", "ignore"),
        text("sqlite.not_null_on_conflict", "ABORT"),
        text("mysql.charset", "latin1"),
    ]);
    (any_type(), any::<bool>(), any_default(), collation, generated, options).prop_map(
        move |(ty, nullable, default, collation, generated, options)| Column {
            nullable,
            default: default.filter(|_| generated.is_none()),
            generated: generated.map(|stored| Generated { expression: "(1) + 1".into(), stored }),
            collation,
            comment: Some("what it is".to_owned()),
            options,
            ..Column::new(name, ty)
        },
    )
}

fn any_index(name: String) -> impl Strategy<Value = Index> {
    let column = (
        any_of(vec!["k", "\"b b\"", "lower(c)", "(c)", "c || k", "((k))", "c collate rtrim"]),
        any_of(vec![None, Some("nocase".to_owned()), Some("rtrim".to_owned())]),
        any::<bool>(),
    );
    let column = column.prop_map(|(text, collation, descending)| {
        let key = IndexKey::Expression(Sql::new(text));
        IndexColumn { key, collation, descending, nulls: None }
    });
    let predicate = any_of(vec![None, Some(Sql::new("k > 0")), Some(Sql::new("(c) IS NOT NULL"))]);
    (prop::collection::vec(column, 1..3), any::<bool>(), predicate).prop_map(
        move |(columns, unique, predicate)| Index {
            name: name.clone(),
            columns,
            unique,
            predicate,
            ..Index::default()
        },
    )
}

fn any_table(name: &'static str) -> impl Strategy<Value = Table> {
    let columns = (any_column("k"), any_column("b b"), any_column("c"));
    let primary = any_of(vec![
        None,
        key(&["k"]),
        Some(PrimaryKey { name: Some("pk".to_owned()), ..key(&["k", "b b"]).unwrap() }),
        Some(PrimaryKey {
            options: text("sqlite.columns", "\"b b\" desc, k collate rtrim"),
            ..key(&["b b", "k"]).unwrap()
        }),
    ]);
    let unique = any_of(vec![
        Unique { columns: strings(&["c"]), ..Unique::default() },
        Unique {
            name: Some("uq".to_owned()),
            columns: strings(&["c", "k"]),
            options: text("sqlite.on_conflict", "replace"),
            ..Unique::default()
        },
    ]);
    let foreign_key = any_of(vec![
        ForeignKey { columns: strings(&["k"]), table: "T".into(), ..ForeignKey::default() },
        ForeignKey {
            name: Some("fk".to_owned()),
            columns: strings(&["c", "b b"]),
            table: "nowhere".into(),
            references: strings(&["x", "y"]),
            on_delete: Action::SetDefault,
            deferrable: Some(Deferrable { initially: false }),
            ..ForeignKey::default()
        },
    ]);
    let check = any_of(vec![
        Check { expression: "k > (0)".into(), ..Check::default() },
        Check { expression: "(c) IN ('a')".into(), ..Check::default() },
        Check {
            name: Some("ck".to_owned()),
            expression: "\"b b\" <> ')' /* ( */".into(),
            ..Check::default()
        },
    ]);
    let options = any_of(vec![
        Options::new(),
        on(&["sqlite.strict"]),
        on(&["sqlite.without_rowid"]),
        on(&["sqlite.strict", "sqlite.without_rowid"]),
    ]);
    let indexes = (any_index(format!("ix1_{name}")), any_index(format!("ix2_{name}")));
    let lists = (
        prop::collection::vec(unique, 0..2),
        prop::collection::vec(foreign_key, 0..2),
        prop::collection::vec(check, 0..3),
    );
    (columns, primary, lists, options, indexes, any::<bool>()).prop_map(
        move |(columns, primary_key, lists, mut options, indexes, identity)| {
            if primary_key.is_none() {
                options.remove("sqlite.without_rowid");
            }
            let mut table = Table {
                name: name.into(),
                columns: vec![columns.0, columns.1, columns.2],
                primary_key,
                uniques: lists.0,
                foreign_keys: lists.1,
                checks: lists.2,
                indexes: vec![indexes.0, indexes.1],
                options,
                ..Table::default()
            };
            let key = table.primary_key.iter().flat_map(|key| key.columns.clone());
            for name in key.collect::<Vec<_>>() {
                // A generated column cannot be in a primary key.
                let column = table.columns.iter_mut().find(|column| column.name == name).unwrap();
                column.generated = None;
            }
            if table.columns.iter().all(|column| column.generated.is_some()) {
                table.columns[2].generated = None;
            }
            let sole =
                table.is_sole_key("k") && !table.options.contains_key("sqlite.without_rowid");
            if sole && table.columns[0].ty.is_integer() && identity {
                table.columns[0].identity = Some(Identity::default());
                table.columns[0].default = None;
            }
            table
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_schema_becomes_what_is_found(tables in (any_table("t"), any_table("u \"2\""))) {
        let declared = Schema { tables: vec![tables.0, tables.1], ..Schema::default() };
        match normalize(&declared) {
            Ok(_) => agrees(&declared),
            // A type of one's own in a STRICT table.
            Err(errors) => {
                let strict = |err: &Unsupported| err.what.starts_with("a STRICT table");
                prop_assert!(errors.iter().all(strict), "{errors:?}");
            }
        }
    }
}
