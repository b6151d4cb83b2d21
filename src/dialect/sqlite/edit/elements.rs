//! The columns and constraints as a list, with commas, lines and comments between.

use super::TableText;
use crate::dialect::sqlite::ddl::{ColumnDefinition, DdlError, Span};
use crate::schema::sql::{Token, tokens};

impl TableText {
    /// Adds a column behind the others.
    pub(in crate::dialect::sqlite) fn add_column(
        &mut self,
        definition: &str,
    ) -> Result<(), DdlError> {
        self.insert_behind(self.read.columns.len() - 1, definition)
    }

    /// Adds a constraint behind everything else.
    pub(in crate::dialect::sqlite) fn add_constraint(
        &mut self,
        constraint: &str,
    ) -> Result<(), DdlError> {
        self.insert_behind(self.elements().len() - 1, constraint)
    }

    /// Adds a primary key before all other constraints: SQLite cannot rename a column that is the
    /// rowid and stands in a `UNIQUE` before its `PRIMARY KEY`.
    pub(in crate::dialect::sqlite) fn add_primary_key(
        &mut self,
        constraint: &str,
    ) -> Result<(), DdlError> {
        self.insert_behind(self.read.columns.len() - 1, constraint)
    }

    /// Removes a column with all that stands in it.
    pub(in crate::dialect::sqlite) fn drop_column(&mut self, name: &str) -> Result<(), DdlError> {
        let same = |column: &ColumnDefinition| column.name.name.eq_ignore_ascii_case(name);
        match self.read.columns.iter().position(same) {
            Some(index) => self.remove(index),
            None => Ok(()),
        }
    }

    /// Where the columns and constraints stand.
    pub(super) fn elements(&self) -> Vec<Span> {
        let columns = self.read.columns.iter().map(|it| it.span.clone());
        columns.chain(self.read.constraints.iter().map(|it| it.span.clone())).collect()
    }

    /// The byte of the comma behind an element; constraints may lack theirs.
    fn comma_behind(&self, elements: &[Span], index: usize) -> Option<usize> {
        let end = elements.get(index)?.end;
        let next = elements.get(index + 1)?.start;
        let between = tokens(&self.text[end..next]);
        between.iter().find(|token| token.is(",")).map(|token| end + token.at)
    }

    fn insert_behind(&mut self, index: usize, element: &str) -> Result<(), DdlError> {
        let elements = self.elements();
        let Some(last) = elements.get(index) else { return Ok(()) };
        let before = &self.text[..last.start];
        let blanks = &before[before.trim_end().len()..];
        let indent = blanks.rfind('\n').map(|newline| &blanks[newline..]);
        let (comma, anchor) = match self.comma_behind(&elements, index) {
            Some(comma) => (None, comma + 1),
            None => (Some((last.end..last.end, ",".to_owned())), last.end),
        };
        let end = if comma.is_none() || index + 1 < elements.len() { "," } else { "" };
        let edit = match indent {
            Some(indent) => {
                let anchor = anchor + rest_of_line(&self.text[anchor..]).unwrap_or(0);
                (anchor..anchor, format!("{indent}{element}{end}"))
            }
            None => (anchor..anchor, format!(" {element}{end}")),
        };
        self.splice(comma.into_iter().chain([edit]).collect())
    }

    /// Removes an element, the comma that belongs to it, and the line if nothing else is on it.
    pub(super) fn remove(&mut self, index: usize) -> Result<(), DdlError> {
        let elements = self.elements();
        let Span { start, end } = elements[index].clone();
        let is_last = index + 1 == elements.len();
        let before = index.checked_sub(1).filter(|_| is_last);
        let before = before.and_then(|before| self.comma_behind(&elements, before));
        let blank = |from: usize| self.text[from..start].trim().is_empty();
        let (comma, span) = match (self.comma_behind(&elements, index), before) {
            (Some(comma), _) => (None, start..comma + 1),
            (None, Some(comma)) if blank(comma + 1) => (Some(comma), comma + 1..end),
            (None, Some(comma)) => (Some(comma), start..end),
            (None, None) => {
                let before = index.checked_sub(1).map_or(start, |before| elements[before].end);
                (None, if blank(before) { before } else { start }..end)
            }
        };
        let comma = comma.map(|comma| (comma..comma + 1, String::new()));
        self.splice(comma.into_iter().chain([(self.whole_line(span), String::new())]).collect())
    }

    /// `span` with the rest of its lines when there are only blanks and a comment in them, or with
    /// the blanks behind it.
    fn whole_line(&self, span: Span) -> Span {
        let first =
            span.start + self.text[span.clone()].len() - self.text[span.clone()].trim_start().len();
        let line = self.text[..first].rfind('\n').map(|newline| newline + 1);
        let rest = rest_of_line(&self.text[span.end..]);
        match (line, rest) {
            (Some(line), Some(rest)) if self.text[line..first].trim().is_empty() => {
                line..(span.end + rest + 1).min(self.text.len())
            }
            _ => {
                let behind = &self.text[span.end..];
                let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
                let closes = behind[blanks..].starts_with(')');
                span.start..span.end + if closes { 0 } else { blanks }
            }
        }
    }
}

/// How many bytes are left on the line, if they are blanks and comments.
fn rest_of_line(text: &str) -> Option<usize> {
    let line = text.find('\n')?;
    let first = tokens(text).first().map(|token: &Token| token.at);
    // A comment that goes on behind the line is not left there alone.
    let open = text[..line].rfind("/*").is_some_and(|at| !text[at..line].contains("*/"));
    (first.is_none_or(|at| at > line) && !open).then_some(line)
}
