//! What the database has against a statement, as a mistake in its file.

use std::collections::BTreeSet;

use super::statement::{File, State, Statement};
use crate::dialect::{DbError, Dialect};
use crate::error::{Mistake, Source};
use crate::schema::sql::tokens;

/// What is refused, in the order of the files. What is refused because something it needs is refused
/// says nothing that is new.
pub(super) fn mistakes(dialect: &dyn Dialect, files: &[File]) -> Vec<Mistake> {
    let refused: Vec<(&File, &Statement, &DbError)> = files
        .iter()
        .flat_map(|file| file.statements.iter().map(move |it| (file, it)))
        .filter_map(|(file, it)| match &it.state {
            State::Refused(error) => Some((file, it, error)),
            _ => None,
        })
        .collect();
    let missing: BTreeSet<String> = refused
        .iter()
        .filter_map(|(_, it, _)| it.table.as_ref())
        .map(|name| name.name.to_lowercase())
        .collect();
    let needs_another = |statement: &Statement| {
        let own = statement.table.as_ref().map(|it| it.name.to_lowercase());
        let names = tokens(&statement.sql);
        let mut names = names.iter().filter_map(|it| it.name()).map(|it| it.to_lowercase());
        names.any(|name| Some(&name) != own.as_ref() && missing.contains(&name))
    };
    let is_cause = |it: &&(&File, &Statement, &DbError)| !needs_another(it.1);
    // That there is no place to read them in is said once.
    let without_place = refused.iter().find(|it| matches!(it.2, DbError::NoScratch { .. }));
    if let Some((file, statement, error)) = without_place {
        return vec![mistake(dialect, file, statement, error)];
    }
    let causes: Vec<_> = refused.iter().filter(is_cause).collect();
    let all = if causes.is_empty() { refused.iter().collect() } else { causes };
    all.into_iter()
        .map(|(file, statement, error)| mistake(dialect, file, statement, error))
        .collect()
}

fn mistake(dialect: &dyn Dialect, file: &File, statement: &Statement, error: &DbError) -> Mistake {
    let at = error.statement().and_then(|it| it.1);
    // What was carried out may be something else.
    let at = at.filter(|at| {
        *at < statement.piece.sql.len() && statement.sql.len() == statement.piece.sql.len()
    });
    let place = match at {
        Some(at) => {
            let rest = &statement.piece.sql[at..];
            let end =
                rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
            let begin = statement.piece.at + at;
            file.source.place(begin..begin + end.max(1))
        }
        None => file.place(statement),
    };
    let message = match error {
        // It was not even asked.
        DbError::Beyond { .. } | DbError::NoScratch { .. } => error.to_string(),
        _ => format!("{} refuses it: {error}", dialect.title()),
    };
    let hint = foreign_words(dialect, &statement.sql).or_else(|| error.hint());
    Mistake::new(message, place).hint(hint)
}

/// A family of databases that understand the same words.
struct Family {
    /// Its name as people write it.
    title: &'static str,
    /// Its dialects.
    dialects: &'static [&'static str],
    /// How a file begins that a client of it has made.
    heads: &'static [&'static str],
    /// Words that no other understands.
    marks: &'static [&'static str],
}

const FAMILIES: [Family; 3] = [
    Family {
        title: "PostgreSQL",
        dialects: &["postgres"],
        heads: &["-- PostgreSQL database dump", "-- PostgreSQL database cluster dump"],
        marks: &[
            "BIGSERIAL",
            "SMALLSERIAL",
            "JSONB",
            "TIMESTAMPTZ",
            "BYTEA",
            "LANGUAGE plpgsql",
            "ALTER TABLE ONLY",
            "CREATE EXTENSION",
            "CREATE TYPE",
            ": :",
        ],
    },
    Family {
        title: "MySQL",
        dialects: &["mysql", "mariadb"],
        heads: &["-- MySQL dump ", "-- MariaDB dump ", "/*M!999999\\- enable the sandbox mode */"],
        marks: &["ENGINE =", "AUTO_INCREMENT", "UNSIGNED", "CHARACTER SET", "DELIMITER"],
    },
    Family {
        title: "SQLite",
        dialects: &["sqlite"],
        heads: &["PRAGMA foreign_keys=OFF;"],
        marks: &["AUTOINCREMENT", "WITHOUT ROWID"],
    },
];

/// A file that another database's client has made, as a mistake.
pub(super) fn of_another(dialect: &dyn Dialect, source: &Source) -> Option<Mistake> {
    let lines = || source.text.lines().take(12).map(str::trim);
    let (line, family) = FAMILIES.iter().find_map(|family| {
        let is_head = |line: &&str| family.heads.iter().any(|it| line.starts_with(it));
        Some((lines().find(is_head)?, family))
    })?;
    if family.dialects.contains(&dialect.name()) {
        return None;
    }
    let at = source.text.find(line)?;
    let message =
        format!("this is a dump of {}, and the database is {}", family.title, dialect.title());
    let hint = format!("models in SQL are in the words of {}", dialect.title());
    Some(Mistake::new(message, source.place(at..at + line.len())).hint(hint))
}

/// What of a statement are another database's words, as a hint.
fn foreign_words(dialect: &dyn Dialect, sql: &str) -> Option<String> {
    let tokens = tokens(sql);
    let says = |mark: &str| {
        let words: Vec<&str> = mark.split(' ').collect();
        tokens.windows(words.len()).any(|it| it.iter().zip(&words).all(|(it, word)| it.is(word)))
    };
    let others = || FAMILIES.iter().filter(|it| !it.dialects.contains(&dialect.name()));
    let found =
        others().find_map(|family| Some((family.marks.iter().find(|it| says(it))?, family)));
    let title = dialect.title();
    if let Some((mark, family)) = found {
        let mark = mark.replace(' ', if mark.starts_with(':') { "" } else { " " });
        return Some(format!(
            "`{mark}` is a word of {}, and the database is {title}",
            family.title
        ));
    }
    let has_backticks = tokens.iter().any(|it| it.text.starts_with('`'));
    (has_backticks && dialect.quote("a").starts_with('"'))
        .then(|| format!("names in backticks are MySQL's, and the database is {title}"))
}
