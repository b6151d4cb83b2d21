//! Asks the server about what is in doubt.
//!
//! It is made as a temporary table of a name that no other has, read back and dropped at once. Nobody
//! else sees such a table, and making one commits nothing.

use super::super::spelling::Sense;
use super::super::text::quote;
use super::super::{MySql, create, default, inspect, spelling, types};
use super::doubt::Doubts;
use super::reply::{Reply, read};
use crate::dialect::{Connection, DbError, Unsupported};
use crate::schema::{
    Check, Column, Index, IndexColumn, IndexKey, Name, OptionValue, Options, Sql, Table, Value,
};

/// What came of a question.
pub(super) enum Answer {
    /// The table is as the server says.
    Settled,
    /// The server would not make it.
    Refused(Unsupported),
    /// Temporary tables may not be made here: why, and what gives the right.
    NoRight(String),
}

/// Settles what is in doubt of `table`, which is `live` now.
///
/// # Errors
/// What ends everything: the connection is lost, a person stops it.
pub(super) fn ask(
    dialect: &MySql,
    table: &mut Table,
    live: Option<&Table>,
    doubts: &Doubts,
    db: &mut dyn Connection,
) -> Result<Answer, DbError> {
    let question = question(table, doubts);
    let sql = match create::temporary(dialect, &question) {
        Ok(sql) => sql,
        Err(error) => {
            return Ok(Answer::Refused(Unsupported { table: Some(table.name.clone()), ..error }));
        }
    };
    match db.execute(&sql) {
        Ok(()) => {}
        Err(DbError::NoRight { what, .. }) => {
            let hint = "`GRANT CREATE TEMPORARY TABLES ON database.* TO user` gives the right";
            return Ok(Answer::NoRight(format!("{what}; {hint}")));
        }
        Err(DbError::Statement { message, .. }) => {
            return Ok(Answer::Refused(refusal(table, &message)));
        }
        Err(error) => return Err(error),
    }
    let name = quote(&question.name.name);
    let shown = db.query(&format!("SHOW CREATE TABLE {name}"), &[]);
    let dropped = db.execute(&format!("DROP TEMPORARY TABLE IF EXISTS {name}"));
    // What it has against a table of ours is nobody's concern.
    db.notices();
    let row = shown?.into_iter().next().unwrap_or_default();
    dropped?;
    let text = legible(row.into_iter().nth(1).flatten().unwrap_or_default());
    let Some(reply) = read(&text, dialect.mode, &question) else {
        return Err(DbError::Unreadable {
            what: format!("what the server makes of `{}`", table.name),
            message: format!("`{text}`"),
        });
    };
    take(dialect, table, live, doubts, &reply);
    Ok(Answer::Settled)
}

/// The text of a statement. With a default of bytes in it that are no text MariaDB gives the whole of
/// it as bytes, which a connection hands on as hexadecimal digits.
fn legible(text: String) -> String {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pair = |pair: &[u8]| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?);
    let bytes = text.strip_prefix("0x").map(str::as_bytes);
    let bytes: Option<Vec<u8>> = bytes.and_then(|it| it.chunks(2).map(pair).collect());
    bytes.map_or(text, |bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn refusal(table: &Table, message: &str) -> Unsupported {
    Unsupported {
        table: Some(table.name.clone()),
        ..Unsupported::new(format!("table `{}` cannot be made: {message}", table.name), None)
    }
}

/// The columns of the table, with the checks and the columns of indexes that are in doubt.
fn question(table: &Table, doubts: &Doubts) -> Table {
    let name = format!("limbeck_{}", uuid::Uuid::new_v4().simple());
    let column = |it: &Column| Column {
        identity: None,
        comment: None,
        nullable: true,
        // The others are known, and may be what no temporary table has.
        default: it.default.clone().filter(|_| doubts.defaults.contains(&it.name)),
        options: Options::new(),
        ..it.clone()
    };
    let columns = table.columns.iter().map(column).collect();
    let check = |(number, at): (usize, &usize)| {
        let expression = table.checks.get(*at)?.expression.clone();
        Some(Check { name: Some(format!("{name}_{number}")), expression, ..Check::default() })
    };
    let index = |(number, (at, place)): (usize, &(usize, usize))| {
        let key = table.indexes.get(*at)?.columns.get(*place)?.key.clone();
        let column = IndexColumn { key, ..IndexColumn::new("") };
        // A check may have the number, too.
        let name = format!("{name}_key_{number}");
        Some(Index { name, columns: vec![column], ..Index::default() })
    };
    let kept = |(name, _): &(&String, &OptionValue)| {
        name.contains("charset") || name.contains("collation")
    };
    let options = table.options.iter().filter(kept);
    Table {
        columns,
        checks: doubts.checks.iter().enumerate().filter_map(check).collect(),
        indexes: doubts.keys.iter().enumerate().filter_map(index).collect(),
        options: options.map(|(name, value)| (name.clone(), value.clone())).collect(),
        name: Name::new(name),
        ..Table::default()
    }
}

/// Takes what the server says, in the words of the live table where both mean the same.
fn take(dialect: &MySql, table: &mut Table, live: Option<&Table>, doubts: &Doubts, reply: &Reply) {
    let spelled = |said: &str, live: Option<&Sql>, sense: Sense| {
        let said = inspect::plain(said);
        match live.and_then(|it| it.text.as_deref()) {
            Some(text) if spelling::same(dialect, &said, text, sense) => Sql::new(text),
            _ => Sql::new(said),
        }
    };
    for (column, said) in table.columns.iter_mut().zip(&reply.columns) {
        let live = live.and_then(|it| it.column(&column.name));
        if doubts.types.contains(&column.name) {
            column.ty = types::raise(&said.ty);
        }
        if doubts.defaults.contains(&column.name) {
            let live = live.and_then(|it| it.default.as_ref());
            column.default =
                said.default.as_ref().map(|text| match (default::raise(&column.ty, text), live) {
                    (Value::Expression(sql), live) => {
                        let live = match live {
                            Some(Value::Expression(live)) => Some(live),
                            _ => None,
                        };
                        let said = sql.text.unwrap_or_default();
                        Value::Expression(spelled(&said, live, Sense::Value))
                    }
                    (value, _) => value,
                });
        }
        if let Some(generated) = &mut column.generated
            && doubts.generated.contains(&column.name)
            && let Some(said) = &said.generated
        {
            let live = live.and_then(|it| it.generated.as_ref()).map(|it| &it.expression);
            generated.expression = spelled(said, live, Sense::Value);
        }
    }
    for (at, said) in doubts.checks.iter().zip(&reply.checks) {
        let Some(check) = table.checks.get_mut(*at) else { continue };
        let live = live.and_then(|it| it.checks.iter().find(|it| it.name == check.name));
        check.expression = spelled(said, live.map(|it| &it.expression), Sense::Truth);
    }
    for ((at, place), said) in doubts.keys.iter().zip(&reply.keys) {
        let Some(index) = table.indexes.get_mut(*at) else { continue };
        let live = live.and_then(|it| it.indexes.iter().find(|it| it.name == index.name));
        let live = live.and_then(|it| it.columns.get(*place)).and_then(|it| match &it.key {
            IndexKey::Expression(sql) => Some(sql),
            IndexKey::Column(_) => None,
        });
        if let Some(column) = index.columns.get_mut(*place) {
            column.key = IndexKey::Expression(spelled(said, live, Sense::Value));
        }
    }
}
