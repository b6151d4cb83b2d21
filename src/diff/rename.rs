//! Renames that a person means.

use crate::error::nearest;
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Schema};

/// A rename that a person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rename {
    /// A table got another name.
    Table {
        /// The old name.
        from: Name,
        /// The new name.
        to: Name,
    },
    /// A column got another name.
    Column {
        /// The table, by its new name.
        table: Name,
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
}

/// Carries out on `live` the renames of `wanted` that it has not seen yet, and gives them as
/// operations. A rename that is over (its new name is there, its old one gone) asks for nothing:
/// `renamed_from` may stay in the models.
///
/// # Errors
/// When neither the old nor the new name is in `live`, or both are.
pub fn settle_renames(live: &mut Schema, wanted: &[Rename]) -> Result<Vec<Operation>, RenameError> {
    let mut ops = Vec::new();
    let tables_first = |rename: &&Rename| matches!(rename, Rename::Column { .. });
    let mut wanted: Vec<&Rename> = wanted.iter().collect();
    wanted.sort_by_key(tables_first);
    for rename in wanted {
        let found =
            |from: bool, to: bool, names: Vec<String>, old: String, new: String| match (from, to) {
                (true, false) => Ok(true),
                (false, true) => Ok(false),
                (true, true) => Err(RenameError::BothThere { from: old, to: new }),
                (false, false) => {
                    let near = nearest(&old, names.iter().map(String::as_str)).map(str::to_owned);
                    Err(RenameError::NoneThere { from: old, to: new, nearest: near })
                }
            };
        let op = match rename {
            Rename::Table { from, to } => {
                let names = live.tables.iter().map(|table| table.name.to_string()).collect();
                let (old, new) = (from.to_string(), to.to_string());
                let (is, was) = (live.table(from).is_some(), live.table(to).is_some());
                if !found(is, was, names, old, new)? {
                    continue;
                }
                Operation::RenameTable { from: from.clone(), to: to.clone() }
            }
            Rename::Column { table, from, to } => {
                let Some(live) = live.table(table) else { continue };
                let names = live.columns.iter().map(|it| table.column(&it.name)).collect();
                let (is, was) = (live.column(from).is_some(), live.column(to).is_some());
                if !found(is, was, names, table.column(from), table.column(to))? {
                    continue;
                }
                let changes =
                    vec![TableChange::RenameColumn { from: from.clone(), to: to.clone() }];
                Operation::AlterTable { table: table.clone(), changes }
            }
        };
        if live.apply(&op).is_ok() {
            ops.push(op);
        }
    }
    Ok(ops)
}

/// Sees that renames lead to what the models declare: what is renamed to something else would be
/// dropped with all that is in it.
///
/// # Errors
/// For the first that does not.
pub fn check_renames(declared: &Schema, wanted: &[Rename]) -> Result<(), RenameError> {
    let tables: Vec<String> = declared.tables.iter().map(|it| it.name.to_string()).collect();
    for rename in wanted {
        match rename {
            Rename::Table { to: table, .. } | Rename::Column { table, .. }
                if declared.table(table).is_none() =>
            {
                let name = table.to_string();
                let near = nearest(&name, tables.iter().map(String::as_str)).map(str::to_owned);
                return Err(RenameError::NotDeclared { what: "table", name, nearest: near });
            }
            Rename::Table { .. } => {}
            Rename::Column { table, to, .. } => {
                let columns = declared.table(table).map_or(&[][..], |it| &it.columns);
                if !columns.iter().any(|column| column.name == *to) {
                    let near = nearest(to, columns.iter().map(|it| it.name.as_str()));
                    let nearest = near.map(|near| table.column(near));
                    let name = table.column(to);
                    return Err(RenameError::NotDeclared { what: "column", name, nearest });
                }
            }
        }
    }
    Ok(())
}

/// A rename that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// Both names are in the database.
    #[error("`{from}` cannot be renamed to `{to}`: the database has both")]
    BothThere {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// Neither name is in the database.
    #[error("`{from}` cannot be renamed to `{to}`: the database has neither")]
    NoneThere {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
        /// What the old name may have meant.
        nearest: Option<String>,
    },
    /// The models do not have the new name.
    #[error("the models declare no {what} `{name}`")]
    NotDeclared {
        /// A table or a column.
        what: &'static str,
        /// Its new name.
        name: String,
        /// The name that was likely meant.
        nearest: Option<String>,
    },
}

impl RenameError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            RenameError::BothThere { .. } => {
                Some("drop one of the two by hand, or leave the rename out".to_owned())
            }
            RenameError::NoneThere { nearest: Some(near), .. }
            | RenameError::NotDeclared { nearest: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            RenameError::NoneThere { .. } => {
                Some("the old name, as the database has it, comes first".to_owned())
            }
            RenameError::NotDeclared { .. } => Some(
                "a rename leads to what the models declare; columns are named with the new name of \
                 their table, as in account.mail=email"
                    .to_owned(),
            ),
        }
    }
}
