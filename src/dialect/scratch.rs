//! The names of databases that are made for a trial, on servers that others use, too.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::DbError;
use crate::schema::{Object, Schema};

/// How the names of all of them begin.
const PREFIX: &str = "limbeck_scratch_";

/// An age at which nobody tries anything any more: what is left then was left by a process that
/// was killed.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// A name that no other has: `limbeck_scratch_<seconds>_<process>_<nanoseconds>`.
pub(super) fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{PREFIX}{}_{}_{}", now.as_secs(), std::process::id(), now.subsec_nanos())
}

/// Whether a database of this name was left by a process that was killed.
pub(super) fn is_forgotten(name: &str) -> bool {
    age(name).is_some_and(|it| it > FORGOTTEN)
}

/// How long ago it was made, as its name tells.
fn age(name: &str) -> Option<Duration> {
    let numbers = name.strip_prefix(PREFIX)?.split('_').map(str::parse::<u64>);
    // Someone may call a database of theirs almost so.
    let [seconds, _, _] = numbers.collect::<Result<Vec<_>, _>>().ok()?[..] else { return None };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.checked_sub(Duration::from_secs(seconds))
}

/// How long to wait for another trial in a database that was named for them.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Why a database that was named for trials is none.
pub(super) fn unfit(why: impl Into<String>) -> DbError {
    DbError::NoScratch {
        why: why.into(),
        hint: Some(
            "`scratch_url` names a database in which nothing is, beside the live one: what is \
             tried is made there and dropped"
                .to_owned(),
        ),
    }
}

/// Refuses a database in which something is.
///
/// # Errors
/// `DbError::NoScratch` with what there is.
pub(super) fn require_empty(found: &Schema) -> Result<(), DbError> {
    let tables = found.tables.iter().map(|it| format!("table `{}`", it.name));
    let objects = found.objects.iter().filter(|it| !matches!(it, Object::Extension(_)));
    let objects = objects.map(|it| it.key().quoted('`'));
    let others = found.others.iter().map(|it| format!("{} `{}`", it.kind, it.name));
    match tables.chain(objects).chain(others).next() {
        Some(first) => Err(unfit(format!("the database at `scratch_url` holds {first}"))),
        None => Ok(()),
    }
}

/// Why there is no such database.
pub(super) fn unmade(error: DbError) -> DbError {
    match error {
        DbError::Interrupted { .. } | DbError::NoScratch { .. } => error,
        other => DbError::NoScratch { why: other.to_string(), hint: other.hint() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_age() {
        assert!(age(&name()).is_some_and(|it| it < FORGOTTEN));
        assert!(!is_forgotten(&name()));
        assert!(is_forgotten("limbeck_scratch_1000_1_1"));
        for other in ["limbeck_scratch_x", "limbeck_scratch_1000", "limbeck_scratch_1000_1_mine"] {
            assert_eq!(age(other), None);
        }
        assert_eq!(age("app"), None);
    }
}
