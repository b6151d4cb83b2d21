use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::script::RESERVED;

/// The words a person types for a place in the graph, read once: `head`, `-1`, `ae10+2`,
/// `api@head`.
///
/// `[branch@][anchor][+N|-N]`, where at least one of anchor and steps is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The line to stay in: a label, or the id of a revision in it. Either may be a prefix.
    pub branch: Option<String>,
    /// Where to count from.
    pub anchor: Anchor,
    /// How many revisions further up, or down when negative; 0 is the anchor itself.
    pub steps: i32,
}

/// Where a [`Target`] counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Unsaid: where the database stands, or the other end of a range.
    Here,
    /// Before the first revision.
    Base,
    /// The only head.
    Head,
    /// All heads.
    Heads,
    /// Where the database stands.
    Current,
    /// The revision with this id or label, or the only one whose id or label begins so.
    Name(String),
}

/// Two ends in a line of revisions, both of them part of it: `ae10:head`, `ae10:`, `:ae10`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetRange {
    /// The lower end; `None` is base.
    pub from: Option<Target>,
    /// The upper end; `None` is all heads.
    pub to: Option<Target>,
}

/// Why a text is no [`Target`] or [`TargetRange`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TargetError {
    /// There is no text.
    #[error("a revision is missing")]
    Empty,
    /// A range where one revision is meant.
    #[error("`{text}` is a range, and one revision is expected")]
    Range {
        /// The text.
        text: String,
    },
    /// One revision where a range is meant.
    #[error("`{text}` is not a range")]
    NoRange {
        /// The text.
        text: String,
    },
    /// More than two ends.
    #[error("`{text}` has more than two ends")]
    ManyEnds {
        /// The text.
        text: String,
    },
    /// `@` without a name before it, without a place behind it, or twice.
    #[error("`{text}` is not a branch and a place in it")]
    Branch {
        /// The text.
        text: String,
    },
    /// A sign without a number behind it.
    #[error("{} is not a number of steps", within(.steps, .text))]
    Steps {
        /// The text.
        text: String,
        /// The part that should be a number.
        steps: String,
    },
    /// A name with blanks in it.
    #[error("`{text}` is not the name of a revision")]
    Name {
        /// The text.
        text: String,
    },
}

/// A part of a text, which may be all of it.
fn within(part: &str, text: &str) -> String {
    if part == text { format!("`{part}`") } else { format!("`{part}` in `{text}`") }
}

impl TargetError {
    /// What to write instead.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Empty => "name an id, a label, `head`, `heads`, `base`, or steps such as `+1`",
            Self::Range { .. } => "ranges are for `history` and for `--sql`",
            Self::NoRange { .. } | Self::ManyEnds { .. } => {
                "a range is written `from:to`, `from:` or `:to`"
            }
            Self::Branch { .. } => {
                "a place in a branch is written `label@head`, `label@base`, `label@id` or `label@+1`"
            }
            Self::Steps { .. } => "steps are a sign and a number from 1, as in `+2` or `ae10-1`",
            Self::Name { .. } => "`db history` shows the revisions there are",
        };
        Some(hint.to_owned())
    }
}

impl Target {
    /// The only head.
    pub fn head() -> Target {
        Target::from(Anchor::Head)
    }

    /// All heads.
    pub fn heads() -> Target {
        Target::from(Anchor::Heads)
    }

    /// Before the first revision.
    pub fn base() -> Target {
        Target::from(Anchor::Base)
    }

    /// Whether what it means depends on where the database stands.
    pub fn asks_database(&self) -> bool {
        matches!(self.anchor, Anchor::Here | Anchor::Current)
    }

    /// Whether it counts from where the database stands.
    pub(super) fn is_relative(&self) -> bool {
        self.steps != 0 && self.asks_database()
    }
}

impl From<Anchor> for Target {
    fn from(anchor: Anchor) -> Target {
        Target { branch: None, anchor, steps: 0 }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Target, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains(':') {
            return Err(TargetError::Range { text: text.to_owned() });
        }
        let (branch, rest) = match text.split_once('@') {
            Some((branch, rest)) => (Some(branch_name(text, branch, rest)?), rest),
            None => (None, text),
        };
        let (name, steps) = rest.split_at(rest.find(['+', '-']).unwrap_or(rest.len()));
        if name.contains(|it: char| it.is_whitespace() || it.is_control()) {
            return Err(TargetError::Name { text: text.to_owned() });
        }
        Ok(Target { branch, anchor: Anchor::from(name), steps: count(text, steps)? })
    }
}

/// The name before the `@` in `text`.
fn branch_name(text: &str, branch: &str, rest: &str) -> Result<String, TargetError> {
    let blank = branch.contains(|it: char| it.is_whitespace() || it.is_control());
    if branch.is_empty() || blank || branch.contains(['+', '-']) || rest.is_empty() {
        return Err(TargetError::Branch { text: text.to_owned() });
    }
    match rest.contains('@') {
        true => Err(TargetError::Branch { text: text.to_owned() }),
        false => Ok(branch.to_owned()),
    }
}

/// The number that `steps`, the end of `text`, says; 0 if it says nothing.
fn count(text: &str, steps: &str) -> Result<i32, TargetError> {
    if steps.is_empty() {
        return Ok(0);
    }
    let digits = steps.get(1..).unwrap_or_default();
    let number = match digits.bytes().all(|it| it.is_ascii_digit()) {
        true => steps.parse::<i32>().ok(),
        false => None,
    };
    match number {
        Some(number) if number != 0 => Ok(number),
        _ => Err(TargetError::Steps { text: text.to_owned(), steps: steps.to_owned() }),
    }
}

impl From<&str> for Anchor {
    fn from(name: &str) -> Anchor {
        match name {
            "" => Anchor::Here,
            "base" => Anchor::Base,
            "head" => Anchor::Head,
            "heads" => Anchor::Heads,
            "current" => Anchor::Current,
            _ => Anchor::Name(name.to_owned()),
        }
    }
}

impl Anchor {
    /// The words that are no names.
    pub(super) const WORDS: [&str; 4] = RESERVED;
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Here => "",
            Self::Base => "base",
            Self::Head => "head",
            Self::Heads => "heads",
            Self::Current => "current",
            Self::Name(name) => name,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = &self.branch {
            write!(f, "{branch}@")?;
        }
        match (&self.anchor, self.steps) {
            (Anchor::Here, 0) => f.write_str("current"),
            (anchor, 0) => write!(f, "{anchor}"),
            (anchor, steps) => write!(f, "{anchor}{steps:+}"),
        }
    }
}

impl FromStr for TargetRange {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<TargetRange, TargetError> {
        let Some((from, to)) = text.split_once(':') else {
            return Err(TargetError::NoRange { text: text.to_owned() });
        };
        if to.contains(':') {
            return Err(TargetError::ManyEnds { text: text.to_owned() });
        }
        let end = |text: &str| match text {
            "" => Ok(None),
            _ => text.parse().map(Some),
        };
        Ok(TargetRange { from: end(from)?, to: end(to)? })
    }
}

impl TargetRange {
    /// Whether what it means depends on where the database stands. Steps without an anchor do
    /// not: they count from the other end.
    pub fn asks_database(&self) -> bool {
        let current = |end: &Option<Target>| {
            end.as_ref().is_some_and(|target| target.anchor == Anchor::Current)
        };
        current(&self.from) || current(&self.to)
    }
}

impl fmt::Display for TargetRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = &self.from {
            write!(f, "{from}")?;
        }
        f.write_str(":")?;
        if let Some(to) = &self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match text.parse::<Target>() {
            Ok(target) => {
                assert_eq!(target.to_string(), text);
                format!("{:?} {:?} {}", target.branch, target.anchor, target.steps)
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn every_form() {
        let forms = [
            ("ae10", r#"None Name("ae10") 0"#),
            ("head", "None Head 0"),
            ("heads", "None Heads 0"),
            ("base", "None Base 0"),
            ("current", "None Current 0"),
            ("HEAD", r#"None Name("HEAD") 0"#),
            ("+2", "None Here 2"),
            ("-1", "None Here -1"),
            ("ae10+2", r#"None Name("ae10") 2"#),
            ("ae10-2", r#"None Name("ae10") -2"#),
            ("head-1", "None Head -1"),
            ("base+2", "None Base 2"),
            ("current-1", "None Current -1"),
            ("api@head", r#"Some("api") Head 0"#),
            ("api@heads", r#"Some("api") Heads 0"#),
            ("api@base", r#"Some("api") Base 0"#),
            ("api@ae10", r#"Some("api") Name("ae10") 0"#),
            ("api@+1", r#"Some("api") Here 1"#),
            ("api@-1", r#"Some("api") Here -1"#),
            ("api@ae10+1", r#"Some("api") Name("ae10") 1"#),
            ("api@base+3", r#"Some("api") Base 3"#),
            ("schön_4", r#"None Name("schön_4") 0"#),
        ];
        for (text, expected) in forms {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_target() {
        let forms = [
            ("", "a revision is missing"),
            ("a:b", "`a:b` is a range, and one revision is expected"),
            ("+1x", "`+1x` is not a number of steps"),
            ("ae10+", "`+` in `ae10+` is not a number of steps"),
            ("ae10+1+1", "`+1+1` in `ae10+1+1` is not a number of steps"),
            ("--1", "`--1` is not a number of steps"),
            ("+0", "`+0` is not a number of steps"),
            ("+99999999999", "`+99999999999` is not a number of steps"),
            ("api@", "`api@` is not a branch and a place in it"),
            ("@head", "`@head` is not a branch and a place in it"),
            ("a@b@c", "`a@b@c` is not a branch and a place in it"),
            ("a+1@head", "`a+1@head` is not a branch and a place in it"),
            ("a b", "`a b` is not the name of a revision"),
        ];
        for (text, expected) in forms {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges() {
        let read = |text: &str| match text.parse::<TargetRange>() {
            Ok(range) => {
                assert_eq!(range.to_string(), text);
                format!("{:?} {:?}", range.from.is_some(), range.to.is_some())
            }
            Err(error) => error.to_string(),
        };
        let forms = [
            ("a:b", "true true"),
            ("a:", "true false"),
            (":b", "false true"),
            (":", "false false"),
            ("-3:current", "true true"),
            ("lib@base:lib@head", "true true"),
            ("a", "`a` is not a range"),
            ("a:b:c", "`a:b:c` has more than two ends"),
            ("a:+1x", "`+1x` is not a number of steps"),
        ];
        for (text, expected) in forms {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
