//! Reading TOML values one by one: whatever is not as it should be becomes a mistake, and
//! reading goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeInteger, DeTable, DeValue};

use crate::dialect;
use crate::error::{Mistake, Source, list, nearest};
use crate::schema::{Name, Sql};

/// A value with its place.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A stretch of a file.
pub(super) type Span = Range<usize>;

/// Reads one file.
pub(super) struct Reader<'s> {
    /// The file.
    pub(super) source: &'s Source,
    /// The shared enums of all files.
    pub(super) enums: &'s BTreeSet<Name>,
    /// What is wrong in it.
    pub(super) mistakes: Vec<Mistake>,
}

/// A TOML table whose keys are known to be right.
pub(super) struct Fields<'a> {
    /// What it declares, for messages: "column `user.email`".
    pub(super) of: String,
    /// Where it is declared.
    pub(super) at: Span,
    table: &'a DeTable<'a>,
}

impl<'a> Fields<'a> {
    /// The value of `key`.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.get(key)
    }

    /// Whether a key was most likely meant to be `key`.
    pub(super) fn misspells(&self, key: &str) -> bool {
        self.table.keys().any(|it| nearest(it.get_ref(), [key]).is_some())
    }

    /// Where `key` is written.
    pub(super) fn key(&self, key: &str) -> Option<Span> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }
}

/// A text by dialect.
pub(super) struct ByDialect {
    /// What the dialects get that are not named.
    pub(super) default: Option<Spanned<String>>,
    /// What each named dialect gets.
    pub(super) dialects: BTreeMap<String, String>,
}

impl<'s> Reader<'s> {
    /// Notes something wrong at `span`.
    pub(super) fn mistake(
        &mut self,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.mistakes.push(Mistake::new(message, self.source.place(span)).hint(hint));
    }

    /// The table that declares `of`, when it is one. Every key that is in none of `keys` is a
    /// mistake. `form` is how the table is written.
    pub(super) fn fields<'a>(
        &mut self,
        of: String,
        at: Span,
        value: &'a Value<'a>,
        keys: &[&[&str]],
        form: &str,
    ) -> Option<Fields<'a>> {
        let DeValue::Table(table) = value.get_ref() else {
            let found = type_word(value);
            let message = format!("{of} must be a table, not {found}");
            self.mistake(value.span(), message, format!("write `{form}`"));
            return None;
        };
        for key in table.keys() {
            if !keys.iter().any(|keys| keys.contains(&&**key.get_ref())) {
                self.unknown_key(&of, key, keys);
            }
        }
        Some(Fields { of, at, table })
    }

    fn unknown_key(&mut self, of: &str, key: &Spanned<impl AsRef<str>>, keys: &[&[&str]]) {
        let word = key.get_ref().as_ref();
        let keys = || keys.iter().copied().flatten().copied();
        let hint = match nearest(word, keys()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if keys().count() == 1 => format!("its only key is {}", list(keys(), "and")),
            None => format!("its keys are {}", list(keys(), "and")),
        };
        self.mistake(key.span(), format!("unknown key `{word}` in {of}"), hint);
    }

    /// A value of the wrong type. `form` is how the key is written.
    pub(super) fn wrong(
        &mut self,
        of: &str,
        key: &str,
        value: &Value,
        expected: &str,
        form: impl AsRef<str>,
    ) {
        let message = format!("`{key}` of {of} must be {expected}, not {}", type_word(value));
        self.mistake(value.span(), message, format!("write `{}`", form.as_ref()));
    }

    /// A string.
    pub(super) fn text(&mut self, fields: &Fields, key: &str) -> Option<Spanned<String>> {
        let value = fields.value(key)?;
        self.text_value(&fields.of, key, value)
    }

    /// A string that names something, and so is not empty.
    pub(super) fn name(&mut self, fields: &Fields, key: &str) -> Option<Spanned<String>> {
        let name = self.text(fields, key)?;
        if name.get_ref().is_empty() {
            let message = format!("`{key}` of {} is empty", fields.of);
            self.mistake(name.span(), message, format!("write a name, or leave `{key}` out"));
            return None;
        }
        Some(name)
    }

    fn text_value(&mut self, of: &str, key: &str, value: &Value) -> Option<Spanned<String>> {
        match value.get_ref() {
            DeValue::String(text) => {
                self.storable(text, value.span())?;
                Some(Spanned::new(value.span(), text.clone().into_owned()))
            }
            _ => {
                self.wrong(of, key, value, "a string", format!("{key} = \"...\""));
                None
            }
        }
    }

    /// Refuses a NUL character, which ends a text in every database.
    pub(super) fn storable(&mut self, text: &str, span: Span) -> Option<()> {
        if text.contains('\0') {
            let hint = "take the `\\u0000` out".to_owned();
            self.mistake(span, "no database takes a text with a NUL character in it", hint);
            return None;
        }
        Some(())
    }

    /// True or false.
    pub(super) fn boolean(&mut self, fields: &Fields, key: &str) -> Option<Spanned<bool>> {
        let value = fields.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(it) => Some(Spanned::new(value.span(), *it)),
            _ => {
                let form = format!("{key} = true` or `{key} = false");
                self.wrong(&fields.of, key, value, "a boolean", form);
                None
            }
        }
    }

    /// A whole number of 64 bits.
    pub(super) fn integer(&mut self, fields: &Fields, key: &str) -> Option<i64> {
        let value = fields.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => number,
            _ => {
                self.wrong(&fields.of, key, value, "an integer", format!("{key} = 1"));
                return None;
            }
        };
        let read = whole(number);
        if read.is_none() {
            self.too_large(&fields.of, key, value.span());
        }
        read
    }

    pub(super) fn too_large(&mut self, of: &str, key: &str, span: Span) {
        let message = format!("`{key}` of {of} is too large");
        let hint = format!("numbers go from {} to {}", i64::MIN, i64::MAX);
        self.mistake(span, message, hint);
    }

    /// A list of strings.
    pub(super) fn texts(&mut self, fields: &Fields, key: &str) -> Option<Vec<Spanned<String>>> {
        let value = fields.value(key)?;
        self.texts_value(&fields.of, key, value)
    }

    /// A list of strings.
    pub(super) fn texts_value(
        &mut self,
        of: &str,
        key: &str,
        value: &Value,
    ) -> Option<Vec<Spanned<String>>> {
        let form = format!("{key} = [\"a\", \"b\"]");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(of, key, value, "a list of strings", form);
            return None;
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) if self.storable(text, item.span()).is_some() => {
                    texts.push(Spanned::new(item.span(), text.clone().into_owned()));
                }
                DeValue::String(_) => {}
                _ => self.wrong(of, key, item, "a list of strings", &form),
            }
        }
        (texts.len() == items.len()).then_some(texts)
    }

    /// A list of tables, `[[Post.indexes]]`. `model` is the model's key.
    pub(super) fn tables<'a>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        model: &str,
    ) -> Vec<&'a Value<'a>> {
        match fields.value(key).map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => items.iter().collect(),
            Some((value, _)) => {
                let form = format!("[[{}.{key}]]", toml_key(model));
                self.wrong(&fields.of, key, value, "a list of tables", form);
                Vec::new()
            }
        }
    }

    /// One of `words`, in any case.
    pub(super) fn word<'w>(
        &mut self,
        fields: &Fields,
        key: &str,
        words: &[&'w str],
    ) -> Option<&'w str> {
        let text = self.text(fields, key)?;
        let found = words.iter().find(|word| word.eq_ignore_ascii_case(text.get_ref()));
        if found.is_none() {
            self.unknown_word(&text, &format!("`{key}`"), words);
        }
        found.copied()
    }

    /// A word that is none of those that may stand for `what`.
    pub(super) fn unknown_word(&mut self, text: &Spanned<String>, what: &str, words: &[&str]) {
        let hint = match nearest(text.get_ref(), words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", list(words.iter().copied(), "and")),
        };
        self.mistake(text.span(), format!("unknown {what} `{}`", text.get_ref()), hint);
    }

    /// A piece of SQL: a string, or a table of dialects.
    pub(super) fn sql(&mut self, fields: &Fields, key: &str) -> Option<Spanned<Sql>> {
        let value = fields.value(key)?;
        let read = self.by_dialect(&fields.of, key, value, "SQL")?;
        let sql = Sql { text: read.default.map(Spanned::into_inner), dialects: read.dialects };
        let blank = |text: &String| text.trim().is_empty();
        if sql.text.iter().chain(sql.dialects.values()).any(blank) {
            let message = format!("`{key}` of {} is empty", fields.of);
            self.mistake(value.span(), message, format!("write SQL, or leave `{key}` out"));
            return None;
        }
        Some(Spanned::new(value.span(), sql))
    }

    /// A string for every dialect, or a table of dialects with an optional `default`.
    pub(super) fn by_dialect(
        &mut self,
        of: &str,
        key: &str,
        value: &Value,
        what: &str,
    ) -> Option<ByDialect> {
        let table = match value.get_ref() {
            DeValue::String(_) => {
                let default = Some(self.text_value(of, key, value)?);
                return Some(ByDialect { default, dialects: BTreeMap::new() });
            }
            DeValue::Table(table) if !table.is_empty() => table,
            _ => {
                let form = format!("{key} = \"...\"` or `{key} = {{ sqlite = \"...\" }}");
                self.wrong(of, key, value, &format!("{what} or a table of dialects"), form);
                return None;
            }
        };
        let mut read = ByDialect { default: None, dialects: BTreeMap::new() };
        let before = self.mistakes.len();
        let of = format!("`{key}` of {of}");
        for (dialect, value) in table {
            let word = dialect.get_ref().as_ref();
            if word != "default" && !dialect::NAMES.contains(&word) {
                self.unknown_key(&of, dialect, &[&dialect::NAMES, &["default"]]);
            } else if let Some(text) = self.text_value(&of, word, value) {
                if word == "default" {
                    read.default = Some(text);
                } else {
                    read.dialects.insert(word.to_owned(), text.into_inner());
                }
            }
        }
        (self.mistakes.len() == before).then_some(read)
    }
}

/// A number of 64 bits; `None` when it has more.
pub(super) fn whole(number: &DeInteger) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// The type of a value with its article.
pub(super) fn type_word(value: &Value) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(table) if table.is_empty() => "an empty table",
        DeValue::Table(_) => "a table",
    }
}

/// A key as TOML writes it.
pub(super) fn toml_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { format!("{key:?}") }
}
