//! What both formats agree on about a script's head.

use std::ops::Range;

use super::Header;
use crate::error::{Place, Source};

/// A header with the places of what the graph may object to.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The head of the file.
    pub header: Header,
    /// The file, or as much of it as was read.
    pub source: Source,
    /// Where in `source` each name stands.
    pub places: Places,
    /// The text of the file, where reading its head brought in all of it.
    pub whole: Option<Source>,
}

/// The bytes at which the names of a header stand, each list in the order of the header's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The revision's id.
    pub revision: Range<usize>,
    /// The value of `down_revision`, its brackets included.
    pub parents: Range<usize>,
    /// Each parent.
    pub down_revision: Vec<Range<usize>>,
    /// Each branch label.
    pub branch_labels: Vec<Range<usize>>,
    /// Each dependency.
    pub depends_on: Vec<Range<usize>>,
    /// Each revision that it replaces.
    pub replaces: Vec<Range<usize>>,
    /// Each of those that are ends.
    pub ends: Vec<Range<usize>>,
}

impl Located {
    /// The place of `span`, one of `places`.
    pub fn place(&self, span: &Range<usize>) -> Place {
        self.source.place(span.clone())
    }
}

/// The most characters an id or a label may have: what the version table has room for. The same
/// as Alembic's, so that each tool can read the other's table.
pub const ID_LIMIT: usize = 32;

/// Words that stand for revisions where an id could stand.
pub(crate) const RESERVED: [&str; 4] = ["head", "heads", "base", "current"];

/// A revision id or a branch label that could not be told from what may stand beside it on the
/// command line or in a file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// There is nothing.
    #[error("a {what} cannot be empty")]
    Empty {
        /// Revision id or branch label.
        what: &'static str,
    },
    /// It already means something.
    #[error("`{id}` cannot be a {what}, it means something on the command line")]
    Reserved {
        /// Revision id or branch label.
        what: &'static str,
        /// As written.
        id: String,
    },
    /// It holds a character that means something.
    #[error("`{id}` cannot be a {what}, it holds {character}")]
    Character {
        /// Revision id or branch label.
        what: &'static str,
        /// As written.
        id: String,
        /// The first such character, in words.
        character: String,
    },
    /// It does not fit the version table.
    #[error("`{id}` cannot be a {what}, it has {length} characters")]
    Long {
        /// Revision id or branch label.
        what: &'static str,
        /// As written.
        id: String,
        /// How many characters it has.
        length: usize,
    },
}

impl IdError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            IdError::Empty { .. } => None,
            IdError::Reserved { .. } => Some("choose another word".to_owned()),
            IdError::Character { .. } => {
                Some("letters, digits, `_` and `.` are safe everywhere".to_owned())
            }
            IdError::Long { .. } => {
                Some(format!("at most {ID_LIMIT} characters fit the version table"))
            }
        }
    }
}

/// Whether `id` can be a revision's id.
///
/// # Errors
/// When it is empty, too long, a word like `head`, or holds a character that means something
/// else where ids stand.
pub fn check_revision_id(id: &str) -> Result<(), IdError> {
    check("revision id", id)
}

/// Whether `label` can be a branch label: the rules are those of a revision's id.
///
/// # Errors
/// As [`check_revision_id`].
pub fn check_branch_label(label: &str) -> Result<(), IdError> {
    check("branch label", label)
}

fn check(what: &'static str, id: &str) -> Result<(), IdError> {
    if id.is_empty() {
        return Err(IdError::Empty { what });
    }
    if RESERVED.contains(&id) {
        return Err(IdError::Reserved { what, id: id.to_owned() });
    }
    if let Some(found) = id.chars().find(|c| is_forbidden(*c)) {
        let character = match found {
            ' ' => "a blank".to_owned(),
            it if it.is_control() || it.is_whitespace() => format!("U+{:04X}", u32::from(it)),
            it => format!("`{it}`"),
        };
        let id = id.replace(char::is_control, "\u{fffd}");
        return Err(IdError::Character { what, id, character });
    }
    let length = id.chars().count();
    if length > ID_LIMIT {
        return Err(IdError::Long { what, id: id.to_owned(), length });
    }
    Ok(())
}

/// Signs of relative and branch targets (`@ - + :`), of lists (`, ;`), of paths and of quotes.
fn is_forbidden(c: char) -> bool {
    c.is_control() || c.is_whitespace() || "@-+:;,/\\\"'`".contains(c)
}

/// An id for a new revision: 12 hex digits of a random UUID.
pub fn new_revision_id() -> String {
    let digits = uuid::Uuid::new_v4().simple().to_string();
    digits.chars().skip(20).collect()
}

/// Which rule the names under a header's key follow.
pub(super) enum Names {
    /// `down_revision`.
    Parents,
    /// `branch_labels`.
    Labels,
    /// `depends_on`: ids or labels.
    Dependencies,
    /// `replaces` and `ends`.
    Replaced,
}

/// The names of one key, each with its place; what is wrong with them goes to `mistake`.
pub(super) fn check_names(
    names: &[(String, Range<usize>)],
    rule: &Names,
    mut mistake: impl FnMut(Range<usize>, String, Option<String>),
) {
    for (index, (name, span)) in names.iter().enumerate() {
        let checked = match rule {
            Names::Labels => check_branch_label(name),
            Names::Parents | Names::Dependencies | Names::Replaced => check_revision_id(name),
        };
        if let Err(error) = checked {
            let hint = match (&error, rule) {
                (IdError::Empty { .. }, Names::Parents) => {
                    Some("a revision without a parent says `down_revision = []`".to_owned())
                }
                _ => error.hint(),
            };
            mistake(span.clone(), error.to_string(), hint);
        } else if names[..index].iter().any(|(other, _)| other == name) {
            let hint = "name it once".to_owned();
            mistake(span.clone(), format!("`{name}` is named twice"), Some(hint));
        }
    }
}

/// The ends that are none of those that are replaced.
pub(super) fn check_ends(
    header: &Header,
    places: &Places,
    mut mistake: impl FnMut(Range<usize>, String, Option<String>),
) {
    for (end, span) in header.ends.iter().zip(&places.ends) {
        if !header.replaces.contains(end) {
            let hint = "`ends` are those of `replaces` at which all of them have run".to_owned();
            mistake(span.clone(), format!("`{end}` is not in `replaces`"), Some(hint));
        }
    }
}

/// The behaviour a script asks for.
pub(super) fn check_behaviour(number: i64) -> Result<u32, (String, String)> {
    match u32::try_from(number) {
        Ok(behaviour) if (1..=super::BEHAVIOUR).contains(&behaviour) => Ok(behaviour),
        Ok(behaviour) if behaviour > super::BEHAVIOUR => Err((
            format!(
                "the script was written for behaviour {behaviour}, this version of the tool knows \
                 {}",
                super::BEHAVIOUR
            ),
            "install a newer version of the tool".to_owned(),
        )),
        _ => Err((
            format!("`{number}` is no behaviour"),
            "it is a number that the tool writes; leave it as it was".to_owned(),
        )),
    }
}

/// The lines of a message as a comment can hold them: no control characters, no blanks at the
/// end of a line, no empty lines around it.
pub(super) fn message_lines(message: &str) -> Vec<String> {
    if !message.is_empty() && message == message.trim() && !message.contains(char::is_control) {
        return vec![message.to_owned()];
    }
    let message = message.replace("\r\n", "\n");
    let lines: Vec<String> = message
        .split(['\n', '\r'])
        .map(|line| {
            let line = line.replace(|c: char| c.is_control() && c != '\t', " ");
            line.trim_end().to_owned()
        })
        .collect();
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(from, |last| last + 1);
    let mut lines = lines[from..to].to_vec();
    if let Some(title) = lines.first_mut() {
        *title = title.trim_start().to_owned();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_would_mean_something_else() {
        let error = |id: &str| match check_revision_id(id) {
            Ok(()) => "fine".to_owned(),
            Err(error) => format!("{error}; {}", error.hint().unwrap_or_default()),
        };
        for id in ["e517276bb1c2", "1", "a_b", "v1.2", "été", &"x".repeat(32), &"é".repeat(32)] {
            assert_eq!(error(id), "fine");
        }
        let safe = "letters, digits, `_` and `.` are safe everywhere";
        for (id, text) in [
            ("", "a revision id cannot be empty; ".to_owned()),
            (
                "head",
                "`head` cannot be a revision id, it means something on the command line; choose \
                 another word"
                    .to_owned(),
            ),
            ("a-1", format!("`a-1` cannot be a revision id, it holds `-`; {safe}")),
            ("a b", format!("`a b` cannot be a revision id, it holds a blank; {safe}")),
            ("../a", format!("`../a` cannot be a revision id, it holds `/`; {safe}")),
            ("a\u{7}", format!("`a\u{fffd}` cannot be a revision id, it holds U+0007; {safe}")),
        ] {
            assert_eq!(error(id), text);
        }
        assert_eq!(
            error(&"x".repeat(33)),
            format!(
                "`{}` cannot be a revision id, it has 33 characters; at most 32 characters fit the \
                 version table",
                "x".repeat(33)
            )
        );
        assert_eq!(
            check_branch_label("a@b").unwrap_err().to_string(),
            "`a@b` cannot be a branch label, it holds `@`"
        );
    }

    #[test]
    fn new_ids_are_twelve_hex_digits() {
        let id = new_revision_id();
        assert_eq!(id.len(), 12);
        assert!(id.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase()), "{id}");
        assert_ne!(id, new_revision_id());
    }

    #[test]
    fn messages_become_comment_lines() {
        for (message, lines) in [
            ("users table", vec!["users table"]),
            ("", vec![]),
            (" \n\r\n\t ", vec![]),
            ("  a  \r\n\r  b\rc\u{0}d\n\n", vec!["a", "", "  b", "c d"]),
        ] {
            assert_eq!(message_lines(message), lines, "{message:?}");
        }
    }
}
