//! Reading a TOML document that a person wrote: values come out, mistakes are collected with
//! their places. Configuration and scripts read through [`Reader`]; models, which see a whole
//! file before they judge it, only through [`parse`], or [`parse_json`] for the same document as
//! JSON.

mod json;
mod syntax;

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use crate::error::{Mistake, Mistakes, Place, Source, list, nearest};
use crate::schema::Sql;

pub(crate) use json::parse_json;
pub(crate) use syntax::parse;

/// A value of the document.
pub(crate) type Item<'d> = Spanned<DeValue<'d>>;

/// Collects the mistakes of one document.
pub(crate) struct Reader<'s> {
    source: &'s Source,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s Source) -> Reader<'s> {
        Reader { source, mistakes: RefCell::default() }
    }

    pub(crate) fn source(&self) -> &'s Source {
        self.source
    }

    /// Parses the text as TOML. When it is none, the mistakes say where, and `None` comes back.
    pub(crate) fn document(&self) -> Option<DeTable<'s>> {
        match parse(self.source) {
            Ok(table) => Some(table),
            Err(mistakes) => {
                self.mistakes.borrow_mut().extend(mistakes);
                None
            }
        }
    }

    /// The place of `span` in the document.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        self.source.place(span)
    }

    /// Notes something wrong.
    pub(crate) fn mistake(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.add(Mistake::new(message, self.source.place(span)).hint(hint));
    }

    /// Notes something wrong.
    pub(crate) fn add(&self, mistake: Mistake) {
        self.mistakes.borrow_mut().push(mistake);
    }

    /// `value` when nothing was wrong. A value that is not there has had its mistake noted.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Mistakes> {
        let mut mistakes = self.mistakes.into_inner();
        match value {
            Some(value) if mistakes.is_empty() => Ok(value),
            _ => {
                mistakes.sort_by_key(|it| it.place.as_ref().map_or(0, |place| place.span.start));
                Err(Mistakes(mistakes))
            }
        }
    }

    /// Notes that `item` should have been something else.
    pub(crate) fn wrong_type(&self, item: &Item, what: impl fmt::Display, expected: &str) {
        let hint = self.unquoted(item, expected);
        self.wrong_type_with(item, what, expected, hint);
    }

    /// What to do about quotes around a value that takes none, or none around a text.
    fn unquoted(&self, item: &Item, expected: &str) -> Option<String> {
        let written = || self.source.text.get(item.span());
        match item.get_ref() {
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
                if expected.starts_with("a string") =>
            {
                written().map(|text| format!("a string stands in quotes: `\"{text}\"`"))
            }
            DeValue::String(text) if expected == "an integer" => {
                let number = text.parse::<i64>().ok()?;
                Some(format!("a number stands without quotes: `{number}`"))
            }
            DeValue::String(text) if expected == "true or false" => {
                let word = text.parse::<bool>().ok()?;
                Some(format!("it stands without quotes: `{word}`"))
            }
            DeValue::String(text) if expected == "a date and time" => {
                let time = text.parse::<::toml::value::Datetime>().ok()?;
                Some(format!("it stands without quotes: `{time}`"))
            }
            _ => None,
        }
    }

    fn wrong_type_with(
        &self,
        item: &Item,
        what: impl fmt::Display,
        expected: &str,
        hint: Option<String>,
    ) {
        let found = match item.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.mistake(item.span(), format!("{what} must be {expected}, not {found}"), hint);
    }

    pub(crate) fn text(&self, item: &Item, what: impl fmt::Display) -> Option<String> {
        let text = item.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(item, what, "a string");
        }
        text
    }

    /// A text that reads as `T`: a name, a type.
    pub(crate) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        item: &Item,
        what: impl fmt::Display,
        hint: impl Fn(&T::Err) -> Option<String>,
    ) -> Option<T> {
        match self.text(item, what)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.mistake(item.span(), error.to_string(), hint(&error));
                None
            }
        }
    }

    pub(crate) fn boolean(&self, item: &Item, what: impl fmt::Display) -> Option<bool> {
        let boolean = item.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_type(item, what, "true or false");
        }
        boolean
    }

    pub(crate) fn integer(&self, item: &Item, what: impl fmt::Display) -> Option<i64> {
        let Some(integer) = item.get_ref().as_integer() else {
            self.wrong_type(item, what, "an integer");
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        if number.is_none() {
            let hint = "a number this long can stand as text: in quotes".to_owned();
            self.mistake(item.span(), format!("{what} is out of range"), Some(hint));
        }
        number
    }

    pub(crate) fn array<'i, 'd>(
        &self,
        item: &'i Item<'d>,
        what: impl fmt::Display,
    ) -> Option<&'i [Item<'d>]> {
        let array = item.get_ref().as_array();
        if array.is_none() {
            let text = item.get_ref().as_str().map(|it| ::toml::Value::String(it.to_owned()));
            let hint = text.map(|it| format!("one alone stands in brackets, too: `[{it}]`"));
            self.wrong_type_with(item, what, "an array", hint);
        }
        array.map(|array| &array[..])
    }

    /// The texts of an array, with their places.
    pub(crate) fn texts(
        &self,
        item: &Item,
        what: impl fmt::Display,
    ) -> Option<Vec<(String, Range<usize>)>> {
        let texts = self.array(item, &what)?.iter();
        let inner = format_args!("each of {what}");
        texts.map(|item| Some((self.text(item, inner)?, item.span()))).collect()
    }

    /// A piece of SQL: one text, or a table with a text for each dialect.
    pub(crate) fn sql(&self, item: &Item, what: impl fmt::Display) -> Option<Sql> {
        match item.get_ref() {
            DeValue::String(text) => Some(Sql::new(text.as_ref())),
            DeValue::Table(table) => {
                let mut sql = Sql::default();
                for (key, value) in table {
                    let name = key.get_ref().as_ref();
                    let text = self.text(value, format_args!("`{name}` of {what}"));
                    if name == "default" {
                        sql.text = text;
                    } else if self.is_dialect(name, key.span()) {
                        sql.dialects.extend(text.map(|text| (name.to_owned(), text)));
                    }
                }
                if table.is_empty() {
                    let hint =
                        "name a dialect or `default`: `{ sqlite = \"...\", default = \"...\" }`";
                    self.mistake(item.span(), format!("{what} is empty"), Some(hint.to_owned()));
                }
                Some(sql)
            }
            _ => {
                self.wrong_type(item, what, "SQL, or a table with SQL for each dialect");
                None
            }
        }
    }

    /// Whether there is a dialect of that name.
    pub(crate) fn is_dialect(&self, name: &str, span: Range<usize>) -> bool {
        let mistake = check_dialect(name, self.source.place(span));
        let known = mistake.is_none();
        self.mistakes.borrow_mut().extend(mistake);
        known
    }

    /// The fields of a table that is a value, or `None` when it is none.
    pub(crate) fn fields<'r, 'd>(
        &'r self,
        item: &'r Item<'d>,
        what: impl fmt::Display,
    ) -> Option<Fields<'r, 's, 'd>> {
        match item.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self, table, item.span(), what)),
            _ => {
                self.wrong_type(item, what, "a table");
                None
            }
        }
    }
}

/// The fields of one table. Each key that is asked for is known from then on; what nobody asked
/// for is a mistake at the end.
pub(crate) struct Fields<'r, 's, 'd> {
    pub(crate) reader: &'r Reader<'s>,
    /// What the table is, for messages: `` `create_table` ``, `a column`.
    pub(crate) what: String,
    /// Where a missing key is shown.
    pub(crate) span: Range<usize>,
    table: &'r DeTable<'d>,
    known: RefCell<Vec<&'static str>>,
}

impl<'r, 's, 'd> Fields<'r, 's, 'd> {
    pub(crate) fn new(
        reader: &'r Reader<'s>,
        table: &'r DeTable<'d>,
        span: Range<usize>,
        what: impl fmt::Display,
    ) -> Fields<'r, 's, 'd> {
        Fields {
            reader,
            what: what.to_string(),
            span,
            table,
            known: RefCell::new(Vec::with_capacity(12)),
        }
    }

    pub(crate) fn get(&self, key: &'static str) -> Option<&'r Item<'d>> {
        let mut known = self.known.borrow_mut();
        if !known.contains(&key) {
            known.push(key);
        }
        self.table.get(key)
    }

    /// The value of a key that must be there; `example` says how it is written.
    pub(crate) fn required(&self, key: &'static str, example: &str) -> Option<&'r Item<'d>> {
        let item = self.get(key);
        if item.is_none() {
            let hint = format!("add `{key} = {example}`");
            self.reader.mistake(
                self.span.clone(),
                format!("{} lacks `{key}`", self.what),
                Some(hint),
            );
        }
        item
    }

    /// How messages call the value of `key`.
    pub(crate) fn name<'n>(&'n self, key: &'n str) -> Named<'n> {
        Named { key, of: &self.what }
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.reader.text(self.get(key)?, self.name(key))
    }

    /// `false` when the key is not there.
    pub(crate) fn boolean(&self, key: &'static str) -> Option<bool> {
        match self.get(key) {
            Some(item) => self.reader.boolean(item, self.name(key)),
            None => Some(false),
        }
    }

    pub(crate) fn integer(&self, key: &'static str) -> Option<i64> {
        self.reader.integer(self.get(key)?, self.name(key))
    }

    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<String>> {
        let texts = self.reader.texts(self.get(key)?, self.name(key))?;
        Some(texts.into_iter().map(|(text, _)| text).collect())
    }

    pub(crate) fn sql(&self, key: &'static str) -> Option<Sql> {
        self.reader.sql(self.get(key)?, self.name(key))
    }

    pub(crate) fn required_sql(&self, key: &'static str, example: &str) -> Option<Sql> {
        self.reader.sql(self.required(key, example)?, self.name(key))
    }

    /// What `read` makes of each value of an array; nothing when the key is not there.
    pub(crate) fn list<T>(
        &self,
        key: &'static str,
        read: impl FnMut(&'r Item<'d>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(item) = self.get(key) else { return Some(Vec::new()) };
        let items = self.reader.array(item, self.name(key))?;
        // Every element is read, so that every mistake is found.
        let values: Vec<Option<T>> = items.iter().map(read).collect();
        values.into_iter().collect()
    }

    /// Every key with its value.
    pub(crate) fn entries(
        &self,
    ) -> impl Iterator<Item = (&'r Spanned<::toml::de::DeString<'d>>, &'r Item<'d>)> {
        self.table.iter()
    }

    /// The keys that were asked for.
    pub(crate) fn known(&self) -> Vec<&'static str> {
        self.known.borrow().clone()
    }

    /// The keys that nobody asked for are mistakes.
    pub(crate) fn finish(self) {
        self.finish_beside(&[], "");
    }

    /// As [`Fields::finish`]; a key of the `section` with the keys `others` stands at the wrong
    /// place.
    pub(crate) fn finish_beside(self, others: &[&str], section: &str) {
        let known = self.known.into_inner();
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let hint = match nearest(name, known.iter().copied()) {
                _ if others.contains(&name) => format!("its place is under {section}"),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", list(&known, "and")),
            };
            let message = format!("{} has no key `{}`", self.what, printable(name));
            self.reader.mistake(key.span(), message, Some(hint));
        }
    }
}

/// A value as messages call it. Few values are wrong, so that its words are not put together
/// before a message needs them.
#[derive(Clone, Copy)]
pub(crate) struct Named<'n> {
    key: &'n str,
    of: &'n str,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The operation of an entry is one of its keys.
        match self.of.trim_matches('`') == self.key {
            true => f.write_str(self.of),
            false => write!(f, "`{}` of {}", self.key, self.of),
        }
    }
}

/// What is wrong with `name`, which should be a dialect's.
pub(crate) fn check_dialect(name: &str, place: Place) -> Option<Mistake> {
    let names = crate::dialect::NAMES;
    if names.contains(&name) {
        return None;
    }
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", list(names, "and")),
    };
    Some(Mistake::new(format!("there is no dialect `{name}`"), place).hint(hint))
}

/// A word of the file for a message: control characters would move the cursor of the terminal.
pub(crate) fn printable(word: &str) -> String {
    word.replace(char::is_control, "\u{fffd}")
}
