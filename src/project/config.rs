//! `db.toml`: what it may say and what it says when it is silent.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::filter::{self, Looked};
use crate::document::{Fields, Item, Reader};
use crate::error::{Mistakes, Place, Source, nearest};
use crate::models::{ModelSource, Naming};
use crate::run::Transaction;
use crate::script::Format;

/// Everything `db.toml` says, defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the database is, before `${VAR}` is replaced; `None` is `sqlite:///app.db`.
    pub url: Option<Placed>,
    /// Where trials are made, before `${VAR}` is replaced; `None` is in a database of their own.
    pub scratch_url: Option<Placed>,
    /// The folders of the migrations; new revisions go to the first.
    pub migrations: Vec<String>,
    /// Files, globs and programs that declare the schema.
    pub models: Vec<ModelSource>,
    /// The format of new scripts.
    pub format: Format,
    /// How revisions are run and named.
    pub options: Options,
    /// How constraints and indexes without a name are called.
    pub naming: Naming,
    /// What autogenerate looks at.
    pub looked_at: Looked,
    /// Other places with the same history.
    pub environments: BTreeMap<String, Environment>,
    /// Other databases with histories of their own.
    pub databases: BTreeMap<String, Database>,
}

/// A text with its place, for mistakes that show only when it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// `[options]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The table that holds the heads.
    pub version_table: String,
    /// The schema of the version table and the log.
    pub version_table_schema: Option<String>,
    /// The table that holds what ran when.
    pub log_table: String,
    /// What one transaction holds.
    pub transaction: Transaction,
    /// The time zone of `created` and of dates in file names: `utc`, `local`, an offset `+02:00` or
    /// a place `Europe/Berlin`.
    pub timezone: String,
    /// How a new script's file is called.
    pub file_template: String,
    /// The longest slug, in characters.
    pub truncate_slug_length: usize,
    /// How long to wait for another migrator and for locks.
    pub lock_timeout: Duration,
    /// How long one statement may run; `None` is for ever.
    pub statement_timeout: Option<Duration>,
    /// Programs to run on a new script: each with its arguments, which the script's path follows.
    pub post_write_hooks: Vec<Vec<String>>,
    /// Whether the heads also stand in a file, `migrations/HEAD`.
    pub head_file: bool,
}

/// `[environments.NAME]`.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its url.
    pub url: Option<Placed>,
    /// Where trials for it are made.
    pub scratch_url: Option<Placed>,
    /// What it says otherwise than `[options]`.
    pub options: Options,
    /// Whether what loses data there wants the database's name.
    pub protected: bool,
}

/// `[databases.NAME]`.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its url.
    pub url: Option<Placed>,
    /// Where trials for it are made.
    pub scratch_url: Option<Placed>,
    /// Its migrations.
    pub migrations: Vec<String>,
    /// Its models.
    pub models: Vec<ModelSource>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            url: None,
            scratch_url: None,
            migrations: vec!["migrations".to_owned()],
            models: vec![ModelSource::Files("models.toml".to_owned())],
            format: Format::Toml,
            options: Options::default(),
            naming: Naming::default(),
            looked_at: Looked::default(),
            environments: BTreeMap::new(),
            databases: BTreeMap::new(),
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            version_table: "limbeck_version".to_owned(),
            version_table_schema: None,
            log_table: "limbeck_log".to_owned(),
            transaction: Transaction::Revision,
            timezone: "utc".to_owned(),
            file_template: "{{ revision }}_{{ slug }}".to_owned(),
            truncate_slug_length: 40,
            lock_timeout: Duration::from_secs(60),
            statement_timeout: None,
            post_write_hooks: Vec::new(),
            head_file: false,
        }
    }
}

impl Config {
    /// Reads the text of a `db.toml`.
    ///
    /// # Errors
    /// Everything that is wrong in it.
    pub fn parse(source: &Source) -> Result<Config, Mistakes> {
        let reader = Reader::new(source);
        let Some(document) = reader.document() else { return reader.finish(None) };
        let fields = Fields::new(&reader, &document, 0..0, "db.toml");
        let none = DeTable::new();
        let nothing = Fields::new(&reader, &none, 0..0, "");
        read_options(&reader, &nothing, Options::default());
        let config = read(&reader, &fields);
        fields.finish_beside(&nothing.known(), "`[options]`");
        reader.finish(Some(config))
    }
}

fn read(reader: &Reader, fields: &Fields) -> Config {
    let default = Config::default();
    // Keys are named in the order in which they are asked for.
    let url_of_project = url(reader, fields, "url");
    let scratch_url = url(reader, fields, "scratch_url");
    let options = match fields.get("options").and_then(|it| reader.fields(it, "`options`")) {
        Some(table) => {
            let options = read_options(reader, &table, Options::default());
            table.finish();
            options
        }
        None => Options::default(),
    };
    Config {
        url: url_of_project,
        scratch_url,
        migrations: one_or_more(reader, fields, "migrations").unwrap_or(default.migrations),
        models: models(reader, fields).unwrap_or(default.models),
        format: word(reader, fields, "format", &[("toml", Format::Toml), ("sql", Format::Sql)])
            .unwrap_or(default.format),
        naming: naming(reader, fields).unwrap_or_default(),
        looked_at: Looked {
            include: filter::read(reader, fields, "include"),
            exclude: filter::read(reader, fields, "exclude"),
            declared: None,
        },
        environments: named(reader, fields, "environments", |table| Environment {
            url: url(reader, table, "url"),
            scratch_url: url(reader, table, "scratch_url"),
            protected: table.boolean("protected").unwrap_or_default(),
            options: read_options(reader, table, options.clone()),
        }),
        databases: named(reader, fields, "databases", |table| Database {
            url: url(reader, table, "url"),
            scratch_url: url(reader, table, "scratch_url"),
            migrations: one_or_more(reader, table, "migrations").unwrap_or_default(),
            models: models(reader, table).unwrap_or_default(),
        }),
        options,
    }
}

fn read_options(reader: &Reader, table: &Fields, default: Options) -> Options {
    let transactions = [
        ("revision", Transaction::Revision),
        ("all", Transaction::All),
        ("none", Transaction::None),
    ];
    let not_empty = |key: &'static str| {
        let text = table.text(key)?;
        if text.is_empty() {
            let span = table.get(key).map_or(0..0, |item| item.span());
            reader.mistake(span, format!("{} is empty", table.name(key)), None);
        }
        Some(text)
    };
    let length = table.get("truncate_slug_length").and_then(|item| {
        let name = table.name("truncate_slug_length");
        let length = usize::try_from(reader.integer(item, name)?).ok();
        if length.is_none() {
            reader.mistake(item.span(), format!("{name} cannot be negative"), None);
        }
        length
    });
    let timezone = table.get("timezone").and_then(|item| {
        let text = reader.text(item, table.name("timezone"))?;
        if super::clock::zone(&text).is_none() {
            let hint = match nearest(&text, super::clock::places()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `utc`, `local`, an offset like `+02:00` or a place like \
                         `Europe/Berlin`"
                    .to_owned(),
            };
            reader.mistake(item.span(), format!("`{text}` is no time zone"), Some(hint));
        }
        Some(text)
    });
    Options {
        version_table: not_empty("version_table").unwrap_or(default.version_table),
        version_table_schema: not_empty("version_table_schema").or(default.version_table_schema),
        log_table: not_empty("log_table").unwrap_or(default.log_table),
        transaction: word(reader, table, "transaction", &transactions)
            .unwrap_or(default.transaction),
        timezone: timezone.unwrap_or(default.timezone),
        file_template: not_empty("file_template").unwrap_or(default.file_template),
        truncate_slug_length: length.unwrap_or(default.truncate_slug_length),
        lock_timeout: duration(reader, table, "lock_timeout").unwrap_or(default.lock_timeout),
        statement_timeout: duration(reader, table, "statement_timeout")
            .map_or(default.statement_timeout, |it| (!it.is_zero()).then_some(it)),
        post_write_hooks: hooks(reader, table).unwrap_or(default.post_write_hooks),
        head_file: table.boolean("head_file").unwrap_or(default.head_file),
    }
}

fn url(reader: &Reader, table: &Fields, key: &'static str) -> Option<Placed> {
    let item = table.get(key)?;
    let text = reader.text(item, table.name(key))?;
    Some(Placed { text, place: reader.place(item.span()) })
}

fn one_or_more(reader: &Reader, table: &Fields, key: &'static str) -> Option<Vec<String>> {
    let item = table.get(key)?;
    if let Some(text) = item.get_ref().as_str() {
        return Some(vec![text.to_owned()]);
    }
    let texts = reader.texts(item, table.name(key))?;
    if texts.is_empty() {
        reader.mistake(item.span(), format!("{} is empty", table.name(key)), None);
    }
    Some(texts.into_iter().map(|(text, _)| text).collect())
}

/// Where the models come from: one source, or a list of them.
fn models(reader: &Reader, table: &Fields) -> Option<Vec<ModelSource>> {
    let item = table.get("models")?;
    let Some(items) = item.get_ref().as_array() else {
        let what = "a path, a program or a list of them";
        return Some(vec![model_source(reader, item, table.name("models"), what)?]);
    };
    if items.is_empty() {
        reader.mistake(item.span(), format!("{} is empty", table.name("models")), None);
    }
    let what = format!("each of {}", table.name("models"));
    // Every one is read, so that every mistake is found.
    let sources: Vec<Option<ModelSource>> =
        items.iter().map(|item| model_source(reader, item, &what, "a path or a program")).collect();
    sources.into_iter().collect()
}

fn model_source(
    reader: &Reader,
    item: &Item,
    what: impl fmt::Display,
    expected: &str,
) -> Option<ModelSource> {
    const EXAMPLE: &str = r#"["python", "models.py"]"#;
    match item.get_ref() {
        DeValue::String(pattern) => Some(ModelSource::Files(pattern.as_ref().to_owned())),
        DeValue::Table(_) => {
            let table = reader.fields(item, "a source of models")?;
            let program = table.required("program", EXAMPLE);
            let words = program.and_then(|it| command(reader, it, "`program`"));
            table.finish();
            words.map(ModelSource::Program)
        }
        DeValue::Array(_) => {
            let hint = format!("a program is written `{{ program = {EXAMPLE} }}`");
            reader.mistake(
                item.span(),
                format!("{what} must be {expected}, not an array"),
                Some(hint),
            );
            None
        }
        _ => {
            reader.wrong_type(item, what, expected);
            None
        }
    }
}

/// One of a few words.
fn word<T: Clone>(
    reader: &Reader,
    table: &Fields,
    key: &'static str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let item = table.get(key)?;
    let text = reader.text(item, table.name(key))?;
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let hint = format!("it is one of {}", crate::error::list(&names, "and"));
        let message = format!("{} cannot be `{text}`", table.name(key));
        reader.mistake(item.span(), message, Some(hint));
    }
    found.map(|(_, value)| value.clone())
}

/// Seconds as a number, or a text like `500ms`, `60s`, `5m`.
fn duration(reader: &Reader, table: &Fields, key: &'static str) -> Option<Duration> {
    let item = table.get(key)?;
    let found = match item.get_ref().as_str() {
        Some(text) => {
            let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let (number, unit) = text.split_at(split);
            let milliseconds = match unit.trim() {
                "ms" => Some(1),
                "s" | "" => Some(1_000),
                "m" | "min" => Some(60_000),
                _ => None,
            };
            let number = number.parse::<u64>().ok();
            number.zip(milliseconds).and_then(|(number, unit)| number.checked_mul(unit))
        }
        None => {
            let seconds = reader.integer(item, table.name(key))?;
            u64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1_000))
        }
    };
    if found.is_none() {
        let hint = "write `500ms`, `60s` or `5m`, or a number of seconds".to_owned();
        reader.mistake(
            item.span(),
            format!("{} is no length of time", table.name(key)),
            Some(hint),
        );
    }
    found.map(Duration::from_millis)
}

fn naming(reader: &Reader, fields: &Fields) -> Option<Naming> {
    let item = fields.get("naming")?;
    let table = reader.fields(item, "`naming`")?;
    let mut patterns = BTreeMap::new();
    for (key, value) in table.entries() {
        if let Some(text) = reader.text(value, table.name(key.get_ref())) {
            patterns.insert(key.get_ref().to_string(), text);
        }
    }
    let errors = match Naming::new(patterns) {
        Ok(naming) => return Some(naming),
        Err(errors) => errors,
    };
    for error in errors {
        let at = table.entries().find(|(key, _)| key.get_ref().as_ref() == error.key());
        let span = at.map_or(item.span(), |(key, _)| key.span());
        reader.mistake(span, error.to_string(), error.hint());
    }
    None
}

/// The tables of a table: `[environments.production]`.
fn named<T>(
    reader: &Reader,
    fields: &Fields,
    key: &'static str,
    read: impl Fn(&Fields) -> T,
) -> BTreeMap<String, T> {
    let name = fields.name(key);
    let Some(tables) = fields.get(key).and_then(|it| reader.fields(it, name)) else {
        return BTreeMap::new();
    };
    let entry = |(name, item): (&toml::Spanned<toml::de::DeString>, &Item)| {
        let what = format!("`{key}.{}`", name.get_ref());
        let table = reader.fields(item, &what)?;
        let value = read(&table);
        table.finish();
        Some((name.get_ref().to_string(), value))
    };
    tables.entries().filter_map(entry).collect()
}

/// Programs that follow each other.
fn hooks(reader: &Reader, table: &Fields) -> Option<Vec<Vec<String>>> {
    table.get("post_write_hooks")?;
    table.list("post_write_hooks", |item| command(reader, item, "a post-write hook"))
}

/// A program with its arguments: a text whose words are parted by blanks, or an array of words.
fn command(reader: &Reader, item: &Item, what: &str) -> Option<Vec<String>> {
    let words: Vec<String> = match item.get_ref().as_str() {
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None => {
            let texts = reader.texts(item, what)?;
            texts.into_iter().map(|(text, _)| text).collect()
        }
    };
    if words.first().is_none_or(String::is_empty) {
        reader.mistake(item.span(), format!("{what} is empty"), None);
    }
    Some(words)
}
