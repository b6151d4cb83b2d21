//! A revision's file. Two formats, one value: [`Script`].
//!
//! Reading ([`parse`], [`header()`], [`read_header`]) finds every mistake of a file with its place.
//! Writing ([`template::render`]) reads back what it made before it hands it out. This room opens
//! files to read them; where they are and which of them belong together is not its business.
//!
//! A canonical script ([`Script::canonical`]) is what a file can say: `parse` gives nothing else,
//! and for such a script `parse(render(script)) == script`.

mod checksum;
mod file_name;
mod header;
mod read;
mod reparent;
pub mod sql;
pub mod template;
pub mod toml;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::error::{Mistake, Mistakes, Source};
use crate::operation::Operation;

pub use checksum::{checksum, plain};
pub use file_name::{FileName, FileNameError, slug};
pub(crate) use header::RESERVED;
pub use header::{
    ID_LIMIT, IdError, Located, Places, check_branch_label, check_revision_id, new_revision_id,
};
pub use read::{ReadError, read, read_header};
pub use reparent::reparent;

/// The reading of operations that this version of the tool writes; `limbeck = 1` in a script.
pub const BEHAVIOUR: u32 = 1;

/// Values that a person gives for the making of a script, by name.
pub type Given = BTreeMap<String, String>;

/// What a revision's file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The head of the file.
    pub header: Header,
    /// What an upgrade runs, in order.
    pub upgrade: Vec<Entry>,
    /// What a downgrade runs, in order.
    pub downgrade: Vec<Entry>,
}

/// A script with the text that says it.
#[derive(Clone, Debug)]
pub struct ScriptFile {
    /// What the file says.
    pub script: Script,
    /// Its text.
    pub source: Source,
}

/// The head of a revision's file: all that the graph needs to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The comment on top of the file; its first line is the title.
    pub message: String,
    /// The revision's id.
    pub revision: String,
    /// The ids of its parents; two or more make it a merge.
    pub down_revision: Vec<String>,
    /// Names for the line that begins here.
    pub branch_labels: Vec<String>,
    /// Ids or labels of revisions in other lines that must have run before.
    pub depends_on: Vec<String>,
    /// The ids of the revisions whose work it does, in the order in which they ran; they have no
    /// files any more.
    pub replaces: Vec<String>,
    /// Those of `replaces` at which a database stands that has run them all; none is the last one.
    pub ends: Vec<String>,
    /// When the file was written.
    pub created: Option<DateTime<FixedOffset>>,
    /// Which reading of operations the file was written for; absent is 1.
    pub behaviour: Option<u32>,
    /// The only dialect whose SQL the file holds; `None` is any.
    pub dialect: Option<String>,
    /// Whether the revision runs outside of a transaction (`transaction = false`).
    pub no_transaction: bool,
    /// Why there is no way back.
    pub irreversible: Option<String>,
}

/// An operation in a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The operation.
    pub operation: Operation,
    /// The dialects for which it is meant; none are all.
    pub dialects: Vec<String>,
}

impl Script {
    /// The same script as a file would give it back: changes of one table that stand together
    /// are one operation, the message has neither control characters nor blanks at its ends.
    pub fn canonical(mut self) -> Script {
        self.header.message = header::message_lines(&self.header.message).join("\n");
        self.upgrade = coalesce(self.upgrade);
        self.downgrade = coalesce(self.downgrade);
        self
    }
}

/// Joins neighbours that change the same table for the same dialects into one `AlterTable`, so
/// that a database which must build the table anew does so once.
pub fn coalesce(entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut joined: Vec<Entry> = Vec::new();
    for entry in entries {
        match (joined.last_mut(), entry) {
            (
                Some(Entry { operation: Operation::AlterTable { table, changes }, dialects }),
                Entry {
                    operation: Operation::AlterTable { table: next, changes: more },
                    dialects: theirs,
                },
            ) if *table == next && *dialects == theirs => changes.extend(more),
            (_, entry) => joined.push(entry),
        }
    }
    joined
}

/// In which of the two formats a script is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Operations: one script for every dialect.
    Toml,
    /// Statements in the words of one database.
    Sql,
}

impl Format {
    /// Both formats.
    pub const ALL: [Format; 2] = [Format::Toml, Format::Sql];

    /// How the name of a file in this format ends: `toml`.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Toml => "toml",
            Format::Sql => "sql",
        }
    }

    /// The format of the file at `path`, by how its name ends.
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?;
        Format::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// Reads a script, in the format that its path says.
///
/// # Errors
/// Everything that is wrong in it.
pub fn parse(source: &Source) -> Result<Script, Mistakes> {
    match format_of(source)? {
        Format::Toml => toml::parse(source),
        Format::Sql => sql::parse(source),
    }
}

/// Reads the head of a script and nothing else of it.
///
/// # Errors
/// Everything that is wrong in the head.
pub fn header(source: &Source) -> Result<Located, Mistakes> {
    match format_of(source)? {
        Format::Toml => toml::header(source),
        Format::Sql => sql::header(source),
    }
}

fn format_of(source: &Source) -> Result<Format, Mistake> {
    Format::of(&source.path).ok_or_else(|| {
        let message = format!("`{}` is not the name of a script", source.path.display());
        Mistake { message, place: None, hint: Some("scripts end in `.toml` or `.sql`".to_owned()) }
    })
}

impl Entry {
    /// Whether it is meant for the dialect of this name.
    pub fn is_for(&self, dialect: &str) -> bool {
        self.dialects.is_empty() || self.dialects.iter().any(|it| it == dialect)
    }
}

impl From<Operation> for Entry {
    fn from(operation: Operation) -> Entry {
        Entry { operation, dialects: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::TableChange;
    use crate::schema::Name;

    /// Each mistake on a line: place, the text at it, message and hint.
    pub(super) fn shown<T: std::fmt::Debug>(read: Result<T, Mistakes>) -> Vec<String> {
        let Err(Mistakes(mistakes)) = read else { panic!("nothing is wrong: {read:?}") };
        let show = |mistake: &Mistake| {
            let place = mistake.place.as_ref().map_or("nowhere".to_owned(), |place| {
                let before = &place.source.text[..place.span.start];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                format!("{line}:{column} {}", &place.source.text[place.span.clone()])
            });
            let hint = mistake.hint.as_deref().unwrap_or("no hint");
            format!("{place}: {} ({hint})", mistake.message)
        };
        mistakes.iter().map(show).collect()
    }

    #[test]
    fn neighbours_that_change_one_table_are_one_operation() {
        let change = |table: &str, to: &str| {
            let change = TableChange::SetComment { from: None, to: Some(to.to_owned()) };
            Operation::AlterTable { table: Name::new(table), changes: vec![change] }
        };
        let limited = |table, to| Entry {
            operation: change(table, to),
            dialects: vec!["postgres".to_owned()],
        };
        let lengths: Vec<usize> = coalesce([
            change("a", "1").into(),
            change("a", "2").into(),
            limited("a", "3"),
            limited("a", "4"),
            limited("a", "5"),
            change("b", "6").into(),
            Operation::Execute("SELECT 1".into()).into(),
            change("b", "7").into(),
        ])
        .iter()
        .map(|entry| match &entry.operation {
            Operation::AlterTable { changes, .. } => changes.len(),
            _ => 0,
        })
        .collect();
        assert_eq!(lengths, [2, 3, 1, 0, 1]);
    }

    #[test]
    fn the_format_is_in_the_name() {
        assert_eq!(Format::of(Path::new("a/b.toml")), Some(Format::Toml));
        assert_eq!(Format::of(Path::new("a/b.SQL")), Some(Format::Sql));
        assert_eq!(
            shown(parse(&Source::new("a/README", ""))),
            ["nowhere: `a/README` is not the name of a script (scripts end in `.toml` or `.sql`)"]
        );
    }
}
