//! Answers that are given beforehand, on the command line and in the models.

use anyhow::Result;

use super::compare::Comparison;
use crate::diff::Rename;
use crate::error::nearest;
use crate::operation::{Operation, TableChange};
use crate::question::{Answers, is_required, parse_value};
use crate::schema::{Column, Name, parse_column};

/// What is answered beforehand.
#[derive(Debug, Default, PartialEq, clap::Args)]
pub(super) struct Beforehand {
    /// A rename that is meant: user.mail=email for a column, old=new for a table
    #[arg(long, value_name = "OLD=NEW", value_parser = rename)]
    rename: Vec<Rename>,
    /// A table or column whose loss is meant, and which is not renamed: post, user.mail
    #[arg(long, value_name = "NAME")]
    drop: Vec<String>,
    /// What rows get that have no value in a column which must have one: user.age=18
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = fill)]
    fill: Vec<FillFlag>,
    /// A column whose new type is meant, whatever becomes of its values: user.age
    #[arg(long, value_name = "COLUMN")]
    cast: Vec<String>,
    /// Every loss is meant, and nothing that goes is renamed
    #[arg(long)]
    accept_loss: bool,
}

/// A value as the command line gives it; what it means hangs on the type of the column.
#[derive(Clone, Debug, PartialEq)]
struct FillFlag {
    table: Name,
    column: String,
    text: String,
}

impl Beforehand {
    /// The renames among the answers.
    pub(super) fn renames(&self) -> &[Rename] {
        &self.rename
    }

    /// All that is said already, here and in the models.
    ///
    /// # Errors
    /// When a value does not fit its column, or its column is not declared.
    pub(super) fn answers(&self, comparison: &Comparison) -> Result<Answers> {
        let mut fills = comparison.declared.fills.clone();
        for FillFlag { table, column, text } in &self.fill {
            let value = parse_value(text, table, declared(comparison, table, column)?)?;
            fills.insert((table.clone(), column.clone()), value);
        }
        Ok(Answers {
            renames: self.rename.clone(),
            drops: self.drop.iter().cloned().collect(),
            casts: self.cast.iter().cloned().collect(),
            fills,
            accept_loss: self.accept_loss,
        })
    }

    /// Refuses answers to what is no question here: they are slips.
    ///
    /// # Errors
    /// For the first of them.
    pub(super) fn require_used(&self, comparison: &Comparison) -> Result<()> {
        let (mut dropped, mut cast, mut required) = (Vec::new(), Vec::new(), Vec::new());
        for operation in &comparison.operations {
            match operation {
                Operation::DropTable(table) => dropped.push(table.name.to_string()),
                Operation::AlterTable { table, changes } => {
                    for change in changes {
                        match change {
                            TableChange::DropColumn(it) => dropped.push(table.column(&it.name)),
                            TableChange::AlterColumn { from, to } if from.ty != to.ty => {
                                cast.push(table.column(&to.name));
                            }
                            _ => {}
                        }
                        required.extend(is_required(change).map(|it| table.column(&it.name)));
                    }
                }
                _ => {}
            }
        }
        let fills = self.fill.iter().map(|it| it.table.column(&it.column)).collect();
        for (flag, given, there) in [
            ("--drop", self.drop.clone(), dropped),
            ("--cast", self.cast.clone(), cast),
            ("--fill", fills, required),
        ] {
            if let Some(name) = given.into_iter().find(|name| !there.contains(name)) {
                let nearest = nearest(&name, there.iter().map(String::as_str)).map(str::to_owned);
                return Err(BeforehandError::NotAsked { flag, name, nearest }.into());
            }
        }
        Ok(())
    }
}

/// The column that the models declare.
pub(super) fn declared<'a>(
    comparison: &'a Comparison,
    table: &Name,
    column: &str,
) -> Result<&'a Column> {
    let found = comparison.declared.schema.table(table);
    found.and_then(|it| it.column(column)).ok_or_else(|| {
        let columns = found.map_or(&[][..], |it| &it.columns);
        let near = nearest(column, columns.iter().map(|it| it.name.as_str()));
        let nearest = near.map(|near| table.column(near));
        BeforehandError::NotDeclared { name: table.column(column), nearest }.into()
    })
}

fn rename(text: &str) -> Result<Rename, String> {
    let expected = "write user.mail=email for a column, old=new for a table";
    let (from, to) = text.split_once('=').ok_or(expected)?;
    if to.is_empty() {
        return Err(expected.to_owned());
    }
    match parse_column(from) {
        Ok((table, from)) => Ok(Rename::Column { table, from, to: to.to_owned() }),
        Err(_) => match (from.parse::<Name>(), to.parse::<Name>()) {
            (Ok(from), Ok(to)) => Ok(Rename::Table { from, to }),
            _ => Err(expected.to_owned()),
        },
    }
}

fn fill(text: &str) -> Result<FillFlag, String> {
    let expected = "write user.age=18, user.name=\"text\" or user.slug={ sql = \"lower(name)\" }";
    let (column, text) = text.split_once('=').ok_or(expected)?;
    let (table, column) = parse_column(column).map_err(|_| expected)?;
    Ok(FillFlag { table, column, text: text.to_owned() })
}

/// An answer that cannot be meant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BeforehandError {
    #[error("`{flag} {name}` answers no question of this comparison")]
    NotAsked { flag: &'static str, name: String, nearest: Option<String> },
    #[error("the models declare no column `{name}`")]
    NotDeclared { name: String, nearest: Option<String> },
}

impl BeforehandError {
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotAsked { nearest: Some(near), .. }
            | Self::NotDeclared { nearest: Some(near), .. } => {
                return Some(format!("did you mean `{near}`?"));
            }
            Self::NotAsked { flag: "--drop", .. } => {
                "it is not dropped here; a column is named with its table, as in user.mail"
            }
            Self::NotAsked { flag: "--cast", .. } => "its type does not change here",
            Self::NotAsked { .. } => {
                "rows need a value where a column is new and required, or becomes required"
            }
            Self::NotDeclared { .. } => "a column is named with its table, as in user.age=18",
        };
        Some(hint.to_owned())
    }
}
