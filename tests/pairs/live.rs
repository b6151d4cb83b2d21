//! The ways of a case.

use std::collections::{BTreeMap, BTreeSet};

use libtest_mimic::Failed;
use limbeck::dialect::{Connection, Dialect, NormalizeError, Scope};
use limbeck::diff::{Rename, adopt_names, diff_renamed};
use limbeck::models::{self, Declared};
use limbeck::operation::{self, Operation};
use limbeck::question;
use limbeck::run;
use limbeck::schema::{Name, Schema, Value, parse_column};
use limbeck::script::Script;
use serde_json::Map;

use super::case::Case;
use super::support::law::{restated, text};

/// The rows of every table, each with its values as text.
pub(crate) type Rows = BTreeMap<String, Vec<Map<String, serde_json::Value>>>;

/// A database with nothing in it at first.
pub(crate) trait Place {
    /// What it speaks, and a session of the tool in it.
    fn session(&mut self) -> (&dyn Dialect, &mut dyn Connection);

    /// Where it is, for others.
    fn url(&self) -> String;

    /// Runs SQL without the tool.
    fn fill(&mut self, sql: &str);

    /// Everything that somebody made, in the database's own words.
    fn portrait(&mut self) -> String;

    /// Every row.
    fn rows(&mut self) -> Rows;
}

/// Goes all the ways of `case`.
pub(crate) fn check(
    case: &Case,
    live: &mut dyn Place,
    straight: &mut dyn Place,
) -> Result<(), Failed> {
    let nothing = live.portrait();
    straight.fill(&case.after);
    let wanted = straight.portrait();
    let after = inspect(straight)?;
    let Some((there, back)) = way(&Case::default(), live, &after, None)? else { unreachable!() };
    run("from nothing", live, &there)?;
    same("from nothing", &there, &wanted, &live.portrait())?;
    silent("from nothing", live, &after)?;
    run("to nothing", live, &back)?;
    same("to nothing", &back, &nothing, &live.portrait())?;

    live.fill(&case.before);
    let begun = live.portrait();
    let before = inspect(live)?;
    live.fill(&case.rows);
    let rows = live.rows();
    if let Some((there, back)) = way(case, live, &after, case.refused.as_deref())? {
        run("there", live, &there)?;
        same("there", &there, &wanted, &live.portrait())?;
        silent("there", live, &after)?;
        let rows_there = live.rows();
        let kept = Kept::new(case, &rows, &rows_there);
        kept.check("there", &case.changes, &rows_there, true)?;
        run("back", live, &back)?;
        same("back", &back, &begun, &live.portrait())?;
        silent("back", live, &before)?;
        kept.check("back", &case.loses, &live.rows(), false)?;
    }

    let other = Case { renames: turned(&case.renames), ..Case::default() };
    if let Some((there, back)) = way(&other, straight, &before, case.refused_back.as_deref())? {
        run("the other way", straight, &there)?;
        same("the other way", &there, &begun, &straight.portrait())?;
        run("back from the other way", straight, &back)?;
        same("back from the other way", &back, &wanted, &straight.portrait())?;
    }
    Ok(())
}

fn inspect(place: &mut dyn Place) -> Result<Schema, Failed> {
    let (dialect, db) = place.session();
    Ok(dialect.inspect(db, &Scope::default())?)
}

/// The renames of the other way.
fn turned(renames: &[String]) -> Vec<String> {
    let turn = |it: &String| match rename(it) {
        Rename::Table { from, to } => format!("{to}={from}"),
        Rename::Column { table, from, to } => format!("{}={from}", table.column(&to)),
    };
    renames.iter().map(turn).collect()
}

fn rename(text: &str) -> Rename {
    let (from, to) = text.split_once('=').unwrap();
    match parse_column(from) {
        Ok((table, from)) => Rename::Column { table, from, to: to.to_owned() },
        Err(_) => Rename::Table { from: from.parse().unwrap(), to: to.parse().unwrap() },
    }
}

fn fills(case: &Case, declared: &Schema) -> BTreeMap<(Name, String), Value> {
    let fill = |text: &String| {
        let (column, value) = text.split_once('=').unwrap();
        let (table, column) = parse_column(column).unwrap();
        let declared = declared.table(&table).unwrap().column(&column).unwrap();
        let value = question::parse_value(value, &table, declared).unwrap();
        ((table, column), value)
    };
    case.fills.iter().map(fill).collect()
}

/// A script: there, and back.
type Ways = (Vec<Operation>, Vec<Operation>);

/// The script that leads to what is declared and the one back, unless it cannot be done as it is said.
fn way(
    case: &Case,
    place: &mut dyn Place,
    wanted: &Schema,
    refused: Option<&str>,
) -> Result<Option<Ways>, Failed> {
    let (dialect, db) = place.session();
    match (found(case, dialect, db, wanted), refused) {
        (Ok(found), None) => {
            let there = question::fill(found.clone(), &fills(case, wanted));
            let back = operation::reverse(&found).unwrap_or_default();
            Ok(Some((script(there), script(back))))
        }
        (Ok(found), Some(_)) => Err(format!("it is not refused: {}", text(&found)).into()),
        (Err(error), None) => Err(error),
        (Err(error), Some(refused)) => {
            let said = error.message().unwrap_or_default().trim();
            if said == refused.trim() { Ok(None) } else { Err(format!("refused:\n{said}").into()) }
        }
    }
}

/// What is found, as `migrate` finds it.
fn found(
    case: &Case,
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    wanted: &Schema,
) -> Result<Vec<Operation>, Failed> {
    let live = dialect.inspect(db, &Scope::default())?;
    let mut declared =
        Declared { schema: wanted.clone(), given_names: names(wanted), ..Declared::default() };
    let mut normalized = dialect.normalize(&declared.schema, &live, db).map_err(explained)?;
    models::sql::as_read(&mut normalized, wanted);
    let renames: Vec<Rename> = case.renames.iter().map(|it| rename(it)).collect();
    let mut operations = diff_renamed(&live, &normalized, &renames)?;
    if adopt_names(&operations, &declared.given_names, [&mut declared.schema, &mut normalized]) {
        operations = diff_renamed(&live, &normalized, &renames)?;
    }
    Ok(restated(dialect, operations, &declared.schema, &normalized))
}

/// Every name that SQL gave.
fn names(schema: &Schema) -> BTreeSet<(Name, String)> {
    let mut names = BTreeSet::new();
    for table in &schema.tables {
        let key = table.primary_key.iter().filter_map(|it| it.name.clone());
        let uniques = table.uniques.iter().filter_map(|it| it.name.clone());
        let keys = table.foreign_keys.iter().filter_map(|it| it.name.clone());
        let checks = table.checks.iter().filter_map(|it| it.name.clone());
        let indexes = table.indexes.iter().map(|it| it.name.clone());
        let all = key.chain(uniques).chain(keys).chain(checks).chain(indexes);
        names.extend(all.map(|it| (table.name.clone(), it)));
    }
    names
}

fn explained(error: NormalizeError) -> Failed {
    match error {
        NormalizeError::Unsupported(all) => {
            let line = |it: &limbeck::dialect::Unsupported| match it.hint() {
                Some(hint) => format!("{it}\nhint: {hint}\n"),
                None => format!("{it}\n"),
            };
            all.iter().map(line).collect::<String>().into()
        }
        NormalizeError::Db(error) => error.into(),
    }
}

/// A way of a script, as it is written.
fn script(way: Vec<Operation>) -> Vec<Operation> {
    let upgrade = way.into_iter().map(Into::into).collect();
    let script = Script { upgrade, ..Script::default() };
    script.canonical().upgrade.into_iter().map(|it| it.operation).collect()
}

/// Runs operations as a revision.
fn run(way: &str, place: &mut dyn Place, operations: &[Operation]) -> Result<(), Failed> {
    let (dialect, db) = place.session();
    let begin = dialect.features().begin;
    begin.map_or(Ok(()), |begin| db.execute(begin))?;
    run::execute(dialect, db, operations, &|_| {}).map_err(|(at, cause)| {
        let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
        format!("{way}: {cause:?}\nat{at}\nof{}", text(operations))
    })?;
    begin.map_or(Ok(()), |_| db.execute("COMMIT"))?;
    Ok(())
}

/// Nothing is left to do.
fn silent(way: &str, place: &mut dyn Place, wanted: &Schema) -> Result<(), Failed> {
    let (dialect, db) = place.session();
    let left = found(&Case::default(), dialect, db, wanted)?;
    if left.is_empty() { Ok(()) } else { Err(format!("{way}, found then:{}", text(&left)).into()) }
}

/// Both are the same text.
fn same(way: &str, script: &[Operation], expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected, found);
    Err(format!("{way} it leads elsewhere:\n{}\nby{}", difference.unified_diff(), text(script))
        .into())
}

/// The rows of tables and columns that are there before and behind, by both of their names.
pub(crate) struct Kept<'a> {
    before: &'a Rows,
    /// The name before, the name behind, and the columns.
    tables: Vec<(String, String, Columns)>,
}

/// The names of columns before and behind.
type Columns = Vec<(String, String)>;

impl Kept<'_> {
    pub(crate) fn new<'a>(case: &Case, before: &'a Rows, behind: &Rows) -> Kept<'a> {
        let renames: Vec<Rename> = case.renames.iter().map(|it| rename(it)).collect();
        let mut tables = Vec::new();
        for (table, rows) in before {
            let renamed = renames.iter().find_map(|it| match it {
                Rename::Table { from, to } if from.to_string() == *table => Some(to.to_string()),
                _ => None,
            });
            let name = renamed.unwrap_or_else(|| table.clone());
            let (Some(first), Some(now)) = (rows.first(), behind.get(&name)) else { continue };
            let column = |column: &String| {
                let renamed = renames.iter().find_map(|it| match it {
                    Rename::Column { table, from, to }
                        if table.to_string() == name && from == column =>
                    {
                        Some(to.clone())
                    }
                    _ => None,
                });
                (column.clone(), renamed.unwrap_or_else(|| column.clone()))
            };
            let has = |it: &(String, String)| now.first().is_none_or(|row| row.contains_key(&it.1));
            let columns = first.keys().map(column).filter(has).collect();
            tables.push((table.clone(), name, columns));
        }
        Kept { before, tables }
    }

    /// The rows of `now` are those before, `except` for some columns; they have the names behind, or those before.
    pub(crate) fn check(
        &self,
        way: &str,
        except: &[String],
        now: &Rows,
        behind: bool,
    ) -> Result<(), Failed> {
        for (old, new, columns) in &self.tables {
            let kept = |it: &&(String, String)| !except.contains(&format!("{old}.{}", it.0));
            let columns: Vec<_> = columns.iter().filter(kept).collect();
            let lines = |rows: &[Map<String, serde_json::Value>], behind: bool| {
                let line = |row: &Map<String, serde_json::Value>| {
                    let value = |it: &&(String, String)| &row[if behind { &it.1 } else { &it.0 }];
                    let values = columns.iter().map(|it| format!("{} = {}", it.0, value(it)));
                    format!("{}\n", values.collect::<Vec<_>>().join(", "))
                };
                let mut lines: Vec<String> = rows.iter().map(line).collect();
                lines.sort();
                lines.concat()
            };
            let found = now.get(if behind { new } else { old }).map(Vec::as_slice);
            let (expected, found) =
                (lines(&self.before[old], false), lines(found.unwrap_or_default(), behind));
            if expected != found {
                let difference = similar::TextDiff::from_lines(&expected, &found);
                return Err(
                    format!("{way}, the rows of {old}:\n{}", difference.unified_diff()).into()
                );
            }
        }
        Ok(())
    }
}
