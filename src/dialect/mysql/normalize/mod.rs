//! What a declaration becomes in MySQL and MariaDB.
//!
//! Most of it can be told: types, names, literals, and expressions that the live database spells in a
//! way that is known (`draft`). What is left in doubt is made as a temporary table, read from there and
//! dropped at once (`ask`); views and routines are made in a database of their own (`views`).

mod ask;
mod charset;
mod columns;
mod doubt;
mod draft;
mod keys;
mod names;
mod objects;
mod reply;
mod setting;
mod views;

pub(super) use charset::is_text;

use std::collections::HashMap;

use super::{MySql, create, render};
use crate::dialect::{Connection, NormalizeError, Unsupported};
use crate::operation::Operation;
use crate::schema::{Name, Object, Schema, Table};
use charset::Charsets;
use doubt::Doubts;
use draft::{Draft, draft};

/// What `inspect` would report of a database made from `declared`.
///
/// # Errors
/// All that this server cannot hold, and whatever it says.
pub(super) fn normalize(
    dialect: &MySql,
    declared: &Schema,
    live: &Schema,
    db: &mut dyn Connection,
) -> Result<Schema, NormalizeError> {
    let charsets = Charsets::of(dialect, declared, db)?;
    let mut normalizing = Normalizing::new(dialect, live, charsets);
    normalizing.tables(declared);
    normalizing.objects(declared);
    if !normalizing.errors.is_empty() {
        return Err(NormalizeError::Unsupported(normalizing.errors));
    }
    normalizing.settle(db)?;
    let mut schema = normalizing.schema;
    schema.sort();
    Ok(schema)
}

/// Refuses what is in another database than that of the connection, which nobody looks into.
fn elsewhere(what: &str) -> Unsupported {
    Unsupported::new(
        format!("{what} is another database's here, where a schema is a database"),
        "each database has models and a history of its own: `[databases.NAME]` in db.toml is one"
            .to_owned(),
    )
}

/// Says that the server was not asked about something, and why.
fn unasked(what: &str, why: &str) -> String {
    format!(
        "{what} compared as written, and what the server spells otherwise shows as a change: {why}"
    )
}

struct Normalizing<'a> {
    dialect: &'a MySql,
    live: &'a Schema,
    charsets: Charsets,
    schema: Schema,
    /// Positions in `schema.tables` of what the server must be asked about, and what of it.
    tables_in_doubt: Vec<(usize, Doubts)>,
    /// Positions in `schema.objects`.
    objects_in_doubt: Vec<usize>,
    errors: Vec<Unsupported>,
}

impl<'a> Normalizing<'a> {
    fn new(dialect: &'a MySql, live: &'a Schema, charsets: Charsets) -> Normalizing<'a> {
        Normalizing {
            dialect,
            live,
            charsets,
            schema: Schema::default(),
            tables_in_doubt: Vec::new(),
            objects_in_doubt: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn tables(&mut self, declared: &Schema) {
        let (dialect, live) = (self.dialect, self.live);
        let live: HashMap<Name, &Table> =
            live.tables.iter().map(|it| (it.name.clone(), it)).collect();
        let found = |name: &Name| names::found(dialect, name, live.keys());
        let keys: HashMap<Name, Vec<String>> = declared
            .tables
            .iter()
            .filter_map(|it| Some((found(&it.name), it.primary_key.as_ref()?.columns.clone())))
            .collect();
        for table in &declared.tables {
            let name = found(&table.name);
            if name.schema.is_some() {
                let error = elsewhere(&format!("table `{name}`"));
                self.errors.push(Unsupported { table: Some(table.name.clone()), ..error });
                continue;
            }
            let drafting = Draft {
                dialect,
                charsets: &self.charsets,
                live: live.get(&name).copied(),
                name,
                found: &found,
                primary_key: &|name| keys.get(name).cloned().unwrap_or_default(),
            };
            // What cannot be spelled cannot be made.
            let drafted = create::table(dialect, table).and_then(|_| draft(&drafting, table));
            match drafted {
                Ok((table, doubts)) => {
                    if !doubts.is_empty() {
                        self.tables_in_doubt.push((self.schema.tables.len(), doubts));
                    }
                    self.schema.tables.push(table);
                }
                Err(error) => self.errors.push(Unsupported {
                    table: error.table.or_else(|| Some(table.name.clone())),
                    ..error
                }),
            }
        }
    }

    fn objects(&mut self, declared: &Schema) {
        for object in &declared.objects {
            // It is there.
            if matches!(object, Object::Namespace(it) if Some(&it.name) == self.dialect.schema.as_ref())
            {
                continue;
            }
            let create = Operation::Create(object.clone());
            if let Err(error) = render::render(self.dialect, &create, &Schema::default()) {
                self.errors.push(error);
                continue;
            }
            let (object, is_known) = objects::settled(self.dialect, object, &self.live.objects);
            if object.name().schema.is_some() || matches!(object, Object::Namespace(_)) {
                self.errors.push(elsewhere(&format!("`{}`", object.key())));
                continue;
            }
            if !is_known && views::can_be_made(self.dialect, &object) {
                self.objects_in_doubt.push(self.schema.objects.len());
            }
            self.schema.objects.push(object);
        }
    }

    /// Asks the server about all that is in doubt, and takes its word.
    fn settle(&mut self, db: &mut dyn Connection) -> Result<(), NormalizeError> {
        let mut refused = Vec::new();
        for (at, doubts) in &self.tables_in_doubt {
            let table = &mut self.schema.tables[*at];
            let live = self.live.table(&table.name);
            match ask::ask(self.dialect, table, live, doubts, db)? {
                ask::Answer::Settled => {}
                ask::Answer::Refused(error) => refused.push(error),
                ask::Answer::NoRight(why) => {
                    db.note(unasked("expressions are", &why));
                    break;
                }
            }
        }
        if !refused.is_empty() {
            return Err(NormalizeError::Unsupported(refused));
        }
        if !self.objects_in_doubt.is_empty() {
            views::settle(self.dialect, &mut self.schema, &self.objects_in_doubt, db)?;
        }
        Ok(())
    }
}
