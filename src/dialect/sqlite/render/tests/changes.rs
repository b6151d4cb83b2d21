//! Changes of a table, as SQLite makes them.

use super::*;
use crate::dialect::Checks;

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
