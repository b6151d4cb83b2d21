//! Values with a meaning of their own: types, defaults, options of dialects.

use ::toml::Spanned;
use ::toml::de::{DeFloat, DeValue};

use super::reader::{Fields, Reader, Span, Value, toml_key, type_word, whole};
use crate::dialect;
use crate::error::nearest;
use crate::schema::{self, Literal, Name, OptionValue, Options, Type, TypeError};

/// A float of more digits than this is kept as it was written: 64 bits hold no more.
const FLOAT_DIGITS: usize = 17;

impl Reader<'_> {
    /// The type in `key`: a portable one, a shared enum, or a table of dialects.
    pub(super) fn ty(&mut self, of: &str, key: &str, value: &Value) -> Option<Type> {
        let mut read = self.by_dialect(of, key, value, "a type")?;
        let default = match read.default.take() {
            Some(text) if text.get_ref().trim().is_empty() => {
                let message = format!("`{key}` of {of} is empty");
                self.mistake(text.span(), message, "write a type, like `string(64)`".to_owned());
                return None;
            }
            Some(text) => Some(self.portable(of, &text)?),
            None => None,
        };
        match default {
            Some(ty) if read.dialects.is_empty() => Some(ty),
            default => {
                let default = default.map(Box::new);
                Some(Type::Native { dialects: read.dialects, default })
            }
        }
    }

    fn portable(&mut self, of: &str, text: &Spanned<String>) -> Option<Type> {
        let ty = match text.get_ref().parse::<Type>() {
            Ok(ty) => ty,
            Err(err) => {
                if let Ok(name) = text.get_ref().parse::<Name>()
                    && self.enums.contains(&name)
                {
                    return Some(Type::SharedEnum(name));
                }
                let hint = self.type_hint(&err);
                self.mistake(text.span(), err.to_string(), hint);
                return None;
            }
        };
        let mut item = &ty;
        while let Type::Array(inner) = item {
            item = inner;
        }
        match item {
            Type::SharedEnum(name) => self.shared_enum(name, text.span())?,
            Type::Enum(values) => self.distinct(of, values, text.span())?,
            _ => {}
        }
        Some(ty)
    }

    fn type_hint(&self, err: &TypeError) -> Option<String> {
        let TypeError::Unknown { word } = err else { return err.hint() };
        let names: Vec<String> = self.enums.iter().map(Name::to_string).collect();
        if names.contains(word) {
            return Some(format!("did you mean `enum {word}`?"));
        }
        let hint = err.hint();
        let portable = hint.as_ref().is_some_and(|hint| hint.starts_with("did you mean"));
        match nearest(word, names.iter().map(String::as_str)) {
            Some(near) if !portable => Some(format!("did you mean `{near}`?")),
            _ => hint,
        }
    }

    fn shared_enum(&mut self, name: &Name, span: Span) -> Option<()> {
        if self.enums.contains(name) {
            return Some(());
        }
        let names: Vec<String> = self.enums.iter().map(Name::to_string).collect();
        let hint = match nearest(&name.to_string(), names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it: `[enums.{}]` with `values`", toml_key(&name.name)),
        };
        self.mistake(span, format!("no enum is called `{name}`"), hint);
        None
    }

    /// The values of an enum differ from each other.
    pub(super) fn distinct(&mut self, of: &str, values: &[String], span: Span) -> Option<()> {
        let twice = values.iter().enumerate().find(|(at, value)| values[..*at].contains(value));
        let Some((_, value)) = twice else { return Some(()) };
        let message = format!("`{value}` stands twice among the values of {of}");
        self.mistake(span, message, "leave one of the two out".to_owned());
        None
    }

    /// The value of a column in `key`: a literal, or `{ sql = "..." }`.
    pub(super) fn literal(&mut self, of: &str, key: &str, value: &Value) -> Option<schema::Value> {
        let literal = match value.get_ref() {
            DeValue::Boolean(it) => Literal::Boolean(*it),
            DeValue::String(text) => {
                self.storable(text, value.span())?;
                Literal::Text(text.clone().into_owned())
            }
            DeValue::Integer(number) => match whole(number) {
                Some(it) => Literal::Integer(it),
                None if number.radix() == 10 => {
                    Literal::Text(number.as_str().trim_start_matches('+').to_owned())
                }
                None => {
                    let message = format!("`{key}` of {of} is too large");
                    self.mistake(value.span(), message, "write it in decimal digits".to_owned());
                    return None;
                }
            },
            DeValue::Float(number) => match float(number) {
                Some(literal) => literal,
                None => {
                    let message = format!("`{key}` of {of} is not a finite number");
                    let hint = "for what a database calls infinity write `{ sql = \"...\" }`";
                    self.mistake(value.span(), message, hint.to_owned());
                    return None;
                }
            },
            DeValue::Datetime(moment) => {
                let mut moment = *moment;
                if let Some(time) = &mut moment.time {
                    time.second.get_or_insert(0);
                }
                Literal::Text(moment.to_string().replace('T', " ").replace('Z', "+00:00"))
            }
            DeValue::Table(_) => return self.expression(of, key, value),
            DeValue::Array(_) => {
                let message =
                    format!("`{key}` of {of} must be one value, not {}", type_word(value));
                let hint = format!(
                    "write it as the database would: `{key} = \"[]\"` or \
                     `{key} = {{ sql = \"...\" }}`"
                );
                self.mistake(value.span(), message, hint);
                return None;
            }
        };
        Some(schema::Value::Literal(literal))
    }

    fn expression(&mut self, of: &str, key: &str, value: &Value) -> Option<schema::Value> {
        let of = format!("`{key}` of {of}");
        let form = format!("{key} = {{ sql = \"...\" }}");
        let fields = self.fields(of, value.span(), value, &[&["sql"]], &form)?;
        if fields.value("sql").is_none() {
            self.missing(&fields, "sql", &form);
        }
        self.sql(&fields, "sql").map(|sql| schema::Value::Expression(sql.into_inner()))
    }

    /// What only one dialect knows: `sqlite = { strict = true }` becomes `sqlite.strict`.
    pub(super) fn options(&mut self, fields: &Fields, options: &mut Options) {
        for dialect in dialect::NAMES {
            let Some(value) = fields.value(dialect) else { continue };
            let DeValue::Table(table) = value.get_ref() else {
                let form = format!("{dialect} = {{ name = \"value\" }}");
                self.wrong(&fields.of, dialect, value, "a table of options", form);
                continue;
            };
            for (key, value) in table {
                let name = format!("{dialect}.{}", key.get_ref());
                let Some(read) = self.option(&fields.of, &name, value) else { continue };
                if options.insert(name.clone(), read).is_some() {
                    let message = format!("option `{name}` of {} is given twice", fields.of);
                    self.mistake(key.span(), message, "leave one of the two out".to_owned());
                }
            }
        }
    }

    fn option(&mut self, of: &str, name: &str, value: &Value) -> Option<OptionValue> {
        match value.get_ref() {
            DeValue::Boolean(it) => Some(OptionValue::Boolean(*it)),
            DeValue::String(text) => {
                self.storable(text, value.span())?;
                Some(OptionValue::Text(text.clone().into_owned()))
            }
            DeValue::Integer(number) => {
                let read = whole(number).map(OptionValue::Integer);
                if read.is_none() {
                    self.too_large(of, name, value.span());
                }
                read
            }
            _ => {
                let key = name.rsplit('.').next().unwrap_or(name);
                let form = format!("{key} = true`, `{key} = 1` or `{key} = \"...\"");
                self.wrong(of, name, value, "a boolean, an integer or a string", form);
                None
            }
        }
    }

    /// A key that must be there is not; one that is misspelt is a mistake already.
    pub(super) fn missing(&mut self, fields: &Fields, key: &str, form: &str) {
        if fields.misspells(key) {
            return;
        }
        let message = format!("{} has no `{key}`", fields.of);
        self.mistake(fields.at.clone(), message, format!("write `{form}`"));
    }
}

/// A finite number, as text when it has more digits than a float holds.
fn float(number: &DeFloat) -> Option<Literal> {
    let text = number.as_str().trim_start_matches('+');
    let value: f64 = text.parse().ok()?;
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = mantissa.trim_start_matches(['-', '0', '.']).matches(char::is_numeric).count();
    if digits > FLOAT_DIGITS && !text.contains(['n', 'f']) {
        return Some(Literal::Text(text.to_owned()));
    }
    value.is_finite().then_some(Literal::Float(value))
}
