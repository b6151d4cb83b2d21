use super::*;
use crate::operation::TableChange::{self, *};
use crate::schema::*;

/// The statements of operations one after the other, as a script, on a schema that follows them.
fn script(before: &Schema, operations: &[Operation]) -> String {
    let dialect = Postgres { version: 150_000, ..Postgres::default() };
    let mut schema = before.clone();
    let mut script = String::new();
    for op in operations {
        let before = looks_at(op).map(|_| schema.clone()).unwrap_or_default();
        for statement in render(&dialect, op, &before).unwrap() {
            script.push_str(&statement.sql);
            match statement.refuse {
                Some(message) => script.push_str(&format!("; -- or {message}\n")),
                None => script.push_str(";\n"),
            }
        }
        schema.apply(op).unwrap();
    }
    script
}

/// What is said of an operation that PostgreSQL cannot carry out.
fn refused(op: &Operation) -> String {
    let error = render(&Postgres::default(), op, &Schema::default()).unwrap_err();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    let place = match (error.table, error.column) {
        (Some(table), Some(column)) => format!("{}: ", table.column(&column)),
        (Some(table), None) => format!("{table}: "),
        (None, _) => String::new(),
    };
    format!("{place}{}{hint}", error.what)
}

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

fn table(name: &str, columns: Vec<Column>) -> Table {
    Table { name: name.parse().unwrap(), columns, ..Table::default() }
}

fn alter(table: &str, changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: table.parse().unwrap(), changes }
}

fn on(option: &str) -> Options {
    Options::from([(option.to_owned(), OptionValue::Boolean(true))])
}

fn said(option: &str, text: &str) -> Options {
    Options::from([(option.to_owned(), OptionValue::Text(text.to_owned()))])
}

fn literal(literal: Literal) -> Option<Value> {
    Some(Value::Literal(literal))
}

fn text(text: &str) -> Value {
    Value::Literal(Literal::Text(text.to_owned()))
}

fn expression(text: &str) -> Option<Value> {
    Some(Value::Expression(Sql::new(text)))
}

fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

fn serial() -> Column {
    let identity = Some(Identity::default());
    Column { identity, nullable: false, options: on("postgres.serial"), ..column("id", "integer") }
}

fn identity() -> Column {
    let options = SequenceOptions { start: Some(10), increment: Some(5), ..Default::default() };
    let identity = Some(Identity { always: true, options });
    Column { identity, nullable: false, ..column("id", "big_integer") }
}

fn posts() -> Table {
    Table {
        primary_key: Some(PrimaryKey {
            name: named("pk_post"),
            columns: strings(&["id"]),
            options: said("postgres.include", "title"),
        }),
        uniques: vec![Unique {
            name: named("uq_post_title"),
            columns: strings(&["title", "author"]),
            deferrable: Some(Deferrable { initially: false }),
            options: on("postgres.nulls_not_distinct"),
        }],
        foreign_keys: vec![
            ForeignKey {
                name: named("fk_post_author"),
                columns: strings(&["author"]),
                table: "app.user".parse().unwrap(),
                references: strings(&["id"]),
                on_delete: Action::SetNull,
                on_update: Action::Cascade,
                deferrable: Some(Deferrable { initially: true }),
                options: said("postgres.on_delete_columns", "author"),
                ..ForeignKey::default()
            },
            ForeignKey {
                columns: strings(&["author"]),
                table: Name::new("user"),
                options: on("postgres.not_valid"),
                ..ForeignKey::default()
            },
        ],
        checks: vec![
            Check {
                name: named("ck_post"),
                expression: Sql::new("title <> '' -- not empty"),
                options: on("postgres.no_inherit"),
            },
            Check { expression: Sql::new("(a > 0)"), ..Check::default() },
        ],
        comment: named("it's"),
        options: Options::from([
            ("postgres.unlogged".to_owned(), OptionValue::Boolean(true)),
            ("postgres.with".to_owned(), OptionValue::Text("fillfactor=70".to_owned())),
            ("postgres.row_security".to_owned(), OptionValue::Text("forced".to_owned())),
        ]),
        ..table(
            "app.post",
            vec![
                identity(),
                Column {
                    default: literal(Literal::Text("a\\b".to_owned())),
                    collation: named("de_DE.utf8"),
                    nullable: false,
                    options: said("postgres.storage", "external"),
                    ..column("title", "string(64)")
                },
                Column { comment: named("who"), ..column("author", "integer") },
                Column {
                    default: literal(Literal::Text("b".to_owned())),
                    ..column("s", "enum(a, b)")
                },
                Column { default: expression("1 = 1 and true"), ..column("t", "boolean") },
                Column {
                    generated: Some(Generated { expression: Sql::new("a * 2"), stored: true }),
                    ..column("twice", "numeric(10, 2)")
                },
                column("say \"hi\"", "array(enum mood)"),
            ],
        )
    }
}

#[test]
fn tables() {
    let counted = Column {
        identity: Some(Identity {
            always: false,
            options: SequenceOptions { cycle: true, max: Some(99), ..Default::default() },
        }),
        ..serial()
    };
    let partition = Table {
        options: Options::from([
            ("postgres.partition_of".to_owned(), OptionValue::Text("log".to_owned())),
            ("postgres.partition_bound".to_owned(), OptionValue::Text("DEFAULT".to_owned())),
        ]),
        ..table("log_rest", vec![])
    };
    let attached = Table {
        options: partition.options.clone(),
        ..table("log_more", vec![column("at", "date")])
    };
    let operations = [
        Operation::CreateTable(posts()),
        Operation::CreateTable(table("a", vec![serial()])),
        Operation::CreateTable(table("s.b", vec![counted])),
        Operation::CreateTable(Table {
            options: said("postgres.partition_by", "RANGE (at)"),
            ..table("log", vec![column("at", "date")])
        }),
        Operation::CreateTable(partition),
        Operation::CreateTable(attached),
        Operation::CreateTable(Table {
            options: said("postgres.inherits", "a, s.b"),
            ..table("heir", vec![])
        }),
        Operation::DropTable(posts()),
    ];
    assert_eq!(script(&Schema::default(), &operations), include_str!("tests/tables.sql"));
}

#[test]
fn indexes() {
    let index = |name: &str, columns: &[&str]| Index {
        name: name.to_owned(),
        columns: columns.iter().map(|it| it.parse().unwrap()).collect(),
        ..Index::default()
    };
    let concurrent = Index { options: on("postgres.concurrently"), ..index("c", &["a"]) };
    let changes = vec![
        AddIndex(Index {
            unique: true,
            include: strings(&["b"]),
            predicate: Some(Sql::new("a > 0 -- all")),
            comment: named("fast"),
            options: on("postgres.nulls_not_distinct"),
            ..index("u", &["a desc nulls last", "lower(b) collate \"C\" nulls first"])
        }),
        AddIndex(Index {
            using: named("gin"),
            options: Options::from([
                (
                    "postgres.opclasses".to_owned(),
                    OptionValue::Text("default, jsonb_path_ops".to_owned()),
                ),
                ("postgres.with".to_owned(), OptionValue::Text("fastupdate=off".to_owned())),
                ("postgres.tablespace".to_owned(), OptionValue::Text("Fast".to_owned())),
            ]),
            ..index("g", &["a", "b"])
        }),
        DropIndex(index("u", &["a"])),
    ];
    let left_over = Index { options: on("postgres.invalid"), ..index("c", &["a"]) };
    let live = Table { indexes: vec![left_over], ..table("app.t", vec![column("a", "integer")]) };
    let before = Schema { tables: vec![live.clone()], ..Schema::default() };
    let mut found = script(&before, &[alter("app.t", changes)]);
    // What a run that failed has left behind goes first; otherwise nothing does.
    let render = |before: &Schema, change| {
        let statements =
            render(&Postgres::default(), &alter("app.t", vec![change]), before).unwrap();
        statements.into_iter().map(|it| it.sql + ";\n").collect::<String>()
    };
    found += &render(&before, AddIndex(concurrent.clone()));
    found += &render(&Schema::default(), AddIndex(concurrent.clone()));
    found += &render(&before, DropIndex(concurrent.clone()));
    assert!(looks_at(&alter("app.t", vec![AddIndex(concurrent)])).is_some());
    assert_eq!(found, include_str!("tests/indexes.sql"));
}

#[test]
fn columns() {
    let live = Table {
        columns: vec![
            column("a", "text"),
            Column { default: literal(Literal::Integer(1)), ..column("b", "integer") },
            Column {
                options: said("postgres.enum_constraint", "odd"),
                ..column("e", "enum(x, y)")
            },
            Column {
                generated: Some(Generated { expression: Sql::new("upper(a)"), stored: true }),
                ..column("g", "text")
            },
        ],
        uniques: vec![Unique { name: named("uq"), columns: strings(&["g"]), ..Unique::default() }],
        ..table("t", vec![])
    };
    let view = |name: &str, sql: &str| {
        Object::View(View {
            name: Name::new(name),
            materialized: false,
            definition: Sql::new(sql),
            options: Options::new(),
        })
    };
    let objects = vec![view("v", "SELECT a FROM w"), view("w", "SELECT t.a FROM t")];
    let before = Schema { tables: vec![live], objects, ..Schema::default() };
    let change = |from: Column, to: Column| AlterColumn { from, to };
    let operations = [
        alter(
            "t",
            vec![
                DropColumn(column("gone", "integer")),
                change(
                    Column { default: literal(Literal::Integer(1)), ..column("b", "integer") },
                    Column {
                        default: literal(Literal::Boolean(true)),
                        nullable: false,
                        comment: named("new"),
                        ..column("b", "boolean")
                    },
                ),
                change(column("e", "enum(x, y)"), column("e", "enum(x, y, long)")),
                AddColumn(Column { nullable: false, ..column("n", "integer") }),
                AddCheck(Check {
                    name: named("c"),
                    expression: Sql::new("n > 0"),
                    ..Check::default()
                }),
                SetComment { from: None, to: None },
                SetOption {
                    name: "postgres.with".to_owned(),
                    from: Some(OptionValue::Text("a=1, b=2".to_owned())),
                    to: Some(OptionValue::Text("b=3, c=4".to_owned())),
                },
                SetOption { name: "sqlite.strict".to_owned(), from: None, to: None },
                RenameColumn { from: "n".to_owned(), to: "m".to_owned() },
            ],
        ),
        alter("t", vec![change(column("a", "text"), column("a", "string(9)"))]),
    ];
    // The column `gone` is not there: the server would say so.
    let mut before = before;
    before.tables[0].columns.push(column("gone", "integer"));
    assert_eq!(script(&before, &operations), include_str!("tests/columns.sql"));
}

#[test]
fn numbering() {
    let plain = Column { nullable: false, ..column("id", "integer") };
    let by_default = Column { identity: Some(Identity::default()), ..plain.clone() };
    let change = |from: &Column, to: &Column| {
        alter("app.t", vec![AlterColumn { from: from.clone(), to: to.clone() }])
    };
    let forms = [plain, by_default, identity(), serial()];
    let before = |column: &Column| Schema {
        tables: vec![table("app.t", vec![column.clone()])],
        ..Schema::default()
    };
    let mut found = String::new();
    for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 3), (3, 1), (1, 3), (3, 0)] {
        let (from, to) = (&forms[from], &forms[to]);
        found += &format!("-- {from} to {to}\n", from = form(from), to = form(to));
        found += &script(&before(from), &[change(from, to)]);
    }
    assert_eq!(found, include_str!("tests/numbering.sql"));
}

fn form(column: &Column) -> &'static str {
    match &column.identity {
        None => "plain",
        Some(_) if !column.options.is_empty() => "serial",
        Some(it) if it.always => "always",
        Some(_) => "by default",
    }
}

#[test]
fn constraints() {
    let check =
        |options: Options| Check { name: named("ck"), expression: Sql::new("a > 0"), options };
    let key = |options: Options| ForeignKey {
        name: named("fk"),
        columns: strings(&["a"]),
        table: Name::new("p"),
        options,
        ..ForeignKey::default()
    };
    let unnamed = Unique { columns: strings(&["a", "b"]), ..Unique::default() };
    let live = Table {
        checks: vec![check(Options::new())],
        uniques: vec![Unique { name: named("real"), ..unnamed.clone() }],
        ..table("t", vec![])
    };
    let before = Schema { tables: vec![live], ..Schema::default() };
    let groups = [
        vec![
            DropForeignKey(key(on("postgres.not_valid"))),
            DropCheck(check(on("postgres.not_valid"))),
            AddCheck(check(Options::new())),
            AddForeignKey(key(on("postgres.validate_afterwards"))),
        ],
        vec![
            AddCheck(check(on("postgres.validate_afterwards"))),
            AddForeignKey(key(on("postgres.not_valid"))),
        ],
        vec![
            DropUnique(unnamed),
            DropPrimaryKey(PrimaryKey { columns: strings(&["a"]), ..PrimaryKey::default() }),
            DropForeignKey(ForeignKey { name: None, ..key(Options::new()) }),
            DropCheck(Check { name: None, ..check(Options::new()) }),
            AddPrimaryKey(PrimaryKey {
                columns: strings(&["b"]),
                options: said("postgres.deferrable", "initially deferred"),
                ..PrimaryKey::default()
            }),
        ],
    ];
    let mut found = String::new();
    for changes in groups {
        for statement in render(&Postgres::default(), &alter("t", changes), &before).unwrap() {
            let refuse = statement.refuse.map(|it| format!("-- refuses: {it}\n"));
            found += &format!("{}{};\n", refuse.unwrap_or_default(), statement.sql);
        }
    }
    assert_eq!(found, include_str!("tests/constraints.sql"));
}

#[test]
fn rows() {
    let row = |values: &[(&str, Value)]| -> Vec<(String, Value)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let number = |it| Value::Literal(Literal::Integer(it));
    let operations = [
        Operation::Insert {
            table: "app.user".parse().unwrap(),
            rows: vec![
                row(&[("id", number(7)), ("name", text("it's"))]),
                row(&[("id", number(3)), ("name", Value::Expression(Sql::new("upper('x') -- x")))]),
                row(&[("name", Value::Literal(Literal::Boolean(true)))]),
                row(&[("size", Value::Literal(Literal::Float(1e300)))]),
                row(&[]),
            ],
        },
        Operation::Fill {
            table: Name::new("user"),
            column: "name".to_owned(),
            value: Value::Expression(Sql::new("first || last")),
        },
        Operation::Execute(Sql::new("SELECT 1; -- two\nDO $$ BEGIN; END $$;")),
    ];
    assert_eq!(script(&Schema::default(), &operations), include_str!("tests/rows.sql"));
    let many = Operation::Insert {
        table: Name::new("t"),
        rows: (0..501).map(|_| row(&[("a", text("x"))])).collect(),
    };
    assert_eq!(script(&Schema::default(), &[many]).matches("INSERT").count(), 2);
}

#[test]
fn enums() {
    let mood =
        |values: &[&str]| Enum { name: "app.mood".parse().unwrap(), values: strings(values) };
    let change = |from: &[&str], to: &[&str], renamed: &[(&str, &str)]| Operation::AlterEnum {
        from: mood(from),
        to: mood(to),
        renamed: renamed.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
    };
    let live = Table {
        checks: vec![Check {
            name: named("ck"),
            expression: Sql::new("m <> 'c'::app.mood"),
            ..Check::default()
        }],
        ..table(
            "app.t",
            vec![
                Column { default: Some(text("b")), ..column("m", "enum app.mood") },
                column("l", "array(enum app.mood)"),
                column("n", "enum mood"),
            ],
        )
    };
    let before = Schema {
        tables: vec![live],
        objects: vec![Object::Enum(mood(&["b", "c"]))],
        ..Schema::default()
    };
    let operations = [
        change(&["b", "c"], &["a", "b", "b2", "c", "d"], &[]),
        change(
            &["a", "b", "b2", "c", "d"],
            &["b", "a", "b2", "c", "e"],
            &[("a", "b"), ("b", "a"), ("d", "e")],
        ),
        change(&["b", "a", "b2", "c", "e"], &["c", "x"], &[("b", "x")]),
    ];
    assert_eq!(script(&before, &operations), include_str!("tests/enums.sql"));
    assert_eq!(
        refused(&change(&["a", "b"], &["b"], &[])),
        "which columns hold the enum `app.mood` is not known here; run this on the database; a \
         script for others can only add values to the end of the enum or between them, and rename \
         them"
    );
}

#[test]
fn objects() {
    let name = |it: &str| -> Name { it.parse().unwrap() };
    let sequence = |ty: Option<&str>, options| {
        Object::Sequence(Sequence {
            name: name("s.n"),
            ty: ty.map(|it| it.parse().unwrap()),
            options,
        })
    };
    let function = |sql: &str| {
        Object::Function(Function {
            name: name("f"),
            arguments: "integer".to_owned(),
            definition: Sql::new(sql),
        })
    };
    let definition = |kind: &str, table: Option<&str>, sql: &str| {
        Object::Definition(Definition {
            kind: kind.to_owned(),
            name: name("s.x"),
            table: table.map(name),
            definition: Sql::new(sql),
        })
    };
    let extension = |schema: Option<&str>, version: Option<&str>| {
        Object::Extension(Extension {
            name: "uuid-ossp".to_owned(),
            schema: schema.map(str::to_owned),
            version: version.map(str::to_owned),
        })
    };
    let view = |materialized| {
        Object::View(View {
            name: name("s.v"),
            materialized,
            definition: Sql::new("SELECT 1;"),
            options: said("postgres.with", "security_barrier=true"),
        })
    };
    let all = [
        Object::Namespace(Namespace { name: "s".to_owned() }),
        extension(Some("s"), Some("1.1")),
        Object::Enum(Enum { name: name("s.e"), values: strings(&["a", "it's"]) }),
        sequence(
            Some("integer"),
            SequenceOptions { min: Some(-1), cycle: true, ..Default::default() },
        ),
        function(
            "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1; SELECT a';",
        ),
        view(false),
        view(true),
        Object::Trigger(Trigger {
            name: name("tr"),
            table: name("s.t"),
            definition: Sql::new("CREATE TRIGGER tr BEFORE INSERT ON s.t EXECUTE FUNCTION g()"),
        }),
        definition("policy", Some("s.t"), "CREATE POLICY x ON s.t"),
        definition(
            "exclusion constraint",
            Some("s.t"),
            "ALTER TABLE s.t ADD CONSTRAINT x EXCLUDE (a WITH =)",
        ),
        definition("statistics", Some("s.t"), "CREATE STATISTICS s.x ON a, b FROM s.t"),
        definition("domain", None, "CREATE DOMAIN s.x AS integer"),
        definition("range type", None, "CREATE TYPE s.x AS RANGE (SUBTYPE = integer)"),
        definition(
            "aggregate",
            None,
            "CREATE AGGREGATE s.x (integer) (SFUNC = int4pl, STYPE = integer)",
        ),
        definition("cast", None, "CREATE CAST (s.a AS s.b) WITH INOUT"),
    ];
    let mut operations: Vec<_> = all.iter().cloned().map(Operation::Create).collect();
    operations.extend(all.iter().cloned().map(Operation::Drop));
    let replace = |from: Object, to: Object| Operation::Replace { from, to };
    let created = script(&Schema::default(), &operations);
    assert_eq!(created, include_str!("tests/objects.sql"));

    let body =
        |head: &str, body: &str| function(&format!("CREATE {head} LANGUAGE sql AS '{body}'"));
    let replaced = [
        replace(
            sequence(None, SequenceOptions { start: Some(5), ..Default::default() }),
            sequence(
                Some("integer"),
                SequenceOptions { increment: Some(-1), ..Default::default() },
            ),
        ),
        replace(extension(Some("a"), Some("1.0")), extension(Some("b"), Some("1.1"))),
        replace(extension(None, Some("1.0")), extension(None, None)),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("FUNCTION F( a integer ) RETURNS integer", "b"),
        ),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("OR REPLACE FUNCTION f(a integer) RETURNS integer", "b"),
        ),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("FUNCTION f(b integer) RETURNS integer", "b"),
        ),
        replace(
            definition("policy", Some("t"), "CREATE POLICY x ON t"),
            definition("policy", Some("t"), "CREATE POLICY x ON t USING (true)"),
        ),
    ];
    let mut found = String::new();
    for op in &replaced {
        for statement in render(&Postgres::default(), op, &Schema::default()).unwrap() {
            found += &(statement.sql + ";\n");
        }
    }
    assert_eq!(found, include_str!("tests/replaced.sql"));
}

#[test]
fn names_of_tables() {
    let rename = |from: &str, to: &str| Operation::RenameTable {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    };
    let statements = |op: Operation| {
        let statements = render(&Postgres::default(), &op, &Schema::default()).unwrap();
        statements.into_iter().map(|it| it.sql).collect::<Vec<_>>()
    };
    assert_eq!(statements(rename("a", "public.b")), ["ALTER TABLE \"a\" RENAME TO \"b\""]);
    assert_eq!(statements(rename("s.a", "a")), ["ALTER TABLE \"s\".\"a\" SET SCHEMA \"public\""]);
    assert_eq!(
        statements(rename("s.a", "t.b")),
        ["ALTER TABLE \"s\".\"a\" SET SCHEMA \"t\"", "ALTER TABLE \"t\".\"a\" RENAME TO \"b\""]
    );
}

#[test]
fn what_postgres_cannot_do() {
    let long = "n".repeat(64);
    let option = |name: &str, value: OptionValue| Options::from([(name.to_owned(), value)]);
    let set = |name: &str, text: &str| SetOption {
        name: name.to_owned(),
        from: None,
        to: Some(OptionValue::Text(text.to_owned())),
    };
    let with = |options: Options| Operation::CreateTable(Table { options, ..table("t", vec![]) });
    let generated = |stored| Some(Generated { expression: Sql::new("a"), stored });
    let cases = [
        (
            Operation::CreateTable(table("t", vec![column(&long, "text")])),
            format!(
                "t: the name `{long}` is 64 bytes long, and PostgreSQL keeps 63; give it a shorter \
                 name"
            ),
        ),
        (
            Operation::Create(Object::Enum(Enum { name: Name::new("e"), values: vec![long.clone()] })),
            format!(
                "the value `{long}` of an enum has more than PostgreSQL's 63 bytes; shorten the \
                 value, or write the values in the column: `enum(a, b)`"
            ),
        ),
        (
            Operation::CreateTable(table("t", vec![Column { ty: "text".parse().unwrap(), ..identity() }])),
            "t.id: PostgreSQL numbers only integers, not a `text`; make it an `integer` or a \
             `big_integer`"
                .to_owned(),
        ),
        (
            Operation::CreateTable(table("t", vec![Column { generated: generated(false), ..column("a", "text") }])),
            "t.a: PostgreSQL computes a column when it is read only from version 18 on; say \
             `stored = true`"
                .to_owned(),
        ),
        (
            with(option("postgres.unloged", OptionValue::Boolean(true))),
            "t: a table has no option `postgres.unloged`; did you mean `postgres.unlogged`?".to_owned(),
        ),
        (
            with(option("postgres.with", OptionValue::Integer(1))),
            "t: wrong value for the option `postgres.with`; it is a text".to_owned(),
        ),
        (
            alter("t", vec![set("postgres.partition_by", "RANGE (a)")]),
            "t: PostgreSQL cannot part a table otherwise once it is made; make another table, copy \
             the rows, and rename it"
                .to_owned(),
        ),
        (
            alter("t", vec![set("postgres.partition_bound", "DEFAULT")]),
            "t: the table whose partition this is, is not known here (postgres.partition_of); run \
             this on the database that has the table"
                .to_owned(),
        ),
        (
            alter("t", vec![AlterColumn {
                from: column("a", "text"),
                to: Column { generated: generated(true), ..column("a", "text") },
            }]),
            "t.a: the column must be made anew, and what would go with it is not known here; run \
             this on the database that has the table"
                .to_owned(),
        ),
        (
            alter("t", vec![DropCheck(Check { expression: Sql::new("a"), ..Check::default() })]),
            "t: PostgreSQL drops a check by its name, and this one has none; write the name that \
             the database gave it"
                .to_owned(),
        ),
        (
            Operation::CreateTable(table("t", vec![column("a", "array(enum(a, b))")])),
            "t.a: PostgreSQL checks no values within an array; declare the enum under `[enums]`, \
             and the column as `array(enum mood)`"
                .to_owned(),
        ),
        (
            Operation::Execute(Sql::new("SELECT 1;\nSELECT 'a")),
            "a string is never closed (line 2 of the SQL)".to_owned(),
        ),
    ];
    for (op, expected) in cases {
        assert_eq!(refused(&op), expected);
    }
    // The first version that can do it is named where the server is known.
    let nulls = Unique {
        columns: strings(&["a"]),
        options: on("postgres.nulls_not_distinct"),
        ..Unique::default()
    };
    let old = Postgres { version: 140_000, ..Postgres::default() };
    let error = render(&old, &alter("t", vec![AddUnique(nulls)]), &Schema::default()).unwrap_err();
    assert_eq!(error.what, "PostgreSQL 14 has no `NULLS NOT DISTINCT`");
    assert_eq!(error.hint.as_deref(), Some("PostgreSQL 15 has"));
}
