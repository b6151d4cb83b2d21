//! What stands in the way of a change because it is made of what changes: it is dropped before and
//! comes back afterwards.

use super::{kept, objects};
use crate::dialect::postgres::lexer::{Token, tokens};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Name, Object, Schema, Sql};

/// Views, and what belongs to them, in the order in which they are made.
#[derive(Debug, Default)]
pub(in crate::dialect::postgres) struct Dependants {
    objects: Vec<Object>,
    /// The views that are dropped: what belongs to one goes with it.
    views: Vec<Name>,
}

impl Dependants {
    /// What is made of the view `name`, at any distance, with the triggers of all of them.
    pub(in crate::dialect::postgres) fn of_view(before: &Schema, name: &Name) -> Dependants {
        let first = |sql: &str| mentions(sql, &name.name);
        Dependants::collect(before, Some(name), first)
    }

    /// The views that are made of these columns of the table `name`, at any distance, and what
    /// belongs to the table and speaks of them.
    pub(in crate::dialect::postgres) fn of_columns(
        before: &Schema,
        name: &Name,
        columns: &[&str],
    ) -> Dependants {
        let first = |sql: &str| {
            mentions(sql, &name.name)
                && (columns.iter().any(|column| mentions(sql, column)) || mentions_rows(sql))
        };
        let mut dependants = Dependants::collect(before, None, first);
        dependants
            .objects
            .extend(before.objects.iter().filter(|it| belongs(it, name, columns)).cloned());
        dependants
    }

    /// What is made of something for which `first` holds.
    pub(super) fn collect(
        before: &Schema,
        root: Option<&Name>,
        first: impl Fn(&str) -> bool,
    ) -> Dependants {
        let views: Vec<_> = before
            .objects
            .iter()
            .filter_map(|object| match object {
                Object::View(view) if Some(&view.name) != root => {
                    Some((view, view.definition.of("postgres").unwrap_or_default()))
                }
                _ => None,
            })
            .collect();
        let mut names: Vec<&Name> = Vec::new();
        loop {
            let found = views.iter().find(|(view, sql)| {
                let depends = first(sql) || names.iter().any(|it| mentions(sql, &it.name));
                depends && !names.contains(&&view.name)
            });
            match found {
                Some((view, _)) => names.push(&view.name),
                None => break,
            }
        }
        let mut left: Vec<_> =
            views.into_iter().filter(|(view, _)| names.contains(&&view.name)).collect();
        let mut dependants = Dependants::default();
        while !left.is_empty() {
            // One that is made of no other that is left; views cannot be made of each other.
            let next = left.iter().position(|(view, sql)| {
                let other = |it: &&(&crate::schema::View, &str)| it.0.name != view.name;
                !left.iter().filter(other).any(|(it, _)| mentions(sql, &it.name.name))
            });
            let (view, _) = left.remove(next.unwrap_or_default());
            dependants.objects.push(Object::View(view.clone()));
        }
        dependants.views = root.into_iter().chain(names).cloned().collect();
        let owned = |object: &&Object| matches!(object, Object::Trigger(it) if dependants.views.contains(&it.table));
        let owned: Vec<_> = before.objects.iter().filter(owned).cloned().collect();
        dependants.objects.extend(owned);
        dependants
    }

    /// One of them, if there are any.
    pub(in crate::dialect::postgres) fn first(&self) -> Option<&Object> {
        self.objects.first()
    }

    /// The statements that drop them, the last first. What belongs to a view goes with it.
    ///
    /// # Errors
    /// When one of them says nothing to PostgreSQL.
    pub(in crate::dialect::postgres) fn drop(&self) -> Result<Vec<Statement>, Unsupported> {
        let mut statements = Vec::new();
        if !self.views.is_empty() {
            statements.push(Statement::new(kept::keep(&self.views)));
        }
        for object in self.objects.iter().rev() {
            let goes = |it: &Name| self.views.contains(it);
            if !object.table().is_some_and(goes) {
                statements.extend(objects::drop(object)?);
            }
        }
        Ok(statements)
    }

    /// The statements that make them again.
    ///
    /// # Errors
    /// As [`Dependants::drop`].
    pub(in crate::dialect::postgres) fn restore(&self) -> Result<Vec<Statement>, Unsupported> {
        let mut statements = Vec::new();
        for object in &self.objects {
            statements.extend(objects::create(object)?);
        }
        if !self.views.is_empty() {
            statements.extend(kept::bring_back().map(Statement::new));
        }
        Ok(statements)
    }

    /// The same after a column has got another name.
    pub(in crate::dialect::postgres) fn rename(&mut self, from: &str, to: &str) {
        for object in &mut self.objects {
            match object {
                Object::View(it) => it.definition = it.definition.rename(from, to),
                Object::Trigger(it) => it.definition = it.definition.rename(from, to),
                Object::Definition(it) => it.definition = it.definition.rename(from, to),
                _ => {}
            }
        }
    }
}

/// Whether an object belongs to the table and speaks of one of the columns.
fn belongs(object: &Object, table: &Name, columns: &[&str]) -> bool {
    object.table() == Some(table)
        && object.definition().is_some_and(|sql| columns.iter().any(|it| speaks_of(sql, it)))
}

/// Whether `name` stands somewhere in the text as a name.
pub(in crate::dialect::postgres) fn mentions(sql: &str, name: &str) -> bool {
    tokens(sql).any(|token| token.name().is_some_and(|it| it == name))
}

/// Whether an expression speaks of the column.
pub(in crate::dialect::postgres) fn speaks_of(sql: &Sql, column: &str) -> bool {
    sql.of("postgres").is_some_and(|it| mentions(it, column))
}

/// Whether whole rows of a table are spoken of: `t.*`.
pub(in crate::dialect::postgres) fn mentions_rows(sql: &str) -> bool {
    let all: Vec<Token> = tokens(sql).collect();
    all.windows(2).any(|pair| pair[0].is(".") && pair[1].text.starts_with('*'))
}
