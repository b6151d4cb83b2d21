//! Sequences of MariaDB.

use std::collections::HashMap;

use super::super::text;
use super::super::types::raise;
use super::{Catalogue, Fields, Found};
use crate::dialect::DbError;
use crate::schema::{Name, Object, Sequence, SequenceOptions, Type};

/// Reads how the sequences count, with one query: each is a table with one row. `types` are those of
/// their numbers.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(
    catalogue: &mut Catalogue,
    names: Vec<Name>,
    types: &HashMap<Name, String>,
    found: &mut Found,
) -> Result<(), DbError> {
    if names.is_empty() {
        return Ok(());
    }
    let query = |(at, name): (usize, &Name)| {
        format!(
            "SELECT {at}, start_value, increment, minimum_value, maximum_value, cache_size, \
             cycle_option FROM {}",
            text::name(name)
        )
    };
    let queries: Vec<_> = names.iter().enumerate().map(query).collect();
    for mut fields in catalogue.query(&queries.join("\nUNION ALL\n"))? {
        let Some(name) = names.get(fields.number::<usize>()) else { continue };
        let ty = types.get(name).map(|it| raise(it));
        let ty = ty.filter(|it| *it != Type::BigInteger { unsigned: false });
        let options = options(&mut fields);
        found.schema.objects.push(Object::Sequence(Sequence { name: name.clone(), ty, options }));
    }
    Ok(())
}

/// What is not as it would be of a new sequence: <https://mariadb.com/kb/en/create-sequence/>.
fn options(fields: &mut Fields) -> SequenceOptions {
    let (start, increment): (i64, i64) = (fields.number(), fields.number());
    let (min, max): (i64, i64) = (fields.number(), fields.number());
    let cache: i64 = fields.number();
    let upwards = increment >= 0;
    let (least, most) = if upwards { (1, i64::MAX - 1) } else { (i64::MIN + 1, -1) };
    let first = if upwards { min } else { max };
    SequenceOptions {
        start: (start != first).then_some(start),
        increment: (increment != 1).then_some(increment),
        min: (min != least).then_some(min),
        max: (max != most).then_some(max),
        cache: (cache != 1000).then_some(cache),
        cycle: fields.is("1"),
    }
}
