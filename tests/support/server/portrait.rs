//! A database of MySQL or MariaDB in the server's own words.

use super::Database;

/// Names, in the order of the alphabet.
fn names(database: &Database, of: &str) -> Vec<String> {
    database.query(&format!("SELECT {of} ORDER BY 1"))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Tables and what is shown like one, with its kind.
fn tables(database: &Database, kind: &str) -> Vec<String> {
    names(
        database,
        &format!(
            "table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type {kind}"
        ),
    )
}

/// Everything in it that somebody made. The order of the columns is left out: one that is made anew comes
/// behind the others. So are parentheses: MySQL does not say of an expression made from what it has said
/// what it said before, and `a or (b or c)` becomes `a or b or c`.
pub(crate) fn portrait(database: &Database) -> String {
    let mut all = Vec::new();
    for table in tables(database, "IN ('BASE TABLE', 'SYSTEM VERSIONED')") {
        let text = shown(database, "TABLE", &table).join("\n");
        let mut lines: Vec<&str> = text.lines().map(|it| it.trim_end_matches(',')).collect();
        lines.sort_unstable();
        all.extend(lines.into_iter().map(without_count));
    }
    for sequence in tables(database, "= 'SEQUENCE'") {
        all.extend(shown(database, "SEQUENCE", &sequence));
    }
    for view in tables(database, "LIKE '%VIEW'") {
        all.extend(shown(database, "VIEW", &view));
    }
    let trigger = "trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
    for trigger in names(database, trigger) {
        all.extend(shown(database, "TRIGGER", &trigger));
    }
    for kind in ["FUNCTION", "PROCEDURE"] {
        let of = format!(
            "routine_name FROM information_schema.routines WHERE routine_schema = DATABASE() AND routine_type = '{kind}'"
        );
        for routine in names(database, &of) {
            all.extend(shown(database, kind, &routine));
        }
    }
    let event = "event_name FROM information_schema.events WHERE event_schema = DATABASE()";
    for event in names(database, event) {
        all.extend(shown(database, "EVENT", &event));
    }
    // What is the same and is shown as it was said: quotes of routines, the usual method of an index, and
    // what becomes of rows behind a foreign key when nothing is.
    let said = all.join("\n").replace(['(', ')', '`'], "");
    let said = said.replace(" USING BTREE", "").replace(" ON DELETE RESTRICT", "");
    // A default says in which database its sequence is.
    said.replace(&format!("{}.", database.name()), "")
}

/// What the server says of one thing; not when it was made.
fn shown(database: &Database, kind: &str, name: &str) -> Vec<String> {
    let rows = database.query(&format!("SHOW CREATE {kind} {}", quoted(name)));
    let made = |line: String| match kind {
        "TRIGGER" => line.rsplit_once(" | ").map(|it| it.0.to_owned()).unwrap_or(line),
        _ => line,
    };
    rows.into_iter().map(made).collect()
}

/// The line behind the columns, without how far the table has counted.
fn without_count(line: &str) -> String {
    match line.split_once(" AUTO_INCREMENT=") {
        Some((before, rest)) if line.starts_with(") ENGINE") => {
            let after = rest.split_once(' ').map_or("", |it| it.1);
            format!("{before} {after}")
        }
        _ => line.to_owned(),
    }
}

/// Every row of every table, its columns in the order of their names.
pub(crate) fn rows(database: &Database) -> String {
    rows_but_of(database, "")
}

/// The rows of every table but one.
pub(crate) fn rows_but_of(database: &Database, left_out: &str) -> String {
    let mut lines = Vec::new();
    let tables = tables(database, "IN ('BASE TABLE', 'SYSTEM VERSIONED')");
    for table in tables.into_iter().filter(|it| it != left_out) {
        let of = format!(
            "column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{}'",
            table.replace('\'', "''")
        );
        let columns: Vec<String> = names(database, &of).iter().map(|it| quoted(it)).collect();
        let rows =
            database.query(&format!("SELECT {} FROM {}", columns.join(", "), quoted(&table)));
        let mut rows: Vec<String> = rows.iter().map(|row| format!("{table} {row}")).collect();
        rows.sort();
        lines.extend(rows);
    }
    lines.join("\n")
}

/// How far every table and every sequence has counted.
pub(crate) fn counters(database: &Database) -> String {
    let mut lines = Vec::new();
    for table in tables(database, "IN ('BASE TABLE', 'SYSTEM VERSIONED')") {
        let text = shown(database, "TABLE", &table).join("\n");
        let count = text.split_once(" AUTO_INCREMENT=").map(|it| it.1);
        let count = count.and_then(|it| it.split_once(' ')).map(|it| it.0);
        lines.extend(count.map(|count| format!("{table} {count}")));
    }
    for sequence in tables(database, "= 'SEQUENCE'") {
        let next = format!("SELECT next_not_cached_value FROM {}", quoted(&sequence));
        lines.extend(database.query(&next));
    }
    lines.join("\n")
}
