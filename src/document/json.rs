//! From text to the same document, written as JSON.

use std::collections::HashMap;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeString, DeTable, DeValue};
use jsonc_parser::ast::{Object, ObjectPropName, Value};
use jsonc_parser::common::Range;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::error::{Mistake, Source};

/// JSON and nothing beside it: what only its relatives have is a mistake.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a JSON object as the table of the same keys and values, each with its place. A key whose
/// value is null is as if it were not there, since TOML has no null.
///
/// # Errors
/// When the text is not JSON, or no object.
pub(crate) fn parse_json(source: &Source) -> Result<DeTable<'_>, Vec<Mistake>> {
    let read = match parse_to_ast(&source.text, &CollectOptions::default(), &STRICT) {
        Ok(read) => read,
        Err(error) => {
            let Range { start, end } = error.range();
            let (message, hint) = in_words(error.kind());
            return Err(vec![Mistake::new(message, source.place(start..end)).hint(hint)]);
        }
    };
    let mut tree = Tree { source, mistakes: Vec::new() };
    let table = match read.value {
        Some(Value::Object(object)) => tree.table(object),
        value => {
            let found = value.as_ref().map_or("nothing", word);
            let at = value.map_or(Range::new(0, 0), |value| range(&value));
            tree.mistake(
                at,
                format!("the document must be an object, not {found}"),
                "write `{ \"User\": { \"columns\": { \"id\": \"integer\" } } }`".to_owned(),
            );
            DeTable::new()
        }
    };
    match tree.mistakes.is_empty() {
        true => Ok(table),
        false => Err(tree.mistakes),
    }
}

/// The parser's mistake and what to do about it.
fn in_words(kind: &ParseErrorKind) -> (String, String) {
    let hint = match kind {
        ParseErrorKind::CommentsNotAllowed => "JSON has no comments: leave it out",
        ParseErrorKind::TrailingCommasNotAllowed => "leave the last comma out",
        ParseErrorKind::SingleQuotedStringsNotAllowed
        | ParseErrorKind::ExpectedStringObjectProperty
        | ParseErrorKind::UnexpectedWord => "a string stands in double quotes: `\"...\"`",
        ParseErrorKind::NestingDepthExceeded => "no model needs this many levels",
        ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject => {
            "the caret shows where it begins; the text ends before it does"
        }
        _ => "see https://json.org for how JSON is written",
    };
    let message = kind.to_string();
    let (first, rest) = message.split_at(message.chars().next().map_or(0, char::len_utf8));
    (first.to_lowercase() + rest, hint.to_owned())
}

/// What becomes of a tree of JSON.
struct Tree<'s> {
    source: &'s Source,
    mistakes: Vec<Mistake>,
}

impl<'s> Tree<'s> {
    fn mistake(&mut self, at: Range, message: String, hint: String) {
        let place = self.source.place(at.start..at.end);
        self.mistakes.push(Mistake::new(message, place).hint(hint));
    }

    fn table(&mut self, object: Object<'s>) -> DeTable<'s> {
        let mut table = DeTable::new();
        let mut seen = HashMap::with_capacity(object.properties.len());
        for property in object.properties {
            let (name, at) = match property.name {
                ObjectPropName::String(name) => (name.value, name.range),
                ObjectPropName::Word(name) => (name.value.into(), name.range),
            };
            if let Some(first) = seen.insert(name.clone(), at) {
                let line = self.source.place(first.start..first.end).line();
                let message = format!("`{name}` is declared twice; first at {line}");
                self.mistake(at, message, "keep one of the two".to_owned());
                continue;
            }
            if let Some(value) = self.value(property.value) {
                table.insert(Spanned::<DeString>::new(at.start..at.end, name), value);
            }
        }
        table
    }

    /// `None` is null.
    fn value(&mut self, value: Value<'s>) -> Option<Spanned<DeValue<'s>>> {
        let Range { start, end } = range(&value);
        let read = match value {
            Value::StringLit(text) => DeValue::String(text.value),
            Value::NumberLit(number) => self.number(number.value, number.range),
            Value::BooleanLit(it) => DeValue::Boolean(it.value),
            Value::Object(object) => DeValue::Table(self.table(object)),
            Value::Array(array) => {
                let mut items = DeArray::new();
                for element in array.elements {
                    let at = range(&element);
                    match self.value(element) {
                        Some(item) => items.push(item),
                        None => {
                            let hint = "leave it out".to_owned();
                            self.mistake(at, "a list has no place for null".to_owned(), hint);
                        }
                    }
                }
                DeValue::Array(items)
            }
            Value::NullKeyword(_) => return None,
        };
        Some(Spanned::new(start..end, read))
    }

    /// TOML writes every number as JSON does.
    fn number(&mut self, text: &'s str, at: Range) -> DeValue<'s> {
        match DeValue::parse(text) {
            Ok(number) => number.into_inner(),
            Err(error) => {
                let hint = "see https://json.org for how JSON is written".to_owned();
                self.mistake(at, format!("`{text}` is no number: {}", error.message()), hint);
                DeValue::Boolean(false)
            }
        }
    }
}

fn range(value: &Value) -> Range {
    match value {
        Value::StringLit(it) => it.range,
        Value::NumberLit(it) => it.range,
        Value::BooleanLit(it) => it.range,
        Value::Object(it) => it.range,
        Value::Array(it) => it.range,
        Value::NullKeyword(it) => it.range,
    }
}

/// The kind of a value with its article.
fn word(value: &Value) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "a boolean",
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        Value::NullKeyword(_) => "null",
    }
}
