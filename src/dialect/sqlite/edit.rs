//! Editing the text of a `CREATE TABLE` statement, so that what is not touched stays as it was
//! written: comments, layout, spelling, and whatever no model knows.

mod columns;
mod constraints;
mod elements;

use super::ddl::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateIndex, CreateTable, DdlError,
    IndexedKey, Span, TableConstraintKind, TableOptionKind,
};
use super::types;
use crate::schema::sql::{Token, tokens};

/// A `CREATE TABLE` statement that is being changed.
#[derive(Clone, Debug)]
pub(super) struct TableText {
    text: String,
    read: CreateTable,
}

/// Where a constraint stands.
#[derive(Clone, Copy)]
enum Place {
    /// In a column: the column's and the constraint's number.
    Column(usize, usize),
    /// Behind the columns.
    Table(usize),
}

impl TableText {
    /// Reads a statement.
    pub(super) fn new(text: &str) -> Result<TableText, DdlError> {
        Ok(TableText { text: text.to_owned(), read: CreateTable::parse(text)? })
    }

    /// The statement as it is now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The type of a column, as written.
    pub(super) fn ty(&self, column: &str) -> Option<&str> {
        self.read.column(column).map(|column| column.ty.as_str())
    }

    /// Whether the primary key says `AUTOINCREMENT`.
    pub(super) fn is_numbered(&self) -> bool {
        let in_column = |constraint: &ColumnConstraint| {
            matches!(constraint.kind, ColumnConstraintKind::PrimaryKey { autoincrement: true, .. })
        };
        self.read.columns.iter().flat_map(|column| &column.constraints).any(in_column)
            || self.read.constraints.iter().any(|constraint| {
                let kind = &constraint.kind;
                matches!(kind, TableConstraintKind::PrimaryKey { autoincrement: true, .. })
            })
    }

    /// The column that is another name for the rowid: <https://sqlite.org/lang_createtable.html#rowid>.
    pub(super) fn rowid_column(&self) -> Option<&str> {
        if self.read.has(TableOptionKind::WithoutRowid) {
            return None;
        }
        let column = match self.primary_key()? {
            Place::Column(column, index) => {
                let column = &self.read.columns[column];
                let kind = &column.constraints[index].kind;
                // An old mistake that SQLite keeps up.
                match kind {
                    ColumnConstraintKind::PrimaryKey { descending: false, .. } => column,
                    _ => return None,
                }
            }
            Place::Table(index) => match &self.read.constraints[index].kind {
                TableConstraintKind::PrimaryKey { columns, .. } => match &columns[..] {
                    [one] => self.read.column(&self.key_name(&one.span))?,
                    _ => return None,
                },
                _ => return None,
            },
        };
        column.ty.eq_ignore_ascii_case("INTEGER").then_some(column.name.name.as_str())
    }

    /// The name by which the rowid can be read, where no column has taken it.
    pub(super) fn rowid_name(&self) -> Option<&'static str> {
        let free = |name: &&&str| self.read.column(name).is_none();
        let found = ["rowid", "_rowid_", "oid"].iter().find(free).copied();
        found.filter(|_| !self.read.has(TableOptionKind::WithoutRowid))
    }

    /// Gives the table another name. Checks that name it lose the name, which says nothing there
    /// and would be another table's.
    pub(super) fn rename(&mut self, name: &str) -> Result<(), DdlError> {
        let mut edits: Vec<_> =
            self.own_name_in_checks().into_iter().map(|span| (span, String::new())).collect();
        edits.push((self.read.name.span.clone(), types::quote(name)));
        self.splice(edits)
    }

    /// Whether a check names the table.
    pub(super) fn is_named_in_checks(&self) -> bool {
        !self.own_name_in_checks().is_empty()
    }

    /// Where checks name the table, with the dot behind it.
    fn own_name_in_checks(&self) -> Vec<Span> {
        let own = |token: &Token| {
            token.name().is_some_and(|it| it.eq_ignore_ascii_case(&self.read.name.name))
        };
        let mut found = Vec::new();
        for span in self.checks() {
            let all = tokens(&self.text[span.clone()]);
            let pairs = all.windows(2).filter(|pair| own(&pair[0]) && pair[1].is("."));
            found.extend(pairs.map(|pair| span.start + pair[0].at..span.start + pair[1].end()));
        }
        found
    }

    /// Whether an expression of the table takes what is in double quotes for the column `name`.
    pub(super) fn quotes(&self, name: &str) -> bool {
        let columns = self.read.columns.iter().flat_map(|column| &column.constraints);
        let generated = columns.filter_map(|it| match &it.kind {
            ColumnConstraintKind::Generated { expression, .. } => Some(expression.clone()),
            _ => None,
        });
        self.checks().into_iter().chain(generated).any(|span| quotes(&self.text[span], name))
    }

    /// The expressions of checks: no other expression may name its table.
    fn checks(&self) -> Vec<Span> {
        let in_columns = self.read.columns.iter().flat_map(|column| &column.constraints);
        let in_columns = in_columns.filter_map(|it| match &it.kind {
            ColumnConstraintKind::Check { expression } => Some(expression.clone()),
            _ => None,
        });
        let behind = self.read.constraints.iter().filter_map(|it| match &it.kind {
            TableConstraintKind::Check { expression, .. } => Some(expression.clone()),
            _ => None,
        });
        in_columns.chain(behind).collect()
    }

    fn primary_key(&self) -> Option<Place> {
        let in_column = |index: usize, column: &ColumnDefinition| {
            let is =
                |it: &ColumnConstraint| matches!(it.kind, ColumnConstraintKind::PrimaryKey { .. });
            column.constraints.iter().position(is).map(|it| Place::Column(index, it))
        };
        let columns = self.read.columns.iter().enumerate();
        let found = columns.filter_map(|(index, column)| in_column(index, column)).next();
        found.or_else(|| {
            let is =
                |kind: &TableConstraintKind| matches!(kind, TableConstraintKind::PrimaryKey { .. });
            self.read.constraints.iter().position(|it| is(&it.kind)).map(Place::Table)
        })
    }

    /// The name of a key's column: its first token that is one.
    fn key_name(&self, span: &Span) -> String {
        let text = &self.text[span.clone()];
        let read = CreateIndex::parse(&format!("CREATE INDEX i ON t ({text})"));
        match read.as_ref().map(|read| read.columns.first().map(|column| &column.key)) {
            Ok(Some(IndexedKey::Column(name))) => name.name.clone(),
            _ => text.to_owned(),
        }
    }

    /// Puts texts in the places of spans, which do not overlap.
    fn splice(&mut self, mut edits: Vec<(Span, String)>) -> Result<(), DdlError> {
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut text = self.text.clone();
        for (span, with) in edits.iter().rev() {
            text.replace_range(span.clone(), with);
        }
        *self = TableText::new(&text)?;
        Ok(())
    }
}

/// Whether `name` stands in double quotes in a piece of SQL, where it may be a column. When there
/// is none SQLite takes it for a text: <https://sqlite.org/quirks.html#dblquote>.
pub(super) fn quotes(sql: &str, name: &str) -> bool {
    let all = tokens(sql);
    all.iter().enumerate().any(|(index, token)| {
        let before = index.checked_sub(1).map(|before| &all[before]);
        let no_column =
            |it: &Token| [".", "AS", "FROM", "JOIN"].into_iter().any(|word| it.is(word));
        let of_another = before.is_some_and(no_column);
        let of_its_own = all.get(index + 1).is_some_and(|next| next.is("."));
        token.text.starts_with('"')
            && token.name().is_some_and(|it| it.eq_ignore_ascii_case(name))
            && !(of_another || of_its_own)
    })
}

#[cfg(test)]
mod tests;
