//! What models declare, and every mistake with its place and hint.

mod declared;
mod hostile;
mod json;
mod mistakes;
mod reference;

use std::fmt::Write;

use super::*;
use crate::schema::{
    Check, Column, ForeignKey, Identity, Index, OptionValue, Options, PrimaryKey, Schema, Table,
    Type, Unique,
};

fn declared(text: &str) -> Declared {
    let sources = [Source::new("models.toml", text)];
    match parse(&sources, &Naming::default()) {
        Ok(declared) => declared,
        Err(mistakes) => panic!("{}", shown(&mistakes)),
    }
}

fn schema(text: &str) -> Schema {
    declared(text).schema
}

fn table(text: &str) -> Table {
    let mut tables = schema(text).tables;
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

/// The mistakes of one file.
fn mistakes(text: &str) -> String {
    mistakes_of(&[("models.toml", text)])
}

fn mistakes_of(files: &[(&str, &str)]) -> String {
    let sources: Vec<_> = files.iter().map(|(path, text)| Source::new(path, *text)).collect();
    match parse(&sources, &Naming::default()) {
        Ok(declared) => panic!("no mistake: {declared:?}"),
        Err(mistakes) => shown(&mistakes),
    }
}

/// Every mistake with line, caret and hint.
fn shown(mistakes: &Mistakes) -> String {
    let mut text = String::new();
    for mistake in &mistakes.0 {
        let place = mistake.place.as_ref().unwrap();
        let source = &place.source.text;
        let start = source[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = source[start..].lines().next().unwrap_or_default();
        let number = source[..start].matches('\n').count() + 1;
        let indent = " ".repeat(source[start..place.span.start].chars().count());
        let end = place.span.end.min(start + line.len()).max(place.span.start);
        let carets = "^".repeat(source[place.span.start..end].chars().count().max(1));
        let path = place.path().display();
        writeln!(text, "{path}:{number}: {}", mistake.message).unwrap();
        writeln!(text, "  {line}\n  {indent}{carets}").unwrap();
        writeln!(text, "  hint: {}", mistake.hint.as_deref().unwrap()).unwrap();
    }
    text
}

fn column(name: &str, ty: Type) -> Column {
    Column::new(name, ty)
}

fn required(name: &str, ty: Type) -> Column {
    Column { nullable: false, ..Column::new(name, ty) }
}

fn numbered(name: &str) -> Column {
    Column { identity: Some(Identity::default()), ..required(name, Type::INTEGER) }
}

fn key(name: &str, columns: &[&str]) -> Option<PrimaryKey> {
    Some(PrimaryKey { name: Some(name.into()), columns: strings(columns), ..Default::default() })
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(|column| column.parse().unwrap()).collect();
    Index { name: name.into(), columns, ..Index::default() }
}

fn unique(name: &str, columns: &[&str]) -> Unique {
    Unique { name: Some(name.into()), columns: strings(columns), ..Unique::default() }
}

fn check(name: &str, expression: &str) -> Check {
    Check { name: Some(name.into()), expression: expression.into(), ..Check::default() }
}

fn foreign_key(name: &str, columns: &[&str], table: &str, references: &[&str]) -> ForeignKey {
    ForeignKey {
        name: Some(name.into()),
        columns: strings(columns),
        table: table.parse().unwrap(),
        references: strings(references),
        ..ForeignKey::default()
    }
}

fn options(options: &[(&str, OptionValue)]) -> Options {
    options.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}
