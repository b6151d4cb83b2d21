//! Something goes and something like it comes: perhaps a rename.

use std::cmp::Reverse;
use std::mem::discriminant;

use super::{Answer, Answers, Kind, Question, Reply};
use crate::diff::Rename;
use crate::error::{distance, list};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Name, Table, Type};

/// The renames that may be meant by `operations`, one question for each thing that goes. Whether
/// columns are renamed can only be asked once their tables have their names, so the answers may
/// bring up more.
pub fn rename_questions(operations: &[Operation], answers: &Answers) -> Vec<Question> {
    let mut questions = of_tables(operations, answers);
    for operation in operations {
        if let Operation::AlterTable { table, changes } = operation {
            questions.extend(of_columns(table, changes, answers));
        }
    }
    questions
}

fn of_tables(operations: &[Operation], answers: &Answers) -> Vec<Question> {
    let dropped = operations.iter().filter_map(|operation| match operation {
        Operation::DropTable(table) => Some(table),
        _ => None,
    });
    let created = operations.iter().filter_map(|operation| match operation {
        Operation::CreateTable(table) => Some(table),
        _ => None,
    });
    let created: Vec<&Table> = created.collect();
    let question = |from: &Table| {
        let subject = from.name.to_string();
        let mut alike: Vec<(usize, &Table)> = (created.iter())
            .map(|to| (columns_in_common(from, to), *to))
            .filter(|(common, to)| common * 2 > from.columns.len().max(to.columns.len()))
            .collect();
        alike.sort_by_key(|(common, to)| {
            (Reverse(*common), distance(&from.name.name, &to.name.name))
        });
        if alike.is_empty() || answers.drops(&subject) {
            return None;
        }
        let renamed = alike.iter().map(|(_, to)| Answer {
            text: format!("it is renamed to `{}`", to.name),
            reply: Reply::Rename(Rename::Table { from: from.name.clone(), to: to.name.clone() }),
        });
        let names: Vec<String> = alike.iter().map(|(_, to)| to.name.to_string()).collect();
        let dropped = Answer {
            text: "it is dropped with its rows".to_owned(),
            reply: Reply::Drop(subject.clone()),
        };
        Some(Question {
            kind: Kind::RenameTable,
            text: gone(&format!("table `{subject}`"), &names),
            answers: renamed.chain([dropped]).collect(),
            subject,
        })
    };
    dropped.filter_map(question).collect()
}

fn columns_in_common(from: &Table, to: &Table) -> usize {
    let is_there =
        |column: &&Column| to.column(&column.name).is_some_and(|it| is_kin(&it.ty, &column.ty));
    from.columns.iter().filter(is_there).count()
}

fn of_columns(table: &Name, changes: &[TableChange], answers: &Answers) -> Vec<Question> {
    let dropped = changes.iter().filter_map(|change| match change {
        TableChange::DropColumn(column) => Some(column),
        _ => None,
    });
    let added = changes.iter().filter_map(|change| match change {
        TableChange::AddColumn(column) => Some(column),
        _ => None,
    });
    let (dropped, added): (Vec<&Column>, Vec<&Column>) = (dropped.collect(), added.collect());
    let same =
        |from: &Column, to: &Column| is_computed(from) == is_computed(to) && from.ty == to.ty;
    let is_paired = |to: &Column| dropped.iter().any(|from| same(from, to));
    let candidates = |from: &Column| -> Vec<&Column> {
        let exact: Vec<&Column> = added.iter().filter(|to| same(from, to)).copied().collect();
        if !exact.is_empty() {
            return nearest_first(exact, from);
        }
        // A column may change a little as it gets its name, but one that is just like another
        // that went is rather that one.
        let kin = |to: &&&Column| {
            is_computed(from) == is_computed(to) && is_kin(&from.ty, &to.ty) && !is_paired(to)
        };
        nearest_first(added.iter().filter(kin).copied().collect(), from)
    };
    let question = |from: &&Column| {
        let candidates = candidates(from);
        let subject = table.column(&from.name);
        if candidates.is_empty() || answers.drops(&subject) {
            return None;
        }
        let renamed = candidates.iter().map(|to| Answer {
            text: format!("it is renamed to `{}`", to.name),
            reply: Reply::Rename(Rename::Column {
                table: table.clone(),
                from: from.name.clone(),
                to: to.name.clone(),
            }),
        });
        let names: Vec<String> = candidates.iter().map(|to| table.column(&to.name)).collect();
        let dropped = Answer {
            text: "it is dropped with its values".to_owned(),
            reply: Reply::Drop(subject.clone()),
        };
        Some(Question {
            kind: Kind::RenameColumn,
            text: gone(&format!("column `{subject}`"), &names),
            answers: renamed.chain([dropped]).collect(),
            subject,
        })
    };
    dropped.iter().filter_map(question).collect()
}

/// What is called most like `from` comes first: that is the answer which Enter gives.
fn nearest_first<'a>(mut columns: Vec<&'a Column>, from: &Column) -> Vec<&'a Column> {
    columns.sort_by_key(|to| distance(&from.name, &to.name));
    columns
}

fn is_computed(column: &Column) -> bool {
    column.generated.is_some()
}

/// Whether a column of the one type could have become one of the other.
fn is_kin(a: &Type, b: &Type) -> bool {
    let is_text = |ty: &Type| matches!(ty, Type::String(_) | Type::Char(_) | Type::Text(_));
    discriminant(a) == discriminant(b)
        || (a.is_integer() && b.is_integer())
        || (is_text(a) && is_text(b))
}

fn gone(what: &str, new: &[String]) -> String {
    let are = if new.len() == 1 { "is" } else { "are" };
    format!("{what} is no longer declared, and {} {are} new", list(new, "and"))
}
