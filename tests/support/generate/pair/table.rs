//! Edits of one table.

use std::collections::BTreeSet;

use limbeck::schema::{Check, Column, OptionValue, Table, Unique};
use proptest::sample::Index as Pick;

use super::super::schema::{self, Names};
use super::edit::{Edit, Facet};

pub(super) fn edit_table(
    table: &mut Table,
    edit: &Edit,
    names: &mut Names,
    left: &BTreeSet<String>,
) {
    let all: Vec<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    let plain = plain(table);
    fn some<T>(items: &[T], at: &Pick) -> Option<usize> {
        (!items.is_empty()).then(|| at.index(items.len()))
    }
    match edit {
        Edit::AddColumn(_, raw, at) => {
            let name = columns_of(table, left).free(&raw.name);
            let column = schema::column(raw, name, table.columns.first());
            table.columns.insert(1 + at.index(all.len()), column);
        }
        Edit::DropColumn(_, at) if all.len() > 1 => {
            table.columns.remove(at.index(all.len()));
        }
        Edit::AlterColumn(_, at, raw, facet) => {
            let at = at.index(all.len());
            let to = schema::column(raw, all[at].clone(), table.columns.first());
            let column = &mut table.columns[at];
            match facet {
                Facet::Type => column.ty = to.ty,
                Facet::Nullable => column.nullable = !column.nullable,
                Facet::Default if column.generated.is_none() => column.default = to.default,
                Facet::Default => {}
                Facet::Collation => column.collation = to.collation,
                Facet::Generated => {
                    column.generated = to.generated;
                    column.default = to.default;
                }
                Facet::All => *column = to,
            }
        }
        Edit::Key(_, None) => table.primary_key = None,
        Edit::Key(_, Some(picks)) => {
            let name = table.primary_key.take().and_then(|key| key.name);
            let name = name.or_else(|| Some(names.free(&format!("pk_{}", table.name.name))));
            let columns = schema::pick(picks, &plain);
            let key = limbeck::schema::PrimaryKey { name, columns, ..Default::default() };
            table.primary_key = Some(key);
        }
        Edit::AddUnique(_, (picks, named)) => {
            let columns = schema::pick(picks, &plain);
            let name = named.then(|| names.free(&format!("uq_{}_{}", table.name.name, columns[0])));
            table.uniques.push(Unique { name, columns, ..Unique::default() });
        }
        Edit::DropUnique(_, at) => {
            some(&table.uniques, at).map(|at| table.uniques.remove(at));
        }
        Edit::AlterForeignKey(_, at, on_delete, on_update) => {
            if let Some(at) = some(&table.foreign_keys, at) {
                table.foreign_keys[at].on_delete = *on_delete;
                table.foreign_keys[at].on_update = *on_update;
            }
        }
        Edit::DropForeignKey(_, at) => {
            some(&table.foreign_keys, at).map(|at| table.foreign_keys.remove(at));
        }
        Edit::AddCheck(_, raw, named) => {
            let name = named.then(|| names.free(&format!("ck_{}", table.name.name)));
            let expression = schema::expression(raw, &plain);
            table.checks.push(Check { name, expression, ..Check::default() });
        }
        Edit::AlterCheck(_, at, raw) => {
            if let Some(at) = some(&table.checks, at) {
                table.checks[at].expression = schema::expression(raw, &plain);
            }
        }
        Edit::DropCheck(_, at) => {
            some(&table.checks, at).map(|at| table.checks.remove(at));
        }
        Edit::AddIndex(_, raw) => {
            let index = schema::index(raw, table, names);
            table.indexes.push(index);
        }
        Edit::AlterIndex(_, at, raw) => {
            if let Some(at) = some(&table.indexes, at) {
                let index = schema::index(raw, table, &mut Names::default());
                let name = std::mem::take(&mut table.indexes[at].name);
                table.indexes[at] = limbeck::schema::Index { name, ..index };
            }
        }
        Edit::DropIndex(_, at) => {
            if let Some(at) = some(&table.indexes, at) {
                let index = table.indexes.remove(at);
                names.0.remove(&index.name.to_lowercase());
            }
        }
        Edit::SwitchOption(_, option) if table.options.remove(*option).is_none() => {
            table.options.insert((*option).to_owned(), OptionValue::Boolean(true));
        }
        _ => {}
    }
}

/// The columns that are stored as they come.
pub(super) fn plain(table: &Table) -> Vec<String> {
    let plain = table.columns.iter().filter(|it| it.generated.is_none());
    plain.map(|it| it.name.clone()).collect()
}

/// The names that a new column of `table` cannot have.
pub(super) fn columns_of(table: &Table, left: &BTreeSet<String>) -> Names {
    let columns = table.columns.iter().map(|it: &Column| it.name.to_lowercase());
    Names(columns.chain(left.iter().cloned()).collect())
}
