//! How messages say several things at once.

use std::path::PathBuf;

use super::{Direction, RevisionId};

/// How many names a message shows before it only counts them.
const SHOWN: usize = 8;

/// Names in backticks, as a sentence lists them.
pub(super) fn list<T: AsRef<str>>(names: &[T], conjunction: &str) -> String {
    let mut words: Vec<_> =
        names.iter().take(SHOWN).map(|name| format!("`{}`", name.as_ref())).collect();
    if names.len() > SHOWN {
        words.push(format!("{} more", names.len() - SHOWN));
    }
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} {conjunction} {last}", words.join(", ")),
        None => String::new(),
    }
}

pub(super) fn list_or_base(names: &[RevisionId]) -> String {
    match names {
        [] => "`base`".to_owned(),
        _ => list(names, "and"),
    }
}

pub(super) fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

pub(super) fn quoted(characters: &[char]) -> String {
    let quoted: Vec<_> = characters
        .iter()
        .map(|it| match it {
            ' ' => "a space".to_owned(),
            it if it.is_whitespace() || it.is_control() => format!("`{}`", it.escape_debug()),
            it => format!("`{it}`"),
        })
        .collect();
    quoted.join(", ")
}

pub(super) fn verb(dependency: bool) -> &'static str {
    if dependency { "depends on" } else { "comes after" }
}

/// The members and the first one again.
pub(super) fn circle(ids: &[RevisionId]) -> String {
    let mut shown: Vec<_> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    if ids.len() > SHOWN {
        shown.push(format!("{} more", ids.len() - SHOWN));
    }
    shown.extend(ids.first().map(|id| format!("`{id}`")));
    shown.join(" -> ")
}

pub(super) fn origin(at: &Option<RevisionId>) -> String {
    match at {
        Some(id) => format!("from `{id}`"),
        None => "from `base`".to_owned(),
    }
}

/// Why the steps are wrong for a command that goes in `direction`.
pub(super) fn direction_of(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => "down, and an upgrade only goes up",
        Direction::Downgrade => "up, and a downgrade only goes down",
    }
}

/// `are fewer than 3 revisions`, as many as were asked for; of one, that there is none.
pub(super) fn fewer_than(steps: u32) -> String {
    match steps {
        1 => "is no revision".to_owned(),
        steps => format!("are fewer than {steps} revisions"),
    }
}
