//! Another name for a column.

use super::{Alter, unnamed};
use crate::dialect::Unsupported;
use crate::dialect::mysql::lexer::{Mode, Token, TokenKind, tokens_in};
use crate::dialect::mysql::text::quote;
use crate::dialect::mysql::{Flavour, create};
use crate::schema::{Check, Index, IndexKey, Options, Sql, Table};

impl Alter<'_> {
    /// Gives a column another name. MariaDB follows it everywhere; on MySQL what names the column is
    /// said anew in the same statement.
    pub(super) fn rename_column(&mut self, from: &str, to: &str) -> Result<(), Unsupported> {
        self.close();
        self.done_as(&Options::new())?;
        let table = self.table();
        let mut behind = Vec::new();
        if self.dialect.flavour == Flavour::MySql {
            behind = self.said_anew(&table, from, to)?;
        }
        self.clause(format!("RENAME COLUMN {} TO {}", quote(from), quote(to)));
        for clause in behind {
            self.clause(clause);
        }
        self.close();
        Ok(())
    }

    /// Drops what names the column, and gives the clauses that say it with the new name.
    fn said_anew(
        &mut self,
        table: &Table,
        from: &str,
        to: &str,
    ) -> Result<Vec<String>, Unsupported> {
        let mode = self.dialect.mode;
        let mut after = table.clone();
        rename_in(&mut after, mode, from, to);
        let mut anew = Vec::new();
        for (old, new) in table.checks.iter().zip(&after.checks) {
            if !speaks_of(mode, &old.expression, from) {
                continue;
            }
            let Some(name) = &old.name else { return Err(unnamed("check")) };
            self.clause(format!("DROP {} {}", create::word_for_check(self.dialect), quote(name)));
            anew.push(format!("ADD {}", create::check(self.dialect, new)?));
        }
        for (old, new) in table.columns.iter().zip(&after.columns) {
            let computed = old.generated.as_ref().map(|it| &it.expression);
            if computed.is_some_and(|it| speaks_of(mode, it, from)) {
                let sql = create::column(self.dialect, table, new)?;
                anew.push(format!("MODIFY COLUMN {sql}"));
            }
        }
        for (old, new) in table.indexes.iter().zip(&after.indexes) {
            let named = |key: &IndexKey| match key {
                IndexKey::Expression(sql) => speaks_of(mode, sql, from),
                IndexKey::Column(_) => false,
            };
            if !old.columns.iter().any(|it| named(&it.key)) {
                continue;
            }
            let mut new = new.clone();
            for column in &mut new.columns {
                match &mut column.key {
                    IndexKey::Column(name) if name == from => to.clone_into(name),
                    _ => {}
                }
            }
            self.clause(format!("DROP INDEX {}", quote(&old.name)));
            // The table has the column under its old name.
            let unknown = Table { name: self.name.clone(), ..Table::default() };
            anew.push(format!("ADD {}", create::index(self.dialect, &unknown, &new)?));
        }
        Ok(anew)
    }
}

/// Gives a column another name in the expressions of its table.
pub(super) fn rename_in(table: &mut Table, mode: Mode, from: &str, to: &str) {
    let rename = |sql: &mut Sql| {
        let texts = sql.text.iter_mut().chain(sql.dialects.values_mut());
        texts.for_each(|it| *it = renamed(mode, it, from, to));
    };
    for generated in table.columns.iter_mut().filter_map(|it| it.generated.as_mut()) {
        rename(&mut generated.expression);
    }
    for check in &mut table.checks {
        rename(&mut check.expression);
    }
    for column in table.indexes.iter_mut().flat_map(|it| &mut it.columns) {
        if let IndexKey::Expression(sql) = &mut column.key {
            rename(sql);
        }
    }
}

/// The text with another name for a column.
fn renamed(mode: Mode, text: &str, from: &str, to: &str) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut end = 0;
    for token in columns(mode, text, from) {
        renamed.push_str(&text[end..token.at]);
        renamed.push_str(&quote(to));
        end = token.end();
    }
    renamed + &text[end..]
}

/// The places in an expression where it names a column. The names of columns do not differ in their
/// case: <https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html>.
fn columns<'a>(mode: Mode, text: &'a str, column: &str) -> Vec<Token<'a>> {
    let all: Vec<Token> = tokens_in(text, mode).collect();
    let is_it = |(at, token): &(usize, &Token)| {
        let next = all.get(at + 1);
        let is_call = token.kind == TokenKind::Word && next.is_some_and(|it| it.is("("));
        let is_table = next.is_some_and(|it| it.is("."));
        !is_call
            && !is_table
            && token.name().is_some_and(|it| it.to_lowercase() == column.to_lowercase())
    };
    all.iter().enumerate().filter(is_it).map(|(_, token)| *token).collect()
}

/// Whether an expression names a column.
fn speaks_of(mode: Mode, sql: &Sql, column: &str) -> bool {
    let mut texts = sql.text.iter().chain(sql.dialects.values());
    texts.any(|it| !columns(mode, it, column).is_empty())
}

/// Whether an index is made of a column.
pub(super) fn is_made_of(mode: Mode, index: &Index, column: &str) -> bool {
    index.columns.iter().any(|it| match &it.key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expression(sql) => speaks_of(mode, sql, column),
    })
}

/// The checks that name a column.
pub(super) fn checks_of<'a>(
    mode: Mode,
    checks: &'a [Check],
    column: &'a str,
) -> impl Iterator<Item = &'a Check> {
    checks.iter().filter(move |it| speaks_of(mode, &it.expression, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_told_from_what_is_called_like_it() {
        let text = "a > 'a' and `A`=left(a(1), t.a) -- a";
        assert_eq!(
            renamed(Mode::default(), text, "a", "b`"),
            "`b``` > 'a' and `b```=left(a(1), t.`b```) -- a"
        );
        assert_eq!(renamed(Mode::default(), "a.b + 1", "a", "c"), "a.b + 1");
    }
}
