//! What a column says.

use super::TableText;
use crate::dialect::sqlite::ddl::{
    ColumnConstraintKind, ColumnDefinition, DdlError, Span, TableOptionKind,
};
use crate::dialect::sqlite::types;

impl TableText {
    /// Gives a column another type; an empty one is none.
    pub(in crate::dialect::sqlite) fn set_type(
        &mut self,
        column: &str,
        ty: &str,
    ) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let (name, span) = (found.name.span.end, found.ty_span.clone());
        let edit = match (span.is_empty(), ty.is_empty()) {
            (true, true) => return Ok(()),
            (true, false) => (name..name, format!(" {ty}")),
            (false, true) => (name..span.end, String::new()),
            (false, false) => (span, ty.to_owned()),
        };
        self.splice(vec![edit])
    }

    /// Puts `clause` in the place of a column's `NOT NULL`; none takes it away.
    pub(in crate::dialect::sqlite) fn set_not_null(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        self.set_clause(column, clause, |kind| {
            matches!(kind, ColumnConstraintKind::NotNull { .. } | ColumnConstraintKind::Null)
        })
    }

    /// Puts `clause` in the place of a column's `DEFAULT`; none takes it away.
    pub(in crate::dialect::sqlite) fn set_default(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Default { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of a column's `COLLATE`; none takes it away.
    pub(in crate::dialect::sqlite) fn set_collation(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Collate { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of a column's `GENERATED`; none takes it away.
    pub(in crate::dialect::sqlite) fn set_generated(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is =
            |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Generated { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of the check behind which a column's enum is kept; none takes
    /// it away.
    pub(in crate::dialect::sqlite) fn set_enum(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let strict = self.read.has(TableOptionKind::Strict);
        let checks: Vec<Span> = found
            .constraints
            .iter()
            .filter_map(|constraint| match &constraint.kind {
                ColumnConstraintKind::Check { expression } if constraint.name.is_none() => {
                    Some(expression.clone())
                }
                _ => None,
            })
            .filter(|span| {
                let check = &self.text[span.clone()];
                types::raise_enum(&found.name.name, &found.ty, strict, check).is_some()
            })
            .collect();
        let is = |kind: &ColumnConstraintKind| match kind {
            ColumnConstraintKind::Check { expression } => checks.contains(expression),
            _ => false,
        };
        match clause {
            // A new one stands behind everything else the column says.
            Some(clause) if checks.is_empty() => {
                let end = found.span.end;
                self.splice(vec![(end..end, format!(" {clause}"))])
            }
            clause => self.set_clause(column, clause, is),
        }
    }

    /// Puts `clause` in the place of the first of a column's constraints that are `is`, or behind
    /// its type, and takes the others away.
    fn set_clause(
        &mut self,
        column: &str,
        clause: Option<&str>,
        is: impl Fn(&ColumnConstraintKind) -> bool,
    ) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let mut edits = Vec::new();
        let mut clause = clause;
        for (index, constraint) in found.constraints.iter().enumerate() {
            if !is(&constraint.kind) {
                continue;
            }
            edits.push(match clause.take() {
                Some(clause) => (constraint.span.clone(), clause.to_owned()),
                None => (self.with_blanks(found, index), String::new()),
            });
        }
        if let Some(clause) = clause {
            let not_null = found
                .constraints
                .iter()
                .find(|constraint| matches!(constraint.kind, ColumnConstraintKind::NotNull { .. }));
            let end = not_null.map_or_else(|| behind_type(found), |it| it.span.end);
            edits.push((end..end, format!(" {clause}")));
        }
        self.splice(edits)
    }

    /// A constraint of a column with the blanks before it, if nothing else is there.
    pub(super) fn with_blanks(&self, column: &ColumnDefinition, index: usize) -> Span {
        let span = &column.constraints[index].span;
        let before = match index.checked_sub(1) {
            Some(before) => column.constraints[before].span.end,
            None => behind_type(column),
        };
        // Where a type swallowed a word of the constraint, there is nothing between.
        let between = self.text.get(before..span.start).unwrap_or("-");
        if between.trim().is_empty() { before..span.end } else { span.clone() }
    }
}

fn behind_type(column: &ColumnDefinition) -> usize {
    column.ty_span.end.max(column.name.span.end)
}
