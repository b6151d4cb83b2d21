//! What a server says of its version.

use super::{Flavour, MySql};
use crate::dialect::DbError;

/// Which of the two it is.
pub(super) fn flavour(version: &str) -> Flavour {
    match version.to_lowercase().contains("mariadb") {
        true => Flavour::MariaDb,
        false => Flavour::MySql,
    }
}

/// Which of the two it is, and its number: 10.11.14 is `101114`.
///
/// # Errors
/// When it is too old.
pub(super) fn supported(version: &str) -> Result<(Flavour, u32), DbError> {
    let flavour = flavour(version);
    // Servers of MariaDB pretend to be an old MySQL to clients that know no others.
    let shown = match version.strip_prefix("5.5.5-") {
        Some(own) if flavour == Flavour::MariaDb => own,
        _ => version,
    };
    let shown = shown.split('-').next().unwrap_or_default();
    let mut parts = shown.split('.').map(|it| {
        let digits: String = it.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or_default().min(9_999)
    });
    let mut next = || parts.next().unwrap_or_default();
    let number = next() * 10_000 + next() * 100 + next();
    let oldest = match flavour {
        Flavour::MySql => MySql::OLDEST_MYSQL,
        Flavour::MariaDb => MySql::OLDEST_MARIADB,
    };
    match number >= oldest {
        true => Ok((flavour, number)),
        false => Err(DbError::Open {
            place: "the database".to_owned(),
            message: format!("its server is {} {shown}", flavour.title()),
            hint: Some("MySQL 8.0 and MariaDB 10.6, and newer ones, can be used".to_owned()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, expected) in [
            ("10.11.14-MariaDB-0+deb12u2", (Flavour::MariaDb, 101_114)),
            ("5.5.5-10.6.1-MariaDB-log", (Flavour::MariaDb, 100_601)),
            ("11.4.2-MariaDB-ubu2404", (Flavour::MariaDb, 110_402)),
            ("8.0.36-0ubuntu0.22.04.1", (Flavour::MySql, 80_036)),
            ("8.0.mysql_aurora.3.05.2", (Flavour::MySql, 80_000)),
            ("9.7.4-2", (Flavour::MySql, 90_704)),
        ] {
            assert_eq!(supported(text), Ok(expected), "{text}");
        }
        for (text, shown) in [
            ("5.7.44-log", "MySQL 5.7.44"),
            ("10.5.23-MariaDB", "MariaDB 10.5.23"),
            ("5.5.5-10.3.39-MariaDB", "MariaDB 10.3.39"),
            ("", "MySQL "),
        ] {
            let error = supported(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("cannot open the database: its server is {shown}")
            );
        }
    }
}
