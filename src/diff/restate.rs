//! Putting operations into the words of the declaration.
//!
//! A diff speaks of what the database at hand can tell: SQLite keeps a declared `datetime(tz)` as
//! DATETIME and no comments. The script runs on other databases too, so wherever the diff found
//! no difference both sides say what was declared, and the new side is the declaration itself.

use std::collections::BTreeMap;

use crate::operation::{Operation, TableChange};
use crate::schema::{Check, Column, ForeignKey, Index, Object, Schema, Table, Type, Unique};

/// How the database at hand spells the type of a column in its table: the name of its dialect, and
/// the text.
pub type Spell<'a> = &'a dyn Fn(&Table, &Column) -> Option<(String, String)>;

/// The same operations in the words of `declared`; `normalized` is what the database makes of it
/// and what `ops` leads to.
pub fn restate(
    ops: Vec<Operation>,
    declared: &Schema,
    normalized: &Schema,
    spell: Spell,
) -> Vec<Operation> {
    let restate = |op: Operation| {
        let indexes = unique_indexes(&op, declared);
        std::iter::once(restate_operation(op, declared, normalized, spell)).chain(indexes)
    };
    ops.into_iter().flat_map(restate).collect()
}

/// The unique indexes of a new table that the database at hand knows as constraints: they are made
/// beside the table, as all indexes.
fn unique_indexes(op: &Operation, declared: &Schema) -> Option<Operation> {
    let Operation::CreateTable(table) = op else { return None };
    let words = declared.table(&table.name)?;
    let indexes = table.uniques.iter().filter_map(|it| unique_index(words, it));
    let changes: Vec<_> = indexes.map(TableChange::AddIndex).collect();
    let table = table.name.clone();
    (!changes.is_empty()).then_some(Operation::AlterTable { table, changes })
}

/// The index by which a declaration says what the database at hand takes for a unique constraint.
fn unique_index(words: &Table, unique: &Unique) -> Option<Index> {
    if words.uniques.iter().any(|word| same_unique(word, unique)) {
        return None;
    }
    named(&words.indexes, |word| word.unique && Some(&word.name) == unique.name.as_ref())
}

fn restate_operation(
    op: Operation,
    declared: &Schema,
    normalized: &Schema,
    spell: Spell,
) -> Operation {
    let object = |object: Object| restate_object(object, declared);
    match op {
        Operation::CreateTable(table) => {
            Operation::CreateTable(match declared.table(&table.name) {
                Some(words) => restate_table(table, words),
                None => table,
            })
        }
        Operation::AlterTable { table: name, changes } => {
            let changes = match (declared.table(&name), normalized.table(&name)) {
                (Some(words), Some(normalized)) => changes
                    .into_iter()
                    .map(|change| restate_change(change, words, normalized, spell))
                    .collect(),
                _ => changes,
            };
            Operation::AlterTable { table: name, changes }
        }
        Operation::Create(it) => Operation::Create(object(it)),
        Operation::Replace { from, to } => Operation::Replace { from, to: object(to) },
        Operation::AlterEnum { .. }
        | Operation::Drop(_)
        | Operation::DropTable(_)
        | Operation::RenameTable { .. }
        | Operation::Insert { .. }
        | Operation::Fill { .. }
        | Operation::Execute(_)
        | Operation::Run { .. } => op,
    }
}

/// The object as it is declared. The database may spell the arguments of a function otherwise; of
/// one that shares its name with no other there is no doubt.
fn restate_object(object: Object, declared: &Schema) -> Object {
    let key = object.key();
    if let Some(words) = declared.object(&key) {
        return words.clone();
    }
    let mut namesakes = declared.objects.iter().filter(|it| {
        let other = it.key();
        (&other.kind, &other.name, &other.table) == (&key.kind, &key.name, &key.table)
    });
    match (namesakes.next(), namesakes.next()) {
        (Some(words), None) => words.clone(),
        _ => object,
    }
}

/// A new table, less what the diff moved into operations of its own.
fn restate_table(table: Table, words: &Table) -> Table {
    let mut restated = words.clone();
    restated.indexes.clear();
    restated.foreign_keys.retain(|word| table.foreign_keys.iter().any(|it| same_key(word, it)));
    restated
}

fn restate_change(
    change: TableChange,
    words: &Table,
    normalized: &Table,
    spell: Spell,
) -> TableChange {
    use TableChange::*;
    match change {
        AddColumn(column) => AddColumn(words.column(&column.name).cloned().unwrap_or(column)),
        AlterColumn { from, to } => match (words.column(&to.name), normalized.column(&to.name)) {
            (Some(words), Some(column)) => {
                restate_altered(from, to, words, column, &|column| spell(normalized, column))
            }
            _ => AlterColumn { from, to },
        },
        AddPrimaryKey(key) => AddPrimaryKey(words.primary_key.clone().unwrap_or(key)),
        AddUnique(it) => match unique_index(words, &it) {
            Some(index) => AddIndex(index),
            None => AddUnique(named(&words.uniques, |word| same_unique(word, &it)).unwrap_or(it)),
        },
        AddIndex(it) => AddIndex(named(&words.indexes, |word| word.name == it.name).unwrap_or(it)),
        AddCheck(it) => AddCheck(named(&words.checks, |word| same_check(word, &it)).unwrap_or(it)),
        AddForeignKey(it) => {
            AddForeignKey(named(&words.foreign_keys, |word| same_key(word, &it)).unwrap_or(it))
        }
        SetComment { from, .. } => SetComment { from, to: words.comment.clone() },
        DropForeignKey(_)
        | DropCheck(_)
        | DropIndex(_)
        | DropUnique(_)
        | DropPrimaryKey(_)
        | RenameColumn { .. }
        | DropColumn(_)
        | SetOption { .. } => change,
    }
}

fn restate_altered(
    from: Column,
    to: Column,
    words: &Column,
    normalized: &Column,
    spell: &dyn Fn(&Column) -> Option<(String, String)>,
) -> TableChange {
    let seen = (from.ty.clone(), to.ty.clone());
    let mut from = restate_column(from, words, normalized);
    let mut restated = words.clone();
    // What the declaration has one word for may be two types to the database: those of a strict
    // table in SQLite are not those of any other. To other databases nothing changes.
    if from.ty == restated.ty && seen.0 != seen.1 {
        match spell(&to) {
            Some(own) => restated.ty = with_own_words(&words.ty, own),
            None => (from.ty, restated.ty) = seen,
        }
    }
    TableChange::AlterColumn { from, to: restated }
}

/// The type, which one dialect spells otherwise.
fn with_own_words(ty: &Type, (dialect, text): (String, String)) -> Type {
    let (mut dialects, default) = match ty.clone() {
        Type::Native { dialects, default } => (dialects, default),
        portable => (BTreeMap::new(), Some(Box::new(portable))),
    };
    dialects.insert(dialect, text);
    Type::Native { dialects, default }
}

/// Constraints without a name are told apart by what they say.
fn same_unique(word: &Unique, it: &Unique) -> bool {
    word.name == it.name && (it.name.is_some() || word.columns == it.columns)
}

fn same_check(word: &Check, it: &Check) -> bool {
    word.name == it.name && (it.name.is_some() || word.expression == it.expression)
}

fn same_key(word: &ForeignKey, it: &ForeignKey) -> bool {
    word.name == it.name
        && (it.name.is_some() || (&word.columns, &word.table) == (&it.columns, &it.table))
}

fn named<T: Clone>(items: &[T], wanted: impl Fn(&T) -> bool) -> Option<T> {
    items.iter().find(|item| wanted(item)).cloned()
}

/// The column as it was, with the declaration's words for everything that stays.
fn restate_column(from: Column, words: &Column, normalized: &Column) -> Column {
    fn keep<T: PartialEq + Clone>(from: T, normalized: &T, words: &T) -> T {
        if from == *normalized { words.clone() } else { from }
    }
    Column {
        // Only whole numbers count on, whatever the declaration makes of the column later.
        ty: match from.identity.is_some() && !words.ty.is_integer() {
            true => from.ty,
            false => keep(from.ty, &normalized.ty, &words.ty),
        },
        default: keep(from.default, &normalized.default, &words.default),
        generated: keep(from.generated, &normalized.generated, &words.generated),
        identity: keep(from.identity, &normalized.identity, &words.identity),
        collation: keep(from.collation, &normalized.collation, &words.collation),
        comment: keep(from.comment, &normalized.comment, &words.comment),
        options: keep(from.options, &normalized.options, &words.options),
        name: from.name,
        nullable: from.nullable,
    }
}
