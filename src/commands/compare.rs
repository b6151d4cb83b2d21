//! The comparison that `migrate` writes down and `check` reports.

use anyhow::{Result, bail};

use super::standing::{require_settled, standing, words};
use crate::dialect::NormalizeError;
use crate::diff::{Doubt, check_renames, diff_renamed, doubts, restate};
use crate::error::{Mistake, Mistakes};
use crate::graph::{RevisionGraph, ids};
use crate::models::{Declared, Rename};
use crate::operation::Operation;
use crate::project::{Database, Project, parallel};
use crate::schema::{Other, Schema};

/// What the models ask of the live database.
pub(super) struct Comparison {
    /// The operations, in the words of the declaration.
    pub(super) operations: Vec<Operation>,
    /// Drops and additions that may have been meant as renames.
    pub(super) doubts: Vec<Doubt>,
    /// What was declared.
    pub(super) declared: Declared,
    /// What was declared, as the database spells it.
    pub(super) normalized: Schema,
    /// The tables that are there before.
    pub(super) live_tables: usize,
    /// What was seen and is not modelled.
    pub(super) others: Vec<Other>,
}

impl Comparison {
    /// Whether the models say nothing of tables while the database has some.
    pub(super) fn declares_nothing(&self) -> bool {
        self.declared.schema.tables.is_empty() && self.live_tables > 0
    }

    /// The dialects for which an operation is meant; none are all.
    pub(super) fn dialects_of(&self, op: &Operation) -> Vec<String> {
        let (Operation::Create(object)
        | Operation::Drop(object)
        | Operation::Replace { to: object, .. }) = op
        else {
            return Vec::new();
        };
        let key = (object.kind(), object.name());
        self.declared.dialects.get(&key).cloned().unwrap_or_default()
    }
}

/// Compares. `renames` are those that the command line asks for.
pub(super) fn compare(
    project: &Project,
    database: &mut Database,
    renames: Vec<Rename>,
) -> Result<Comparison> {
    // Each takes its time where there are many tables.
    let (declared, live) = parallel::both(|| project.models(), || database.inspect());
    let (mut declared, live) = (declared?, live?);
    let name = database.dialect.name();
    let limited = &declared.dialects;
    declared.schema.objects.retain(|object| {
        let dialects = limited.get(&(object.kind(), object.name()));
        dialects.is_none_or(|dialects| dialects.iter().any(|dialect| dialect == name))
    });
    check_renames(&declared.schema, &renames)?;
    declared.renames.extend(renames);
    database.filter.apply(&mut declared.schema);

    let (live_tables, others) = (live.tables.len(), live.others.clone());
    let normalized = database
        .dialect
        .normalize(&declared.schema, &mut *database.db)
        .map_err(|error| placed(error, &declared))?;
    let operations = diff_renamed(&live, &normalized, &declared.renames)?;
    let doubts = doubts(&operations);
    let operations = restate(operations, &declared.schema, &normalized);
    Ok(Comparison { operations, doubts, declared, normalized, live_tables, others })
}

/// What the database cannot hold, at the place where it was declared.
fn placed(error: NormalizeError, declared: &Declared) -> anyhow::Error {
    match error {
        NormalizeError::Unsupported(all) => {
            let mistake = |it: crate::dialect::Unsupported| {
                let key = it.table.map(|table| (table, it.column));
                let place = key.and_then(|(table, column)| {
                    let column = declared.places.get(&(table.clone(), column));
                    column.or_else(|| declared.places.get(&(table, None))).cloned()
                });
                Mistake { message: it.what, place, hint: it.hint }
            };
            Mistakes(all.into_iter().map(mistake).collect()).into()
        }
        NormalizeError::Db(error) => error.into(),
    }
}

/// Refuses unless the database stands at every head: a comparison with another state would write
/// changes that scripts hold already.
pub(super) fn require_heads(graph: &RevisionGraph, database: &mut Database) -> Result<()> {
    let heads = standing(graph, database)?;
    require_settled(database)?;
    let wanted = ids(graph.real_heads());
    if heads != wanted {
        let target = if wanted.len() > 1 { " heads" } else { "" };
        bail!(NotUpToDate { stands: words(&heads), wanted: words(&wanted), target });
    }
    Ok(())
}

/// The database is not at every head.
#[derive(Debug, thiserror::Error)]
#[error("target database is not up to date: it stands at {stands}, the scripts lead to {wanted}")]
pub(crate) struct NotUpToDate {
    stands: String,
    wanted: String,
    target: &'static str,
}

impl NotUpToDate {
    pub(crate) fn hint(&self) -> Option<String> {
        Some(format!("run `db upgrade{}` first", self.target))
    }
}
