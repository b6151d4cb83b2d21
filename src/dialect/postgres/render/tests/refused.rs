//! What PostgreSQL cannot do.

use super::*;

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
                "t.{long}: the name `{long}` is 64 bytes long, and PostgreSQL keeps 63; give it a \
                 shorter name"
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
