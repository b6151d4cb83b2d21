//! What an operation means for others who use the database meanwhile.
//!
//! Which statement takes which lock: <https://www.postgresql.org/docs/current/explicit-locking.html>.

use super::lexer::{Token, TokenKind, tokens};
use super::types;
use crate::dialect::{Effects, Statement};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Type};

/// A lock on a table, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lock {
    /// `ROW EXCLUSIVE`.
    Rows,
    /// `SHARE UPDATE EXCLUSIVE`.
    Schema,
    /// `SHARE`.
    Writers,
    /// `SHARE ROW EXCLUSIVE`, on both tables of a foreign key.
    WritersAndKeys,
    /// `ACCESS EXCLUSIVE`.
    Everyone,
}

impl Lock {
    fn text(self) -> &'static str {
        match self {
            Lock::Rows => "the rows that it writes, against other writers",
            Lock::Schema => "the table, against other changes of it; rows are read and written",
            Lock::Writers | Lock::WritersAndKeys => "the table, against writers; rows are read",
            Lock::Everyone => "the table, against readers and writers",
        }
    }
}

/// Told from the statements that carry the operation out.
pub(super) fn effects(op: &Operation, statements: &[Statement]) -> Effects {
    let changes = || statements.iter().filter(|it| it.refuse.is_none());
    let lock = changes().filter_map(|it| lock(&it.sql)).max().map(Lock::text);
    let rewrites = match op {
        Operation::Execute(_) | Operation::Run { .. } => None,
        Operation::Fill { .. } => Some(true),
        Operation::AlterEnum { .. } => Some(changes().any(|it| sets_type(&it.sql))),
        Operation::AlterTable { changes, .. } => Some(changes.iter().any(rewrites)),
        _ => Some(false),
    };
    Effects { lock, rewrites }
}

/// The lock that a statement takes on a table that others may use.
fn lock(sql: &str) -> Option<Lock> {
    let words: Vec<Token> =
        tokens(sql).filter(|it| it.kind != TokenKind::Symbol).take(400).collect();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it.is(word));
    let has = |word: &str| words.iter().any(|it| it.is(word));
    match () {
        () if is(0, "INSERT") || is(0, "UPDATE") || is(0, "DELETE") => Some(Lock::Rows),
        () if is(0, "COMMENT") => Some(Lock::Schema),
        () if is(0, "CREATE") && (is(1, "INDEX") || is(2, "INDEX")) => {
            Some(if has("CONCURRENTLY") { Lock::Schema } else { Lock::Writers })
        }
        () if is(0, "DROP") && is(1, "INDEX") && is(2, "CONCURRENTLY") => Some(Lock::Schema),
        () if is(0, "CREATE") && has("TRIGGER") => Some(Lock::WritersAndKeys),
        () if is(0, "CREATE") && (is(1, "POLICY") || is(1, "RULE")) => Some(Lock::Everyone),
        () if is(0, "CREATE") && is(1, "STATISTICS") => Some(Lock::Schema),
        // The table of which a new one is a part.
        () if is(0, "CREATE") && has("TABLE") && has("PARTITION") && has("OF") => {
            Some(Lock::Everyone)
        }
        // A new table that refers to others.
        () if is(0, "CREATE") && has("TABLE") && has("REFERENCES") => Some(Lock::WritersAndKeys),
        () if is(0, "CREATE") => None,
        () if is(0, "ALTER") && is(1, "TABLE") => Some(alter_lock(&words)),
        () if is(0, "ALTER") => None,
        () if is(0, "DROP") => {
            const ON_TABLES: [&str; 7] =
                ["TABLE", "INDEX", "TRIGGER", "VIEW", "MATERIALIZED", "POLICY", "RULE"];
            ON_TABLES.iter().any(|it| is(1, it)).then_some(Lock::Everyone)
        }
        () if is(0, "SELECT") => None,
        () => Some(Lock::Everyone),
    }
}

/// The strictest of what the clauses of an `ALTER TABLE` take.
fn alter_lock(words: &[Token]) -> Lock {
    let has = |word: &str| words.iter().any(|it| it.is(word));
    let only = |allowed: &[&str]| {
        let mut clauses = words.windows(2).filter(|it| it[0].is("SET") || it[0].is("VALIDATE"));
        clauses.clone().count() > 0
            && clauses.all(|it| allowed.iter().any(|word| it[1].is(word)))
            && !["ADD", "DROP", "TYPE", "RENAME", "INHERIT", "LEVEL"].iter().any(|it| has(it))
    };
    match () {
        () if has("VALIDATE") && only(&["CONSTRAINT"]) => Lock::Schema,
        () if only(&["STATISTICS"]) => Lock::Schema,
        () if has("ATTACH") => Lock::Schema,
        () if has("DETACH") && has("CONCURRENTLY") => Lock::Schema,
        () if has("FOREIGN") && adds_only_keys(words) => Lock::WritersAndKeys,
        () => Lock::Everyone,
    }
}

/// Whether each clause is `ADD ... FOREIGN KEY`.
fn adds_only_keys(words: &[Token]) -> bool {
    let count = |word: &str| words.iter().filter(|it| it.is(word)).count();
    count("ADD") == count("FOREIGN") && count("ALTER") == 1 && count("DROP") == 0
}

fn sets_type(sql: &str) -> bool {
    let words: Vec<Token> = tokens(sql).collect();
    words.first().is_some_and(|it| it.is("ALTER")) && words.iter().any(|it| it.is("USING"))
}

/// Whether a change writes every row of the table again:
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>.
fn rewrites(change: &TableChange) -> bool {
    match change {
        TableChange::AlterColumn { from, to } => {
            let computed = to.generated.is_some() && from.generated != to.generated;
            computed || !keeps_rows(from, to)
        }
        TableChange::AddColumn(column) => {
            column.generated.as_ref().is_some_and(|it| it.stored)
                || column.identity.is_some()
                || is_volatile(column)
        }
        TableChange::SetOption { name, .. } => {
            name == super::options::UNLOGGED || name == super::options::TABLESPACE
        }
        _ => false,
    }
}

/// Whether a new column gets a value for each row by itself. What is not known to be the same for
/// all of them is taken to differ.
fn is_volatile(column: &Column) -> bool {
    const STABLE: [&str; 12] = [
        "now",
        "current_timestamp",
        "current_date",
        "current_time",
        "localtime",
        "localtimestamp",
        "transaction_timestamp",
        "statement_timestamp",
        "current_user",
        "session_user",
        "user",
        "current_schema",
    ];
    let text = match &column.default {
        Some(crate::schema::Value::Expression(sql)) => sql.of("postgres").unwrap_or_default(),
        _ => return false,
    };
    let all: Vec<Token> = tokens(text).collect();
    all.windows(2).any(|pair| {
        let call = pair[0].kind == TokenKind::Word && pair[1].is("(");
        call && !STABLE.iter().any(|it| pair[0].is(it))
    })
}

/// Whether the rows stay as they are: the type is the same to them, and at least as wide.
fn keeps_rows(from: &Column, to: &Column) -> bool {
    let spelled = |it: &Column| types::column_sql(&Default::default(), it).unwrap_or_default();
    let (old, new) = (spelled(from), spelled(to));
    if old == new {
        return true;
    }
    let wider = |a: Option<u32>, b: Option<u32>| b.is_none() || a.is_some_and(|a| Some(a) <= b);
    match (types::raise(&old), types::raise(&new)) {
        (Type::String(a), Type::String(b)) => wider(a, b),
        (Type::String(_) | Type::Text(_), Type::Text(_)) => true,
        (Type::Text(_), Type::String(None)) => true,
        (Type::Numeric { precision: a, scale: c }, Type::Numeric { precision: b, scale: d }) => {
            b.is_none() || (c.unwrap_or(0) == d.unwrap_or(0) && wider(a, b))
        }
        (Type::DateTime { tz: a, precision: c }, Type::DateTime { tz: b, precision: d }) => {
            a == b && wider(c.or(Some(6)), d.filter(|it| *it < 6))
        }
        (Type::Time { precision: a }, Type::Time { precision: b }) => {
            wider(a.or(Some(6)), b.filter(|it| *it < 6))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_of_statements() {
        let cases = [
            (r#"INSERT INTO "t" ("a") VALUES (1)"#, Some(Lock::Rows)),
            (r#"UPDATE "t" SET "a" = 1 WHERE "a" IS NULL"#, Some(Lock::Rows)),
            (r#"CREATE INDEX "i" ON "t" ("a")"#, Some(Lock::Writers)),
            (r#"CREATE UNIQUE INDEX CONCURRENTLY "i" ON "t" ("a")"#, Some(Lock::Schema)),
            (r#"DROP INDEX CONCURRENTLY "i""#, Some(Lock::Schema)),
            (r#"DROP INDEX "i""#, Some(Lock::Everyone)),
            (r#"COMMENT ON TABLE "t" IS 'a'"#, Some(Lock::Schema)),
            (r#"ALTER TABLE "t" VALIDATE CONSTRAINT "c""#, Some(Lock::Schema)),
            (r#"ALTER TABLE "t" ALTER COLUMN "a" SET STATISTICS 9"#, Some(Lock::Schema)),
            (r#"ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL"#, Some(Lock::Everyone)),
            (
                r#"ALTER TABLE "t" ADD CONSTRAINT "c" FOREIGN KEY ("a") REFERENCES "u" ("b")"#,
                Some(Lock::WritersAndKeys),
            ),
            (
                "ALTER TABLE \"t\"\n    ADD COLUMN \"a\" integer,\n    \
                 ADD FOREIGN KEY (\"a\") REFERENCES \"u\"",
                Some(Lock::Everyone),
            ),
            (r#"ALTER TABLE "t" ATTACH PARTITION "p" DEFAULT"#, Some(Lock::Schema)),
            (
                "CREATE TRIGGER a BEFORE INSERT ON t EXECUTE FUNCTION f()",
                Some(Lock::WritersAndKeys),
            ),
            (r#"CREATE TABLE "t" ("a" integer)"#, None),
            (r#"CREATE TABLE "t" PARTITION OF "p" DEFAULT"#, Some(Lock::Everyone)),
            ("CREATE POLICY p ON t", Some(Lock::Everyone)),
            (r#"DROP RULE "r" ON "t""#, Some(Lock::Everyone)),
            (r#"DROP TYPE "t""#, None),
            (r#"CREATE TYPE "t" AS ENUM ('a')"#, None),
            (r#"ALTER TYPE "t" ADD VALUE 'a'"#, None),
            ("DO $$ BEGIN END $$", Some(Lock::Everyone)),
        ];
        for (sql, expected) in cases {
            assert_eq!(lock(sql), expected, "{sql}");
        }
    }

    #[test]
    fn changes_that_write_every_row() {
        let cases = [
            ("string(10)", "string(20)", false),
            ("string(20)", "string(10)", true),
            ("string(20)", "text", false),
            ("text", "string", false),
            ("text", "string(9)", true),
            ("numeric(10, 2)", "numeric(12, 2)", false),
            ("numeric(10, 2)", "numeric(12, 3)", true),
            ("numeric(10, 2)", "numeric", false),
            ("integer", "big_integer", true),
            ("datetime(3)", "datetime", false),
            ("datetime", "datetime(6)", false),
            ("datetime", "datetime(3)", true),
            ("datetime", "datetime(tz)", true),
        ];
        for (from, to, expected) in cases {
            let column = |ty: &str| Column::new("a", ty.parse().unwrap());
            let change = TableChange::AlterColumn { from: column(from), to: column(to) };
            assert_eq!(rewrites(&change), expected, "{from} to {to}");
        }
    }
}
