//! Rows and raw SQL.

use super::*;

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
