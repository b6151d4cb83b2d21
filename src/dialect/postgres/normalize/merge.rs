//! What was told without asking stays beside what the server has answered.
//!
//! A question is about a whole table, and the answer knows neither how the live one spells the same
//! nor what of it nothing is said of.

use super::super::options::{ENUM_CONSTRAINT, SERIAL};
use super::super::spelling::{self, Columns};
use crate::schema::{Check, Column, IndexKey, Options, Sql, Table, Value};

/// Takes into `drafted` what was `asked` of it, but for what was known to be as it is in `live`.
pub(super) fn merge(drafted: &mut Table, mut asked: Table, live: Option<&Table>) {
    // Foreign keys were left out.
    asked.foreign_keys = std::mem::take(&mut drafted.foreign_keys);
    for column in &mut asked.columns {
        if let Some(drafted) = drafted.column(&column.name) {
            let live = live.and_then(|it| it.column(&column.name));
            merge_column(column, drafted, live);
        }
    }
    if let Some(live) = live {
        let settled = Table { columns: asked.columns.clone(), ..Table::default() };
        take_spelling(&mut asked, drafted, live, &Columns::of(&settled));
    }
    *drafted = asked;
}

fn merge_column(asked: &mut Column, drafted: &Column, live: Option<&Column>) {
    asked.identity.clone_from(&drafted.identity);
    for name in [SERIAL, ENUM_CONSTRAINT] {
        keep(&mut asked.options, &drafted.options, name);
    }
    let Some(live) = live else { return };
    if drafted.ty == live.ty {
        asked.ty.clone_from(&live.ty);
    }
    if drafted.default == live.default {
        asked.default.clone_from(&live.default);
    }
    if drafted.collation == live.collation {
        asked.collation.clone_from(&live.collation);
    }
}

fn keep(asked: &mut Options, drafted: &Options, name: &str) {
    asked.remove(name);
    asked.extend(drafted.get_key_value(name).map(|(name, value)| (name.clone(), value.clone())));
}

/// Spells as the live table does what means the same: what the server says of an expression is not
/// always what it says of the same one made from that.
fn take_spelling(asked: &mut Table, drafted: &Table, live: &Table, columns: &Columns) {
    let before = live;
    let is_steady =
        |sql: &Sql| sql.text.as_ref().is_none_or(|it| spelling::is_steady(it, columns, before));
    let spell = |asked: &mut Sql, live: &Sql| {
        let (Some(said), Some(text)) = (&asked.text, &live.text) else { return };
        if spelling::stays(said, text, columns, before) {
            asked.clone_from(live);
        }
    };
    for column in &mut asked.columns {
        let Some(live) = live.column(&column.name) else { continue };
        if let (Some(Value::Expression(asked)), Some(Value::Expression(live))) =
            (&mut column.default, &live.default)
        {
            spell(asked, live);
        }
        if let (Some(asked), Some(live)) = (&mut column.generated, &live.generated) {
            spell(&mut asked.expression, &live.expression);
        }
    }
    for check in &mut asked.checks {
        let same_name = |it: &&Check| it.name == check.name;
        let Some(live) = live.checks.iter().find(same_name) else { continue };
        match drafted.checks.iter().find(same_name) {
            Some(drafted) if drafted == live && is_steady(&live.expression) => {
                check.clone_from(live);
            }
            _ => spell(&mut check.expression, &live.expression),
        }
    }
    for index in &mut asked.indexes {
        let Some(live) = live.indexes.iter().find(|it| it.name == index.name) else { continue };
        let keys = live.columns.iter().filter_map(|it| match &it.key {
            IndexKey::Expression(sql) => Some(sql),
            IndexKey::Column(_) => None,
        });
        let is_kept = keys.chain(&live.predicate).all(is_steady);
        if is_kept && drafted.indexes.iter().any(|it| it == live) {
            index.clone_from(live);
            continue;
        }
        if let (Some(asked), Some(live)) = (&mut index.predicate, &live.predicate) {
            spell(asked, live);
        }
        for (asked, live) in index.columns.iter_mut().zip(&live.columns) {
            if let (IndexKey::Expression(asked), IndexKey::Expression(live)) =
                (&mut asked.key, &live.key)
            {
                spell(asked, live);
            }
        }
    }
}
