//! What a revision must not leave behind.
//!
//! Foreign keys are not enforced while it runs, so before it is committed the rows are asked
//! whether they obey. Rows that did not obey before may go on as they are.

use super::types::{literal, quote};
use crate::dialect::{Checks, Statement};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Name};

/// How many names are asked for one by one. SQLite refuses conditions of a thousand parts
/// (<https://sqlite.org/limits.html#max_expr_depth>), and all that there is costs no more by then.
const MANY: usize = 100;

/// Statements around those of a revision with these operations.
pub(super) fn checks(operations: &[Operation]) -> Checks {
    let mut checks = Checks::default();
    if let Some(tables) = Tables::of(operations) {
        keep_parents(&tables, operations, &mut checks);
    }
    let dropped = dropped_columns(operations);
    if !dropped.is_empty() {
        keep_users(&dropped, &mut checks);
    }
    checks
}

/// Refuses rows that have lost their parents.
fn keep_parents(tables: &Tables, operations: &[Operation], checks: &mut Checks) {
    checks.before.extend([
        Statement::new("DROP VIEW IF EXISTS temp.limbeck_orphans"),
        Statement::new("DROP TABLE IF EXISTS temp.limbeck_violations"),
        Statement::new(format!("CREATE TEMP VIEW limbeck_orphans AS\n{}", tables.violations())),
        Statement::new(
            "CREATE TEMP TABLE limbeck_violations AS SELECT * FROM temp.limbeck_orphans",
        ),
    ]);
    checks.after.extend(operations.iter().flat_map(renamed));
    checks.after.extend([
        Statement::refuse(
            "SELECT coalesce('row ' || row, 'a row') || ' of `' || \"table\" || '` refers to `' || parent || '`'\n\
             FROM (\n    SELECT * FROM temp.limbeck_orphans EXCEPT SELECT * FROM temp.limbeck_violations\n) LIMIT 1",
            "rows would refer to rows that are not there",
        ),
        Statement::new("DROP TABLE temp.limbeck_violations"),
        Statement::new("DROP VIEW temp.limbeck_orphans"),
    ]);
}

/// Refuses views and triggers that name a column which is gone in double quotes. To SQLite that is
/// a text then, and no mistake (<https://sqlite.org/quirks.html#dblquote>): where it looks for
/// broken ones, it puts the text in single quotes, by which it is found here.
fn keep_users(columns: &[&str], checks: &mut Checks) {
    let has =
        |sql: &str, text: &str| format!("instr(lower({sql}), {})", literal(&text.to_lowercase()));
    let quoted: Vec<_> = columns.iter().map(|name| has("sql", &quote(name))).collect();
    let named = match columns.len() > MANY {
        true => String::new(),
        false => format!(" AND ({})", quoted.join(" OR ")),
    };
    checks.before.extend([
        Statement::new("DROP TABLE IF EXISTS temp.limbeck_users"),
        Statement::new(format!(
            "CREATE TEMP TABLE limbeck_users AS\n\
             SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger'){named}"
        )),
    ]);
    checks.after.extend(look_for_broken_views());
    for name in columns {
        let text = literal(name);
        checks.after.push(Statement::refuse(
            format!(
                "SELECT type || ' ' || name\n\
                 FROM temp.limbeck_users AS old JOIN sqlite_master AS new USING (type, name)\n\
                 WHERE {} AND NOT {} AND {} LIMIT 1",
                has("old.sql", &quote(name)),
                has("old.sql", &text),
                has("new.sql", &text)
            ),
            format!(
                "the column `{name}` is gone, and what named it in double quotes would be taken \
                 for a text by SQLite; drop that first"
            ),
        ));
    }
    checks.after.push(Statement::new("DROP TABLE temp.limbeck_users"));
}

/// Has SQLite look whether views and triggers find what they use. It looks at all of them whenever
/// it renames a column, even of a table of no interest.
pub(super) fn look_for_broken_views() -> [Statement; 3] {
    [
        Statement::new("CREATE TABLE \"_limbeck_check\" (\"a\")"),
        Statement::new("ALTER TABLE \"_limbeck_check\" RENAME COLUMN \"a\" TO \"b\""),
        Statement::new("DROP TABLE \"_limbeck_check\""),
    ]
}

/// The columns that go.
fn dropped_columns(operations: &[Operation]) -> Vec<&str> {
    let changes = operations.iter().flat_map(|operation| match operation {
        Operation::AlterTable { changes, .. } => &changes[..],
        _ => &[],
    });
    let mut names: Vec<_> = changes
        .filter_map(|change| match change {
            TableChange::DropColumn(column) => Some(column.name.as_str()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The tables whose foreign keys, in either direction, a revision may break.
enum Tables {
    All,
    These(Vec<String>),
}

impl Tables {
    /// `None` when it can break none.
    fn of(operations: &[Operation]) -> Option<Tables> {
        let mut names: Vec<String> = Vec::new();
        for operation in operations {
            match operation {
                Operation::Execute(_) => return Some(Tables::All),
                Operation::Insert { table, .. } | Operation::Fill { table, .. } => {
                    names.push(table.name.clone());
                }
                Operation::DropTable(table) => names.push(table.name.name.clone()),
                Operation::AlterTable { table, changes } if changes.iter().any(may_break) => {
                    names.push(table.name.clone());
                }
                Operation::AlterTable { .. }
                | Operation::CreateTable(_)
                | Operation::RenameTable { .. }
                | Operation::Create(_)
                | Operation::Replace { .. }
                | Operation::AlterEnum { .. }
                | Operation::Drop(_)
                | Operation::Run { .. } => {}
            }
        }
        if names.is_empty() {
            return None;
        }
        // Before and after its rename a table is the same one.
        for operation in operations.iter().chain(operations.iter().rev()) {
            if let Operation::RenameTable { from, to } = operation {
                if names.contains(&from.name) {
                    names.push(to.name.clone());
                }
                if names.contains(&to.name) {
                    names.push(from.name.clone());
                }
            }
        }
        names.sort_unstable();
        names.dedup();
        Some(if names.len() > MANY { Tables::All } else { Tables::These(names) })
    }

    /// A query for the rows without a parent: before and after, as a view, since it is long.
    ///
    /// `pragma_foreign_key_check` gives up on a key that refers to columns which are not unique,
    /// so such keys are left out, see <https://sqlite.org/foreignkeys.html#fk_indexes>. The texts
    /// of tables are looked at first, because asking each table is slow where there are many.
    fn violations(&self) -> String {
        let (texts, keys) = match self {
            Tables::All => (String::new(), String::new()),
            Tables::These(names) => {
                let list: Vec<_> = names.iter().map(|name| literal(name)).collect();
                let list = list.join(", ");
                let mentions: Vec<_> = names
                    .iter()
                    .map(|name| format!("sql LIKE {}", literal(&pattern(name))))
                    .collect();
                let mentions = mentions.join(" OR ");
                let within = |column: &str| format!("{column} COLLATE NOCASE IN ({list})");
                (
                    format!(" AND ({} OR {mentions})", within("name")),
                    format!(" AND max({} OR {})", within("child"), within("parent")),
                )
            }
        };
        VIOLATIONS.replace("{texts}", &texts).replace("{keys}", &keys)
    }
}

/// A pattern for texts that name the table, in whatever quotes.
fn pattern(name: &str) -> String {
    let odd = |c: char| matches!(c, '"' | '\'' | '`' | '[' | ']');
    format!("%{}%", name.replace(odd, "%"))
}

const VIOLATIONS: &str = "\
WITH
    tables AS (
        SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%references%'{texts}
    ),
    columns AS (
        SELECT name AS child, id, \"table\" AS parent, lower(\"to\") AS key
        FROM tables CROSS JOIN pragma_foreign_key_list(name)
    ),
    keys AS (
        SELECT child, id, parent, group_concat(key, char(0)) AS key, count(*) AS size
        FROM (SELECT * FROM columns ORDER BY child, id, key) GROUP BY child, id
    ),
    parents AS (SELECT DISTINCT lower(parent) AS name FROM columns),
    uniques AS (
        SELECT parents.name AS parent, indexes.name AS id, lower(info.name) AS key
        FROM parents CROSS JOIN pragma_index_list(parents.name) AS indexes
        CROSS JOIN pragma_index_info(indexes.name) AS info
        WHERE indexes.\"unique\" AND NOT indexes.partial
        UNION ALL
        SELECT parents.name, '', lower(info.name)
        FROM parents CROSS JOIN pragma_table_info(parents.name) AS info
        WHERE info.pk
    ),
    targets AS (
        SELECT parent, group_concat(key, char(0)) AS key, count(*) AS size, id = '' AS is_primary
        FROM (SELECT * FROM uniques ORDER BY parent, id, key) GROUP BY parent, id
    ),
    judged AS (
        SELECT child, parent, CASE
            WHEN lower(parent) NOT IN (SELECT lower(name) FROM sqlite_master) THEN 1
            WHEN key IS NULL THEN (lower(parent), size) IN (
                SELECT parent, size FROM targets WHERE is_primary
            )
            ELSE (lower(parent), size, key) IN (SELECT parent, size, key FROM targets)
        END AS is_sound
        FROM keys
    ),
    sound AS (SELECT child FROM judged GROUP BY child HAVING min(is_sound){keys})
SELECT \"table\", rowid AS row, parent FROM sound CROSS JOIN pragma_foreign_key_check(child)";

/// The violations there were are those of the table under its new name.
fn renamed(operation: &Operation) -> Vec<Statement> {
    let Operation::RenameTable { from, to } = operation else { return Vec::new() };
    let update = |column: &str, from: &Name, to: &Name| {
        let (from, to) = (literal(&from.name), literal(&to.name));
        let set = format!("SET {column} = {to} WHERE {column} = {from} COLLATE NOCASE");
        Statement::new(format!("UPDATE temp.limbeck_violations {set}"))
    };
    vec![update("\"table\"", from, to), update("parent", from, to)]
}

/// Whether a change may leave rows without their parents: values change, or keys go. New foreign
/// keys are asked about where they are made.
fn may_break(change: &TableChange) -> bool {
    match change {
        TableChange::DropUnique(_)
        | TableChange::DropPrimaryKey(_)
        | TableChange::DropColumn(_)
        | TableChange::AddPrimaryKey(_)
        | TableChange::AddUnique(_)
        | TableChange::SetOption { .. } => true,
        TableChange::AlterColumn { from, to } => {
            let harmless = Column {
                nullable: to.nullable,
                default: to.default.clone(),
                comment: to.comment.clone(),
                ..from.clone()
            };
            *to != harmless
        }
        TableChange::DropForeignKey(_)
        | TableChange::DropCheck(_)
        | TableChange::DropIndex(_)
        | TableChange::RenameColumn { .. }
        | TableChange::AddColumn(_)
        | TableChange::AddIndex(_)
        | TableChange::AddCheck(_)
        | TableChange::AddForeignKey(_)
        | TableChange::SetComment { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Connection;
    use crate::dialect::sqlite::SqliteConnection;
    use crate::schema::Type;

    #[test]
    fn many_columns_may_go() {
        let drop = |at| TableChange::DropColumn(Column::new(format!("c{at}"), Type::INTEGER));
        let changes = (0..1200).map(drop).collect();
        let operation = Operation::AlterTable { table: "t".into(), changes };
        let mut db = SqliteConnection::memory().unwrap();
        for statement in checks(&[operation]).before {
            db.execute(&statement.sql).unwrap();
        }
    }
}
