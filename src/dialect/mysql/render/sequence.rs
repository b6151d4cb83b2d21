//! Sequences, which only MariaDB has: <https://mariadb.com/kb/en/create-sequence/>.

use crate::dialect::Unsupported;
use crate::dialect::mysql::create::requires;
use crate::dialect::mysql::text::name;
use crate::dialect::mysql::types;
use crate::dialect::mysql::{Flavour, MySql};
use crate::schema::{Sequence, SequenceOptions, Type};

/// The statement that makes a sequence.
///
/// # Errors
/// On MySQL, and for numbers that this server does not count.
pub(super) fn create(dialect: &MySql, sequence: &Sequence) -> Result<String, Unsupported> {
    known(dialect)?;
    let from = SequenceOptions::default();
    let clauses = changed(&from, &sequence.options);
    let words = std::iter::once(format!("CREATE SEQUENCE {}", name(&sequence.name)));
    let words = words.chain(ty(dialect, sequence)?.map(|it| format!("AS {it}")));
    Ok(words.chain(clauses).collect::<Vec<_>>().join(" "))
}

/// The statement that changes a sequence, if there is a difference. It goes on from its number.
///
/// # Errors
/// As [`create`].
pub(super) fn alter(
    dialect: &MySql,
    from: &Sequence,
    to: &Sequence,
) -> Result<Option<String>, Unsupported> {
    known(dialect)?;
    let (old, new) = (ty(dialect, from)?, ty(dialect, to)?);
    let usual = || "bigint".to_owned();
    let retyped = (old != new).then(|| format!("AS {}", new.unwrap_or_else(usual)));
    let clauses: Vec<_> = retyped.into_iter().chain(changed(&from.options, &to.options)).collect();
    let begin = format!("ALTER SEQUENCE {}", name(&to.name));
    Ok((!clauses.is_empty()).then(|| format!("{begin} {}", clauses.join(" "))))
}

/// Refuses a sequence where there are none.
///
/// # Errors
/// On MySQL.
pub(super) fn known(dialect: &MySql) -> Result<(), Unsupported> {
    match dialect.flavour {
        Flavour::MariaDb => Ok(()),
        Flavour::MySql => Err(Unsupported::new(
            "MySQL has no sequences",
            "a column with `identity` numbers itself".to_owned(),
        )),
    }
}

/// Its type, where it is not that of all sequences.
fn ty(dialect: &MySql, sequence: &Sequence) -> Result<Option<String>, Unsupported> {
    let usual = Type::BigInteger { unsigned: false };
    match sequence.ty.as_ref().filter(|it| **it != usual) {
        None => Ok(None),
        Some(ty) => {
            requires(dialect, [0, 110_500], "sequences of other numbers than `big_integer`")?;
            types::sql(dialect, ty).map(Some)
        }
    }
}

/// The clauses for what differs. A sequence that does not say how many numbers it keeps ready keeps
/// a thousand.
fn changed(from: &SequenceOptions, to: &SequenceOptions) -> Vec<String> {
    let clause = |from: Option<i64>, to: Option<i64>, word: &str, usual: String| {
        (from != to).then(|| to.map_or(usual, |value| format!("{word} {value}")))
    };
    let descends = to.increment.is_some_and(|it| it < 0);
    let first = if descends { to.max.unwrap_or(-1) } else { to.min.unwrap_or(1) };
    let numbers = [
        clause(from.increment, to.increment, "INCREMENT BY", "INCREMENT BY 1".to_owned()),
        clause(from.min, to.min, "MINVALUE", "NO MINVALUE".to_owned()),
        clause(from.max, to.max, "MAXVALUE", "NO MAXVALUE".to_owned()),
        clause(from.start, to.start, "START WITH", format!("START WITH {first}")),
        clause(from.cache, to.cache, "CACHE", "CACHE 1000".to_owned()),
    ];
    let cycle = if to.cycle { "CYCLE" } else { "NOCYCLE" };
    let cycle = (from.cycle != to.cycle).then(|| cycle.to_owned());
    numbers.into_iter().flatten().chain(cycle).collect()
}
