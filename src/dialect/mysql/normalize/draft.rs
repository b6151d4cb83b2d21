//! What a declared table becomes, as far as it can be told without asking the server.

use super::super::options::{self, PARTITION_BY, WITH};
use super::super::spelling::{self, Sense};
use super::super::text::kept_comment;
use super::super::{MySql, default};
use super::charset::{self, Charsets};
use super::doubt::Doubts;
use super::{columns, keys, setting};
use crate::dialect::Unsupported;
use crate::schema::{Name, Source, Sql, Table};

/// What is known of a table that is drafted.
pub(super) struct Draft<'a> {
    pub(super) dialect: &'a MySql,
    pub(super) charsets: &'a Charsets,
    /// The table that is there now.
    pub(super) live: Option<&'a Table>,
    /// Its name as the server has it.
    pub(super) name: Name,
    /// A table's name as the server has it.
    pub(super) found: &'a dyn Fn(&Name) -> Name,
    /// The primary key of a table that is referred to.
    pub(super) primary_key: &'a dyn Fn(&Name) -> Vec<String>,
}

/// A table as the server would report it, but for what is in doubt.
///
/// # Errors
/// When the server cannot hold it.
pub(super) fn draft(of: &Draft, declared: &Table) -> Result<(Table, Doubts), Unsupported> {
    let mut table = declared.clone();
    let mut doubts = Doubts::default();
    table.name = of.name.clone();
    table.source = Source(None);
    table.comment = declared.comment.as_deref().and_then(kept_comment);
    setting::settle(of.dialect, &mut table.options, options::TABLE);
    if let Some(live) = of.live {
        for name in [PARTITION_BY, WITH] {
            setting::take_spelling(of.dialect, &mut table.options, &live.options, name);
        }
    }
    let pair = charset::settle_table(of.dialect, of.charsets, &mut table.options);
    let key = declared.primary_key.as_ref();
    for column in &mut table.columns {
        let name = column.name.clone();
        columns::settle(of, column, pair.as_ref(), &mut doubts).map_err(|error| Unsupported {
            table: Some(declared.name.clone()),
            column: Some(name),
            ..error
        })?;
        column.nullable &= !key.is_some_and(|it| it.columns.contains(&column.name));
    }
    keys::settle(of, &mut table, &mut doubts);
    Ok((table, doubts))
}

impl Draft<'_> {
    /// The live spelling of an expression, where it is one; otherwise the declared one, and false.
    pub(super) fn expression(
        &self,
        declared: &Sql,
        live: Option<&Sql>,
        sense: Sense,
    ) -> (Sql, bool) {
        let own = default::expression(self.dialect, declared, "the expression").unwrap_or_default();
        match live.and_then(|it| it.text.as_deref()) {
            Some(text) if spelling::same(self.dialect, own, text, sense) => (Sql::new(text), true),
            _ => (Sql::new(spelling::unqualified(own, self.dialect.mode)), false),
        }
    }
}
