//! Sequences, on their own or behind a column.

use std::collections::HashMap;

use super::super::types::{literal, raise};
use super::{Catalogue, Fields, Found};
use crate::dialect::DbError;
use crate::schema::{Name, Object, Sequence, SequenceOptions, Type};

/// The sequences that no column has taken.
pub(super) struct Sequences {
    /// Those that a column owns, by its table's id and its number.
    owned: HashMap<(u32, i16), Vec<Counter>>,
    /// Those that stand on their own.
    free: Vec<Counter>,
}

/// A sequence as the catalogue has it.
struct Counter {
    name: Name,
    /// Its name as it stands in expressions.
    spelled: String,
    ty: Type,
    start: i64,
    increment: i64,
    min: i64,
    max: i64,
    cache: i64,
    cycle: bool,
    /// Whether it is that of an identity column.
    identity: bool,
}

/// Reads all sequences, or those of the relations that are asked for.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue) -> Result<Sequences, DbError> {
    let mut sequences = Sequences { owned: HashMap::new(), free: Vec::new() };
    for fields in catalogue.rows(include_str!("sequences.sql"))? {
        let (counter, owner) = counter(catalogue, fields);
        match owner {
            Some(owner) => sequences.owned.entry(owner).or_default().push(counter),
            None => sequences.free.push(counter),
        }
    }
    Ok(sequences)
}

fn counter(catalogue: &Catalogue, mut fields: Fields) -> (Counter, Option<(u32, i16)>) {
    let mut counter = Counter {
        name: catalogue.name(fields.text(), fields.text()),
        spelled: fields.text(),
        ty: raise(&fields.text()),
        start: fields.number(),
        increment: fields.number(),
        min: fields.number(),
        max: fields.number(),
        cache: fields.number(),
        cycle: fields.flag(),
        identity: false,
    };
    let owner = fields.optional_number().zip(fields.optional_number());
    counter.identity = fields.letter() == Some('i');
    (counter, owner)
}

impl Sequences {
    /// How an identity column of this type counts.
    pub(super) fn take_identity(&mut self, owner: (u32, i16), ty: &Type) -> SequenceOptions {
        let counter = self.take(owner, |it| it.identity);
        counter.map(|it| it.options(ty)).unwrap_or_default()
    }

    /// How a column of this type counts whose default is the next number of a sequence that it
    /// owns.
    pub(super) fn take_serial(
        &mut self,
        owner: (u32, i16),
        ty: &Type,
        default: &str,
    ) -> Option<SequenceOptions> {
        let next = |it: &Counter| format!("nextval({}::regclass)", literal(&it.spelled));
        let counter = self.take(owner, |it| !it.identity && next(it) == default)?;
        Some(counter.options(ty))
    }

    fn take(&mut self, owner: (u32, i16), wanted: impl Fn(&Counter) -> bool) -> Option<Counter> {
        let counters = self.owned.get_mut(&owner)?;
        let at = counters.iter().position(wanted)?;
        Some(counters.swap_remove(at))
    }

    /// The rest are objects of their own, but for those of tables that are passed over.
    pub(super) fn finish(self, found: &mut Found) {
        let of_found = |(table, _): &(u32, i16)| found.relations.contains_key(table);
        let owned = self.owned.into_iter().filter(|(owner, _)| of_found(owner));
        let left = owned.flat_map(|(_, counters)| counters).filter(|it| !it.identity);
        for counter in self.free.into_iter().chain(left) {
            let options = counter.options(&counter.ty);
            let ty = Some(counter.ty).filter(|it| *it != Type::BigInteger { unsigned: false });
            let sequence = Sequence { name: counter.name, ty, options };
            found.schema.objects.push(Object::Sequence(sequence));
        }
    }
}

impl Counter {
    /// What is not as it would be of a new sequence of this type, see
    /// <https://www.postgresql.org/docs/current/sql-createsequence.html>. What lies beyond the
    /// numbers of the type is never reached.
    fn options(&self, ty: &Type) -> SequenceOptions {
        let (smallest, largest) = match ty {
            Type::SmallInteger { .. } => (i64::from(i16::MIN), i64::from(i16::MAX)),
            Type::Integer { .. } => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let upwards = self.increment > 0;
        let (min, max) = if upwards { (1, largest) } else { (smallest, -1) };
        let found_min = self.min.max(smallest);
        let found_max = self.max.min(largest);
        let start = if upwards { found_min } else { found_max };
        SequenceOptions {
            start: (self.start != start).then_some(self.start),
            increment: (self.increment != 1).then_some(self.increment),
            min: (found_min != min).then_some(found_min),
            max: (found_max != max).then_some(found_max),
            cache: (self.cache != 1).then_some(self.cache),
            cycle: self.cycle,
        }
    }
}
