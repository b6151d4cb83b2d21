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

use super::{Format, Given, Header, Script, header, sql, toml};
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
    render_with(template, path, script, &Given::new(), note)
}

/// The same, where the template finds what is `given` in `x`.
///
/// # Errors
/// As [`render`].
pub fn render_with(
    template: &Source,
    path: &Path,
    script: &Script,
    given: &Given,
    note: &dyn Fn(&Operation) -> Option<String>,
) -> Result<String, Mistakes> {
    let format = super::format_of(&Source::new(path, ""))?;
    let mut script = script.clone().canonical();
    if format == Format::Sql {
        script.header.irreversible = script.header.irreversible.as_deref().map(sql::one_line);
    }
    let body = body(&script, format, note)?;
    let mut context = context(&script.header, format, &body);
    context.insert("x", given);
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
    context.insert("replaces", &header.replaces);
    context.insert("ends", &header.ends);
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
            let (message, span) = tera_message(&error, &text);
            let place = Source::new(&*template.path, text.as_str()).place(span);
            let hint =
                "https://keats.github.io/tera/docs/ says how templates are written".to_owned();
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
    } else if value.is_undefined() {
        Err(tera::Error::message("the variable is not defined"))
    } else {
        Err(tera::Error::message("only texts, lists, numbers and booleans can be written as TOML"))
    }
}

/// What tera says is wrong with `template`, as messages are written here, and where.
pub(super) fn tera_message(error: &tera::Error, template: &str) -> (String, Range<usize>) {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), report.span().range.clone())
        }
        // A report as text: the message, then ` --> template:2:15`.
        other => {
            let report = other.to_string();
            let mut lines = report.lines();
            let first = lines.next().unwrap_or_default();
            let at = lines.next().and_then(|line| place(line, template)).unwrap_or_default();
            (first.trim_start_matches("error: ").to_owned(), at..at)
        }
    };
    let mut chars = message.trim_end_matches('.').chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    (first + chars.as_str(), span)
}

/// The byte at the line and column behind the last two colons of `report`.
fn place(report: &str, template: &str) -> Option<usize> {
    let (rest, column) = report.rsplit_once(':')?;
    let (_, line) = rest.rsplit_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize =
        template.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let line = template[start..].lines().next()?;
    let within = line.char_indices().nth(column.checked_sub(1)?);
    Some(start + within.map_or(line.len(), |(at, _)| at))
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
        ("replaces", a.replaces == b.replaces),
        ("ends", a.ends == b.ends),
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
        (Format::Sql, "down_revision" | "branch_labels" | "depends_on" | "replaces" | "ends") => {
            format!("-- {variable}: {{{{ {variable} | join(sep=\", \") }}}}")
        }
        (_, "upgrade" | "downgrade") => format!("{{{{ {variable} }}}}"),
        (Format::Toml, _) => format!("{variable} = {{{{ {variable} | toml }}}}"),
        (Format::Sql, _) => format!("-- {variable}: {{{{ {variable} }}}}"),
    };
    format!("add `{line}` to it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Sql;
    use crate::script::tests::shown;

    fn script() -> Script {
        Script {
            header: Header {
                message: "users table\n\nfor {{ people }} ".to_owned(),
                revision: "e517276bb1c2".to_owned(),
                down_revision: vec!["a1".to_owned(), "b\u{e9}".to_owned()],
                branch_labels: vec!["web".to_owned()],
                depends_on: Vec::new(),
                replaces: vec!["c1".to_owned(), "d1".to_owned()],
                ends: vec!["c1".to_owned(), "d1".to_owned()],
                created: Some("2026-11-20T10:14:03.5+02:00".parse().unwrap()),
                behaviour: Some(1),
                dialect: Some("sqlite".to_owned()),
                no_transaction: true,
                irreversible: Some("gone\nfor good".to_owned()),
            },
            upgrade: vec![Operation::Execute(Sql::new("SELECT '{{1,2},{3,4}}'")).into()],
            downgrade: Vec::new(),
        }
    }

    fn made(template: &str, file: &str, script: &Script) -> Result<String, Mistakes> {
        render(&Source::new("script.tera", template), Path::new(file), script, &|_| None)
    }

    fn generic(format: Format) -> &'static str {
        builtin()[0].text(&format!("script.{}.tera", format.extension())).unwrap()
    }

    #[test]
    fn the_built_in_templates() {
        assert_eq!(
            made(generic(Format::Toml), "a.toml", &script()).unwrap(),
            "# users table
#
# for {{ people }}
revision = \"e517276bb1c2\"
down_revision = [\"a1\", \"bé\"]
branch_labels = [\"web\"]
depends_on = []
replaces = [\"c1\", \"d1\"]
ends = [\"c1\", \"d1\"]
created = 2026-11-20T10:14:03.500+02:00
limbeck = 1
dialect = \"sqlite\"
transaction = false
irreversible = \"gone\\nfor good\"

[[upgrade]]
execute = \"SELECT '{{1,2},{3,4}}'\"
"
        );
        assert_eq!(
            made(generic(Format::Sql), "a.sql", &script()).unwrap(),
            "-- users table
--
-- for {{ people }}
-- revision: e517276bb1c2
-- down_revision: a1, bé
-- branch_labels: web
-- depends_on:
-- replaces: c1, d1
-- ends: c1, d1
-- created: 2026-11-20T10:14:03.500+02:00
-- limbeck: 1
-- dialect: sqlite
-- transaction: false
-- irreversible: gone for good

-- upgrade
SELECT '{{1,2},{3,4}}'

-- downgrade
"
        );
    }

    #[test]
    fn an_empty_script_says_where_operations_go() {
        let header = Header { revision: "a1".to_owned(), ..Header::default() };
        let script = Script { header, ..Script::default() };
        assert_eq!(
            made(generic(Format::Toml), "a.toml", &script).unwrap(),
            "revision = \"a1\"
down_revision = []
branch_labels = []
depends_on = []

# Operations go here, for example:
#
# [[upgrade]]
# execute = \"UPDATE user SET email = lower(email)\"
#
# [[downgrade]]
# execute = \"...\"
"
        );
    }

    #[test]
    fn a_template_that_loses_something() {
        let made = |template: &str, file| shown(made(template, file, &script()));
        assert_eq!(
            made(
                "revision = {{ revision | toml }}\ndown_revision = {{ down_revision | toml }}",
                "a.toml"
            ),
            [
                "1:1 : the template does not write `message` as it is (begin it with `{% for line \
                 in message_lines %}# {{ line }}`, a line end and `{% endfor -%}`, and put other \
                 comments below the keys)",
                "1:1 : the template does not write `branch_labels` as it is (add `branch_labels = \
                 {{ branch_labels | toml }}` to it)",
                "1:1 : the template does not write `replaces` as it is (add `replaces = {{ replaces \
                 | toml }}` to it)",
                "1:1 : the template does not write `ends` as it is (add `ends = {{ ends | toml }}` to \
                 it)",
                "1:1 : the template does not write `created` as it is (add `created = {{ created \
                 }}` to it)",
                "1:1 : the template does not write `limbeck` as it is (add `limbeck = {{ limbeck \
                 }}` to it)",
                "1:1 : the template does not write `dialect` as it is (add `dialect = {{ dialect | \
                 toml }}` to it)",
                "1:1 : the template does not write `transaction` as it is (add `transaction = {{ \
                 transaction | toml }}` to it)",
                "1:1 : the template does not write `irreversible` as it is (add `irreversible = {{ \
                 irreversible | toml }}` to it)",
                "1:1 : the template does not write `upgrade` as it is (add `{{ upgrade }}` to it)",
            ]
        );
        let without = generic(Format::Sql).replace("branch_labels", "labels");
        assert_eq!(
            made(
                &without.replace("{% if labels %} {{ labels | join(sep=\", \") }}{% endif %}", ""),
                "a.sql"
            ),
            ["1:1 : the template does not write `branch_labels` as it is (add `-- \
                 branch_labels: {{ branch_labels | join(sep=\", \") }}` to it)"]
        );
    }

    #[test]
    fn a_template_that_is_wrong() {
        let made = |template: &str| shown(made(template, "a.toml", &script()));
        let hint = "(https://keats.github.io/tera/docs/ says how templates are written)";
        assert_eq!(
            made("revision = {{ revison }}"),
            [format!(
                "1:15 revison: variable `revison` is not defined. Available variables: \
                 branch_labels, created, depends_on, dialect, down_revision, downgrade, \
                 ends, irreversible, limbeck, message, message_lines, replaces, revision, title, \
                 transaction, upgrade, x {hint}"
            )]
        );
        assert_eq!(
            made("{% if %}"),
            [format!(
                "1:7 %}}: found `%}}` but expected one of: integer, float, string, bool, ident, `-`, \
                 `not`, `<`, `{{`, `[` or `(` {hint}"
            )]
        );
        assert_eq!(
            made("{# é #}\n{{ revision | nope }}"),
            [format!("2:15 : unknown filter `nope` {hint}")]
        );
        assert_eq!(
            made("revision = {{ revision }}\ndown_revision = []"),
            ["1:12 e517276bb1c2: `e517276bb1c2` is no TOML value (a string stands in quotes: \
                 `\"e517276bb1c2\"`; the file is made from `script.tera`)"]
        );
    }

    #[test]
    fn a_section_marker_in_a_statement_is_found() {
        let upgrade = vec![Operation::Execute(Sql::new("SELECT '\n-- upgrade\n'")).into()];
        let script = Script { upgrade, ..script() };
        assert_eq!(
            shown(made(generic(Format::Sql), "a.sql", &script)),
            ["18:1 -- upgrade: a second section `-- upgrade` (put all of it under the first \
                 one; in a string, indent the line; the file is made from `script.tera`)"]
        );
    }
}
