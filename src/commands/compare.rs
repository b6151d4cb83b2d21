//! The comparison that `migrate` writes down and `check` reports.

use anyhow::{Result, bail};

use super::standing::standing;
use crate::dialect::{Dialect, NormalizeError, spell};
use crate::diff::{Rename, adopt_names, check_renames, diff_renamed, restate};
use crate::error::{Mistake, Mistakes};
use crate::graph::{RevisionGraph, ids, in_words};
use crate::models::{Declared, sql};
use crate::operation::Operation;
use crate::parallel;
use crate::project::{Database, Project};
use crate::schema::{Column, Name, Other, Schema, Table};
use crate::terminal::Terminal;

/// What the models ask of the live database.
pub(super) struct Comparison {
    /// The operations, in the words of the declaration.
    pub(super) operations: Vec<Operation>,
    /// What was declared.
    pub(super) declared: Declared,
    /// What was declared, as the database spells it.
    pub(super) normalized: Schema,
    /// What is there before.
    pub(super) live: Schema,
    /// Version tables of other tools or projects, which are left alone.
    pub(super) foreign: Vec<Name>,
    /// What the database said of the comparison.
    notices: Vec<String>,
    /// What the models declare in SQL, the database has not, and is not modelled.
    unmodelled: Vec<Other>,
}

impl Comparison {
    /// Whether the models say nothing of tables while the database has some.
    pub(super) fn declares_nothing(&self) -> bool {
        self.declared.schema.tables.is_empty() && !self.live.tables.is_empty()
    }

    /// What was seen and is not modelled.
    pub(super) fn others(&self) -> &[Other] {
        &self.live.others
    }

    /// Says how far the comparison is to be trusted, which tables are left alone and what they
    /// could mean, and what of the models is left out.
    pub(super) fn warn(&self, terminal: &Terminal) {
        self.notices.iter().for_each(|notice| terminal.warn(notice));
        for Other { kind, name } in &self.unmodelled {
            terminal.warn(format!(
                "{kind} `{name}` of the models is of a kind that is not compared: the database has \
                 none, and no script makes it; `execute` in a script of yours does"
            ));
        }
        for table in &self.foreign {
            terminal.warn(format!(
                "table `{table}` is the version table of another tool or project, and left alone; \
                 `version_table = \"{}\"` under `[options]` goes on from it, `[exclude]` passes over it",
                table.name
            ));
        }
    }

    /// Compares once more, with renames that the person means beside those in the models.
    pub(super) fn rename(&mut self, renames: &[Rename], dialect: &dyn Dialect) -> Result<()> {
        let all = [&self.declared.renames, renames].concat();
        let mut operations = diff_renamed(&self.live, &self.normalized, &all)?;
        let sides = [&mut self.declared.schema, &mut self.normalized];
        if adopt_names(&operations, &self.declared.given_names, sides) {
            operations = diff_renamed(&self.live, &self.normalized, &all)?;
        }
        let spell = |table: &Table, column: &Column| spell(dialect, table, column);
        self.operations = restate(operations, &self.declared.schema, &self.normalized, &spell);
        Ok(())
    }

    /// The dialects for which an operation is meant; none are all.
    pub(super) fn dialects_of(&self, op: &Operation) -> Vec<String> {
        let (Operation::Create(object)
        | Operation::Drop(object)
        | Operation::Replace { to: object, .. }) = op
        else {
            return Vec::new();
        };
        self.declared.dialects_of(object)
    }
}

/// Compares, unless the database stands elsewhere than at every head. `renames` are those that the
/// command line asks for.
pub(super) fn compare(
    project: &Project,
    graph: &RevisionGraph,
    database: &mut Database,
    renames: &[Rename],
) -> Result<Comparison> {
    let look = || -> Result<Schema> {
        require_heads(graph, database)?;
        Ok(database.inspect()?)
    };
    // Each takes its time where there are many tables.
    let (declared, live) = parallel::both(|| project.models(), look);
    let (mut live, mut declared) = (live?, declared?);
    if !database.dialect.features().indexes_by_table && !declared.shared_index_names.is_empty() {
        return Err(Mistakes(declared.shared_index_names).into());
    }
    let sql = read_sql(database, &mut declared)?;
    let name = database.dialect.name();
    let objects = std::mem::take(&mut declared.schema.objects);
    declared.schema.objects =
        objects.into_iter().filter(|object| declared.is_for(object, name)).collect();
    declared.schema.tables.extend(sql.tables.iter().cloned());
    declared.schema.objects.extend(sql.objects.iter().cloned());
    let is_new = |it: &Other| !live.others.contains(it);
    let unmodelled: Vec<Other> = sql.others.iter().filter(|it| is_new(it)).cloned().collect();
    declared.schema.sort();
    check_renames(&declared.schema, renames)?;
    database.filter.declare(&declared.schema);
    database.filter.apply(&mut live);
    database.filter.apply(&mut declared.schema);
    let foreign = set_aside(&mut live, &declared.schema);

    // What was said while reading is about what is there.
    database.db.notices();
    let mut normalized = database
        .dialect
        .normalize(&declared.schema, &live, &mut *database.db)
        .map_err(|error| placed(error, &declared))?;
    sql::as_read(&mut normalized, &sql);
    let notices = database.db.notices();
    let operations = Vec::new();
    let mut comparison =
        Comparison { operations, declared, normalized, live, foreign, notices, unmodelled };
    comparison.rename(renames, &*database.dialect)?;
    Ok(comparison)
}

/// What the models declare in SQL, as the database reports it.
fn read_sql(database: &mut Database, declared: &mut Declared) -> Result<Schema> {
    if declared.sql.is_empty() {
        return Ok(Schema::default());
    }
    let mut place = database.dialect.reading(&mut *database.db)?;
    Ok(sql::read(declared, &*database.dialect, &mut *place)?)
}

/// Takes the version tables that no model declares out of the live schema, and names them: another
/// tool, or this one under another `version_table`, would be lost without them. All have the
/// shape that Alembic gave them.
pub(super) fn set_aside(live: &mut Schema, declared: &Schema) -> Vec<Name> {
    let is_version_table = |table: &Table| {
        matches!(table.columns.as_slice(), [column] if column.name == "version_num")
            && declared.tables.iter().all(|it| it.name != table.name)
    };
    let (foreign, tables): (Vec<Table>, Vec<Table>) =
        std::mem::take(&mut live.tables).into_iter().partition(is_version_table);
    live.tables = tables;
    foreign.into_iter().map(|table| table.name).collect()
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
fn require_heads(graph: &RevisionGraph, database: &mut Database) -> Result<()> {
    let heads = standing(graph, database)?;
    database.require_settled()?;
    let wanted = ids(graph.real_heads());
    if heads != wanted {
        let target = if wanted.len() > 1 { " heads" } else { "" };
        bail!(NotUpToDate { stands: in_words(&heads), wanted: in_words(&wanted), target });
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
