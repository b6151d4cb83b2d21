//! The files and their statements.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::Declared;
use crate::dialect::{Bearing, DbError, Dialect, Piece};
use crate::error::{Mistake, Mistakes, Place, Source};
use crate::schema::Name;

/// A file of SQL.
pub(super) struct File<'a> {
    pub(super) source: &'a Source,
    pub(super) statements: Vec<Statement<'a>>,
}

/// A statement that means something to the schema.
pub(super) struct Statement<'a> {
    pub(super) piece: Piece<'a>,
    /// What is carried out.
    pub(super) sql: Cow<'a, str>,
    /// The table it makes.
    pub(super) table: Option<Name>,
    pub(super) state: State,
}

/// What has become of a statement.
pub(super) enum State {
    /// It is carried out whenever its file is.
    Setting,
    /// It is still to be carried out.
    Waiting,
    /// The database has refused it.
    Refused(DbError),
    /// It is carried out.
    Done,
}

impl File<'_> {
    /// Where a statement stands: its first line.
    pub(super) fn place(&self, statement: &Statement) -> Place {
        let line = statement.piece.sql.lines().next().unwrap_or_default();
        let at = statement.piece.at;
        self.source.place(at..at + line.trim_end().len())
    }
}

/// The files, less what means nothing to the schema.
///
/// # Errors
/// What is never closed in them, and what must not be carried out.
pub(super) fn files<'a>(
    dialect: &dyn Dialect,
    sources: &'a [Source],
) -> Result<Vec<File<'a>>, Mistakes> {
    let mut mistakes = Vec::new();
    let mut files = Vec::new();
    for source in sources {
        if let Some(mistake) = super::refusal::of_another(dialect, source) {
            mistakes.push(mistake);
            continue;
        }
        match dialect.cut(&source.text) {
            Ok(pieces) => {
                let mut file = File { source, statements: Vec::new() };
                for piece in pieces {
                    add(dialect, &mut file, piece, &mut mistakes);
                }
                files.push(file);
            }
            Err(error) => {
                let rest = source.text.get(error.at..).unwrap_or_default();
                let length = rest.lines().next().map_or(0, str::len);
                mistakes.push(Mistake::new(
                    error.to_string(),
                    source.place(error.at..error.at + length),
                ));
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(Mistakes(mistakes)) }
}

fn add<'a>(
    dialect: &dyn Dialect,
    file: &mut File<'a>,
    piece: Piece<'a>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut push = |sql: Cow<'a, str>, table: Option<Name>, state: State| {
        file.statements.push(Statement { piece, sql, table, state });
    };
    match dialect.bearing(piece.sql) {
        Bearing::Table(name) => push(piece.sql.into(), Some(name), State::Waiting),
        Bearing::Schema => push(piece.sql.into(), None, State::Waiting),
        Bearing::Instead(sql) => {
            let table = match dialect.bearing(&sql) {
                Bearing::Table(name) => Some(name),
                _ => None,
            };
            push(sql.into(), table, State::Waiting);
        }
        Bearing::Setting => push(piece.sql.into(), None, State::Setting),
        Bearing::Nothing => {}
        Bearing::Refused(unsupported) => {
            let line = piece.sql.lines().next().unwrap_or_default();
            let place = file.source.place(piece.at..piece.at + line.trim_end().len());
            mistakes.push(Mistake::new(unsupported.what, place).hint(unsupported.hint));
        }
    }
}

/// Refuses a table that two models declare.
///
/// # Errors
/// Every such table, at its second place.
pub(super) fn require_once(files: &[File], declared: &Declared) -> Result<(), Mistakes> {
    // There two tables may have one name.
    let has_paths = files.iter().flat_map(|it| &it.statements).any(|it| {
        matches!(it.state, State::Setting) && it.sql.to_lowercase().contains("search_path")
    });
    let mut first: BTreeMap<Name, (usize, Place)> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (at, file) in files.iter().enumerate() {
        for statement in &file.statements {
            let Some(name) = &statement.table else { continue };
            let other = declared.places.get(&(name.clone(), None)).cloned();
            let place = file.place(statement);
            let other = other.or_else(|| {
                // In one file it may be dropped between.
                let (of, other) = first.get(name)?;
                let stays = *of != at || !drops_between(file, other, &place);
                (stays && !has_paths).then(|| other.clone())
            });
            if let Some(other) = other {
                let message = format!("table `{name}` is declared twice");
                let hint = format!("the other one is at {}", other.line());
                mistakes.push(Mistake::new(message, place.clone()).hint(hint));
            }
            first.entry(name.clone()).or_insert((at, place));
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(Mistakes(mistakes)) }
}

/// Whether something is dropped between two places of a file.
fn drops_between(file: &File, from: &Place, to: &Place) -> bool {
    let between = from.span.start..to.span.start;
    file.statements.iter().filter(|it| between.contains(&it.piece.at)).any(|it| {
        let words = crate::schema::sql::tokens(&it.sql);
        words.first().is_some_and(|it| it.is("DROP")) || it.sql.to_uppercase().contains("DROP ")
    })
}
