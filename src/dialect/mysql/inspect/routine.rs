//! Functions and procedures.

use std::collections::{HashMap, HashSet};

use super::super::lexer::tokens;
use super::super::text::{self, literal, quote};
use super::super::types;
use super::{Catalogue, Fields, Found, shown};
use crate::dialect::DbError;
use crate::schema::{Function, Name, Object, Sql};

/// The routines with their parameters.
#[derive(Default)]
pub(super) struct Routines {
    pub(super) all: Vec<Routine>,
    parameters: HashMap<(Name, String), Vec<Parameter>>,
}

/// A function or a procedure, as the catalogue has it.
pub(super) struct Routine {
    /// In lower case.
    kind: String,
    name: Name,
    body: String,
    language: String,
    is_deterministic: bool,
    access: String,
    security: String,
    comment: String,
}

/// A parameter, or what a function returns.
pub(super) struct Parameter {
    routine: Name,
    /// The kind of the routine, in lower case.
    kind: String,
    /// 0 is what a function returns.
    number: u32,
    /// Its type, as the server takes it.
    ty: String,
    mode: String,
    name: String,
}

impl Routine {
    pub(super) fn read(kind: &str, name: Name, mut fields: Fields) -> Routine {
        Routine {
            kind: kind.to_owned(),
            name,
            body: fields.text(),
            language: fields.text(),
            is_deterministic: fields.is("YES"),
            access: fields.text(),
            security: fields.text(),
            comment: fields.text(),
        }
    }
}

impl Parameter {
    pub(super) fn read(
        catalogue: &Catalogue,
        routine: Name,
        number: u32,
        mut fields: Fields,
    ) -> Parameter {
        let ty = fields.text();
        let kind = fields.text();
        let (mode, name) = (fields.text(), fields.text());
        let charset = fields.optional().zip(fields.optional());
        Parameter { routine, kind, number, ty: spelled(catalogue, &ty, charset), mode, name }
    }
}

/// The type of a parameter in one spelling, with its character set where it is not the database's.
fn spelled(catalogue: &Catalogue, ty: &str, charset: Option<(String, String)>) -> String {
    let is_long = ty.eq_ignore_ascii_case("longtext");
    if catalogue.is_mariadb() && is_long && charset.as_ref().is_some_and(|it| it.1 == "utf8mb4_bin")
    {
        return "json".to_owned();
    }
    let text = types::sql(catalogue.dialect, &types::raise(ty)).unwrap_or_else(|_| ty.to_owned());
    match (charset, &catalogue.dialect.charset) {
        (Some(its), Some(own)) if its != *own => {
            format!("{text} CHARSET {} COLLATE {}", its.0, its.1)
        }
        _ => text,
    }
}

impl Routines {
    pub(super) fn take(&mut self, parameter: Parameter) {
        let key = (parameter.routine.clone(), parameter.kind.clone());
        self.parameters.entry(key).or_default().push(parameter);
    }

    /// Puts them among the objects.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn add(
        mut self,
        catalogue: &mut Catalogue,
        found: &mut Found,
    ) -> Result<(), DbError> {
        let mut taken = HashSet::new();
        // Where both share a name and all types, only the function can be told by them.
        self.all.sort_by(|a, b| (&a.name, &a.kind).cmp(&(&b.name, &b.kind)));
        for routine in self.all {
            let key = (routine.name.clone(), routine.kind.clone());
            let mut parameters = self.parameters.remove(&key).unwrap_or_default();
            parameters.sort_by_key(|it| it.number);
            let (returned, own): (Vec<_>, Vec<_>) =
                parameters.into_iter().partition(|it| it.number == 0);
            let types: Vec<_> = own.iter().map(|it| it.ty.as_str()).collect();
            let arguments = types.join(", ");
            let is_free = taken.insert((routine.name.clone(), arguments.clone()));
            if routine.language != "SQL" || !is_free {
                found.other(&routine.kind, routine.name);
                continue;
            }
            let text = definition(catalogue, &routine, &own, returned.first())?;
            let (name, definition) = (routine.name, Sql::new(text));
            found.schema.objects.push(Object::Function(Function { name, arguments, definition }));
        }
        Ok(())
    }
}

/// The statement that makes a routine.
fn definition(
    catalogue: &mut Catalogue,
    routine: &Routine,
    parameters: &[Parameter],
    returned: Option<&Parameter>,
) -> Result<String, DbError> {
    let kind = routine.kind.to_uppercase();
    let parameter = |it: &Parameter| {
        let mode = match (&*kind, &*it.mode) {
            ("PROCEDURE", "OUT" | "INOUT") => format!("{} ", it.mode),
            _ => String::new(),
        };
        format!("{mode}{} {}", quote(&it.name), it.ty)
    };
    let parameters: Vec<_> = parameters.iter().map(parameter).collect();
    let body = shown::body(catalogue, &kind, &routine.name, routine.body.clone())?;
    let aggregate = if kind == "FUNCTION" && is_aggregate(&body) { "AGGREGATE " } else { "" };
    let name = text::name(&routine.name);
    let mut text = format!("CREATE {aggregate}{kind} {name}({})", parameters.join(", "));
    if let Some(it) = returned {
        text.push_str(&format!(" RETURNS {}", it.ty));
    }
    let mut more = Vec::new();
    if routine.access != "CONTAINS SQL" {
        more.push(routine.access.clone());
    }
    if routine.is_deterministic {
        more.push("DETERMINISTIC".to_owned());
    }
    if routine.security == "INVOKER" {
        more.push("SQL SECURITY INVOKER".to_owned());
    }
    if !routine.comment.is_empty() {
        more.push(format!("COMMENT {}", literal(Default::default(), &routine.comment)));
    }
    if !more.is_empty() {
        text.push_str(&format!("\n{}", more.join(" ")));
    }
    Ok(format!("{text}\n{body}"))
}

/// Whether a function of MariaDB takes all rows of a group: only such a one fetches the next of them.
fn is_aggregate(body: &str) -> bool {
    let all: Vec<_> = tokens(body).collect();
    let words = ["fetch", "group", "next", "row"];
    all.windows(4).any(|it| it.iter().zip(words).all(|(token, word)| token.is(word)))
}
