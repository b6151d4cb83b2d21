//! What an operation does, in one line for a person.

use crate::operation::{Operation, TableChange};
use crate::schema::{Column, ForeignKey, Index, Name, Object, Value};

/// What a differ found that asks for these operations, a line each. An object that leaves and
/// comes back, because what it stands on changes, is one line.
pub fn describe(operations: &[Operation]) -> Vec<String> {
    let comes_back = |object: &Object| {
        let key = object.key();
        let same = |other: &Object| other.key() == key;
        operations.iter().find_map(|operation| match operation {
            Operation::Create(other) if same(other) => Some(other),
            _ => None,
        })
    };
    let left = |object: &Object| {
        let key = object.key();
        let same = |other: &Object| other.key() == key;
        operations.iter().any(|it| matches!(it, Operation::Drop(other) if same(other)))
    };
    let lines = operations.iter().map(|operation| match operation {
        Operation::Drop(from) => match comes_back(from) {
            Some(to) if to == from => Vec::new(),
            Some(to) => Operation::Replace { from: from.clone(), to: to.clone() }.describe(),
            None => operation.describe(),
        },
        Operation::Create(to) if left(to) => Vec::new(),
        _ => operation.describe(),
    });
    lines.flatten().collect()
}

impl Operation {
    /// What a differ found that asks for this operation, a line each: `added table 'user'`.
    pub fn describe(&self) -> Vec<String> {
        match self {
            Operation::Create(object) => {
                vec![format!("added {}", object.key().quoted('\''))]
            }
            Operation::Replace { to, .. } => {
                vec![format!("changed {}", to.key().quoted('\''))]
            }
            Operation::AlterEnum { to, .. } => vec![format!("changed enum '{}'", to.name)],
            Operation::Drop(object) => {
                vec![format!("removed {}", object.key().quoted('\''))]
            }
            Operation::CreateTable(table) => vec![format!("added table '{}'", table.name)],
            Operation::DropTable(table) => vec![format!("removed table '{}'", table.name)],
            Operation::RenameTable { from, to } => {
                vec![format!("renamed table '{from}' to '{to}'")]
            }
            Operation::AlterTable { table, changes } => {
                changes.iter().flat_map(|change| change.describe(table)).collect()
            }
            Operation::Insert { table, rows } => {
                vec![format!("{} row(s) for table '{table}'", rows.len())]
            }
            Operation::Fill { table, column, .. } => {
                vec![format!("a value for rows without '{}'", table.column(column))]
            }
            Operation::Execute(_) => vec!["raw SQL".to_owned()],
            Operation::Run { command } => vec![format!("program `{}`", command.join(" "))],
        }
    }
}

impl TableChange {
    /// What a differ found that asks for this change of `table`, a line each.
    pub fn describe(&self, table: &Name) -> Vec<String> {
        use TableChange::*;
        let named = |change: &str, what: &str, name: &Option<String>, columns: String| {
            let name = name.as_deref().unwrap_or("(unnamed)");
            vec![format!("{change} {what} '{name}' on {columns}")]
        };
        match self {
            DropForeignKey(key) => vec![format!("removed foreign key {}", foreign_key(key, table))],
            AddForeignKey(key) => vec![format!("added foreign key {}", foreign_key(key, table))],
            DropCheck(check) => {
                named("removed", "check constraint", &check.name, format!("'{table}'"))
            }
            AddCheck(check) => {
                named("added", "check constraint", &check.name, format!("'{table}'"))
            }
            DropUnique(it) => named("removed", "unique constraint", &it.name, list(&it.columns)),
            AddUnique(it) => named("added", "unique constraint", &it.name, list(&it.columns)),
            DropPrimaryKey(it) => {
                vec![format!("removed primary key {} on '{table}'", list(&it.columns))]
            }
            AddPrimaryKey(it) => {
                vec![format!("added primary key {} on '{table}'", list(&it.columns))]
            }
            DropIndex(it) => vec![format!("removed index '{}' on {}", it.name, index_columns(it))],
            AddIndex(it) => vec![format!("added index '{}' on {}", it.name, index_columns(it))],
            RenameColumn { from, to } => {
                vec![format!("renamed column '{}' to '{to}'", table.column(from))]
            }
            DropColumn(it) => vec![format!("removed column '{}'", table.column(&it.name))],
            AddColumn(it) => vec![format!("added column '{}'", table.column(&it.name))],
            AlterColumn { from, to } => altered(table, from, to),
            SetComment { .. } => vec![format!("changed comment of table '{table}'")],
            SetOption { name, .. } => vec![format!("changed option '{name}' of table '{table}'")],
        }
    }
}

fn altered(table: &Name, from: &Column, to: &Column) -> Vec<String> {
    let on = format!("'{}'", table.column(&to.name));
    let mut lines = Vec::new();
    if from.ty != to.ty {
        lines.push(format!("type change from {} to {} on {on}", from.ty, to.ty));
    }
    match (from.nullable, to.nullable) {
        (false, true) => lines.push(format!("NULL on column {on}")),
        (true, false) => lines.push(format!("NOT NULL on column {on}")),
        _ => {}
    }
    let kind = |default: &Option<Value>| default.is_some();
    match (kind(&from.default), kind(&to.default)) {
        (false, true) => lines.push(format!("added default on column {on}")),
        (true, false) => lines.push(format!("removed default on column {on}")),
        _ if from.default != to.default => lines.push(format!("changed default on column {on}")),
        _ => {}
    }
    let mut changed = |changed: bool, what: &str| {
        if changed {
            lines.push(format!("changed {what} of column {on}"));
        }
    };
    changed(from.generated != to.generated, "generated expression");
    changed(from.identity != to.identity, "numbering");
    changed(from.collation != to.collation, "collation");
    changed(from.comment != to.comment, "comment");
    changed(from.options != to.options, "options");
    lines
}

fn list(columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| format!("'{column}'")).collect();
    format!("[{}]", columns.join(", "))
}

fn index_columns(index: &Index) -> String {
    list(&index.columns.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn foreign_key(key: &ForeignKey, table: &Name) -> String {
    let name = key.name.as_deref().unwrap_or("(unnamed)");
    let columns = key.columns.join(", ");
    format!(
        "'{name}' from '{table}' ({columns}) to '{}' ({})",
        key.table,
        key.references.join(", ")
    )
}
