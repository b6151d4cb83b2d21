//! What matters because of the rows that are there.

use sea_query::{Alias, Expr, ExprTrait, Query};

use super::{Answer, Answers, Kind, Question, Reply};
use crate::dialect::{Dml, table_ref};
use crate::diff::Rename;
use crate::lint::{self, Loss};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Literal, Name, Schema, Sql, Table, Type, Value};

/// The rows that make a question matter, by the names that the database has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Any row of the table.
    Any(Name),
    /// A row with NULL in the column.
    Without(Name, String),
    /// A row with a value in the column.
    With(Name, String),
}

impl Rows {
    /// A query that finds one of them, if there is any.
    pub fn select(&self) -> Dml {
        let name = |text: &str| Alias::new(text);
        let (Rows::Any(table) | Rows::Without(table, _) | Rows::With(table, _)) = self;
        let mut select = Query::select();
        select.expr(Expr::val(1)).from(table_ref(table)).limit(1);
        match self {
            Rows::Any(_) => {}
            Rows::Without(_, column) => {
                select.and_where(Expr::col(name(column)).is_null());
            }
            Rows::With(_, column) => {
                select.and_where(Expr::col(name(column)).is_not_null());
            }
        }
        Dml::Select(select)
    }
}

/// What `operations` ask of the rows that are there, and what they would cost them, each with the
/// rows that make it matter. `declared` is what the operations lead to.
pub fn row_questions(
    operations: &[Operation],
    declared: &Schema,
    answers: &Answers,
) -> Vec<(Question, Rows)> {
    let names = Names::before(operations);
    let mut questions = Vec::new();
    for operation in operations {
        if let Operation::AlterTable { table, changes } = operation {
            let missing = |it: &Required| {
                !answers.fills.contains_key(&(table.clone(), it.column.name.clone()))
            };
            let required = changes.iter().filter_map(Required::by).filter(missing);
            questions.extend(required.map(|it| it.question(table, declared, &names)));
        }
        questions
            .extend(lint::losses(operation).iter().filter_map(|it| of_loss(it, answers, &names)));
    }
    questions
}

/// The column that must have a value because of `change`, and gets none by itself.
pub fn is_required(change: &TableChange) -> Option<&Column> {
    Required::by(change).map(|it| it.column)
}

/// A column that must have a value from now on, and gets none by itself.
struct Required<'a> {
    column: &'a Column,
    is_new: bool,
}

impl<'a> Required<'a> {
    /// The column of which `change` demands it.
    fn by(change: &'a TableChange) -> Option<Required<'a>> {
        let (column, is_new) = match change {
            TableChange::AddColumn(column) if column.default.is_none() => (column, true),
            TableChange::AlterColumn { from, to } if from.nullable => (to, false),
            _ => return None,
        };
        let by_itself = column.generated.is_some() || column.identity.is_some();
        (!column.nullable && !by_itself).then_some(Required { column, is_new })
    }

    fn question(&self, table: &Name, declared: &Schema, names: &Names) -> (Question, Rows) {
        let name = &self.column.name;
        let subject = table.column(name);
        let (text, rows) = match self.is_new {
            true => (
                format!("column `{subject}` is new and required, and table `{table}` has rows"),
                Rows::Any(names.table(table)),
            ),
            false => (
                format!("column `{subject}` becomes required, and rows have no value in it"),
                Rows::Without(names.table(table), names.column(table, name)),
            ),
        };
        let reply = |value| Reply::Fill { table: table.clone(), column: name.clone(), value };
        let value = declared.table(table).and_then(|table| plain_value(table, self.column));
        let ready = value.map(|value| Answer {
            text: format!("give the rows {}", super::fill::show(&value)),
            reply: reply(Some(value)),
        });
        let stop = Answer { text: "write nothing".to_owned(), reply: Reply::Stop };
        let other_text = match ready {
            Some(_) => "give the rows another value",
            None => "give the rows a value",
        };
        let other = Answer { text: other_text.to_owned(), reply: reply(None) };
        let question = Question {
            kind: Kind::Fill,
            subject,
            text,
            answers: [stop].into_iter().chain(ready).chain([other]).collect(),
        };
        (question, rows)
    }
}

/// A value that every row could get: the default, or the plainest one of the type. A column whose
/// values must differ, or be found elsewhere, has none.
fn plain_value(table: &Table, column: &Column) -> Option<Value> {
    let is_it = |columns: &[String]| columns == [column.name.clone()];
    let indexed = |index: &crate::schema::Index| {
        let names: Vec<String> = index.columns.iter().map(ToString::to_string).collect();
        index.unique && is_it(&names)
    };
    let is_unique = table.is_sole_key(&column.name)
        || table.uniques.iter().any(|it| is_it(&it.columns))
        || table.indexes.iter().any(indexed);
    let refers = table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    if is_unique || refers {
        return None;
    }
    if let Some(default) = &column.default {
        return Some(default.clone());
    }
    let expression = |text: &str| Value::Expression(Sql::new(text));
    Some(match &column.ty {
        Type::SmallInteger { .. }
        | Type::Integer { .. }
        | Type::BigInteger { .. }
        | Type::Numeric { .. }
        | Type::Float
        | Type::Double => Value::Literal(Literal::Integer(0)),
        Type::Boolean => Value::Literal(Literal::Boolean(false)),
        Type::String(_) | Type::Char(_) | Type::Text(_) => {
            Value::Literal(Literal::Text(String::new()))
        }
        Type::Enum(values) => Value::Literal(Literal::Text(values.first()?.clone())),
        Type::Date => expression("CURRENT_DATE"),
        Type::Time { .. } => expression("CURRENT_TIME"),
        Type::DateTime { .. } => expression("CURRENT_TIMESTAMP"),
        Type::Binary(_)
        | Type::LargeBinary(_)
        | Type::Interval
        | Type::Uuid
        | Type::Json
        | Type::SharedEnum(_)
        | Type::Array(_)
        | Type::Native { .. } => return None,
    })
}

fn of_loss(loss: &Loss, answers: &Answers, names: &Names) -> Option<(Question, Rows)> {
    let column =
        |table: &Name, column: &str| Rows::With(names.table(table), names.column(table, column));
    let (kind, subject, text, goes, rows) = match loss {
        Loss::Table(table) => (
            Kind::DropTable,
            table.to_string(),
            format!("table `{table}` is no longer declared, and it has rows"),
            "drop it with its rows",
            Rows::Any(names.table(table)),
        ),
        Loss::Column { table, column: name } => (
            Kind::DropColumn,
            table.column(name),
            format!("column `{}` is dropped, and rows have a value in it", table.column(name)),
            "drop it with its values",
            column(table, name),
        ),
        Loss::Values { table, column: name, ty } => (
            Kind::Cast,
            table.column(name),
            format!("column `{}` becomes {ty}, and rows have a value in it", table.column(name)),
            "change the type; values that do not fit are cut, changed or refused",
            column(table, name),
        ),
        Loss::Sql => return None,
    };
    let (is_meant, reply) = match kind {
        Kind::Cast => (answers.casts(&subject), Reply::Cast(subject.clone())),
        _ => (answers.drops(&subject), Reply::Drop(subject.clone())),
    };
    let stop = Answer { text: "write nothing".to_owned(), reply: Reply::Stop };
    let goes = Answer { text: goes.to_owned(), reply };
    let question = Question { kind, subject, text, answers: vec![stop, goes] };
    (!is_meant).then_some((question, rows))
}

/// Which names the database has now for those that operations speak of behind their renames.
struct Names(Vec<Rename>);

impl Names {
    fn before(operations: &[Operation]) -> Names {
        let mut renames = Vec::new();
        for operation in operations {
            match operation {
                Operation::RenameTable { from, to } => {
                    renames.push(Rename::Table { from: from.clone(), to: to.clone() });
                }
                Operation::AlterTable { table, changes } => {
                    renames.extend(changes.iter().filter_map(|change| match change {
                        TableChange::RenameColumn { from, to } => Some(Rename::Column {
                            table: table.clone(),
                            from: from.clone(),
                            to: to.clone(),
                        }),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        Names(renames)
    }

    fn table(&self, name: &Name) -> Name {
        let found = self.0.iter().find_map(|rename| match rename {
            Rename::Table { from, to } if to == name => Some(from.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| name.clone())
    }

    fn column(&self, of: &Name, name: &str) -> String {
        let found = self.0.iter().find_map(|rename| match rename {
            Rename::Column { table, from, to } if table == of && to == name => Some(from.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| name.to_owned())
    }
}
