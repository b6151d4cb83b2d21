//! What a declaration becomes in PostgreSQL.
//!
//! Most of it can be told: types, names, literals, and expressions that the live database spells
//! in a way that is known (`draft`). What is left in doubt is made in a schema of its own within a
//! transaction that is taken back, and read from there (`ask`): no default is executed and no
//! number is taken.

mod ask;
mod draft;
mod merge;
mod schemas;

use std::collections::{BTreeSet, HashMap};

use super::Postgres;
use super::lexer::{TokenKind, tokens};
use super::{create, render};
use crate::dialect::{Connection, NormalizeError, Unsupported};
use crate::operation::Operation;
use crate::schema::{Index, Name, Object, Schema, Sql, Table, Type};
use ask::{Asked, Question};
use draft::{draft, local, settle_sequence};
use merge::merge;
pub(super) use schemas::{Direction, Schemas};

/// What `inspect` would report of a database made from `declared`.
///
/// # Errors
/// All that PostgreSQL cannot hold, and whatever the server says.
pub(super) fn normalize(
    dialect: &Postgres,
    declared: &Schema,
    live: &Schema,
    db: &mut dyn Connection,
) -> Result<Schema, NormalizeError> {
    let mut normalizing = Normalizing::new(dialect, declared, live);
    normalizing.tables();
    normalizing.objects();
    if !normalizing.errors.is_empty() {
        return Err(NormalizeError::Unsupported(normalizing.errors));
    }
    normalizing.settle(db)?;
    let mut schema = normalizing.schema;
    schema.sort();
    Ok(schema)
}

/// Whether `live` has this very index, as far as it can be told without asking. Its comment does not
/// count.
pub(super) fn has_index(dialect: &Postgres, live: &Table, index: &Index) -> bool {
    let columns = live.columns.clone();
    let declared = Table {
        name: live.name.clone(),
        columns,
        indexes: vec![index.clone()],
        ..Table::default()
    };
    let Ok(drafted) = draft(dialect, &declared, Some(live), &|_| Vec::new()) else { return false };
    let without_comment = |it: &Index| Index { comment: None, ..it.clone() };
    let drafted = drafted.table.indexes.first().map(without_comment);
    drafted.is_some_and(|it| live.indexes.iter().any(|live| without_comment(live) == it))
}

struct Normalizing<'a> {
    dialect: &'a Postgres,
    declared: &'a Schema,
    live: HashMap<&'a Name, &'a Table>,
    live_objects: &'a [Object],
    schema: Schema,
    /// Positions in `declared` of what the server must be asked about.
    tables_in_doubt: BTreeSet<usize>,
    objects_in_doubt: BTreeSet<usize>,
    errors: Vec<Unsupported>,
}

impl<'a> Normalizing<'a> {
    fn new(dialect: &'a Postgres, declared: &'a Schema, live: &'a Schema) -> Normalizing<'a> {
        Normalizing {
            dialect,
            declared,
            live: live.tables.iter().map(|it| (&it.name, it)).collect(),
            live_objects: &live.objects,
            schema: Schema::default(),
            tables_in_doubt: BTreeSet::new(),
            objects_in_doubt: BTreeSet::new(),
            errors: Vec::new(),
        }
    }

    fn tables(&mut self) {
        let keys: HashMap<Name, &Table> =
            self.declared.tables.iter().map(|it| (local(self.dialect, &it.name), it)).collect();
        let primary_key = |name: &Name| -> Vec<String> {
            let table = keys.get(&local(self.dialect, name));
            let key = table.and_then(|it| it.primary_key.as_ref());
            key.map(|it| it.columns.clone()).unwrap_or_default()
        };
        for (at, table) in self.declared.tables.iter().enumerate() {
            let live = self.live.get(&local(self.dialect, &table.name)).copied();
            // What cannot be spelled cannot be made.
            let drafted = fits(self.dialect, table).and_then(|()| {
                let own = without_columns_of_parent(self.dialect, table, &keys);
                draft(self.dialect, own.as_ref().unwrap_or(table), live, &primary_key)
            });
            match drafted {
                Ok(it) => {
                    if it.in_doubt {
                        self.tables_in_doubt.insert(at);
                    }
                    self.schema.tables.push(it.table);
                }
                Err(error) => self.errors.push(Unsupported {
                    table: error.table.or_else(|| Some(table.name.clone())),
                    ..error
                }),
            }
        }
    }

    fn objects(&mut self) {
        for (at, object) in self.declared.objects.iter().enumerate() {
            let create = Operation::Create(object.clone());
            if let Err(error) = render::render(self.dialect, &create, &Schema::default()) {
                self.errors.push(error);
                continue;
            }
            let (object, in_doubt) = self.object(object.clone());
            if in_doubt {
                self.objects_in_doubt.insert(at);
            }
            self.schema.objects.push(object);
        }
    }

    /// The object, and whether only the server can settle it.
    fn object(&self, mut object: Object) -> (Object, bool) {
        let place = |name: &Name| local(self.dialect, name);
        match &mut object {
            Object::Namespace(_) => return (object, false),
            Object::Extension(it) => {
                let live = self.live_objects.iter().find_map(|live| match live {
                    Object::Extension(live) if live.name == it.name => Some(live),
                    _ => None,
                });
                it.schema = it.schema.take().or_else(|| live.and_then(|it| it.schema.clone()));
                it.version = it.version.take().or_else(|| live.and_then(|it| it.version.clone()));
                // What is declared may need one that is not there.
                let in_doubt = live.is_none() || it.schema.is_none() || it.version.is_none();
                return (object, in_doubt);
            }
            Object::Enum(it) => {
                it.name = place(&it.name);
                return (object, false);
            }
            Object::Sequence(it) => {
                it.name = place(&it.name);
                let live = self.live_objects.iter().find_map(|live| match live {
                    Object::Sequence(live) if live.name == it.name => Some(&live.options),
                    _ => None,
                });
                let ty = it.ty.take().unwrap_or(Type::BigInteger { unsigned: false });
                settle_sequence(&mut it.options, live, &ty);
                // It is what a sequence counts in when nothing is said.
                it.ty = Some(ty).filter(|it| *it != Type::BigInteger { unsigned: false });
                return (object, false);
            }
            Object::Function(it) => it.name = place(&it.name),
            Object::View(it) => it.name = place(&it.name),
            Object::Trigger(it) => (it.name, it.table) = (place(&it.name), place(&it.table)),
            Object::Definition(it) => {
                it.name = place(&it.name);
                it.table = it.table.as_ref().map(place);
            }
        }
        let is_known = self.live_objects.contains(&object);
        (object, !is_known)
    }

    /// Asks the server about all that is in doubt, and takes its word.
    fn settle(&mut self, db: &mut dyn Connection) -> Result<(), NormalizeError> {
        if self.tables_in_doubt.is_empty() && self.objects_in_doubt.is_empty() {
            return Ok(());
        }
        self.widen();
        let tables: Vec<&Table> =
            self.tables_in_doubt.iter().map(|at| &self.declared.tables[*at]).collect();
        let objects: Vec<&Object> = self
            .declared
            .objects
            .iter()
            .enumerate()
            .filter(|(at, it)| self.objects_in_doubt.contains(at) || is_below(it))
            .map(|(_, it)| it)
            .collect();
        let question = Question { dialect: self.dialect, tables: &tables, objects: &objects };
        let Asked { tables, objects } = ask::ask(&question, db)?;
        for table in tables {
            let found = self.schema.tables.iter_mut().find(|it| it.name == table.name);
            if let Some(found) = found {
                merge(found, table, self.live.get(&found.name.clone()).copied());
            }
        }
        for object in objects {
            let key = object.key();
            let found = self.schema.objects.iter_mut().find(|it| it.key() == key);
            if let Some(found) = found {
                *found = object;
            }
        }
        Ok(())
    }

    /// Adds what stands below something that is in doubt, where it is not there as it is declared:
    /// what is made for the question finds the rest in the live database.
    fn widen(&mut self) {
        loop {
            let before = (self.tables_in_doubt.len(), self.objects_in_doubt.len());
            let mut names = BTreeSet::new();
            for at in &self.objects_in_doubt {
                let object = &self.declared.objects[*at];
                mentioned(object, &mut names);
            }
            for at in &self.tables_in_doubt {
                let parent = super::options::PARTITION_OF;
                let options = &self.declared.tables[*at].options;
                for name in [parent, super::options::INHERITS] {
                    names.extend(
                        super::options::text(options, name).iter().flat_map(|it| words(it)),
                    );
                }
            }
            for (at, table) in self.declared.tables.iter().enumerate() {
                let name = local(self.dialect, &table.name);
                let live = self.live.get(&name).copied();
                let drafted = self.schema.tables.iter().find(|it| it.name == name);
                let watched = self.objects_in_doubt.iter().any(|at| {
                    let table = match &self.declared.objects[*at] {
                        Object::Trigger(it) => Some(&it.table),
                        Object::Definition(it) => it.table.as_ref(),
                        _ => None,
                    };
                    table.is_some_and(|it| local(self.dialect, it) == name)
                });
                if watched || names.contains(&table.name.name) && drafted != live {
                    self.tables_in_doubt.insert(at);
                }
            }
            for (at, object) in self.declared.objects.iter().enumerate() {
                let drafted = &self.schema.objects[at];
                let is_there = self.live_objects.contains(drafted);
                // A trigger of a view is made with its view, not on the live one.
                let is_watched = matches!(object, Object::View(_))
                    && self.objects_in_doubt.iter().any(|at| {
                        let table = self.declared.objects[*at].table();
                        table.is_some_and(|it| local(self.dialect, it) == drafted.name())
                    });
                if is_watched || names.contains(&object.name().name) && !is_there {
                    self.objects_in_doubt.insert(at);
                }
            }
            if before == (self.tables_in_doubt.len(), self.objects_in_doubt.len()) {
                return;
            }
        }
    }
}

/// A partition without the columns that the table it is a part of has just so: they are that one's.
fn without_columns_of_parent(
    dialect: &Postgres,
    table: &Table,
    declared: &HashMap<Name, &Table>,
) -> Option<Table> {
    let parent = super::options::text(&table.options, super::options::PARTITION_OF)?;
    let parent = declared.get(&local(dialect, &parent.parse().ok()?))?;
    let mut table = table.clone();
    table.columns.retain(|column| parent.column(&column.name) != Some(column));
    Some(table)
}

/// Whether the table can be spelled, with its indexes.
fn fits(dialect: &Postgres, table: &Table) -> Result<(), Unsupported> {
    render::names::table(table)?;
    create::table(dialect, table).map(|_| ())
}

/// Whether tables may need the object and nothing is executed when it is made: it costs little to
/// have it at hand.
fn is_below(object: &Object) -> bool {
    match object {
        Object::Enum(_) | Object::Sequence(_) => true,
        Object::Definition(it) => it.table.is_none(),
        _ => false,
    }
}

/// Adds the names that the definition of `object` may mention.
fn mentioned(object: &Object, names: &mut BTreeSet<String>) {
    let definition: &Sql = match object {
        Object::View(it) => &it.definition,
        Object::Trigger(it) => &it.definition,
        Object::Function(it) => &it.definition,
        Object::Definition(it) => &it.definition,
        _ => return,
    };
    names.extend(words(definition.of("postgres").unwrap_or_default()));
}

/// The names in the definition of a function, without those of its body.
fn signature(object: &Object) -> Vec<String> {
    match object {
        Object::Function(it) => {
            let text = it.definition.of("postgres").unwrap_or_default();
            tokens(text).filter_map(|token| token.name()).collect()
        }
        _ => Vec::new(),
    }
}

/// Every name in a text, and in the texts within it.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for token in tokens(text) {
        match token.kind {
            TokenKind::String if token.text.starts_with('$') => {
                let tag = token.text[1..].find('$').map_or(0, |at| at + 2);
                let body = token.text.get(tag..token.text.len().saturating_sub(tag));
                names.extend(body.map(words).unwrap_or_default());
            }
            _ => names.extend(token.name()),
        }
    }
    names
}
