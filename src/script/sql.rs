//! Scripts of statements, `<revision>_<slug>.sql`.
//!
//! The head is `-- key: value` comments below the message; a line `-- upgrade` and a line
//! `-- downgrade` begin the sections. A section is carried as it is written: where its statements
//! end only a dialect can say. For the same reason a marker counts wherever its line begins with
//! the two dashes, even inside of a string.

use std::ops::Range;

use chrono::DateTime;

use super::header::{
    Names, check_behaviour, check_ends, check_names, check_revision_id, message_lines,
};
use super::{Entry, Header, Located, Places, Script};
use crate::document::check_dialect;
use crate::error::{Mistake, Mistakes, Source, nearest};
use crate::operation::Operation;
use crate::schema::Sql;

/// The keys of the head, in the order in which they are written.
const KEYS: [&str; 11] = [
    "revision",
    "down_revision",
    "branch_labels",
    "depends_on",
    "replaces",
    "ends",
    "created",
    "limbeck",
    "dialect",
    "transaction",
    "irreversible",
];

/// Reads a script of statements.
///
/// # Errors
/// Everything that is wrong in it.
pub fn parse(source: &Source) -> Result<Script, Mistakes> {
    let mut reader = Reader { source, mistakes: Vec::new() };
    let located = reader.header();
    let [upgrade, downgrade] = reader.sections();
    if !reader.mistakes.is_empty() {
        return Err(Mistakes(reader.mistakes));
    }
    Ok(Script { header: located.header, upgrade, downgrade })
}

/// Reads the head of a script of statements: the comments above its first section.
///
/// # Errors
/// Everything that is wrong in the head.
pub fn header(source: &Source) -> Result<Located, Mistakes> {
    let mut reader = Reader { source, mistakes: Vec::new() };
    let located = reader.header();
    if reader.mistakes.is_empty() { Ok(located) } else { Err(Mistakes(reader.mistakes)) }
}

/// A section of a SQL script is one piece of SQL; this entry is something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// An operation.
    #[error("a SQL script cannot hold `{word}`")]
    Operation {
        /// Its word in the other format.
        word: String,
    },
    /// SQL that is not meant for every dialect.
    #[error("a SQL script cannot hold SQL for some dialects only")]
    Dialects,
}

impl Unwritable {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some("write the revision as operations, in a `.toml` script".to_owned())
    }
}

/// The text of one section.
///
/// # Errors
/// When an entry is anything but SQL for every dialect.
pub fn write_section(entries: &[Entry]) -> Result<String, Unwritable> {
    let mut texts = Vec::new();
    for entry in entries {
        match &entry.operation {
            Operation::Execute(Sql { text: Some(text), dialects })
                if dialects.is_empty() && entry.dialects.is_empty() =>
            {
                texts.push(text.trim());
            }
            Operation::Execute(_) => return Err(Unwritable::Dialects),
            other => return Err(Unwritable::Operation { word: super::toml::word(other) }),
        }
    }
    Ok(texts.join("\n\n"))
}

/// The lines of a message as comments hold them: a line that would be read as a key or as the
/// beginning of a section stands behind a backslash.
pub(super) fn comment_lines(message: &str) -> Vec<String> {
    let escape = |line: String| {
        let comment = format!("-- {line}");
        if key(&comment).is_some_and(|(key, _)| KEYS.contains(&key))
            || marker(&comment).is_some()
            || line.starts_with('\\')
        {
            format!("\\{line}")
        } else {
            line
        }
    };
    message_lines(message).into_iter().map(escape).collect()
}

/// A value of the head as its line can hold it.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Which section a line begins: 0 the upgrade, 1 the downgrade.
fn marker(line: &str) -> Option<usize> {
    let word = line.strip_prefix("--")?.trim();
    ["upgrade", "downgrade"].iter().position(|name| word.eq_ignore_ascii_case(name))
}

/// The key of a line of the head, and the bytes of its value.
fn key(line: &str) -> Option<(&str, Range<usize>)> {
    let rest = line.strip_prefix("--")?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let (key, value) = rest.split_once(':')?;
    let word = |c: char| c.is_ascii_lowercase() || c == '_';
    if key.is_empty() || !key.chars().all(word) {
        return None;
    }
    let start = line.len() - value.trim_start().len();
    Some((key, start..start.max(line.trim_end().len())))
}

/// Whether a line can stand in the head: a comment or nothing.
fn is_head(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with("--")
}

/// How many bytes of `text` the head takes; `None` when it may go on behind the text.
pub(super) fn head_end(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = if at == 0 { without_mark(line) } else { line };
        let complete = line.ends_with('\n');
        if complete && (marker(bare).is_some() || !is_head(bare)) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A line without the byte order mark that may begin a file.
fn without_mark(line: &str) -> &str {
    line.strip_prefix('\u{feff}').unwrap_or(line)
}

/// Whether there is nothing to run: only blanks and comments. What MySQL runs inside of a comment
/// (`/*! ... */`) is something, and so is a comment that is never closed.
fn is_nothing(text: &str) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let behind = if rest.starts_with("--") {
            rest.find('\n').map_or("", |end| &rest[end..])
        } else if rest.starts_with("/*") && !rest.starts_with("/*!") && !rest.starts_with("/*M!") {
            match rest.find("*/") {
                Some(end) if end >= 2 => &rest[end + 2..],
                _ => return false,
            }
        } else {
            return false;
        };
        rest = behind.trim_start();
    }
    true
}

struct Reader<'a> {
    source: &'a Source,
    mistakes: Vec<Mistake>,
}

/// A line of the head that holds a key.
struct Field<'a> {
    key: &'a str,
    /// The bytes of the line.
    line: Range<usize>,
    value: &'a str,
    /// The bytes of the value.
    span: Range<usize>,
}

impl<'a> Reader<'a> {
    fn mistake(&mut self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) {
        self.mistakes.push(Mistake::new(message, self.source.place(span)).hint(hint));
    }

    /// The lines of the file without their ends, each with its first byte.
    fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let mut at = 0;
        self.source.text.split_inclusive('\n').map(move |line| {
            let bare = if at == 0 { without_mark(line) } else { line };
            let start = at + line.len() - bare.len();
            at += line.len();
            (start, bare.trim_end_matches(['\n', '\r']))
        })
    }

    fn header(&mut self) -> Located {
        let mut message = Vec::new();
        let mut fields: Vec<Field> = Vec::new();
        let head = self.lines().take_while(|(_, line)| is_head(line) && marker(line).is_none());
        for (start, line) in head.collect::<Vec<_>>() {
            match key(line) {
                Some((key, value)) if KEYS.contains(&key) => {
                    if fields.iter().any(|field| field.key == key) {
                        let hint = "keep one of them".to_owned();
                        let span = start..start + line.len();
                        self.mistake(span, format!("`{key}` is given twice"), Some(hint));
                    }
                    fields.push(Field {
                        key,
                        line: start..start + line.len(),
                        value: &line[value.clone()],
                        span: start + value.start..start + value.end,
                    });
                }
                Some((key, _)) if !fields.is_empty() && nearest(key, KEYS).is_some() => {
                    let near = nearest(key, KEYS).unwrap_or_default();
                    let span = start..start + line.len();
                    let message = format!("the head of a script has no key `{key}`");
                    self.mistake(span, message, Some(format!("did you mean `{near}`?")));
                }
                _ if fields.is_empty() => {
                    if let Some(comment) = line.strip_prefix("--") {
                        let text = comment.strip_prefix(' ').unwrap_or(comment);
                        message.push(text.strip_prefix('\\').unwrap_or(text));
                    }
                }
                _ => {}
            }
        }
        let mut located = Located {
            header: Header {
                message: message_lines(&message.join("\n")).join("\n"),
                ..Header::default()
            },
            source: self.source.clone(),
            places: Places::default(),
            whole: None,
        };
        for field in &fields {
            self.field(field, &mut located);
        }
        check_ends(&located.header, &located.places, |span, message, hint| {
            self.mistake(span, message, hint);
        });
        for (key, example) in [("revision", "e517276bb1c2"), ("down_revision", "")] {
            if !fields.iter().any(|field| field.key == key) {
                let first = self.lines().next().map_or(0..0, |(at, line)| at..at + line.len());
                let hint = match key {
                    "revision" => format!("add a line `-- {key}: {example}`"),
                    _ => "add a line `-- down_revision:` with the parents; none behind it for the \
                          first revision"
                        .to_owned(),
                };
                self.mistake(first, format!("the script lacks `{key}`"), Some(hint));
            }
        }
        located
    }

    fn field(&mut self, field: &Field, located: &mut Located) {
        let (header, places) = (&mut located.header, &mut located.places);
        match field.key {
            "revision" => {
                if let Err(error) = check_revision_id(field.value) {
                    let span = if field.span.is_empty() { &field.line } else { &field.span };
                    self.mistake(span.clone(), error.to_string(), error.hint());
                }
                header.revision = field.value.to_owned();
                places.revision = field.span.clone();
            }
            "down_revision" => {
                places.parents = field.span.clone();
                (header.down_revision, places.down_revision) = self.names(field, &Names::Parents);
            }
            "branch_labels" => {
                (header.branch_labels, places.branch_labels) = self.names(field, &Names::Labels);
            }
            "depends_on" => {
                (header.depends_on, places.depends_on) = self.names(field, &Names::Dependencies);
            }
            "replaces" => {
                (header.replaces, places.replaces) = self.names(field, &Names::Replaced);
            }
            "ends" => (header.ends, places.ends) = self.names(field, &Names::Replaced),
            _ => self.setting(field, header),
        }
    }

    /// A key that is no name of a revision. Nothing behind it is as if it were not there.
    fn setting(&mut self, field: &Field, header: &mut Header) {
        let (value, span) = (field.value, field.span.clone());
        if value.is_empty() {
            return;
        }
        match field.key {
            "created" => match DateTime::parse_from_rfc3339(value) {
                Ok(created) => header.created = Some(created),
                Err(_) => {
                    let hint = "write it like `2026-11-20T10:14:03Z`".to_owned();
                    let message = "`created` must be a date and time with its offset";
                    self.mistake(span, message, Some(hint));
                }
            },
            "limbeck" => match value.parse().map(check_behaviour) {
                Ok(Ok(behaviour)) => header.behaviour = Some(behaviour),
                Ok(Err((message, hint))) => self.mistake(span, message, Some(hint)),
                Err(_) => self.mistake(span, "`limbeck` must be an integer", None),
            },
            "dialect" => {
                self.mistakes.extend(check_dialect(value, self.source.place(span)));
                header.dialect = Some(value.to_owned());
            }
            "transaction" => match value {
                "true" => {}
                "false" => header.no_transaction = true,
                _ => self.mistake(span, "`transaction` must be true or false", None),
            },
            _ => header.irreversible = Some(value.to_owned()),
        }
    }

    /// Names between commas.
    fn names(&mut self, field: &Field, rule: &Names) -> (Vec<String>, Vec<Range<usize>>) {
        if field.value.is_empty() {
            return Default::default();
        }
        let mut at = field.span.start;
        let mut names = Vec::new();
        for part in field.value.split(',') {
            let start = at + part.len() - part.trim_start().len();
            let name = part.trim();
            names.push((name.to_owned(), start..start + name.len()));
            at += part.len() + 1;
        }
        check_names(&names, rule, |span, message, hint| self.mistake(span, message, hint));
        names.into_iter().unzip()
    }

    fn sections(&mut self) -> [Vec<Entry>; 2] {
        let mut bodies: [Option<Range<usize>>; 2] = [None, None];
        let mut current = None;
        let mut in_head = true;
        for (start, line) in self.lines() {
            if let Some(section) = marker(line) {
                if bodies[section].is_some() {
                    let name = ["upgrade", "downgrade"][section];
                    let span = start..start + line.len();
                    let hint = "put all of it under the first one; in a string, indent the line";
                    let message = format!("a second section `-- {name}`");
                    self.mistake(span, message, Some(hint.to_owned()));
                }
                in_head = false;
                current = Some(section);
                let body = (start + line.len()).min(self.source.text.len());
                bodies[section] = Some(body..body);
            } else if let Some(body) = current.and_then(|section| bodies[section].as_mut()) {
                body.end = start + line.len();
            } else if in_head && !is_head(line) {
                in_head = false;
                let span = start..start + line.len();
                let hint = "put a line `-- upgrade` above it".to_owned();
                self.mistake(span, "SQL stands above the first section", Some(hint));
            }
        }
        bodies.map(|body| {
            let text = body.map_or("", |body| self.source.text[body].trim());
            if is_nothing(text) {
                return Vec::new();
            }
            vec![Operation::Execute(Sql::new(text)).into()]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::tests::shown;

    const HEAD: &str = "-- revision: a1\n-- down_revision:\n";

    fn source(text: &str) -> Source {
        Source::new("a.sql", text)
    }

    fn statements(entries: &[Entry]) -> Vec<&str> {
        entries
            .iter()
            .map(|entry| match &entry.operation {
                Operation::Execute(sql) => sql.text.as_deref().unwrap(),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_whole_script() {
        let text = "\u{feff}-- users table\r\n--   two\r\n--\r\n-- \\upgrade\r\n--revision:a1\r\n\
                    -- down_revision: b1,  c.1\r\n\r\n-- branch_labels: web\r\n-- depends_on: other\r\n\
                    -- replaces: x1, x2\r\n-- ends: x1\r\n\
                    -- author: me\r\n-- TODO: nothing\r\n-- created: 2026-11-20T10:14:03+01:00\r\n\
                    -- limbeck: 1\r\n-- dialect: mysql\r\n-- transaction: false\r\n\
                    -- irreversible: it: is so \r\n--UPGRADE  \r\n\r\n-- first\r\nSELECT '\r\n -- \
                    upgrade\r\n';\r\n\r\n-- downgrade\r\n/* nothing\r\n to do */ -- at all";
        let script = parse(&source(text)).unwrap();
        assert_eq!(
            script.header,
            Header {
                message: "users table\n  two\n\nupgrade".to_owned(),
                revision: "a1".to_owned(),
                down_revision: vec!["b1".to_owned(), "c.1".to_owned()],
                branch_labels: vec!["web".to_owned()],
                depends_on: vec!["other".to_owned()],
                replaces: vec!["x1".to_owned(), "x2".to_owned()],
                ends: vec!["x1".to_owned()],
                created: Some("2026-11-20T10:14:03+01:00".parse().unwrap()),
                behaviour: Some(1),
                dialect: Some("mysql".to_owned()),
                no_transaction: true,
                irreversible: Some("it: is so".to_owned()),
            }
        );
        assert_eq!(statements(&script.upgrade), ["-- first\r\nSELECT '\r\n -- upgrade\r\n';"]);
        assert_eq!(script.downgrade, []);
        let located = header(&source(text)).unwrap();
        let places = located.places.down_revision.iter().map(|span| &text[span.clone()]);
        assert_eq!(places.collect::<Vec<_>>(), ["b1", "c.1"]);
        assert_eq!(&text[located.places.revision], "a1");
    }

    #[test]
    fn sections_with_nothing_to_run() {
        for nothing in ["", "  \n", "-- why\n/* a\n*/ --", "/**/"] {
            let text = format!("{HEAD}-- downgrade\n-- upgrade\n{nothing}");
            assert_eq!(parse(&source(&text)).unwrap().upgrade, [], "{nothing}");
        }
        for something in
            [";", "/*!40101 SET x = 1 */", "/*M! x */", "/* open", "/*/", "- -", "SELECT 1"]
        {
            let text = format!("{HEAD}-- upgrade\n{something}\n");
            assert_eq!(statements(&parse(&source(&text)).unwrap().upgrade), [something]);
        }
    }

    #[test]
    fn mistakes_of_the_head() {
        for (text, expected) in [
            (
                "",
                vec![
                    "1:1 : the script lacks `revision` (add a line `-- revision: e517276bb1c2`)",
                    "1:1 : the script lacks `down_revision` (add a line `-- down_revision:` with \
                     the parents; none behind it for the first revision)",
                ],
            ),
            (
                "-- revision:\n-- down_revision: a b, head, x, x,\n-- branch_labels: a@b\n\
                 -- depend_on: x\n-- down_revision: y\n",
                vec![
                    "4:1 -- depend_on: x: the head of a script has no key `depend_on` (did you \
                     mean `depends_on`?)",
                    "5:1 -- down_revision: y: `down_revision` is given twice (keep one of them)",
                    "1:1 -- revision:: a revision id cannot be empty (no hint)",
                    "2:19 a b: `a b` cannot be a revision id, it holds a blank (letters, digits, \
                     `_` and `.` are safe everywhere)",
                    "2:24 head: `head` cannot be a revision id, it means something on the command \
                     line (choose another word)",
                    "2:33 x: `x` is named twice (name it once)",
                    "2:35 : a revision id cannot be empty (a revision without a parent says \
                     `down_revision = []`)",
                    "3:19 a@b: `a@b` cannot be a branch label, it holds `@` (letters, digits, `_` \
                     and `.` are safe everywhere)",
                ],
            ),
            (
                "-- revision: a\n-- down_revision:\n-- created: today\n-- limbeck: 0\n\
                 -- dialect: sqllite\n-- transaction: off\n-- irreversible:\n",
                vec![
                    "3:13 today: `created` must be a date and time with its offset (write it like \
                     `2026-11-20T10:14:03Z`)",
                    "4:13 0: `0` is no behaviour (it is a number that the tool writes; leave it as \
                     it was)",
                    "5:13 sqllite: there is no dialect `sqllite` (did you mean `sqlite`?)",
                    "6:17 off: `transaction` must be true or false (no hint)",
                ],
            ),
        ] {
            assert_eq!(shown(parse(&source(text))), expected);
            assert_eq!(shown(header(&source(text))), expected);
        }
    }

    #[test]
    fn mistakes_of_sections() {
        assert_eq!(
            shown(parse(&source(&format!("{HEAD}SELECT 1;\n-- upgrade\n-- Upgrade\n")))),
            [
                "3:1 SELECT 1;: SQL stands above the first section (put a line `-- upgrade` above \
                 it)",
                "5:1 -- Upgrade: a second section `-- upgrade` (put all of it under the first one; \
                 in a string, indent the line)",
            ]
        );
    }

    #[test]
    fn operations_are_not_for_sql() {
        let error = |entry: Entry| write_section(&[entry]).unwrap_err().to_string();
        let schema = crate::schema::Namespace { name: "a".to_owned() };
        let create = Operation::Create(crate::schema::Object::Namespace(schema));
        assert_eq!(error(create.into()), "a SQL script cannot hold `create_schema`");
        let dialects = [("mysql".to_owned(), "SELECT 1".to_owned())].into();
        let some = Operation::Execute(Sql { text: None, dialects });
        assert_eq!(error(some.into()), "a SQL script cannot hold SQL for some dialects only");
    }
}
