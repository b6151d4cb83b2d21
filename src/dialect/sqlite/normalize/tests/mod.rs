//! What is declared becomes what SQLite reports of it.

mod complaints;
mod generated;
mod rich;

use super::super::{SqliteConnection, inspect};
use super::*;
use crate::dialect::{Connection, Scope};
use crate::schema::{
    Action, Check, Deferrable, ForeignKey, Generated, IndexColumn, Literal, Nulls, OptionValue,
    Options, PrimaryKey, Unique,
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
