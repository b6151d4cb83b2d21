//! A column as it becomes.

use crate::dialect::mysql::options::{AFTER, ALGORITHM, CHARSET, FIRST, LOCK};
use crate::dialect::mysql::types::settled;
use crate::dialect::mysql::{MySql, options};
use crate::schema::{Column, Options, Type, TypeOf};

/// A column with what `from` and `to` differ in, and all else as it is.
///
/// Scripts speak in portable words. What they do not speak of stays.
pub(super) fn carried_out(dialect: &MySql, live: &Column, from: &Column, to: &Column) -> Column {
    fn field<T: PartialEq + Clone>(live: &T, from: &T, to: &T) -> T {
        if from == to { live.clone() } else { to.clone() }
    }
    let ty = match is_alike(dialect, &from.ty, &to.ty) {
        true => live.ty.clone(),
        false => to.ty.clone(),
    };
    let mut column = Column {
        name: live.name.clone(),
        nullable: field(&live.nullable, &from.nullable, &to.nullable),
        default: field(&live.default, &from.default, &to.default),
        generated: field(&live.generated, &from.generated, &to.generated),
        identity: field(&live.identity, &from.identity, &to.identity),
        collation: field(&live.collation, &from.collation, &to.collation),
        comment: field(&live.comment, &from.comment, &to.comment),
        options: options_carried_out(dialect, live, from, to),
        ty,
    };
    // Where there are no texts any more, they are not compared either.
    if !holds_texts(dialect, &column.ty) {
        if from.collation == to.collation {
            column.collation = None;
        }
        if own(dialect, from).get(CHARSET) == own(dialect, to).get(CHARSET) {
            column.options.remove(CHARSET);
        }
    }
    column
}

/// Whether two types are one here.
pub(super) fn is_alike(dialect: &MySql, from: &Type, to: &Type) -> bool {
    from == to
        || matches!((settled(dialect, from), settled(dialect, to)), (Ok(from), Ok(to)) if from == to)
}

/// The options that say what a column is.
fn own(dialect: &MySql, column: &Column) -> Options {
    let mut own = options::own(dialect.flavour, &column.options);
    own.retain(|name, _| ![FIRST, AFTER, ALGORITHM, LOCK].contains(&name.as_str()));
    own
}

fn options_carried_out(dialect: &MySql, live: &Column, from: &Column, to: &Column) -> Options {
    let (mut all, from, to) = (own(dialect, live), own(dialect, from), own(dialect, to));
    for name in from.keys().chain(to.keys()).filter(|name| from.get(*name) != to.get(*name)) {
        match to.get(name) {
            Some(value) => all.insert(name.clone(), value.clone()),
            None => all.remove(name),
        };
    }
    all
}

fn holds_texts(dialect: &MySql, ty: &Type) -> bool {
    const NATIVE: [&str; 8] =
        ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"];
    let Ok(ty) = settled(dialect, ty) else { return true };
    match ty.of(dialect.flavour.name()) {
        Ok(TypeOf::Portable(it)) => {
            let is_uuid = matches!(it, Type::Uuid) && !dialect.has_uuid();
            is_uuid || matches!(it, Type::String(_) | Type::Char(_) | Type::Text(_) | Type::Enum(_))
        }
        Ok(TypeOf::Native(text)) => {
            let word = text.split(['(', ' ']).next().unwrap_or_default().to_lowercase();
            NATIVE.contains(&word.as_str())
        }
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Literal, OptionValue, Value};

    #[test]
    fn what_a_change_does_not_speak_of_stays() {
        let dialect = MySql::default();
        let column = |ty: &str| Column::new("a", ty.parse().unwrap());
        let live = Column {
            collation: Some("latin1_bin".to_owned()),
            default: Some(Value::Literal(Literal::Text("x".to_owned()))),
            comment: Some("kept".to_owned()),
            nullable: false,
            options: [(CHARSET.to_owned(), OptionValue::Text("latin1".to_owned()))].into(),
            ..column("string(10)")
        };
        let wider = carried_out(&dialect, &live, &column("string(10)"), &column("string(20)"));
        assert_eq!(wider, Column { ty: "string(20)".parse().unwrap(), ..live.clone() });
        let number = carried_out(&dialect, &live, &column("string(10)"), &column("integer"));
        assert_eq!((number.collation, number.options.len()), (None, 0));
        // What is one type here is no change of it.
        let same = carried_out(&dialect, &live, &column("string"), &column("text(long)"));
        assert_eq!(same, live);
    }
}
