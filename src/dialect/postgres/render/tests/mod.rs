mod columns;
mod objects;
mod refused;
mod tables;

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
