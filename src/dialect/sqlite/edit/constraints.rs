//! Constraints, in columns and behind them, and options of the table.

use super::{Place, TableText};
use crate::dialect::sqlite::ddl::{
    ColumnConstraintKind, ColumnDefinition, DdlError, Identifier, References, Span,
    TableConstraint, TableConstraintKind, TableOptionKind,
};
use crate::schema::sql::tokens;
use crate::schema::{Check, ForeignKey, Sql, Unique};

impl TableText {
    /// Removes a foreign key; whether it was there.
    pub(in crate::dialect::sqlite) fn drop_foreign_key(
        &mut self,
        key: &ForeignKey,
    ) -> Result<bool, DdlError> {
        // One that names no columns may refer to just these: they are the primary key.
        let found = self.find_foreign_key(key, &key.references);
        let found = found.or_else(|| self.find_foreign_key(key, &[]));
        self.drop_constraint(found)
    }

    /// The foreign key like `key` whose text names `columns` of the table that it refers to.
    fn find_foreign_key(&self, key: &ForeignKey, columns: &[String]) -> Option<Place> {
        let same = |own: &[&str], read: &References| {
            let references: Vec<_> = read.columns.iter().map(|it| it.name.as_str()).collect();
            read.table.name.eq_ignore_ascii_case(&key.table.name)
                && same_names(own, &key.columns)
                && same_names(&references, columns)
        };
        self.find(
            key.name.as_deref(),
            |column, kind| match kind {
                ColumnConstraintKind::References(read) => {
                    Some(same(&[column.name.name.as_str()], read))
                }
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::ForeignKey { columns, references } => {
                    let columns: Vec<_> = columns.iter().map(|it| it.name.as_str()).collect();
                    Some(same(&columns, references))
                }
                _ => None,
            },
        )
    }

    /// Removes a check; whether it was there.
    pub(in crate::dialect::sqlite) fn drop_check(
        &mut self,
        check: &Check,
    ) -> Result<bool, DdlError> {
        let Some(text) = check.expression.of("sqlite") else { return Ok(false) };
        let expression = Sql::new(text);
        let same = |span: &Span| Sql::new(&self.text[span.clone()]) == expression;
        let found = self.find(
            check.name.as_deref(),
            |_, kind| match kind {
                ColumnConstraintKind::Check { expression } => Some(same(expression)),
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::Check { expression, .. } => Some(same(expression)),
                _ => None,
            },
        );
        self.drop_constraint(found)
    }

    /// Removes a unique constraint; whether it was there.
    pub(in crate::dialect::sqlite) fn drop_unique(
        &mut self,
        unique: &Unique,
    ) -> Result<bool, DdlError> {
        let found = self.find(
            unique.name.as_deref(),
            |column, kind| match kind {
                ColumnConstraintKind::Unique { .. } => {
                    Some(same_names(&[column.name.name.as_str()], &unique.columns))
                }
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::Unique { columns, .. } => {
                    let names: Vec<_> = columns.iter().map(|it| self.key_name(&it.span)).collect();
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    Some(same_names(&names, &unique.columns))
                }
                _ => None,
            },
        );
        self.drop_constraint(found)
    }

    /// Removes the primary key; whether it was there.
    pub(in crate::dialect::sqlite) fn drop_primary_key(&mut self) -> Result<bool, DdlError> {
        self.drop_constraint(self.primary_key())
    }

    /// Says or unsays `AUTOINCREMENT`.
    pub(in crate::dialect::sqlite) fn set_numbered(&mut self, on: bool) -> Result<(), DdlError> {
        if on == self.is_numbered() {
            return Ok(());
        }
        let Some(place) = self.primary_key() else { return Ok(()) };
        let (span, end) = match place {
            Place::Column(column, index) => {
                let span = self.read.columns[column].constraints[index].span.clone();
                (span.clone(), span.end)
            }
            Place::Table(index) => {
                let TableConstraint { span, kind, .. } = &self.read.constraints[index];
                let columns = match kind {
                    TableConstraintKind::PrimaryKey { columns, .. } => &columns[..],
                    _ => &[],
                };
                (span.clone(), columns.last().map_or(span.end, |last| last.span.end))
            }
        };
        if on {
            return self.splice(vec![(end..end, " AUTOINCREMENT".to_owned())]);
        }
        let all = tokens(&self.text[span.clone()]);
        let Some(at) = all.iter().rposition(|token| token.is("AUTOINCREMENT")) else {
            return Ok(());
        };
        let before = at.checked_sub(1).map_or(all[at].at, |before| all[before].end());
        self.splice(vec![(span.start + before..span.start + all[at].end(), String::new())])
    }

    /// Says or unsays an option of the table.
    pub(in crate::dialect::sqlite) fn set_option(
        &mut self,
        kind: TableOptionKind,
        on: bool,
    ) -> Result<(), DdlError> {
        if on == self.read.has(kind) {
            return Ok(());
        }
        let word = match kind {
            TableOptionKind::Strict => "STRICT",
            TableOptionKind::WithoutRowid => "WITHOUT ROWID",
        };
        let parenthesis = self.close() + 1;
        let edit = match (on, &self.read.options[..]) {
            (true, []) => (parenthesis..parenthesis, format!(" {word}")),
            (true, [.., last]) => (last.span.end..last.span.end, format!(", {word}")),
            (false, options) => {
                let kept: Vec<_> = options.iter().filter(|it| it.kind != kind).collect();
                let end = options.last().map_or(parenthesis, |last| last.span.end);
                let words = kept.iter().map(|it| format!(" {}", &self.text[it.span.clone()]));
                (parenthesis..end, words.collect::<Vec<_>>().join(","))
            }
        };
        self.splice(vec![edit])
    }

    /// The byte of the parenthesis behind the columns and constraints.
    fn close(&self) -> usize {
        let last = self.elements().last().map_or(self.read.body.end, |last| last.end);
        let found = tokens(&self.text[last..]).iter().find(|token| token.is(")")).map(|it| it.at);
        found.map_or(self.read.body.end, |at| last + at)
    }

    /// The constraint of this name, or the unnamed one that `is` what is looked for. The answer
    /// `None` is for those of another kind.
    fn find(
        &self,
        name: Option<&str>,
        in_column: impl Fn(&ColumnDefinition, &ColumnConstraintKind) -> Option<bool>,
        behind: impl Fn(&TableConstraintKind) -> Option<bool>,
    ) -> Option<Place> {
        let fits = |found: Option<&Identifier>, is: Option<bool>| match (name, found) {
            (Some(name), Some(found)) => is.is_some() && found.name.eq_ignore_ascii_case(name),
            (None, None) => is == Some(true),
            _ => false,
        };
        for (index, column) in self.read.columns.iter().enumerate() {
            let position = column
                .constraints
                .iter()
                .position(|it| fits(it.name.as_ref(), in_column(column, &it.kind)));
            if let Some(position) = position {
                return Some(Place::Column(index, position));
            }
        }
        let mut constraints = self.read.constraints.iter();
        constraints.position(|it| fits(it.name.as_ref(), behind(&it.kind))).map(Place::Table)
    }

    fn drop_constraint(&mut self, place: Option<Place>) -> Result<bool, DdlError> {
        match place {
            None => return Ok(false),
            Some(Place::Table(index)) => self.remove(self.read.columns.len() + index)?,
            Some(Place::Column(column, index)) => {
                let found = &self.read.columns[column];
                let mut edits = vec![(self.with_blanks(found, index), String::new())];
                // What says when a foreign key is checked goes with it, even from afar.
                if matches!(found.constraints[index].kind, ColumnConstraintKind::References(_)) {
                    let behind = found.constraints.iter().enumerate().skip(index + 1);
                    let until = behind.take_while(|(_, it)| {
                        !matches!(it.kind, ColumnConstraintKind::References(_))
                    });
                    for (index, constraint) in until {
                        if matches!(constraint.kind, ColumnConstraintKind::Deferrable(_)) {
                            edits.push((self.with_blanks(found, index), String::new()));
                        }
                    }
                }
                self.splice(edits)?;
            }
        }
        Ok(true)
    }
}

/// Whether these are the same names to SQLite, in the same order.
fn same_names(a: &[&str], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}
