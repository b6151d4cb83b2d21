//! Editing the text of a `CREATE TABLE` statement, so that what is not touched stays as it was
//! written: comments, layout, spelling, and whatever no model knows.

use super::ddl::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateTable, DdlError, References,
    Span, TableConstraint, TableConstraintKind, TableOptionKind,
};
use super::types;
use crate::schema::sql::{Token, tokens};
use crate::schema::{Check, ForeignKey, Sql, Unique};

/// A `CREATE TABLE` statement that is being changed.
#[derive(Clone, Debug)]
pub(super) struct TableText {
    text: String,
    read: CreateTable,
}

/// Where a constraint stands.
#[derive(Clone, Copy)]
enum Place {
    /// In a column: the column's and the constraint's number.
    Column(usize, usize),
    /// Behind the columns.
    Table(usize),
}

impl TableText {
    /// Reads a statement.
    pub(super) fn new(text: &str) -> Result<TableText, DdlError> {
        Ok(TableText { text: text.to_owned(), read: CreateTable::parse(text)? })
    }

    /// The statement as it is now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The type of a column, as written.
    pub(super) fn ty(&self, column: &str) -> Option<&str> {
        self.read.column(column).map(|column| column.ty.as_str())
    }

    /// Whether the primary key says `AUTOINCREMENT`.
    pub(super) fn is_numbered(&self) -> bool {
        let in_column = |constraint: &ColumnConstraint| {
            matches!(constraint.kind, ColumnConstraintKind::PrimaryKey { autoincrement: true, .. })
        };
        self.read.columns.iter().flat_map(|column| &column.constraints).any(in_column)
            || self.read.constraints.iter().any(|constraint| {
                let kind = &constraint.kind;
                matches!(kind, TableConstraintKind::PrimaryKey { autoincrement: true, .. })
            })
    }

    /// The column that is another name for the rowid: <https://sqlite.org/lang_createtable.html#rowid>.
    pub(super) fn rowid_column(&self) -> Option<&str> {
        if self.read.has(TableOptionKind::WithoutRowid) {
            return None;
        }
        let column = match self.primary_key()? {
            Place::Column(column, index) => {
                let column = &self.read.columns[column];
                let kind = &column.constraints[index].kind;
                // An old mistake that SQLite keeps up.
                match kind {
                    ColumnConstraintKind::PrimaryKey { descending: false, .. } => column,
                    _ => return None,
                }
            }
            Place::Table(index) => match &self.read.constraints[index].kind {
                TableConstraintKind::PrimaryKey { columns, .. } => match &columns[..] {
                    [one] => self.read.column(&self.key_name(&one.span))?,
                    _ => return None,
                },
                _ => return None,
            },
        };
        column.ty.eq_ignore_ascii_case("INTEGER").then_some(column.name.name.as_str())
    }

    /// The name by which the rowid can be read, where no column has taken it.
    pub(super) fn rowid_name(&self) -> Option<&'static str> {
        let free = |name: &&&str| self.read.column(name).is_none();
        let found = ["rowid", "_rowid_", "oid"].iter().find(free).copied();
        found.filter(|_| !self.read.has(TableOptionKind::WithoutRowid))
    }

    /// Gives the table another name. Checks that name it lose the name, which says nothing there
    /// and would be another table's.
    pub(super) fn rename(&mut self, name: &str) -> Result<(), DdlError> {
        let mut edits: Vec<_> =
            self.own_name_in_checks().into_iter().map(|span| (span, String::new())).collect();
        edits.push((self.read.name.span.clone(), types::quote(name)));
        self.splice(edits)
    }

    /// Whether a check names the table.
    pub(super) fn is_named_in_checks(&self) -> bool {
        !self.own_name_in_checks().is_empty()
    }

    /// Where checks name the table, with the dot behind it.
    fn own_name_in_checks(&self) -> Vec<Span> {
        let own = |token: &Token| {
            token.name().is_some_and(|it| it.eq_ignore_ascii_case(&self.read.name.name))
        };
        let mut found = Vec::new();
        for span in self.checks() {
            let all = tokens(&self.text[span.clone()]);
            let pairs = all.windows(2).filter(|pair| own(&pair[0]) && pair[1].is("."));
            found.extend(pairs.map(|pair| span.start + pair[0].at..span.start + pair[1].end()));
        }
        found
    }

    /// Whether an expression of the table takes what is in double quotes for the column `name`.
    pub(super) fn quotes(&self, name: &str) -> bool {
        let columns = self.read.columns.iter().flat_map(|column| &column.constraints);
        let generated = columns.filter_map(|it| match &it.kind {
            ColumnConstraintKind::Generated { expression, .. } => Some(expression.clone()),
            _ => None,
        });
        self.checks().into_iter().chain(generated).any(|span| quotes(&self.text[span], name))
    }

    /// The expressions of checks: no other expression may name its table.
    fn checks(&self) -> Vec<Span> {
        let in_columns = self.read.columns.iter().flat_map(|column| &column.constraints);
        let in_columns = in_columns.filter_map(|it| match &it.kind {
            ColumnConstraintKind::Check { expression } => Some(expression.clone()),
            _ => None,
        });
        let behind = self.read.constraints.iter().filter_map(|it| match &it.kind {
            TableConstraintKind::Check { expression, .. } => Some(expression.clone()),
            _ => None,
        });
        in_columns.chain(behind).collect()
    }

    /// Gives a column another type; an empty one is none.
    pub(super) fn set_type(&mut self, column: &str, ty: &str) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let (name, span) = (found.name.span.end, found.ty_span.clone());
        let edit = match (span.is_empty(), ty.is_empty()) {
            (true, true) => return Ok(()),
            (true, false) => (name..name, format!(" {ty}")),
            (false, true) => (name..span.end, String::new()),
            (false, false) => (span, ty.to_owned()),
        };
        self.splice(vec![edit])
    }

    /// Puts `clause` in the place of a column's `NOT NULL`; none takes it away.
    pub(super) fn set_not_null(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        self.set_clause(column, clause, |kind| {
            matches!(kind, ColumnConstraintKind::NotNull { .. } | ColumnConstraintKind::Null)
        })
    }

    /// Puts `clause` in the place of a column's `DEFAULT`; none takes it away.
    pub(super) fn set_default(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Default { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of a column's `COLLATE`; none takes it away.
    pub(super) fn set_collation(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Collate { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of a column's `GENERATED`; none takes it away.
    pub(super) fn set_generated(
        &mut self,
        column: &str,
        clause: Option<&str>,
    ) -> Result<(), DdlError> {
        let is =
            |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Generated { .. });
        self.set_clause(column, clause, is)
    }

    /// Puts `clause` in the place of the check behind which a column's enum is kept; none takes
    /// it away.
    pub(super) fn set_enum(&mut self, column: &str, clause: Option<&str>) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let strict = self.read.has(TableOptionKind::Strict);
        let checks: Vec<Span> = found
            .constraints
            .iter()
            .filter_map(|constraint| match &constraint.kind {
                ColumnConstraintKind::Check { expression } if constraint.name.is_none() => {
                    Some(expression.clone())
                }
                _ => None,
            })
            .filter(|span| {
                let check = &self.text[span.clone()];
                types::raise_enum(&found.name.name, &found.ty, strict, check).is_some()
            })
            .collect();
        let is = |kind: &ColumnConstraintKind| match kind {
            ColumnConstraintKind::Check { expression } => checks.contains(expression),
            _ => false,
        };
        match clause {
            // A new one stands behind everything else the column says.
            Some(clause) if checks.is_empty() => {
                let end = found.span.end;
                self.splice(vec![(end..end, format!(" {clause}"))])
            }
            clause => self.set_clause(column, clause, is),
        }
    }

    /// Puts `clause` in the place of the first of a column's constraints that are `is`, or behind
    /// its type, and takes the others away.
    fn set_clause(
        &mut self,
        column: &str,
        clause: Option<&str>,
        is: impl Fn(&ColumnConstraintKind) -> bool,
    ) -> Result<(), DdlError> {
        let Some(found) = self.read.column(column) else { return Ok(()) };
        let mut edits = Vec::new();
        let mut clause = clause;
        for (index, constraint) in found.constraints.iter().enumerate() {
            if !is(&constraint.kind) {
                continue;
            }
            edits.push(match clause.take() {
                Some(clause) => (constraint.span.clone(), clause.to_owned()),
                None => (self.with_blanks(found, index), String::new()),
            });
        }
        if let Some(clause) = clause {
            let not_null = found
                .constraints
                .iter()
                .find(|constraint| matches!(constraint.kind, ColumnConstraintKind::NotNull { .. }));
            let end = not_null.map_or_else(|| behind_type(found), |it| it.span.end);
            edits.push((end..end, format!(" {clause}")));
        }
        self.splice(edits)
    }

    /// A constraint of a column with the blanks before it, if nothing else is there.
    fn with_blanks(&self, column: &ColumnDefinition, index: usize) -> Span {
        let span = &column.constraints[index].span;
        let before = match index.checked_sub(1) {
            Some(before) => column.constraints[before].span.end,
            None => behind_type(column),
        };
        // Where a type swallowed a word of the constraint, there is nothing between.
        let between = self.text.get(before..span.start).unwrap_or("-");
        if between.trim().is_empty() { before..span.end } else { span.clone() }
    }

    /// Adds a column behind the others.
    pub(super) fn add_column(&mut self, definition: &str) -> Result<(), DdlError> {
        self.insert_behind(self.read.columns.len() - 1, definition)
    }

    /// Adds a constraint behind everything else.
    pub(super) fn add_constraint(&mut self, constraint: &str) -> Result<(), DdlError> {
        self.insert_behind(self.elements().len() - 1, constraint)
    }

    /// Removes a column with all that stands in it.
    pub(super) fn drop_column(&mut self, name: &str) -> Result<(), DdlError> {
        let same = |column: &ColumnDefinition| column.name.name.eq_ignore_ascii_case(name);
        match self.read.columns.iter().position(same) {
            Some(index) => self.remove(index),
            None => Ok(()),
        }
    }

    /// Removes a foreign key; whether it was there.
    pub(super) fn drop_foreign_key(&mut self, key: &ForeignKey) -> Result<bool, DdlError> {
        let same = |columns: &[&str], read: &References| {
            let references: Vec<_> = read.columns.iter().map(|it| it.name.as_str()).collect();
            read.table.name.eq_ignore_ascii_case(&key.table.name)
                && same_names(columns, &key.columns)
                && same_names(&references, &key.references)
        };
        let found = self.find(
            key.name.as_deref(),
            |column, kind| match kind {
                ColumnConstraintKind::References(read) => {
                    Some(same(&[column.name.name.as_str()], read))
                }
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::ForeignKey { columns, references } => {
                    let columns: Vec<_> = columns.iter().map(|it| it.name.as_str()).collect();
                    Some(same(&columns, references))
                }
                _ => None,
            },
        );
        self.drop_constraint(found)
    }

    /// Removes a check; whether it was there.
    pub(super) fn drop_check(&mut self, check: &Check) -> Result<bool, DdlError> {
        let Some(text) = check.expression.of("sqlite") else { return Ok(false) };
        let expression = Sql::new(text);
        let same = |span: &Span| Sql::new(&self.text[span.clone()]) == expression;
        let found = self.find(
            check.name.as_deref(),
            |_, kind| match kind {
                ColumnConstraintKind::Check { expression } => Some(same(expression)),
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::Check { expression, .. } => Some(same(expression)),
                _ => None,
            },
        );
        self.drop_constraint(found)
    }

    /// Removes a unique constraint; whether it was there.
    pub(super) fn drop_unique(&mut self, unique: &Unique) -> Result<bool, DdlError> {
        let found = self.find(
            unique.name.as_deref(),
            |column, kind| match kind {
                ColumnConstraintKind::Unique { .. } => {
                    Some(same_names(&[column.name.name.as_str()], &unique.columns))
                }
                _ => None,
            },
            |kind| match kind {
                TableConstraintKind::Unique { columns, .. } => {
                    let names: Vec<_> = columns.iter().map(|it| self.key_name(&it.span)).collect();
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    Some(same_names(&names, &unique.columns))
                }
                _ => None,
            },
        );
        self.drop_constraint(found)
    }

    /// Removes the primary key; whether it was there.
    pub(super) fn drop_primary_key(&mut self) -> Result<bool, DdlError> {
        self.drop_constraint(self.primary_key())
    }

    fn primary_key(&self) -> Option<Place> {
        let in_column = |index: usize, column: &ColumnDefinition| {
            let is =
                |it: &ColumnConstraint| matches!(it.kind, ColumnConstraintKind::PrimaryKey { .. });
            column.constraints.iter().position(is).map(|it| Place::Column(index, it))
        };
        let columns = self.read.columns.iter().enumerate();
        let found = columns.filter_map(|(index, column)| in_column(index, column)).next();
        found.or_else(|| {
            let is =
                |kind: &TableConstraintKind| matches!(kind, TableConstraintKind::PrimaryKey { .. });
            self.read.constraints.iter().position(|it| is(&it.kind)).map(Place::Table)
        })
    }

    /// The name of a key's column: its first token that is one.
    fn key_name(&self, span: &Span) -> String {
        let text = &self.text[span.clone()];
        let read = super::ddl::CreateIndex::parse(&format!("CREATE INDEX i ON t ({text})"));
        match read.as_ref().map(|read| read.columns.first().map(|column| &column.key)) {
            Ok(Some(super::ddl::IndexedKey::Column(name))) => name.name.clone(),
            _ => text.to_owned(),
        }
    }

    /// Says or unsays `AUTOINCREMENT`.
    pub(super) fn set_numbered(&mut self, on: bool) -> Result<(), DdlError> {
        if on == self.is_numbered() {
            return Ok(());
        }
        let Some(place) = self.primary_key() else { return Ok(()) };
        let (span, end) = match place {
            Place::Column(column, index) => {
                let span = self.read.columns[column].constraints[index].span.clone();
                (span.clone(), span.end)
            }
            Place::Table(index) => {
                let TableConstraint { span, kind, .. } = &self.read.constraints[index];
                let columns = match kind {
                    TableConstraintKind::PrimaryKey { columns, .. } => &columns[..],
                    _ => &[],
                };
                (span.clone(), columns.last().map_or(span.end, |last| last.span.end))
            }
        };
        if on {
            return self.splice(vec![(end..end, " AUTOINCREMENT".to_owned())]);
        }
        let all = tokens(&self.text[span.clone()]);
        let Some(at) = all.iter().rposition(|token| token.is("AUTOINCREMENT")) else {
            return Ok(());
        };
        let before = at.checked_sub(1).map_or(all[at].at, |before| all[before].end());
        self.splice(vec![(span.start + before..span.start + all[at].end(), String::new())])
    }

    /// Says or unsays an option of the table.
    pub(super) fn set_option(&mut self, kind: TableOptionKind, on: bool) -> Result<(), DdlError> {
        if on == self.read.has(kind) {
            return Ok(());
        }
        let word = match kind {
            TableOptionKind::Strict => "STRICT",
            TableOptionKind::WithoutRowid => "WITHOUT ROWID",
        };
        let parenthesis = self.close() + 1;
        let edit = match (on, &self.read.options[..]) {
            (true, []) => (parenthesis..parenthesis, format!(" {word}")),
            (true, [.., last]) => (last.span.end..last.span.end, format!(", {word}")),
            (false, options) => {
                let kept: Vec<_> = options.iter().filter(|it| it.kind != kind).collect();
                let end = options.last().map_or(parenthesis, |last| last.span.end);
                let words = kept.iter().map(|it| format!(" {}", &self.text[it.span.clone()]));
                (parenthesis..end, words.collect::<Vec<_>>().join(","))
            }
        };
        self.splice(vec![edit])
    }

    /// The byte of the parenthesis behind the columns and constraints.
    fn close(&self) -> usize {
        let last = self.elements().last().map_or(self.read.body.end, |last| last.end);
        let found = tokens(&self.text[last..]).iter().find(|token| token.is(")")).map(|it| it.at);
        found.map_or(self.read.body.end, |at| last + at)
    }

    /// The constraint of this name, or the unnamed one that `is` what is looked for. The answer
    /// `None` is for those of another kind.
    fn find(
        &self,
        name: Option<&str>,
        in_column: impl Fn(&ColumnDefinition, &ColumnConstraintKind) -> Option<bool>,
        behind: impl Fn(&TableConstraintKind) -> Option<bool>,
    ) -> Option<Place> {
        let fits = |found: Option<&super::ddl::Identifier>, is: Option<bool>| match (name, found) {
            (Some(name), Some(found)) => is.is_some() && found.name.eq_ignore_ascii_case(name),
            (None, None) => is == Some(true),
            _ => false,
        };
        for (index, column) in self.read.columns.iter().enumerate() {
            let position = column
                .constraints
                .iter()
                .position(|it| fits(it.name.as_ref(), in_column(column, &it.kind)));
            if let Some(position) = position {
                return Some(Place::Column(index, position));
            }
        }
        let mut constraints = self.read.constraints.iter();
        constraints.position(|it| fits(it.name.as_ref(), behind(&it.kind))).map(Place::Table)
    }

    fn drop_constraint(&mut self, place: Option<Place>) -> Result<bool, DdlError> {
        match place {
            None => return Ok(false),
            Some(Place::Table(index)) => self.remove(self.read.columns.len() + index)?,
            Some(Place::Column(column, index)) => {
                let found = &self.read.columns[column];
                let mut edits = vec![(self.with_blanks(found, index), String::new())];
                // What says when a foreign key is checked goes with it, even from afar.
                if matches!(found.constraints[index].kind, ColumnConstraintKind::References(_)) {
                    let behind = found.constraints.iter().enumerate().skip(index + 1);
                    let until = behind.take_while(|(_, it)| {
                        !matches!(it.kind, ColumnConstraintKind::References(_))
                    });
                    for (index, constraint) in until {
                        if matches!(constraint.kind, ColumnConstraintKind::Deferrable(_)) {
                            edits.push((self.with_blanks(found, index), String::new()));
                        }
                    }
                }
                self.splice(edits)?;
            }
        }
        Ok(true)
    }

    /// Where the columns and constraints stand.
    fn elements(&self) -> Vec<Span> {
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
    fn remove(&mut self, index: usize) -> Result<(), DdlError> {
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

    /// Puts texts in the places of spans, which do not overlap.
    fn splice(&mut self, mut edits: Vec<(Span, String)>) -> Result<(), DdlError> {
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut text = self.text.clone();
        for (span, with) in edits.iter().rev() {
            text.replace_range(span.clone(), with);
        }
        *self = TableText::new(&text)?;
        Ok(())
    }
}

/// Whether `name` stands in double quotes in a piece of SQL, where it may be a column. When there
/// is none SQLite takes it for a text: <https://sqlite.org/quirks.html#dblquote>.
pub(super) fn quotes(sql: &str, name: &str) -> bool {
    let all = tokens(sql);
    all.iter().enumerate().any(|(index, token)| {
        let before = index.checked_sub(1).map(|before| &all[before]);
        let no_column =
            |it: &Token| [".", "AS", "FROM", "JOIN"].into_iter().any(|word| it.is(word));
        let of_another = before.is_some_and(no_column);
        let of_its_own = all.get(index + 1).is_some_and(|next| next.is("."));
        token.text.starts_with('"')
            && token.name().is_some_and(|it| it.eq_ignore_ascii_case(name))
            && !(of_another || of_its_own)
    })
}

fn behind_type(column: &ColumnDefinition) -> usize {
    column.ty_span.end.max(column.name.span.end)
}

/// How many bytes are left on the line, if they are blanks and comments.
fn rest_of_line(text: &str) -> Option<usize> {
    let line = text.find('\n')?;
    let first = tokens(text).first().map(|token: &Token| token.at);
    // A comment that goes on behind the line is not left there alone.
    let open = text[..line].rfind("/*").is_some_and(|at| !text[at..line].contains("*/"));
    (first.is_none_or(|at| at > line) && !open).then_some(line)
}

/// Whether these are the same names to SQLite, in the same order.
fn same_names(a: &[&str], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

#[cfg(test)]
mod tests;
