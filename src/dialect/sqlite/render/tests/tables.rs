//! Tables, indexes, views and triggers.

use super::*;

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
