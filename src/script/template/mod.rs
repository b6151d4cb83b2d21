//! Templates: what `init` writes, and how a new script is laid out.
//!
//! Only the frame of a script is a template. Its operations are written by the format's own
//! writer and go through as values, and what comes out is read back before anybody gets it: a
//! template may add to a script, but cannot lose or change a part of it.

mod project;

use std::ops::Range;
use std::path::Path;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::{Format, Header, Script, header, sql, toml};
use crate::error::{Mistake, Mistakes, Source};
use crate::operation::Operation;

pub use project::{File, Folder, Template, builtin};

/// The text of a script for the file at `path`, made from `template`, a `script.toml.tera` or
/// `script.sql.tera`. In a script of operations, `note` may give a comment to stand above one;
/// it is asked for each change of an `AlterTable` alone.
///
/// # Errors
/// When the template cannot be used, or when what it makes does not read back as `script`.
pub fn render(
    template: &Source,
    path: &Path,
    script: &Script,
    note: &dyn Fn(&Operation) -> Option<String>,
) -> Result<String, Mistakes> {
    let format = super::format_of(&Source::new(path, ""))?;
    let mut script = script.clone().canonical();
    if format == Format::Sql {
        script.header.irreversible = script.header.irreversible.as_deref().map(sql::one_line);
    }
    let body = body(&script, format, note)?;
    let context = context(&script.header, format, &body);
    let text = evaluate(template, &context)?;
    let text = format!("{}\n", text.trim_end());
    check(template, &script, format, &Source::new(path, text.as_str()))?;
    Ok(text)
}

fn body(
    script: &Script,
    format: Format,
    note: &dyn Fn(&Operation) -> Option<String>,
) -> Result<toml::Body, Mistake> {
    let unwritable = |error: sql::Unwritable| Mistake {
        message: error.to_string(),
        place: None,
        hint: error.hint(),
    };
    match format {
        Format::Toml => Ok(toml::write_body(script, note)),
        Format::Sql => Ok(toml::Body {
            upgrade: sql::write_section(&script.upgrade).map_err(unwritable)?,
            downgrade: sql::write_section(&script.downgrade).map_err(unwritable)?,
        }),
    }
}

/// The variables of a script's template.
fn context(header: &Header, format: Format, body: &toml::Body) -> tera::Context {
    let lines = match format {
        Format::Toml => header::message_lines(&header.message),
        Format::Sql => sql::comment_lines(&header.message),
    };
    let title = header.message.lines().next().unwrap_or_default();
    let mut context = tera::Context::new();
    context.insert("message", &header.message);
    context.insert("message_lines", &lines);
    context.insert("title", title);
    context.insert("revision", &header.revision);
    context.insert("down_revision", &header.down_revision);
    context.insert("branch_labels", &header.branch_labels);
    context.insert("depends_on", &header.depends_on);
    context.insert("created", &header.created.map(rfc3339));
    context.insert("limbeck", &header.behaviour);
    context.insert("dialect", &header.dialect);
    context.insert("transaction", &!header.no_transaction);
    context.insert("irreversible", &header.irreversible);
    context.insert("upgrade", &body.upgrade);
    context.insert("downgrade", &body.downgrade);
    context
}

/// A time as both formats write it. RFC 3339 knows no seconds in an offset.
fn rfc3339(created: DateTime<FixedOffset>) -> String {
    if created.offset().local_minus_utc() % 60 == 0 {
        created.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    } else {
        created.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// Runs a template. Nothing is escaped; the filter `toml` writes a value as TOML.
fn evaluate(template: &Source, context: &tera::Context) -> Result<String, Mistake> {
    let mut tera = Tera::default();
    tera.autoescape_on(Vec::<&str>::new());
    tera.register_filter("toml", |value: &Value, _: Kwargs, _: &State| to_toml(value));
    let text = template.text.replace("\r\n", "\n");
    tera.add_raw_template("template", &text)
        .and_then(|()| tera.render("template", context))
        .map_err(|error| {
            let (message, span) = tera_message(&error);
            let place = Source::new(&template.path, text.as_str()).place(span.unwrap_or(0..0));
            let hint = "README beside the template names its variables".to_owned();
            Mistake::new(message, place).hint(hint)
        })
}

fn to_toml(value: &Value) -> TeraResult<String> {
    if let Some(text) = value.as_str() {
        Ok(toml::string(text))
    } else if let Some(items) = value.as_array() {
        let items: Vec<String> = items.iter().map(to_toml).collect::<TeraResult<_>>()?;
        Ok(format!("[{}]", items.join(", ")))
    } else if value.is_bool() || value.is_number() {
        Ok(value.to_string())
    } else {
        Err(tera::Error::message("only texts, lists, numbers and booleans can be written as TOML"))
    }
}

/// What tera says is wrong, as messages are written here, and where in the template.
pub(super) fn tera_message(error: &tera::Error) -> (String, Option<Range<usize>>) {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), Some(report.span().range.clone()))
        }
        // A whole report: the first line is the message.
        other => {
            let text = other.to_string();
            let first = text.lines().next().unwrap_or_default();
            (first.trim_start_matches("error: ").to_owned(), None)
        }
    };
    let mut chars = message.trim_end_matches('.').chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    (first + chars.as_str(), span)
}

/// Reads what was written: it must be the script.
fn check(
    template: &Source,
    script: &Script,
    format: Format,
    written: &Source,
) -> Result<(), Mistakes> {
    let made_from = format!("the file is made from `{}`", template.path.display());
    let read = super::parse(written).map_err(|Mistakes(mut mistakes)| {
        for mistake in &mut mistakes {
            let hint = mistake.hint.take().map(|hint| format!("{hint}; {made_from}"));
            mistake.hint = Some(hint.unwrap_or_else(|| made_from.clone()));
        }
        Mistakes(mistakes)
    })?;
    let (a, b) = (&read.header, &script.header);
    let same = [
        ("message", a.message == b.message),
        ("revision", a.revision == b.revision),
        ("down_revision", a.down_revision == b.down_revision),
        ("branch_labels", a.branch_labels == b.branch_labels),
        ("depends_on", a.depends_on == b.depends_on),
        ("created", a.created == b.created),
        ("limbeck", a.behaviour == b.behaviour),
        ("dialect", a.dialect == b.dialect),
        ("transaction", a.no_transaction == b.no_transaction),
        ("irreversible", a.irreversible == b.irreversible),
        ("upgrade", read.upgrade == script.upgrade),
        ("downgrade", read.downgrade == script.downgrade),
    ];
    let mistakes: Vec<Mistake> = same
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(variable, _)| {
            let message = format!("the template does not write `{variable}` as it is");
            let place = template.place(0..0);
            Mistake::new(message, place).hint(remedy(variable, format))
        })
        .collect();
    if mistakes.is_empty() { Ok(()) } else { Err(Mistakes(mistakes)) }
}

/// How a template writes a variable.
fn remedy(variable: &str, format: Format) -> String {
    let line = match (format, variable) {
        (_, "message") => {
            let dashes = if format == Format::Toml { "#" } else { "--" };
            return format!(
                "begin it with `{{% for line in message_lines %}}{dashes} {{{{ line }}}}`, a line \
                 end and `{{% endfor -%}}`, and put other comments below the keys"
            );
        }
        (Format::Toml, "created" | "limbeck") => format!("{variable} = {{{{ {variable} }}}}"),
        (Format::Sql, "down_revision" | "branch_labels" | "depends_on") => {
            format!("-- {variable}: {{{{ {variable} | join(sep=\", \") }}}}")
        }
        (_, "upgrade" | "downgrade") => format!("{{{{ {variable} }}}}"),
        (Format::Toml, _) => format!("{variable} = {{{{ {variable} | toml }}}}"),
        (Format::Sql, _) => format!("-- {variable}: {{{{ {variable} }}}}"),
    };
    format!("add `{line}` to it")
}
