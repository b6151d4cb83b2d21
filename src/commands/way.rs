//! What `upgrade`, `downgrade` and `stamp` are told: where to, and for a script also where from.

use std::fmt;
use std::str::FromStr;

use crate::graph::{Target, TargetError};

/// A place to go to; with `--sql` also where to begin, as `from:to`.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// From where the database stands.
    To(Target),
    /// From a place that is named.
    Between(Range),
}

/// Where a script begins and where it ends. A database may stand at several revisions: `ae10,b3:head`.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    text: String,
    /// Empty where nothing is said.
    pub(super) from: Vec<Target>,
    /// `None` where nothing is said.
    pub(super) to: Option<Target>,
}

impl FromStr for Way {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Way, TargetError> {
        let Some((from, to)) = text.split_once(':') else { return text.parse().map(Way::To) };
        if to.contains(':') {
            return Err(TargetError::ManyEnds { text: text.to_owned() });
        }
        let from = match from {
            "" => Vec::new(),
            _ => from.split(',').map(str::parse).collect::<Result<_, _>>()?,
        };
        let to = if to.is_empty() { None } else { Some(to.parse()?) };
        Ok(Way::Between(Range { text: text.to_owned(), from, to }))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Way {
    /// The place to go to from where the database stands.
    ///
    /// # Errors
    /// For a range: it names where the database stands, which the database knows better.
    pub(super) fn target(&self) -> Result<&Target, TargetError> {
        match self {
            Way::To(target) => Ok(target),
            Way::Between(range) => Err(TargetError::Range { text: range.to_string() }),
        }
    }

    /// The way as one of a script's.
    pub(super) fn range(&self) -> Range {
        match self {
            Way::To(target) => {
                Range { text: target.to_string(), from: Vec::new(), to: Some(target.clone()) }
            }
            Way::Between(range) => range.clone(),
        }
    }
}
