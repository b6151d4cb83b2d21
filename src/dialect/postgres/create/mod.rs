//! Statements that make tables and indexes, and the clauses of which they consist.

mod column;
mod constraint;
pub(super) mod identity;
mod index;
mod text;

pub(super) use column::{column, enum_check, enum_constraint, enum_values, setting, settings};
pub(super) use constraint::{check, foreign_key, is_not_valid, primary_key, unique};
pub(super) use index::{
    drop as drop_index, drop_if_there as drop_index_if_there, index, index_if_missing,
};
pub(super) use text::{INDENT, group, line, list, made_name, parts, requires, tables};

use super::Postgres;
use super::options::{
    self, CONCURRENTLY, INHERITS, PARTITION_BOUND, PARTITION_BY, PARTITION_OF, ROW_SECURITY,
    TABLESPACE, UNLOGGED, WITH, is_on, text as option,
};
use super::types::{self, literal, quote};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Name, Table};
use identity::Numbering;

/// `CREATE TABLE`, what belongs to it, and its comments.
///
/// # Errors
/// When PostgreSQL has no such table.
pub(super) fn table(dialect: &Postgres, table: &Table) -> Result<Vec<Statement>, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(table.name.clone())),
        ..error
    };
    let statements = statements(dialect, table).map_err(about)?;
    let mut statements: Vec<_> = statements.into_iter().map(Statement::new).collect();
    for index in &table.indexes {
        // Nobody writes to a table that is just made.
        let mut index = index.clone();
        index.options.remove(CONCURRENTLY);
        statements.extend(self::index(dialect, &table.name, &index)?);
    }
    Ok(statements)
}

fn statements(dialect: &Postgres, table: &Table) -> Result<Vec<String>, Unsupported> {
    options::known(&table.options, options::TABLE)?;
    let sequences = sequences(table)?;
    let name = types::name(&table.name);
    let mut statements: Vec<String> = sequences.iter().map(|it| it.create.clone()).collect();
    statements.push(create(dialect, table)?);
    statements.extend(sequences.into_iter().map(|it| it.own));
    let clauses = clauses_behind(dialect, table)?;
    if !clauses.is_empty() {
        statements.push(alter_table(&table.name, &clauses));
    }
    if let (Some(parent), Some(bound), false) = (
        option(&table.options, PARTITION_OF),
        option(&table.options, PARTITION_BOUND),
        table.columns.is_empty(),
    ) {
        statements.push(attach(&parent_name(parent)?, &table.name, bound));
    }
    statements.extend(table.comment.as_ref().map(|it| comment("TABLE", &name, Some(it))));
    for column in &table.columns {
        let name = format!("{name}.{}", quote(&column.name));
        statements.extend(column.comment.as_ref().map(|it| comment("COLUMN", &name, Some(it))));
    }
    Ok(statements)
}

/// A sequence that a column needs before it is made.
struct OwnSequence {
    create: String,
    own: String,
}

/// Those of serial columns that do not count as usual.
fn sequences(table: &Table) -> Result<Vec<OwnSequence>, Unsupported> {
    let mut all = Vec::new();
    for column in table.columns.iter().filter(|it| Numbering::of(it) == Numbering::Serial) {
        let ty = identity::integer_type(table, column)?;
        if identity::serial_type(&ty, column).is_none() {
            let sequence = identity::sequence(&table.name, &column.name);
            all.push(OwnSequence {
                create: identity::create_sequence(&sequence, &ty, column),
                own: identity::own(&sequence, &table.name, &column.name),
            });
        }
    }
    Ok(all)
}

/// `CREATE TABLE`, one column or constraint a line.
fn create(dialect: &Postgres, table: &Table) -> Result<String, Unsupported> {
    let unlogged = if is_on(&table.options, UNLOGGED) { "UNLOGGED " } else { "" };
    let mut sql = format!("CREATE {unlogged}TABLE {}", types::name(&table.name));
    let mut lines = Vec::new();
    for column in &table.columns {
        lines.push(self::column(dialect, table, column)?);
    }
    lines.extend(constraints(dialect, table)?);
    let of = option(&table.options, PARTITION_OF).filter(|_| table.columns.is_empty());
    if let Some(parent) = of {
        sql.push_str(&format!(" PARTITION OF {}", types::name(&parent_name(parent)?)));
    }
    match lines.is_empty() {
        true if of.is_some() => {}
        true => sql.push_str(" ()"),
        false => {
            let lines = lines.join(&format!(",\n{INDENT}"));
            sql.push_str(&format!(" (\n{INDENT}{lines}\n)"));
        }
    }
    if of.is_some() {
        let bound = option(&table.options, PARTITION_BOUND).unwrap_or("DEFAULT");
        sql.push_str(&format!(" {bound}"));
    }
    if let Some(parents) = option(&table.options, INHERITS) {
        let parents: Vec<_> = tables(parents)?.iter().map(types::name).collect();
        sql.push_str(&format!(" INHERITS ({})", parents.join(", ")));
    }
    if let Some(by) = option(&table.options, PARTITION_BY) {
        sql.push_str(&format!(" PARTITION BY {by}"));
    }
    if let Some(with) = option(&table.options, WITH) {
        sql.push_str(&format!(" WITH ({with})"));
    }
    if let Some(place) = option(&table.options, TABLESPACE) {
        sql.push_str(&format!(" TABLESPACE {}", quote(place)));
    }
    Ok(sql)
}

/// The constraints that stand behind the columns. In a new table there is nothing that was not
/// checked, so those that say so come afterwards.
fn constraints(dialect: &Postgres, table: &Table) -> Result<Vec<String>, Unsupported> {
    let mut all = Vec::new();
    if let Some(key) = &table.primary_key {
        all.push(primary_key(key)?);
    }
    for unique in &table.uniques {
        all.push(self::unique(dialect, unique)?);
    }
    for key in table.foreign_keys.iter().filter(|it| !is_not_valid(&it.options)) {
        all.push(foreign_key(dialect, key)?);
    }
    for check in table.checks.iter().filter(|it| !is_not_valid(&it.options)) {
        all.push(self::check(check)?);
    }
    Ok(all)
}

/// What `CREATE TABLE` has no words for, as clauses of an `ALTER TABLE`.
fn clauses_behind(dialect: &Postgres, table: &Table) -> Result<Vec<String>, Unsupported> {
    let mut clauses: Vec<String> = table.columns.iter().flat_map(settings).collect();
    for key in table.foreign_keys.iter().filter(|it| is_not_valid(&it.options)) {
        clauses.push(format!("ADD {} NOT VALID", foreign_key(dialect, key)?));
    }
    for check in table.checks.iter().filter(|it| is_not_valid(&it.options)) {
        clauses.push(format!("ADD {} NOT VALID", self::check(check)?));
    }
    clauses.extend(row_security(None, option(&table.options, ROW_SECURITY)));
    Ok(clauses)
}

/// `ALTER TABLE`, one clause a line.
pub(super) fn alter_table(table: &Name, clauses: &[String]) -> String {
    let table = types::name(table);
    match clauses {
        [one] => format!("ALTER TABLE {table} {one}"),
        all => format!("ALTER TABLE {table}\n{INDENT}{}", all.join(&format!(",\n{INDENT}"))),
    }
}

/// `COMMENT ON`; `None` removes it. `name` is quoted.
pub(super) fn comment(what: &str, name: &str, comment: Option<&String>) -> String {
    let text = comment.map_or_else(|| "NULL".to_owned(), |it| literal(it));
    format!("COMMENT ON {what} {name} IS {text}")
}

/// The name of the table that one is a partition of.
///
/// # Errors
/// When it is no name.
pub(super) fn parent_name(text: &str) -> Result<Name, Unsupported> {
    text.parse().map_err(|it| Unsupported::new(format!("{it}"), None))
}

/// The statement that makes a table a partition.
pub(super) fn attach(parent: &Name, table: &Name, bound: &str) -> String {
    let (parent, table) = (types::name(parent), types::name(table));
    format!("ALTER TABLE {parent} ATTACH PARTITION {table} {bound}")
}

/// The clauses that switch policies on and off.
pub(super) fn row_security(from: Option<&str>, to: Option<&str>) -> Vec<String> {
    let clause = |from: bool, to: bool, on: &str, off: &str| {
        (from != to).then(|| if to { on.to_owned() } else { off.to_owned() })
    };
    let forced = |it: Option<&str>| it == Some("forced");
    let enabled = clause(
        from.is_some(),
        to.is_some(),
        "ENABLE ROW LEVEL SECURITY",
        "DISABLE ROW LEVEL SECURITY",
    );
    let force =
        clause(forced(from), forced(to), "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY");
    enabled.into_iter().chain(force).collect()
}
