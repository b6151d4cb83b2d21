//! A domain becomes another while columns use it.

use crate::dialect::Statement;
use crate::dialect::postgres::lexer::{Token, tokens};
use crate::dialect::postgres::spelling::{self, Columns};
use crate::dialect::postgres::types::{self, quote, raise};
use crate::schema::{Definition, Table};

/// The statements that alter the domain; `None` where only a new one will do.
pub(super) fn alter(from: &Definition, to: &Definition) -> Option<Vec<Statement>> {
    let text = |it: &'_ Definition| it.definition.of("postgres").map(str::to_owned);
    let (before, after) = (text(from)?, text(to)?);
    let (before, after) = (Domain::read(&before)?, Domain::read(&after)?);
    let is_same_base =
        raise(before.base) == raise(after.base) && before.collation == after.collation;
    if !is_same_base || from.name != to.name {
        return None;
    }
    let own = &from.name.name;
    let mut clauses = Vec::new();
    let mut kept = vec![false; after.checks.len()];
    for (at, check) in before.checks.iter().enumerate() {
        let same = |other: &Check| {
            let names = check.name.is_none() || other.name.is_none() || check.name == other.name;
            names && same(check.expression, other.expression)
        };
        match (0..kept.len()).find(|it| !kept[*it] && same(&after.checks[*it])) {
            Some(other) => kept[other] = true,
            None => clauses.push(format!("DROP CONSTRAINT {}", quote(&before.check_name(at, own)))),
        }
    }
    match (before.default, after.default) {
        (Some(_), None) => clauses.push("DROP DEFAULT".to_owned()),
        (before, Some(after)) if !before.is_some_and(|it| same(it, after)) => {
            clauses.push(format!("SET DEFAULT {after}"));
        }
        _ => {}
    }
    match (before.required, after.required) {
        (true, false) => clauses.push("DROP NOT NULL".to_owned()),
        (false, true) => clauses.push("SET NOT NULL".to_owned()),
        _ => {}
    }
    let added = after.checks.iter().zip(kept).filter(|(_, kept)| !kept);
    clauses.extend(added.map(|(check, _)| {
        let name = check.name.as_ref().map(|it| format!("CONSTRAINT {} ", quote(it)));
        format!("ADD {}CHECK ({})", name.unwrap_or_default(), check.expression)
    }));
    let domain = types::name(&from.name);
    let statement = |clause| Statement::new(format!("ALTER DOMAIN {domain} {clause}"));
    Some(clauses.into_iter().map(statement).collect())
}

/// Whether two expressions are the same, written by a person or by the server.
fn same(a: &str, b: &str) -> bool {
    let none = Table::default();
    let columns = Columns::of(&none);
    spelling::same(a, b, &columns) || spelling::same(b, a, &columns)
}

/// What a `CREATE DOMAIN` says.
#[derive(Debug, Default, PartialEq)]
struct Domain<'a> {
    base: &'a str,
    collation: Option<&'a str>,
    default: Option<&'a str>,
    required: bool,
    checks: Vec<Check<'a>>,
}

#[derive(Debug, PartialEq)]
struct Check<'a> {
    name: Option<String>,
    expression: &'a str,
}

impl<'a> Domain<'a> {
    /// Reads the statement, as far as it is one of the forms in
    /// <https://www.postgresql.org/docs/current/sql-createdomain.html>.
    fn read(text: &'a str) -> Option<Domain<'a>> {
        let all: Vec<Token> = tokens(text).filter(|it| !it.is(";")).collect();
        let [create, domain, _, rest @ ..] = &all[..] else { return None };
        if !create.is("create") || !domain.is("domain") {
            return None;
        }
        let mut rest = rest;
        while let [dot, _, behind @ ..] = rest
            && dot.is(".")
        {
            rest = behind;
        }
        if let [word, behind @ ..] = rest
            && word.is("as")
        {
            rest = behind;
        }
        let mut read = Domain::default();
        let (base, mut rest) = clause(text, rest)?;
        read.base = base;
        let mut name = None;
        while let [word, behind @ ..] = rest {
            if word.is("not") {
                let [null, behind @ ..] = behind else { return None };
                null.is("null").then_some(())?;
                rest = behind;
                read.required = true;
                name = None;
                continue;
            }
            let (said, behind) = if word.is("null") { ("", behind) } else { clause(text, behind)? };
            rest = behind;
            if word.is("constraint") {
                name = Some(tokens(said).next()?.name()?);
            } else if word.is("check") {
                let expression = said.strip_prefix('(')?.strip_suffix(')')?;
                read.checks.push(Check { name: name.take(), expression });
            } else if word.is("default") {
                read.default = Some(said);
            } else if word.is("collate") {
                read.collation = Some(said);
            } else if !word.is("null") {
                return None;
            }
        }
        Some(read)
    }

    /// The name of a check, or the one that the server makes for it.
    fn check_name(&self, at: usize, own: &str) -> String {
        let unnamed = self.checks[..at].iter().filter(|it| it.name.is_none()).count();
        match (&self.checks[at].name, unnamed) {
            (Some(name), _) => name.clone(),
            (None, 0) => format!("{own}_check"),
            (None, several) => format!("{own}_check{several}"),
        }
    }
}

/// The text up to the next clause, and what is behind it.
fn clause<'a, 'b>(text: &'a str, rest: &'b [Token<'a>]) -> Option<(&'a str, &'b [Token<'a>])> {
    const CLAUSES: [&str; 6] = ["collate", "default", "not", "null", "constraint", "check"];
    let mut depth = 0;
    let ends = |token: &Token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0 && CLAUSES.iter().any(|it| token.is(it))
    };
    // A default may be NULL.
    let is_null = rest.first().is_some_and(|it| it.is("null"));
    let end = match is_null {
        true => 1,
        false => rest.iter().position(ends).unwrap_or(rest.len()),
    };
    let said = match rest[..end] {
        [] => "",
        [first, .., last] => &text[first.at..last.end()],
        [one] => one.text,
    };
    Some((said, &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Name;

    fn altered(from: &str, to: &str) -> Option<Vec<String>> {
        let definition = |text: &str| Definition {
            kind: "domain".to_owned(),
            name: Name::new("code"),
            table: None,
            definition: text.into(),
        };
        let statements = alter(&definition(from), &definition(to))?;
        Some(statements.into_iter().map(|it| it.sql).collect())
    }

    #[test]
    fn what_can_be_altered_is() {
        let from = "CREATE DOMAIN \"code\" AS character varying(10) COLLATE pg_catalog.\"C\" DEFAULT 'x'::character varying NOT NULL CONSTRAINT code_check CHECK (VALUE::text <> ''::text) CONSTRAINT b CHECK (length(VALUE::text) > 1)";
        for (to, expected) in [
            (
                "CREATE DOMAIN code AS varchar(10) COLLATE pg_catalog.\"C\" NOT NULL CHECK (VALUE::text <> '') CONSTRAINT b CHECK (length(VALUE::text) > 2);",
                &[
                    "ALTER DOMAIN \"code\" DROP CONSTRAINT \"b\"",
                    "ALTER DOMAIN \"code\" DROP DEFAULT",
                    "ALTER DOMAIN \"code\" ADD CONSTRAINT \"b\" CHECK (length(VALUE::text) > 2)",
                ][..],
            ),
            (
                "create domain public.code varchar(10) collate pg_catalog.\"C\" default null null",
                &[
                    "ALTER DOMAIN \"code\" DROP CONSTRAINT \"code_check\"",
                    "ALTER DOMAIN \"code\" DROP CONSTRAINT \"b\"",
                    "ALTER DOMAIN \"code\" SET DEFAULT null",
                    "ALTER DOMAIN \"code\" DROP NOT NULL",
                ],
            ),
        ] {
            assert_eq!(altered(from, to).unwrap(), expected, "{to}");
        }
    }

    #[test]
    fn another_type_is_another_domain() {
        let from = "CREATE DOMAIN code AS integer";
        for to in [
            "CREATE DOMAIN code AS bigint",
            "CREATE DOMAIN code AS integer COLLATE \"C\"",
            "CREATE DOMAIN code AS integer NOT",
            "CREATE DOMAIN code AS integer CHECK VALUE > 1",
            "CREATE TYPE code AS (a integer)",
            "CREATE DOMAIN",
            "",
        ] {
            assert_eq!(altered(from, to), None, "{to}");
        }
        assert_eq!(altered(from, "CREATE DOMAIN code int"), Some(Vec::new()));
    }
}
