//! The sections beside the models: views, enums, sequences and the like.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::column::SEQUENCE_KEYS;
use super::reader::{Fields, Reader, Span, Value, toml_key};
use crate::dialect;
use crate::error::Place;
use crate::schema::{
    Definition, Enum, Extension, Function, KindError, Name, Namespace, Object, Options, Sequence,
    Sql, Trigger, Type, View,
};

/// The sections, in the order in which their objects are created.
pub(in crate::models) const SECTIONS: [&str; 9] = [
    "schemas",
    "extensions",
    "enums",
    "sequences",
    "functions",
    "views",
    "materialized_views",
    "triggers",
    "objects",
];

/// An object as its file says it.
pub(super) struct Declaration {
    /// The object.
    pub(super) object: Object,
    /// Where it is declared.
    pub(super) place: Place,
    /// The only dialects that have it; `None` is all.
    pub(super) dialects: Option<Vec<String>>,
    /// Where the table is named that it belongs to.
    pub(super) table: Option<Span>,
}

impl Reader<'_> {
    /// The objects of a section.
    pub(super) fn section(&mut self, section: &str, value: &Value) -> Vec<Declaration> {
        let DeValue::Table(table) = value.get_ref() else {
            let message = format!("section `{section}` must be a table");
            let hint = format!("write `[{section}.name]`; a model needs another name than this");
            self.mistake(value.span(), message, hint);
            return Vec::new();
        };
        let declare = |(key, value): (&Spanned<_>, _)| self.object(section, key, value);
        table.iter().filter_map(declare).collect()
    }

    fn object(
        &mut self,
        section: &str,
        key: &Spanned<impl AsRef<str>>,
        value: &Value,
    ) -> Option<Declaration> {
        let name = key.get_ref().as_ref();
        let at = key.span();
        self.storable(name, at.clone())?;
        if name.is_empty() {
            let message = format!("an object without a name in `{section}`");
            self.mistake(at, message, "name it".to_owned());
            return None;
        }
        if let ("enums", DeValue::Array(_)) = (section, value.get_ref()) {
            let of = format!("enum `{name}`");
            let values = self.texts_value("section `enums`", name, value)?;
            let values = self.enum_values(&of, values, value.span())?;
            let object = Object::Enum(Enum { name: Name::new(name), values });
            let place = self.source.place(at);
            return Some(Declaration { object, place, dialects: None, table: None });
        }
        let (word, keys, options, form) = kind(section);
        let form = format!("[{section}.{}]` with `{form}", toml_key(name));
        let of = format!("{word} `{name}`");
        let common: &[&str] =
            if schemaless(section) { &["dialects"] } else { &["dialects", "schema"] };
        let dialects: &[&str] = if options { &dialect::NAMES } else { &[] };
        let fields = self.fields(of, at.clone(), value, &[keys, common, dialects], &form)?;
        let only = self.only_dialects(&fields);
        let table = fields.value("table").map(Spanned::span);
        let object = self.read(section, name, &fields)?;
        Some(Declaration { object, place: self.source.place(at), dialects: only, table })
    }

    fn read(&mut self, section: &str, key: &str, fields: &Fields) -> Option<Object> {
        if section == "schemas" {
            return Some(Object::Namespace(Namespace { name: key.to_owned() }));
        }
        let schema = self.name(fields, "schema").map(Spanned::into_inner);
        if section == "extensions" {
            let version = self.name(fields, "version").map(Spanned::into_inner);
            return Some(Object::Extension(Extension { name: key.to_owned(), schema, version }));
        }
        // Several may share a name.
        let own = match self::kind(section).1.contains(&"name") {
            true => self.name(fields, "name").map(Spanned::into_inner),
            false => None,
        };
        let name = Name { schema, name: own.unwrap_or_else(|| key.to_owned()) };
        Some(match section {
            "enums" => {
                if fields.value("values").is_none() {
                    self.missing(fields, "values", "values = [\"a\", \"b\"]");
                }
                let at = fields.value("values")?.span();
                let values = self.texts(fields, "values")?;
                let values = self.enum_values(&fields.of, values, at)?;
                Object::Enum(Enum { name, values })
            }
            "sequences" => {
                let ty = self.number_type(fields);
                Object::Sequence(Sequence { name, ty, options: self.sequence_options(fields) })
            }
            "functions" => {
                let arguments = self.text(fields, "arguments").map(Spanned::into_inner);
                let definition = self.definition(fields)?;
                let arguments = arguments.unwrap_or_default();
                Object::Function(Function { name, arguments, definition })
            }
            "triggers" => {
                let table = self.watched(fields);
                let definition = self.definition(fields)?;
                Object::Trigger(Trigger { name, table: table?, definition })
            }
            "objects" => {
                let kind = self.kind(fields);
                let table = fields.value("table").map(|_| self.watched(fields));
                let definition = self.definition(fields)?;
                let table = match table {
                    Some(table) => Some(table?),
                    None => None,
                };
                Object::Definition(Definition { kind: kind?, name, table, definition })
            }
            _ => {
                let mut options = Options::new();
                self.options(fields, &mut options);
                let materialized = section == "materialized_views";
                let definition = self.definition(fields)?;
                Object::View(View { name, materialized, definition, options })
            }
        })
    }

    fn enum_values(
        &mut self,
        of: &str,
        values: Vec<Spanned<String>>,
        span: Span,
    ) -> Option<Vec<String>> {
        let values: Vec<String> = values.into_iter().map(Spanned::into_inner).collect();
        if values.is_empty() {
            let hint = "write `values = [\"a\", \"b\"]`".to_owned();
            self.mistake(span, format!("{of} has no values"), hint);
            return None;
        }
        self.distinct(of, &values, span)?;
        Some(values)
    }

    fn definition(&mut self, fields: &Fields) -> Option<Sql> {
        if fields.value("definition").is_none() {
            self.missing(fields, "definition", "definition = \"...\"");
        }
        self.sql(fields, "definition").map(Spanned::into_inner)
    }

    /// What the database calls an object.
    fn kind(&mut self, fields: &Fields) -> Option<String> {
        if fields.value("kind").is_none() {
            self.missing(fields, "kind", "kind = \"policy\"");
        }
        let kind = self.text(fields, "kind")?;
        let (at, kind) = (kind.span(), kind.into_inner());
        let of = &fields.of;
        let (message, hint) = match Definition::check_kind(&kind) {
            Ok(()) => return Some(kind),
            Err(KindError::NoWords) => (
                format!("`kind` of {of} must be words in lower case, not `{kind}`"),
                "it is what the database calls it: `kind = \"event trigger\"`".to_owned(),
            ),
            Err(KindError::Known(word @ ("table" | "index"))) => {
                let hint = match word {
                    "table" => "declare a model for it",
                    _ => "declare it in the model of its table",
                };
                (format!("`kind` of {of} is `{kind}`, which belongs to models"), hint.to_owned())
            }
            Err(KindError::Known(word)) => (
                format!("`kind` of {of} is `{kind}`, which has a section of its own"),
                format!("declare it as `[{word}s.name]`"),
            ),
        };
        self.mistake(at, message, hint);
        None
    }

    /// The type of the numbers of a sequence.
    fn number_type(&mut self, fields: &Fields) -> Option<Type> {
        let value = fields.value("type")?;
        let ty = self.ty(&fields.of, "type", value)?;
        if !ty.is_integer() {
            let message =
                format!("`type` of {} must be one of whole numbers, not `{ty}`", fields.of);
            self.mistake(value.span(), message, "write `type = \"big_integer\"`".to_owned());
            return None;
        }
        Some(ty)
    }

    /// The table that a trigger watches, or that an object belongs to.
    fn watched(&mut self, fields: &Fields) -> Option<Name> {
        if fields.value("table").is_none() {
            self.missing(fields, "table", "table = \"user\"");
        }
        let text = self.name(fields, "table")?;
        match text.get_ref().parse() {
            Ok(name) => Some(name),
            Err(err) => {
                let err: crate::schema::NameError = err;
                let hint = "a name with a dot in it stands in double quotes".to_owned();
                self.mistake(text.span(), err.to_string(), hint);
                None
            }
        }
    }

    /// `dialects = ["postgres"]`.
    fn only_dialects(&mut self, fields: &Fields) -> Option<Vec<String>> {
        let texts = self.texts(fields, "dialects")?;
        if texts.is_empty() {
            let at = fields.value("dialects").map_or(fields.at.clone(), Spanned::span);
            let hint = "name at least one, or leave `dialects` out".to_owned();
            self.mistake(at, format!("`dialects` of {} is empty", fields.of), hint);
        }
        let mut names = Vec::with_capacity(texts.len());
        for text in texts {
            if dialect::NAMES.contains(&text.get_ref().as_str()) {
                names.push(text.into_inner());
            } else {
                self.unknown_word(&text, "dialect", &dialect::NAMES);
            }
        }
        Some(names)
    }
}

const KEYS_OF_SEQUENCES: [&str; 8] = {
    let [start, increment, min, max, cache, cycle] = SEQUENCE_KEYS;
    ["name", "type", start, increment, min, max, cache, cycle]
};

/// What an object of a section is called, the keys it has beside `dialects` and `schema`,
/// whether it has options of dialects, and how its most important key is written.
fn kind(section: &str) -> (&'static str, &'static [&'static str], bool, &'static str) {
    let definition = "definition = \"...\"";
    match section {
        "schemas" => ("schema", &[], false, "dialects = [\"postgres\"]"),
        "extensions" => ("extension", &["version", "schema"], false, "version = \"1.6\""),
        "enums" => ("enum", &["name", "values"], false, "values = [\"a\", \"b\"]"),
        "sequences" => ("sequence", &KEYS_OF_SEQUENCES, false, "start = 1"),
        "functions" => ("function", &["name", "arguments", "definition"], false, definition),
        "triggers" => ("trigger", &["name", "table", "definition"], false, definition),
        "objects" => ("object", &["kind", "name", "table", "definition"], false, definition),
        "materialized_views" => ("materialized view", &["name", "definition"], true, definition),
        _ => ("view", &["name", "definition"], true, definition),
    }
}

/// Whether the objects of a section live in no schema, or say so themselves.
fn schemaless(section: &str) -> bool {
    section == "schemas" || section == "extensions"
}
