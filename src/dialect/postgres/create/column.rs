//! A column as it stands in `CREATE TABLE` and behind `ADD COLUMN`.

use super::identity::{self, Numbering};
use super::text::{group, word};
use crate::dialect::Unsupported;
use crate::dialect::postgres::options::{self, COMPRESSION, ENUM_CONSTRAINT, STATISTICS, STORAGE};
use crate::dialect::postgres::types::{self, quote};
use crate::dialect::postgres::{Postgres, default};
use crate::schema::{Column, Generated, Name, OptionValue, Table, Type, TypeOf};

/// The clauses of a column of `table`.
///
/// # Errors
/// When PostgreSQL has no such column.
pub(in crate::dialect::postgres) fn column(
    dialect: &Postgres,
    table: &Table,
    column: &Column,
) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(table.name.clone())),
        column: Some(column.name.clone()),
        ..error
    };
    clauses(dialect, table, column).map(|clauses| clauses.join(" ")).map_err(about)
}

fn clauses(dialect: &Postgres, table: &Table, column: &Column) -> Result<Vec<String>, Unsupported> {
    options::known(&column.options, options::COLUMN)?;
    let mut ty = types::column_sql(table, column)?;
    let mut numbers = None;
    match Numbering::of(column) {
        Numbering::None => {}
        Numbering::Identity => {
            ty = identity::integer_type(table, column)?;
            numbers = identity::generated_as_identity(column);
        }
        Numbering::Serial => {
            ty = identity::integer_type(table, column)?;
            match identity::serial_type(&ty, column) {
                Some(serial) => ty = serial.to_owned(),
                None => {
                    let sequence = identity::sequence(&table.name, &column.name);
                    numbers = Some(format!("DEFAULT {}", identity::nextval(&sequence)));
                }
            }
        }
    }
    let mut clauses = vec![quote(&column.name), ty];
    clauses.extend(column.collation.as_ref().map(|it| format!("COLLATE {}", types::collation(it))));
    if let Some(value) = &column.default {
        clauses.push(format!("DEFAULT {}", default::sql(&column.ty, value)?));
    }
    if let Some(generated) = &column.generated {
        clauses.push(self::generated(dialect, generated)?);
    }
    clauses.extend(numbers);
    if !column.nullable {
        clauses.push("NOT NULL".to_owned());
    }
    clauses.extend(enum_check(&table.name, column));
    Ok(clauses)
}

/// `GENERATED ALWAYS AS (...) STORED`.
fn generated(dialect: &Postgres, generated: &Generated) -> Result<String, Unsupported> {
    let text = group(default::expression(&generated.expression, "the generated column")?);
    if !generated.stored && dialect.version < 180_000 {
        return Err(Unsupported::new(
            "PostgreSQL computes a column when it is read only from version 18 on",
            "say `stored = true`".to_owned(),
        ));
    }
    let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
    Ok(format!("GENERATED ALWAYS AS {text} {kind}"))
}

/// The values of an enum that a column of this type holds behind a check.
pub(in crate::dialect::postgres) fn enum_values(ty: &Type) -> Option<&[String]> {
    match ty.of("postgres") {
        Ok(TypeOf::Portable(Type::Enum(values))) => Some(values),
        _ => None,
    }
}

/// The check behind which the values of an enum are kept, with its name, for a column of `table`
/// that holds one.
pub(in crate::dialect::postgres) fn enum_check(table: &Name, column: &Column) -> Option<String> {
    let values = enum_values(&column.ty)?;
    let name = quote(&enum_constraint(table, column));
    Some(format!("CONSTRAINT {name} {}", types::enum_check(&column.name, values)))
}

/// The name of that check: the one a server has reported, or the one that it gets here.
pub(in crate::dialect::postgres) fn enum_constraint(table: &Name, column: &Column) -> String {
    match options::text(&column.options, ENUM_CONSTRAINT) {
        Some(name) => name.to_owned(),
        None => types::enum_constraint(&table.name, &column.name),
    }
}

/// The clauses of `ALTER TABLE` for what `CREATE TABLE` has no words for in every version.
pub(in crate::dialect::postgres) fn settings(column: &Column) -> Vec<String> {
    [STORAGE, COMPRESSION, STATISTICS]
        .into_iter()
        .filter(|option| column.options.contains_key(*option))
        .map(|option| setting(column, option))
        .collect()
}

/// The clause that sets one of these options as `column` has it, or back to what is usual.
pub(in crate::dialect::postgres) fn setting(column: &Column, option: &str) -> String {
    let value = match (option, column.options.get(option)) {
        (STATISTICS, Some(OptionValue::Integer(number))) => format!("STATISTICS {number}"),
        (STATISTICS, _) => "STATISTICS -1".to_owned(),
        (COMPRESSION, Some(OptionValue::Text(method))) => {
            format!("COMPRESSION {}", word(&method.to_lowercase()))
        }
        (COMPRESSION, _) => "COMPRESSION default".to_owned(),
        (_, Some(OptionValue::Text(way))) => format!("STORAGE {}", way.to_uppercase()),
        _ => format!("STORAGE {}", usual_storage(&column.ty)),
    };
    format!("ALTER COLUMN {} SET {value}", quote(&column.name))
}

/// How values of a type are stored unless one says otherwise.
fn usual_storage(ty: &Type) -> &'static str {
    let fixed = |ty: &Type| {
        matches!(
            ty,
            Type::SmallInteger { .. }
                | Type::Integer { .. }
                | Type::BigInteger { unsigned: false }
                | Type::Boolean
                | Type::Float
                | Type::Double
                | Type::Date
                | Type::Time { .. }
                | Type::DateTime { .. }
                | Type::Interval
                | Type::Uuid
                | Type::SharedEnum(_)
        )
    };
    match ty.of("postgres") {
        Ok(TypeOf::Portable(ty)) if fixed(ty) => "PLAIN",
        Ok(TypeOf::Portable(Type::Numeric { .. } | Type::BigInteger { .. })) => "MAIN",
        Ok(TypeOf::Native("inet" | "cidr")) => "MAIN",
        _ => "EXTENDED",
    }
}
