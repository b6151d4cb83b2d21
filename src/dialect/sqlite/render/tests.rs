use super::*;
use crate::dialect::sqlite::SqliteConnection;
use crate::dialect::{Checks, Connection, Dialect};
use crate::operation::TableChange;
use crate::schema::*;

/// The statements of operations one after the other, as a script; SQLite runs them too.
fn script(operations: &[Operation]) -> String {
    let mut schema = Schema::default();
    let mut db = SqliteConnection::memory().unwrap();
    db.execute("PRAGMA foreign_keys = OFF").unwrap();
    let mut script = String::new();
    for op in operations {
        for statement in Sqlite::bundled().render(op, &schema).unwrap() {
            db.query(&statement.sql, &[]).unwrap_or_else(|err| panic!("{err}: {}", statement.sql));
            script.push_str(&statement.sql);
            script.push_str(if statement.refuse.is_some() { "; -- no row\n" } else { ";\n" });
        }
        schema.apply(op).unwrap();
    }
    script
}

/// What is said of an operation that SQLite cannot carry out.
fn refused(op: &Operation) -> String {
    let error = Sqlite::bundled().render(op, &Schema::default()).unwrap_err();
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

fn key(name: Option<&str>, columns: &[&str]) -> Option<PrimaryKey> {
    let name = name.map(str::to_owned);
    Some(PrimaryKey { name, columns: strings(columns), options: Options::new() })
}

fn table(name: &str, columns: Vec<Column>) -> Table {
    Table { name: Name::new(name), columns, ..Table::default() }
}

fn on(option: &str) -> (String, OptionValue) {
    (option.to_owned(), OptionValue::Boolean(true))
}

fn word(option: &str, word: &str) -> Options {
    Options::from([(option.to_owned(), OptionValue::Text(word.to_owned()))])
}

fn literal(literal: Literal) -> Option<Value> {
    Some(Value::Literal(literal))
}

fn expression(text: &str) -> Option<Value> {
    Some(Value::Expression(Sql::new(text)))
}

fn user() -> Table {
    Table {
        primary_key: key(Some("pk_user"), &["id"]),
        comment: Some("nothing to SQLite".to_owned()),
        ..table(
            "user",
            vec![
                Column {
                    nullable: false,
                    identity: Some(Identity::default()),
                    ..column("id", "integer")
                },
                Column { nullable: false, ..column("username", "string(64)") },
                column("email", "string(120)"),
            ],
        )
    }
}

#[test]
fn tables() {
    let post = Table {
        primary_key: key(Some("pk_post"), &["id"]),
        uniques: vec![Unique {
            name: Some("uq_post_slug".to_owned()),
            columns: strings(&["slug", "user_id"]),
            options: word("sqlite.on_conflict", "replace"),
            ..Unique::default()
        }],
        foreign_keys: vec![
            ForeignKey {
                name: Some("fk_post_user_id_user".to_owned()),
                columns: strings(&["user_id"]),
                table: Name::new("user"),
                references: strings(&["id"]),
                on_delete: Action::Cascade,
                on_update: Action::SetDefault,
                matching: Some("full".to_owned()),
                deferrable: Some(Deferrable { initially: true }),
                ..ForeignKey::default()
            },
            ForeignKey {
                columns: strings(&["user_id"]),
                table: Name::new("user"),
                deferrable: Some(Deferrable { initially: false }),
                ..ForeignKey::default()
            },
        ],
        checks: vec![
            Check {
                name: Some("ck_post_body".to_owned()),
                expression: Sql::new("length(body) > 0 -- not empty"),
                ..Check::default()
            },
            Check { expression: Sql::new("(rating > 0)"), ..Check::default() },
        ],
        options: Options::from([on("sqlite.autoincrement")]),
        ..table(
            "post",
            vec![
                Column {
                    nullable: false,
                    identity: Some(Identity::default()),
                    ..column("id", "big_integer")
                },
                Column {
                    default: literal(Literal::Text("it's".to_owned())),
                    ..column("body", "text")
                },
                Column {
                    collation: Some("NOCASE".to_owned()),
                    nullable: false,
                    options: word("sqlite.not_null_on_conflict", "ignore"),
                    ..column("slug", "string")
                },
                Column { default: literal(Literal::Boolean(true)), ..column("public", "boolean") },
                Column { default: literal(Literal::Integer(-1)), ..column("rating", "integer") },
                Column { default: literal(Literal::Float(1.5)), ..column("weight", "double") },
                Column { default: expression("current_timestamp"), ..column("at", "datetime(tz)") },
                Column {
                    default: expression("datetime('now') -- local"),
                    ..column("seen", "datetime")
                },
                Column { default: expression("(1 + 2)"), ..column("three", "small_integer") },
                Column {
                    default: literal(Literal::Text("draft".to_owned())),
                    ..column("status", "enum(draft, 'it''s out')")
                },
                Column {
                    generated: Some(Generated { expression: Sql::new("rating * 2"), stored: true }),
                    ..column("double", "integer")
                },
                Column {
                    generated: Some(Generated {
                        expression: Sql::new("lower(slug)"),
                        stored: false,
                    }),
                    ..column("lower", "text")
                },
                Column::new("untyped", Type::native("sqlite", "")),
                Column::new("native", Type::native("sqlite", "VARYING CHARACTER(3, 4)")),
                column("user_id", "integer"),
                column("a\"b; --", "uuid"),
            ],
        )
    };
    let pair = Table {
        primary_key: Some(PrimaryKey {
            options: word("sqlite.columns", "\"b\" DESC, \"a\""),
            ..key(None, &["b", "a"]).unwrap()
        }),
        options: Options::from([on("sqlite.strict"), on("sqlite.without_rowid")]),
        ..table(
            "pair",
            vec![
                Column { nullable: false, ..column("a", "integer") },
                Column { nullable: false, ..column("b", "datetime") },
            ],
        )
    };
    let alone =
        Table { primary_key: key(None, &["a"]), ..table("alone", vec![column("a", "integer")]) };
    assert_eq!(
        script(&[user(), post, pair, alone].map(Operation::CreateTable)),
        "\
CREATE TABLE \"user\" (
    \"id\" INTEGER NOT NULL,
    \"username\" VARCHAR(64) NOT NULL,
    \"email\" VARCHAR(120),
    CONSTRAINT \"pk_user\" PRIMARY KEY (\"id\")
);
CREATE TABLE \"post\" (
    \"id\" INTEGER CONSTRAINT \"pk_post\" PRIMARY KEY AUTOINCREMENT NOT NULL,
    \"body\" TEXT DEFAULT 'it''s',
    \"slug\" VARCHAR NOT NULL ON CONFLICT IGNORE COLLATE NOCASE,
    \"public\" BOOLEAN DEFAULT TRUE,
    \"rating\" INTEGER DEFAULT -1,
    \"weight\" DOUBLE DEFAULT 1.5,
    \"at\" DATETIME DEFAULT current_timestamp,
    \"seen\" DATETIME DEFAULT (datetime('now') -- local
),
    \"three\" SMALLINT DEFAULT (1 + 2),
    \"status\" VARCHAR(8) DEFAULT 'draft' CHECK (\"status\" IN ('draft', 'it''s out')),
    \"double\" INTEGER GENERATED ALWAYS AS (rating * 2) STORED,
    \"lower\" TEXT GENERATED ALWAYS AS (lower(slug)) VIRTUAL,
    \"untyped\",
    \"native\" VARYING CHARACTER(3, 4),
    \"user_id\" INTEGER,
    \"a\"\"b; --\" CHAR(36),
    CONSTRAINT \"uq_post_slug\" UNIQUE (\"slug\", \"user_id\") ON CONFLICT REPLACE,
    CONSTRAINT \"fk_post_user_id_user\" FOREIGN KEY (\"user_id\") REFERENCES \"user\" (\"id\") ON DELETE CASCADE ON UPDATE SET DEFAULT MATCH FULL DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (\"user_id\") REFERENCES \"user\" DEFERRABLE,
    CONSTRAINT \"ck_post_body\" CHECK (length(body) > 0 -- not empty
),
    CHECK (rating > 0)
);
CREATE TABLE \"pair\" (
    \"a\" INTEGER NOT NULL,
    \"b\" TEXT NOT NULL,
    PRIMARY KEY (\"b\" DESC, \"a\")
) WITHOUT ROWID, STRICT;
CREATE TABLE \"alone\" (
    \"a\" INT,
    PRIMARY KEY (\"a\")
);
"
    );
}

#[test]
fn tables_go_and_get_other_names() {
    let to = |from: &str, to: &str| Operation::RenameTable { from: from.into(), to: to.into() };
    let people = Table { name: Name::new("User"), ..user() };
    assert_eq!(
        script(&[
            Operation::CreateTable(table("t", vec![column("a", "text")])),
            Operation::CreateTable(user()),
            to("t", "odd \"name\""),
            to("user", "User"),
            Operation::DropTable(people),
        ]),
        "\
CREATE TABLE \"t\" (
    \"a\" TEXT
);
CREATE TABLE \"user\" (
    \"id\" INTEGER NOT NULL,
    \"username\" VARCHAR(64) NOT NULL,
    \"email\" VARCHAR(120),
    CONSTRAINT \"pk_user\" PRIMARY KEY (\"id\")
);
ALTER TABLE \"t\" RENAME TO \"odd \"\"name\"\"\";
ALTER TABLE \"user\" RENAME TO \"_limbeck_User\";
ALTER TABLE \"_limbeck_User\" RENAME TO \"User\";
DROP TABLE \"User\";
"
    );
}

fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(|column| column.parse().unwrap()).collect();
    Index { name: name.to_owned(), columns, ..Index::default() }
}

fn alter(changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: Name::new("user"), changes }
}

#[test]
fn indexes() {
    let partial = Index {
        unique: true,
        predicate: Some(Sql::new("email IS NOT NULL -- given")),
        ..index("ix_user_email", &["email"])
    };
    let odd = index(
        "odd\"; --",
        &[
            "lower(email)",
            "username || 'x' collate nocase desc nulls last",
            "email desc",
            "username collate binary nulls first",
        ],
    );
    let drop = TableChange::DropIndex(odd.clone());
    let operations = [
        Operation::CreateTable(user()),
        alter(vec![TableChange::AddIndex(partial), TableChange::AddIndex(odd)]),
        alter(vec![drop, TableChange::SetComment { from: None, to: Some("c".to_owned()) }]),
    ];
    let script = script(&operations);
    let lines: Vec<_> = script.lines().skip(6).collect();
    assert_eq!(
        lines,
        [
            "CREATE UNIQUE INDEX \"ix_user_email\" ON \"user\" (\"email\") WHERE email IS NOT NULL -- given",
            ";",
            "CREATE INDEX \"odd\"\"; --\" ON \"user\" ((lower(email)), (username || 'x') COLLATE \"nocase\" DESC, \
         \"email\" DESC, \"username\" COLLATE \"binary\");",
            "DROP INDEX \"odd\"\"; --\";",
        ]
    );
}

#[test]
fn views_and_triggers() {
    let view = |query: &str| {
        Object::View(View {
            name: Name::new("v"),
            materialized: false,
            definition: Sql::new(query),
            options: word("sqlite.columns", "a, \"b\""),
        })
    };
    let trigger = Object::Trigger(Trigger {
        name: Name::new("g"),
        table: Name::new("v"),
        definition: Sql::new(
            "CREATE TRIGGER g INSTEAD OF DELETE ON v BEGIN SELECT ';'; END;\n-- behind",
        ),
    });
    let operations = [
        Operation::CreateTable(user()),
        Operation::Create(view("SELECT 1, 2 -- first\n;")),
        Operation::Create(trigger.clone()),
        Operation::Replace { from: view("SELECT 1, 2"), to: view("SELECT 3, 4") },
        Operation::Replace { from: trigger.clone(), to: trigger.clone() },
        Operation::Drop(trigger),
        Operation::Drop(view("SELECT 3, 4")),
    ];
    let script = script(&operations);
    let lines: Vec<_> = script.lines().skip(6).collect();
    let trigger = "CREATE TRIGGER g INSTEAD OF DELETE ON v BEGIN SELECT ';'; END;";
    assert_eq!(
        lines,
        [
            "CREATE VIEW \"v\" (a, \"b\") AS",
            "SELECT 1, 2;",
            trigger,
            "DROP VIEW \"v\";",
            "CREATE VIEW \"v\" (a, \"b\") AS",
            "SELECT 3, 4;",
            trigger,
            "DROP TRIGGER \"g\";",
            trigger,
            "DROP TRIGGER \"g\";",
            "DROP VIEW \"v\";",
        ]
    );
}

#[test]
fn rows_and_raw_sql() {
    let text = |text: &str| Value::Literal(Literal::Text(text.to_owned()));
    let row = |values: Vec<(&str, Value)>| -> Vec<(String, Value)> {
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    let now = Value::Expression(Sql::new("upper('x') -- why"));
    let insert = Operation::Insert {
        table: Name::new("user"),
        rows: vec![
            row(vec![("username", text("it's")), ("email", now)]),
            row(vec![("username", text("b")), ("email", text("\n"))]),
            row(vec![("username", text("c"))]),
        ],
    };
    let fill = |column: &str, value| Operation::Fill {
        table: Name::new("user"),
        column: column.to_owned(),
        value,
    };
    let empty = Operation::Insert { table: Name::new("e"), rows: vec![vec![], vec![]] };
    let mut raw = Sql::new("not for SQLite");
    raw.dialects.insert(
        "sqlite".to_owned(),
        "-- two\nUPDATE user SET email = ';' ; DELETE FROM e;\n;".to_owned(),
    );
    let run = Operation::Run { command: strings(&["true"]) };
    let operations = [
        Operation::CreateTable(user()),
        Operation::CreateTable(table("e", vec![column("a", "text")])),
        insert,
        empty,
        fill("id", text("it's")),
        fill("email", Value::Expression(Sql::new("lower(username) -- why"))),
        Operation::Execute(raw),
        run,
    ];
    let script = script(&operations);
    let lines: Vec<_> = script.lines().skip(9).collect();
    assert_eq!(
        lines,
        [
            "INSERT INTO \"user\" (\"username\", \"email\") VALUES",
            "    ('it''s', upper('x') -- why",
            "),",
            "    ('b', '",
            "');",
            "INSERT INTO \"user\" (\"username\") VALUES",
            "    ('c');",
            "INSERT INTO \"e\" DEFAULT VALUES;",
            "INSERT INTO \"e\" DEFAULT VALUES;",
            "UPDATE \"user\" SET \"id\" = 'it''s' WHERE \"id\" IS NULL;",
            "UPDATE \"user\" SET \"email\" = (lower(username) -- why",
            ") WHERE \"email\" IS NULL;",
            "UPDATE user SET email = ';';",
            "DELETE FROM e;",
        ]
    );
}

#[test]
fn many_rows_are_parted() {
    let row = || vec![("a".to_owned(), Value::Literal(Literal::Integer(1)))];
    let rows = (0..1001).map(|_| row()).collect();
    let op = Operation::Insert { table: Name::new("t"), rows };
    let statements = Sqlite::bundled().render(&op, &Schema::default()).unwrap();
    let lines: Vec<_> = statements.iter().map(|it| it.sql.lines().count()).collect();
    assert_eq!(lines, [501, 501, 2]);
}

#[test]
fn native_changes() {
    let name = |nullable| Column { nullable, ..column("username", "string(64)") };
    let check = Check {
        name: Some("ck".to_owned()),
        expression: Sql::new("username <> ''"),
        ..Check::default()
    };
    let changes = vec![
        TableChange::DropColumn(column("email", "string(120)")),
        TableChange::RenameColumn { from: "username".to_owned(), to: "name".to_owned() },
        TableChange::AddColumn(Column {
            nullable: false,
            default: literal(Literal::Text("x".to_owned())),
            ..column("kind", "enum(x, y)")
        }),
    ];
    let operations = [
        Operation::CreateTable(user()),
        alter(vec![
            TableChange::AlterColumn { from: name(false), to: name(true) },
            TableChange::AddCheck(check.clone()),
        ]),
        alter(vec![
            TableChange::DropCheck(check),
            TableChange::AlterColumn { from: name(true), to: name(false) },
        ]),
        alter(changes),
    ];
    let script = script(&operations);
    let lines: Vec<_> = script.lines().skip(6).collect();
    assert_eq!(
        lines,
        [
            "ALTER TABLE \"user\" ALTER COLUMN \"username\" DROP NOT NULL;",
            "SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM \
         (SELECT count(*) AS n FROM \"user\" WHERE NOT (username <> '')) WHERE n > 0; -- no row",
            "ALTER TABLE \"user\" ADD CONSTRAINT \"ck\" CHECK (username <> '');",
            "ALTER TABLE \"user\" DROP CONSTRAINT \"ck\";",
            "SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM \
         (SELECT count(*) AS n FROM \"user\" WHERE \"username\" IS NULL) WHERE n > 0; -- no row",
            "ALTER TABLE \"user\" ALTER COLUMN \"username\" SET NOT NULL;",
            "ALTER TABLE \"user\" DROP COLUMN \"email\";",
            "ALTER TABLE \"user\" RENAME COLUMN \"username\" TO \"name\";",
            "ALTER TABLE \"user\" ADD COLUMN \"kind\" VARCHAR(1) NOT NULL DEFAULT 'x' CHECK (\"kind\" IN ('x', 'y'));",
        ]
    );
}

#[test]
fn a_rebuild_is_a_script_that_any_client_runs() {
    let from = column("email", "string(120)");
    let to = Column { nullable: false, ..column("email", "string(200)") };
    let mut before = Schema { tables: vec![user()], ..Schema::default() };
    before.tables[0].indexes.push(index("ix_user_email", &["email desc"]));
    before.objects.push(Object::Trigger(Trigger {
        name: Name::new("g"),
        table: Name::new("user"),
        definition: Sql::new("CREATE TRIGGER g DELETE ON user BEGIN SELECT 1; END"),
    }));
    let op = alter(vec![TableChange::AlterColumn { from, to }]);
    let statements = Sqlite::portable().render(&op, &before).unwrap();
    let lines: Vec<_> = statements.iter().map(|it| it.sql.as_str()).collect();
    assert_eq!(
        lines,
        [
            "SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys",
            "SELECT type || ' ' || name FROM sqlite_master
WHERE tbl_name = 'user' COLLATE NOCASE
AND replace(replace(replace(replace(sql, char(32), ''), char(10), ''), char(13), ''), char(9), '') NOT IN (
'CREATETABLE\"user\"(\"id\"INTEGERNOTNULL,\"username\"VARCHAR(64)NOTNULL,\"email\"VARCHAR(120),CONSTRAINT\"pk_user\"PRIMARYKEY(\"id\"))',
'CREATEINDEX\"ix_user_email\"ON\"user\"(\"email\"DESC)',
'CREATETRIGGERgDELETEONuserBEGINSELECT1;END'
)",
            "SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM \
         (SELECT count(*) AS n FROM \"user\" WHERE \"email\" IS NULL) WHERE n > 0",
            "CREATE TABLE \"_limbeck_new_user\" (
    \"id\" INTEGER NOT NULL,
    \"username\" VARCHAR(64) NOT NULL,
    \"email\" VARCHAR(200) NOT NULL,
    CONSTRAINT \"pk_user\" PRIMARY KEY (\"id\")
)",
            "INSERT OR ABORT INTO \"_limbeck_new_user\" (\"id\", \"username\", \"email\") \
         SELECT \"id\", \"username\", \"email\" FROM \"user\" ORDER BY \"id\"",
            "DROP TABLE \"user\"",
            "PRAGMA legacy_alter_table = ON",
            "ALTER TABLE \"_limbeck_new_user\" RENAME TO \"user\"",
            "PRAGMA legacy_alter_table = OFF",
            "CREATE INDEX \"ix_user_email\" ON \"user\" (\"email\" DESC)",
            "CREATE TRIGGER g DELETE ON user BEGIN SELECT 1; END",
        ]
    );
}

#[test]
fn what_sqlite_lacks_is_refused_with_a_hint() {
    let with = |edit: &dyn Fn(&mut Table)| {
        let mut table = user();
        edit(&mut table);
        Operation::CreateTable(table)
    };
    let email = |edit: &dyn Fn(&mut Column)| with(&|table| edit(&mut table.columns[2]));
    let mut elsewhere = Sql::default();
    elsewhere.dialects.insert("postgres".to_owned(), "true".to_owned());
    let view = |materialized| View {
        name: Name::new("v"),
        materialized,
        definition: Sql::new("SELECT 1; SELECT 2"),
        options: Options::new(),
    };
    let mood = Enum { name: Name::new("mood"), values: strings(&["a"]) };
    let add_index = |edit: &dyn Fn(&mut Index)| {
        let mut index = index("ix", &["email"]);
        edit(&mut index);
        alter(vec![TableChange::AddIndex(index)])
    };
    let cases: Vec<(Operation, &str)> = vec![
        (
            Operation::Create(Object::Namespace(Namespace { name: "app".to_owned() })),
            "SQLite has no schemas (`app`); leave the schema out of the names",
        ),
        (
            Operation::Create(Object::Extension(Extension {
                name: "citext".to_owned(),
                schema: None,
                version: None,
            })),
            "SQLite has no extensions in a database (`citext`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::AlterEnum { from: mood.clone(), to: mood.clone(), renamed: vec![] },
            "SQLite has no shared enums (`mood`); write the values in the column: `enum(a, b)`",
        ),
        (
            Operation::Drop(Object::Sequence(Sequence {
                name: Name::new("s"),
                ty: None,
                options: SequenceOptions::default(),
            })),
            "SQLite has no sequences (`s`); an integer primary key numbers itself",
        ),
        (
            Operation::Create(Object::Function(Function {
                name: Name::new("f"),
                arguments: String::new(),
                definition: Sql::new("CREATE FUNCTION f"),
            })),
            "SQLite has no functions in a database (`f`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::Drop(Object::Definition(Definition {
                kind: "policy".to_owned(),
                name: Name::new("p"),
                table: Some(Name::new("user")),
                definition: Sql::new("CREATE POLICY p ON user"),
            })),
            "SQLite has no objects of this kind (policy `p`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::Create(Object::View(view(true))),
            "SQLite has no materialized views (`v`); make it a view",
        ),
        (Operation::Create(Object::View(view(false))), "the view `v` must be one statement"),
        (
            with(&|table| table.name = "app.user".parse().unwrap()),
            "app.user: SQLite has no schemas (`app.user`); leave `app` out of the name",
        ),
        (
            with(&|table| table.columns.clear()),
            "user: SQLite has no tables without columns; give the table a column",
        ),
        (
            with(&|table| table.options = Options::from([on("sqlite.strickt")])),
            "user: a table has no option `sqlite.strickt`; did you mean `sqlite.strict`?",
        ),
        (
            with(&|table| table.options = word("sqlite.strict", "yes")),
            "user: wrong value for the option `sqlite.strict`; it is true or false",
        ),
        (
            with(&|table| {
                table.options = Options::from([on("sqlite.autoincrement")]);
                table.primary_key = None;
                table.columns[0].identity = None;
            }),
            "user: `sqlite.autoincrement` is for a table whose whole primary key numbers itself; leave the option out",
        ),
        (
            with(&|table| table.primary_key = None),
            "user.id: SQLite numbers only a column that is the whole primary key of a table with rowids; \
             make it the primary key, or give the numbers yourself",
        ),
        (
            with(&|table| {
                table.uniques.push(Unique {
                    columns: strings(&["email"]),
                    deferrable: Some(Deferrable::default()),
                    ..Unique::default()
                });
            }),
            "user: SQLite has no deferrable unique constraints; leave `deferrable` out",
        ),
        (
            with(&|table| {
                table.checks.push(Check { expression: elsewhere.clone(), ..Check::default() });
            }),
            "user: the check says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects",
        ),
        (
            email(&|column| column.ty = Type::native("sqlite", "TEXT UNIQUE, b")),
            "user.email: `TEXT UNIQUE, b` is no type; a type is words, with one or two numbers in parentheses",
        ),
        (
            email(&|column| column.ty = "array(text)".parse().unwrap()),
            "user.email: SQLite has no arrays; `json` holds one",
        ),
        (
            email(&|column| column.options = word("sqlite.not_null_on_conflict", "explode")),
            "user.email: wrong value for the option `sqlite.not_null_on_conflict`; \
             it is one of `rollback`, `abort`, `fail`, `ignore`, `replace`",
        ),
        (
            email(&|column| column.default = literal(Literal::Float(f64::INFINITY))),
            "user.email: SQLite has no literal for inf; it is written 9e999, as an expression",
        ),
        (
            add_index(&|index| index.include = strings(&["id"])),
            "user: SQLite has no included columns (index `ix`); name them among the columns of the index",
        ),
        (
            add_index(&|index| index.using = Some("gin".to_owned())),
            "user: SQLite has no index method `gin` (index `ix`); leave `using` out",
        ),
        (
            add_index(&|index| index.columns[0].nulls = Some(Nulls::Last)),
            "user: SQLite cannot place NULL otherwise in an index (index `ix`); leave `nulls first` and `nulls last` out",
        ),
        (
            Operation::Execute(elsewhere.clone()),
            "the SQL to execute says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects",
        ),
        (
            Operation::Execute(Sql::new("SELECT 1;\nSELECT 'a")),
            "a string is never closed (line 2 of the SQL)",
        ),
        (
            alter(vec![TableChange::DropPrimaryKey(PrimaryKey::default())]),
            "user: SQLite must build the table `user` anew, and there is none to look at; \
             check the name, or run this on the database that has the table",
        ),
    ];
    for (op, said) in cases {
        assert_eq!(refused(&op), said, "{op:?}");
    }
}

#[test]
fn plain_revisions_are_not_checked() {
    let operations = [
        Operation::CreateTable(user()),
        alter(vec![
            TableChange::AddIndex(index("ix", &["email"])),
            TableChange::AddColumn(column("a", "text")),
            TableChange::AlterColumn {
                from: column("email", "text"),
                to: Column { nullable: false, ..column("email", "text") },
            },
        ]),
        Operation::RenameTable { from: Name::new("user"), to: Name::new("people") },
        Operation::Run { command: Vec::new() },
    ];
    assert_eq!(Sqlite::bundled().checks(&operations), Checks::default());
}
