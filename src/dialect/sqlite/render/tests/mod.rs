//! The statements of every operation.

mod changes;
mod refused;
mod rows;
mod tables;

use super::*;
use crate::dialect::sqlite::SqliteConnection;
use crate::dialect::{Connection, Dialect};
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

fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(|column| column.parse().unwrap()).collect();
    Index { name: name.to_owned(), columns, ..Index::default() }
}

fn alter(changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: Name::new("user"), changes }
}
