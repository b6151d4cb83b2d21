//! Changes of the values of a shared enum.
//!
//! A value can be added and renamed: <https://www.postgresql.org/docs/current/sql-altertype.html>.
//! Any other change makes the type anew, and with it every column that holds it.

use super::dependants::{Dependants, mentions, mentions_rows, speaks_of};
use super::objects;
use crate::dialect::postgres::alter::{alter, lost};
use crate::dialect::postgres::create::{self, alter_table};
use crate::dialect::postgres::types::{self, literal, quote};
use crate::dialect::postgres::{Postgres, default};
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{
    Column, Enum, Index, IndexKey, Literal, Name, Object, Schema, Sql, Table, Type, TypeOf, Value,
};

/// Whether the change needs to see who uses the type.
pub(super) fn looks(from: &Enum, to: &Enum, renamed: &[(String, String)]) -> bool {
    additions(&after_renames(from, renamed), &to.values).is_none()
}

/// The statements that change the values of an enum.
///
/// # Errors
/// When what uses it cannot be made again.
pub(super) fn alter_enum(
    dialect: &Postgres,
    from: &Enum,
    to: &Enum,
    renamed: &[(String, String)],
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let values = after_renames(from, renamed);
    let mut statements: Vec<Statement> =
        renames(from, renamed).into_iter().map(Statement::new).collect();
    match additions(&values, &to.values) {
        Some(added) => {
            let ty = types::name(&to.name);
            let added = added.into_iter().map(|it| format!("ALTER TYPE {ty} ADD VALUE {it}"));
            statements.extend(added.map(Statement::new));
        }
        None if !before.objects.iter().any(|it| it.name() == from.name) => {
            return Err(Unsupported::new(
                format!("which columns hold the enum `{}` is not known here", from.name),
                "run this on the database; a script for others can only add values to the end of \
                 the enum or between them, and rename them"
                    .to_owned(),
            ));
        }
        None => statements.extend(Swap { dialect, to, renamed, before }.statements(&values)?),
    }
    Ok(statements)
}

/// The values as they are called after the renames.
fn after_renames(from: &Enum, renamed: &[(String, String)]) -> Vec<String> {
    from.values.iter().map(|value| renamed_value(value, renamed)).collect()
}

fn renamed_value(value: &str, renamed: &[(String, String)]) -> String {
    let found = renamed.iter().find(|(old, _)| old == value);
    found.map_or_else(|| value.to_owned(), |(_, new)| new.clone())
}

/// The statements that rename values, in an order in which no name is taken; where there is none,
/// one of them is put aside.
fn renames(from: &Enum, renamed: &[(String, String)]) -> Vec<String> {
    const ASIDE: &str = "_limbeck_renamed";
    let ty = types::name(&from.name);
    let sql = |old: &str, new: &str| {
        format!("ALTER TYPE {ty} RENAME VALUE {} TO {}", literal(old), literal(new))
    };
    let mut there = from.values.clone();
    let mut left: Vec<(String, String)> =
        renamed.iter().filter(|(old, new)| old != new && there.contains(old)).cloned().collect();
    let mut statements = Vec::new();
    while !left.is_empty() {
        let free = left.iter().position(|(_, new)| !there.contains(new));
        let (old, new) = match free {
            Some(at) => left.remove(at),
            // A circle: its first value waits under another name.
            None if left[0].0 != ASIDE => {
                let old = std::mem::replace(&mut left[0].0, ASIDE.to_owned());
                (old, ASIDE.to_owned())
            }
            // The new name is the one of a value that stays: the server says so.
            None => left.remove(0),
        };
        statements.push(sql(&old, &new));
        there.retain(|it| *it != old);
        there.push(new);
    }
    statements
}

/// Where values are added to get from `have` to `want`, when nothing else is to be done.
fn additions(have: &[String], want: &[String]) -> Option<Vec<String>> {
    let mut added = Vec::new();
    let mut left = have;
    for (at, value) in want.iter().enumerate() {
        match left {
            [first, rest @ ..] if first == value => left = rest,
            [] => added.push(literal(value)),
            [first, ..] => added.push(match at.checked_sub(1).map(|it| &want[it]) {
                Some(previous) => format!("{} AFTER {}", literal(value), literal(previous)),
                None => format!("{} BEFORE {}", literal(value), literal(first)),
            }),
        }
    }
    left.is_empty().then_some(added)
}

/// A type that is made anew.
struct Swap<'a> {
    dialect: &'a Postgres,
    to: &'a Enum,
    renamed: &'a [(String, String)],
    before: &'a Schema,
}

impl Swap<'_> {
    /// `values` are the ones that the type has at the beginning.
    fn statements(&self, values: &[String]) -> Result<Vec<Statement>, Unsupported> {
        let gone: Vec<_> = values.iter().filter(|it| !self.to.values.contains(it)).collect();
        let mut statements = Vec::new();
        let uses: Vec<(&Table, Vec<&Column>)> = self.uses();
        if !gone.is_empty() {
            for (table, columns) in &uses {
                statements.extend(columns.iter().map(|column| self.refuse(table, column, &gone)));
            }
        }
        let dependants = self.views(&uses);
        let functions = self.functions();
        statements.extend(dependants.drop()?);
        for function in &functions {
            statements.extend(objects::drop(function)?);
        }
        let mut back = Vec::new();
        for (table, columns) in &uses {
            let (drops, adds) = in_the_way(table, columns);
            statements.extend(self.alter(&table.name, &drops)?);
            back.push((&table.name, adds));
        }
        let aside = self.aside();
        let (old, name) = (types::name(&aside), types::name(&self.to.name));
        statements
            .push(Statement::new(format!("ALTER TYPE {name} RENAME TO {}", quote(&aside.name))));
        statements.push(Statement::new(objects::create_enum(self.to)));
        for (table, columns) in &uses {
            statements.push(Statement::new(self.retype(table, columns)?));
        }
        statements.push(Statement::new(format!("DROP TYPE {old}")));
        for function in &functions {
            statements.extend(objects::create(function)?);
        }
        // What refers to a table comes after the keys to which it refers.
        let is_reference = |it: &TableChange| matches!(it, TableChange::AddForeignKey(_));
        for references in [false, true] {
            for (table, adds) in &back {
                let adds: Vec<_> =
                    adds.iter().filter(|it| is_reference(it) == references).cloned().collect();
                statements.extend(self.alter(table, &adds)?);
            }
        }
        statements.extend(dependants.restore()?);
        Ok(statements)
    }

    /// The name under which the old type waits.
    fn aside(&self) -> Name {
        let name = create::made_name("_limbeck", &self.to.name.name, "old");
        Name { schema: self.to.name.schema.clone(), name }
    }

    /// The tables with columns of the type, or of arrays of it.
    fn uses(&self) -> Vec<(&Table, Vec<&Column>)> {
        let schema = |it: &Name| it.schema.clone().unwrap_or_else(|| self.dialect.schema.clone());
        let to = &self.to.name;
        let is = |it: &Name| it.name == to.name && schema(it) == schema(to);
        let uses = |column: &&Column| shared_enum(&column.ty).is_some_and(is);
        let tables = self.before.tables.iter();
        let tables = tables.map(|table| (table, table.columns.iter().filter(uses).collect()));
        tables.filter(|(_, columns): &(_, Vec<&Column>)| !columns.is_empty()).collect()
    }

    /// The query that finds a row which holds a value that goes.
    fn refuse(&self, table: &Table, column: &Column, gone: &[&String]) -> Statement {
        let values: Vec<_> = gone.iter().map(|it| literal(it)).collect();
        let (values, name, from) =
            (values.join(", "), quote(&column.name), types::name(&table.name));
        let sql = match column.ty.of("postgres") {
            Ok(TypeOf::Portable(Type::Array(_))) => format!(
                "SELECT value FROM {from}, unnest({name}::text[]) AS value \
                 WHERE value IN ({values}) LIMIT 1"
            ),
            _ => format!("SELECT {name} FROM {from} WHERE {name}::text IN ({values}) LIMIT 1"),
        };
        let place = table.name.column(&column.name);
        let said: Vec<_> = gone.iter().map(|it| format!("`{it}`")).collect();
        let message = format!(
            "rows of `{place}` still hold what the enum `{}` loses: {}",
            self.to.name,
            said.join(", ")
        );
        Statement::refuse(sql, message)
    }

    fn views(&self, uses: &[(&Table, Vec<&Column>)]) -> Dependants {
        Dependants::collect(self.before, None, |sql| {
            mentions(sql, &self.to.name.name)
                || uses.iter().any(|(table, columns)| {
                    mentions(sql, &table.name.name)
                        && (mentions_rows(sql) || columns.iter().any(|it| mentions(sql, &it.name)))
                })
        })
    }

    /// The functions that take or give the type; a body between quotes asks for it when it runs.
    fn functions(&self) -> Vec<Object> {
        let speaks = |object: &&Object| matches!(object, Object::Function(it) if speaks_of(&it.definition, &self.to.name.name));
        self.before.objects.iter().filter(speaks).cloned().collect()
    }

    fn alter(&self, table: &Name, changes: &[TableChange]) -> Result<Vec<Statement>, Unsupported> {
        alter(self.dialect, table, changes, &Schema::default())
    }

    /// `ALTER TABLE` of all columns of a table that hold the type.
    fn retype(&self, table: &Table, columns: &[&Column]) -> Result<String, Unsupported> {
        let mut clauses = Vec::new();
        let name = types::name(&self.to.name);
        for column in columns {
            let quoted = quote(&column.name);
            if column.default.is_some() {
                clauses.push(format!("ALTER COLUMN {quoted} DROP DEFAULT"));
            }
            let array = match column.ty.of("postgres") {
                Ok(TypeOf::Portable(Type::Array(_))) => "[]",
                _ => "",
            };
            clauses.push(format!(
                "ALTER COLUMN {quoted} TYPE {name}{array} USING {quoted}::text{array}::{name}{array}"
            ));
            if let Some(value) = &column.default {
                let value = default::sql(&column.ty, &self.renamed_default(value))?;
                clauses.push(format!("ALTER COLUMN {quoted} SET DEFAULT {value}"));
            }
        }
        Ok(alter_table(&table.name, &clauses))
    }

    /// A default under the new name of its value.
    fn renamed_default(&self, value: &Value) -> Value {
        match value {
            Value::Literal(Literal::Text(text)) => {
                Value::Literal(Literal::Text(renamed_value(text, self.renamed)))
            }
            other => other.clone(),
        }
    }
}

/// The enum that a type is, or is an array of.
fn shared_enum(ty: &Type) -> Option<&Name> {
    match ty.of("postgres") {
        Ok(TypeOf::Portable(Type::SharedEnum(name))) => Some(name),
        Ok(TypeOf::Portable(Type::Array(of))) => shared_enum(of),
        _ => None,
    }
}

/// What of a table compares these columns with values of the old type: what drops it, and what
/// brings it back.
fn in_the_way(table: &Table, columns: &[&Column]) -> (Vec<TableChange>, Vec<TableChange>) {
    let named = |name: &String| columns.iter().any(|it| it.name == *name);
    let spoken = |sql: &Sql| columns.iter().any(|it| speaks_of(sql, &it.name));
    let computed = |index: &Index| {
        let in_key = |key: &IndexKey| matches!(key, IndexKey::Expression(sql) if spoken(sql));
        index.predicate.as_ref().is_some_and(spoken)
            || index.columns.iter().any(|it| in_key(&it.key))
    };
    let keys = table.foreign_keys.iter().filter(|it| it.columns.iter().any(named));
    let checks = table.checks.iter().filter(|it| spoken(&it.expression));
    let indexes = table.indexes.iter().filter(|it| computed(it));
    let mut back: Vec<TableChange> = (checks.cloned().map(TableChange::AddCheck))
        .chain(indexes.cloned().map(TableChange::AddIndex))
        .chain(keys.cloned().map(TableChange::AddForeignKey))
        .collect();
    let mut drops: Vec<TableChange> = back.iter().map(TableChange::reverse).collect();
    let generated = |it: &&Column| it.generated.as_ref().is_some_and(|it| spoken(&it.expression));
    let generated: Vec<_> = table.columns.iter().filter(generated).collect();
    for column in &generated {
        for change in lost(table, &column.name) {
            if !back.contains(&change) {
                back.push(change);
            }
        }
    }
    drops.extend(generated.iter().map(|it| TableChange::DropColumn((*it).clone())));
    let added = generated.into_iter().map(|it| TableChange::AddColumn(it.clone()));
    (drops, added.chain(back).collect())
}
