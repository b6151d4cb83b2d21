//! Names as the server reports them.

use super::super::MySql;
use crate::schema::Name;

/// The name as the connection's own database makes it.
pub(super) fn local(dialect: &MySql, name: &Name) -> Name {
    match (&name.schema, &dialect.schema) {
        (Some(schema), Some(own)) if schema == own => Name::new(&name.name),
        _ => name.clone(),
    }
}

/// The name that one of `live` has, where the case of letters makes no difference; otherwise the one
/// that the server makes of it.
pub(super) fn found<'a>(
    dialect: &MySql,
    name: &Name,
    mut live: impl Iterator<Item = &'a Name>,
) -> Name {
    let name = local(dialect, name);
    if dialect.case_sensitive {
        return name;
    }
    let lower = |name: &Name| Name {
        schema: name.schema.as_ref().map(|it| it.to_lowercase()),
        name: name.name.to_lowercase(),
    };
    let wanted = lower(&name);
    live.find(|it| lower(it) == wanted).cloned().unwrap_or(wanted)
}

/// The first of `name`, `name_2`, `name_3` that is not taken.
pub(super) fn free(name: &str, taken: &[String]) -> String {
    let is_free = |it: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(it));
    let numbered = (2u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The first of `<before>1`, `<before>2` that is not taken.
pub(super) fn counted(before: &str, taken: &[String]) -> String {
    let is_free = |it: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(it));
    (1u32..).map(|number| format!("{before}{number}")).find(is_free).unwrap_or_default()
}
