//! Keys, checks and indexes.

use super::super::options::{self, ENGINE, INVISIBLE, LENGTHS, is_on, text};
use super::super::spelling::{self, Sense};
use super::super::text::kept_comment;
use super::super::{Flavour, inspect};
use super::doubt::Doubts;
use super::draft::Draft;
use super::names::{counted, free};
use super::setting;
use crate::schema::{
    Action, Check, ForeignKey, Index, IndexColumn, IndexKey, Nulls, OptionValue, Options, Source,
    Table, Type, Unique,
};

/// Makes of the declared ones what the server would report.
pub(super) fn settle(of: &Draft, table: &mut Table, doubts: &mut Doubts) {
    if let Some(key) = &mut table.primary_key {
        // Whatever it was called.
        key.name = None;
        setting::settle(of.dialect, &mut key.options, options::PRIMARY_KEY);
        settle_lengths(&mut key.options, key.columns.len());
    }
    let declared = std::mem::take(&mut table.indexes);
    for (at, mut index) in declared.into_iter().enumerate() {
        settle_method(&mut index, &table.options);
        settle_index(of, &mut index, at, doubts);
        table.indexes.push(index);
    }
    for unique in &mut table.uniques {
        setting::settle(of.dialect, &mut unique.options, options::UNIQUE);
        settle_lengths(&mut unique.options, unique.columns.len());
    }
    name_uniques(of, table);
    settle_foreign_keys(of, table);
    settle_checks(of, table, doubts);
    swap_uniques(table, doubts);
    drop_implied(table, doubts);
    adopt_of_server(of, table);
}

/// An index that is nothing but a unique constraint is one, and the other way round.
fn swap_uniques(table: &mut Table, doubts: &mut Doubts) {
    let (hidden, kept): (Vec<Unique>, Vec<Unique>) =
        table.uniques.drain(..).partition(|it| is_on(&it.options, INVISIBLE));
    table.uniques = kept;
    let uniques: Vec<Unique> = table.indexes.iter().filter_map(as_unique).collect();
    retain_indexes(table, doubts, |_, index| as_unique(index).is_none());
    table.uniques.extend(uniques);
    table.indexes.extend(hidden.into_iter().map(|it| Index {
        name: it.name.unwrap_or_default(),
        columns: it.columns.iter().map(IndexColumn::new).collect(),
        unique: true,
        options: it.options,
        ..Index::default()
    }));
}

/// The unique constraint that an index is.
fn as_unique(index: &Index) -> Option<Unique> {
    let only_lengths = index.options.keys().all(|it| it == LENGTHS);
    if !index.unique || index.using.is_some() || index.comment.is_some() || !only_lengths {
        return None;
    }
    let name = |it: &IndexColumn| match &it.key {
        IndexKey::Column(name) if *it == IndexColumn::new(name) => Some(name.clone()),
        _ => None,
    };
    let columns: Option<Vec<String>> = index.columns.iter().map(name).collect();
    let options = index.options.clone();
    Some(Unique { name: Some(index.name.clone()), columns: columns?, deferrable: None, options })
}

/// Removes the index that a foreign key needs anyway.
fn drop_implied(table: &mut Table, doubts: &mut Doubts) {
    retain_indexes(table, doubts, |table, index| !inspect::is_implied(index, &table.foreign_keys));
}

/// Keeps the indexes that the server has once made for foreign keys which are still there, whatever
/// those are called now: it wants one beneath each.
fn adopt_of_server(of: &Draft, table: &mut Table) {
    let Some(live) = of.live else { return };
    for index in &live.indexes {
        let is_needed = inspect::is_of_server(index, &table.foreign_keys);
        if is_needed && table.indexes.iter().all(|it| it.name != index.name) {
            table.indexes.push(Index { source: Source(None), ..index.clone() });
        }
    }
}

/// Keeps the indexes that are `wanted`, and the doubts about them.
fn retain_indexes(table: &mut Table, doubts: &mut Doubts, wanted: impl Fn(&Table, &Index) -> bool) {
    let all = std::mem::take(&mut table.indexes);
    let keys = std::mem::take(&mut doubts.keys);
    for (at, index) in all.into_iter().enumerate() {
        if wanted(table, &index) {
            let here = table.indexes.len();
            doubts.keys.extend(keys.iter().filter(|it| it.0 == at).map(|it| (here, it.1)));
            table.indexes.push(index);
        }
    }
}

/// Gives unnamed unique constraints the name of the same one that is there, or the one that the server
/// makes: that of their first column.
fn name_uniques(of: &Draft, table: &mut Table) {
    let mut taken: Vec<String> = table.uniques.iter().filter_map(|it| it.name.clone()).collect();
    taken.extend(table.indexes.iter().map(|it| it.name.clone()));
    for unique in table.uniques.iter_mut().filter(|it| it.name.is_none()) {
        let same = |it: &&Unique| it.columns == unique.columns;
        let mut live = of.live.iter().flat_map(|it| &it.uniques).filter(same);
        let found = live.find_map(|it| it.name.clone().filter(|it| !taken.contains(it)));
        let first = unique.columns.first().map_or("", String::as_str);
        let name = found.unwrap_or_else(|| free(first, &taken));
        taken.push(name.clone());
        unique.name = Some(name);
    }
}

fn settle_foreign_keys(of: &Draft, table: &mut Table) {
    let mut taken: Vec<String> =
        table.foreign_keys.iter().filter_map(|it| it.name.clone()).collect();
    for key in &mut table.foreign_keys {
        key.table = (of.found)(&key.table);
        if key.references.is_empty() {
            key.references = (of.primary_key)(&key.table);
        }
        key.matching = None;
        for action in [&mut key.on_delete, &mut key.on_update] {
            // Both fail at once.
            if *action == Action::Restrict {
                *action = Action::NoAction;
            }
        }
        setting::settle(of.dialect, &mut key.options, options::FOREIGN_KEY);
        if key.name.is_none() {
            let same = |it: &&ForeignKey| {
                (&it.columns, &it.table, &it.references)
                    == (&key.columns, &key.table, &key.references)
            };
            let mut live = of.live.iter().flat_map(|it| &it.foreign_keys).filter(same);
            let found = live.find_map(|it| it.name.clone().filter(|it| !taken.contains(it)));
            let name = found.unwrap_or_else(|| counted(&format!("{}_ibfk_", of.name.name), &taken));
            taken.push(name.clone());
            key.name = Some(name);
        }
    }
}

fn settle_checks(of: &Draft, table: &mut Table, doubts: &mut Doubts) {
    if of.dialect.flavour == Flavour::MariaDb {
        let columns = &table.columns;
        table
            .checks
            .retain(|check| !columns.iter().any(|it| is_of_json(of, check, &it.name, &it.ty)));
    }
    let live = || of.live.iter().flat_map(|it| &it.checks);
    let mut taken: Vec<String> = table.checks.iter().filter_map(|it| it.name.clone()).collect();
    for (at, check) in table.checks.iter_mut().enumerate() {
        setting::settle(of.dialect, &mut check.options, options::CHECK);
        let own = check.expression.of(of.dialect.flavour.name()).unwrap_or_default();
        let means = |it: &&Check| {
            let text = it.expression.text.as_deref().unwrap_or_default();
            spelling::same(of.dialect, own, text, Sense::Truth)
        };
        let found = match &check.name {
            Some(name) => live().find(|it| it.name.as_ref() == Some(name)),
            None => live()
                .filter(|it| it.name.as_ref().is_some_and(|it| !taken.contains(it)))
                .find(means),
        };
        let found_name = found.and_then(|it| it.name.clone());
        let (expression, is_known) =
            of.expression(&check.expression, found.map(|it| &it.expression), Sense::Truth);
        check.expression = expression;
        if !is_known {
            doubts.checks.push(at);
        }
        if check.name.is_none() {
            let before = match of.dialect.flavour {
                Flavour::MySql => format!("{}_chk_", of.name.name),
                Flavour::MariaDb => "CONSTRAINT_".to_owned(),
            };
            let name = found_name.unwrap_or_else(|| counted(&before, &taken));
            taken.push(name.clone());
            check.name = Some(name);
        }
    }
}

/// Whether a check is the one by which MariaDB knows a column of JSON.
fn is_of_json(of: &Draft, check: &Check, column: &str, ty: &Type) -> bool {
    let text = check.expression.of(of.dialect.flavour.name()).unwrap_or_default();
    let usual = format!("json_valid({})", super::super::text::quote(column));
    *ty == Type::Json
        && check.name.as_deref() == Some(column)
        && spelling::same(of.dialect, text, &usual, Sense::Truth)
}

/// A table in memory finds rows by hash values where nothing is said, and InnoDB makes of every index
/// a tree.
fn settle_method(index: &mut Index, table: &Options) {
    let is_memory = text(table, ENGINE) == Some("MEMORY");
    let is_usual = |it: &String| it == "hash" || it == "btree" && !is_memory;
    index.using = index.using.take().map(|it| it.to_lowercase()).filter(|it| !is_usual(it));
}

fn settle_index(of: &Draft, index: &mut Index, at: usize, doubts: &mut Doubts) {
    let live = of.live.and_then(|it| it.indexes.iter().find(|it| it.name == index.name));
    index.source = Source(None);
    index.comment = index.comment.as_deref().and_then(kept_comment);
    setting::settle(of.dialect, &mut index.options, options::INDEX);
    settle_lengths(&mut index.options, index.columns.len());
    for (place, column) in index.columns.iter_mut().enumerate() {
        let usual = if column.descending { Nulls::Last } else { Nulls::First };
        column.nulls = column.nulls.filter(|it| *it != usual);
        let IndexKey::Expression(sql) = &column.key else { continue };
        let live = live.and_then(|it| it.columns.get(place)).and_then(|it| match &it.key {
            IndexKey::Expression(sql) => Some(sql),
            IndexKey::Column(_) => None,
        });
        let (sql, is_known) = of.expression(sql, live, Sense::Value);
        column.key = IndexKey::Expression(sql);
        if !is_known {
            doubts.keys.push((at, place));
        }
    }
}

/// `10, -`, without what says nothing.
fn settle_lengths(options: &mut Options, columns: usize) {
    let Some(lengths) = text(options, LENGTHS) else { return };
    let mut all: Vec<&str> = lengths.split(',').map(str::trim).collect();
    all.resize(columns.max(all.len()), "-");
    for it in &mut all {
        if it.is_empty() {
            *it = "-";
        }
    }
    let is_none = all.iter().all(|it| *it == "-");
    let joined = all.join(", ");
    options.remove(LENGTHS);
    if !is_none {
        options.insert(LENGTHS.to_owned(), OptionValue::Text(joined));
    }
}
