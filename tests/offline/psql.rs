//! What is tried on PostgreSQL only.

use crate::case::{Case, Place, Which};
use crate::postgres::Postgres;

/// The cases.
pub(crate) const MORE: [(&str, fn()); 10] = [
    ("postgres::texts-that-look-like-commands", odd_texts),
    ("postgres::failing-statement", failing_statement),
    ("postgres::second-run", second_run),
    ("postgres::two-at-once", two_at_once),
    ("postgres::concurrently", concurrently),
    ("postgres::squash", squash),
    ("postgres::stamp", stamp),
    ("postgres::inline-enum-after-renames", inline_enum),
    ("postgres::constraints-without-names", constraints_without_names),
    ("postgres::behind-what-cannot-be-printed", behind_the_unprintable),
];

/// The client reads lines, looks into texts for its variables, and knows three kinds of quotes.
fn odd_texts() {
    let case = Case::new(Postgres::new);
    let text =
        "'\n\\q\n\\! echo\n;\n-- no comment\n/* nor this\n''; é\u{1b}[1m :HOST :''HOST'' \\'";
    let up = format!(
        "/* a /* b */ ' */ -- b\nCREATE TABLE t (a text -- the last\n)\n-- nothing\n;\n\
         INSERT INTO t VALUES ({text}), (E'\\'\\\\\\n'), ($limbeck$;'\\q$limbeck$), ($limbeck0$'$limbeck0$) -- c\n;\n\
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    RETURN NEW; -- $limbeck1$\nEND\n$$;\n\
         -- the end"
    );
    case.project.sql("a", "", &up, "DROP TABLE t -- x\n; DROP FUNCTION f()");
    case.same("up", "upgrade", "upgrade");
    case.same("down", "downgrade base", "downgrade a:base");
}

/// With it fails its transaction, and no revision behind it runs.
fn failing_statement() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    let up = "INSERT INTO a VALUES (1);\nSELECT 1 / x FROM (VALUES (0)) AS t (x);";
    case.project.sql("b", "a", up, "");
    case.project.sql("c", "b", "DROP TABLE a;", "");
    assert!(!case.same("each its transaction", "upgrade", "upgrade"));
    assert_eq!(case.same_answer("current"), "a\n");
    case.same("down", "downgrade base", "downgrade a:base");

    let case = Case::new(Postgres::new);
    case.project.options("transaction = \"all\"\n");
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.sql("b", "a", "SELECT 1 / x FROM (VALUES (0)) AS t (x);", "");
    assert_eq!(case.refused("upgrade"), "division by zero");
}

/// A script that has run does not fit any more.
fn second_run() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.sql("b", "a", "INSERT INTO a VALUES (1);", "DELETE FROM a;");
    case.same("up", "upgrade a --tag first", "upgrade a --tag first");
    assert_eq!(case.refused("upgrade"), "relation \"limbeck_version\" already exists");
    case.same("on", "upgrade --tag it's", "upgrade a:b --tag it's");
    assert_eq!(case.refused("upgrade a:b"), "the database does not stand at a");
    assert_eq!(case.refused("downgrade a:base"), "the database does not stand at a");
    let half = "UPDATE limbeck_log SET finished_at = NULL WHERE revision = 'b'";
    case.place.execute(Which::Offline, half);
    let said = "a revision is half done: `db current` says which";
    assert_eq!(case.refused("downgrade b:a"), said);
}

/// A script waits for a run, and a run for a script.
fn two_at_once() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.options("lock_timeout = \"1s\"\n");
    let name = case.place.database(Which::Offline).name();
    let limit = format!("ALTER DATABASE {name} SET lock_timeout = '100ms'");
    case.place.execute(Which::Offline, &limit);
    let mut other = case.place.database(Which::Offline).client();
    let script = case.print("upgrade");
    let lock = script.lines().find(|it| it.contains("advisory")).unwrap();
    other.batch_execute(&format!("BEGIN; {lock}")).unwrap();
    assert_eq!(case.refused("upgrade"), "canceling statement due to lock timeout");
    let said = case.project.fails(&format!("upgrade --url {}", case.place.url(Which::Offline)));
    // Its number and its beginning are other ones each time.
    assert!(said.starts_with("error: the database is locked by process "), "{said}");
    let hint = "hint: wait for it to end; `lock_timeout` in db.toml says for how long\n";
    assert!(said.ends_with(hint), "{said}");
    other.batch_execute("COMMIT").unwrap();
    case.same("free", "upgrade", "upgrade");
}

/// Without a transaction every part says how far it came.
fn concurrently() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer, y text);", "DROP TABLE a;");
    let index = "\"ix_a_x\"\ntable = \"a\"\ncolumns = [\"x\"]\noptions = { postgres = { concurrently = true } }\n";
    let body = format!("[[upgrade]]\ncreate_index = {index}[[downgrade]]\ndrop_index = {index}");
    case.project.toml("b", "a", &body);
    let up = "CREATE INDEX CONCURRENTLY ix_a_y ON a (y); UPDATE a SET y = 'z'; VACUUM a;";
    let head = "-- transaction: false\n";
    case.project.sql_with("c", "b", head, up, "DROP INDEX CONCURRENTLY ix_a_y;");
    case.same("up", "upgrade", "upgrade");
    case.same("down", "downgrade a", "downgrade c:a");
    case.same("up again", "upgrade", "upgrade a:c");
}

/// A script that begins at a squash takes a database along that knows only what was squashed.
fn squash() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.sql("b", "a", "CREATE TABLE b (x integer);", "DROP TABLE b;");
    case.same("up", "upgrade", "upgrade");
    let (up, down) =
        ("CREATE TABLE a (x integer); CREATE TABLE b (x integer);", "DROP TABLE a, b;");
    case.project.sql_with("s", "", "-- replaces: a, b\n", up, down);
    for old in ["a", "b"] {
        std::fs::remove_file(case.project.path(&format!("migrations/versions/{old}.sql"))).unwrap();
    }
    case.project.sql("c", "s", "CREATE TABLE c (x integer);", "DROP TABLE c;");
    case.same("on", "upgrade", "upgrade s:c");
    case.same("down", "downgrade s", "downgrade c:s");
    case.same("to base", "downgrade base", "downgrade s:base");
}

fn stamp() {
    let case = Case::new(Postgres::new);
    case.project.sql("a", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    case.project.sql("b", "a", "CREATE TABLE b (x integer);", "DROP TABLE b;");
    case.same("new", "stamp a", "stamp a");
    case.same("on", "stamp b", "stamp a:b --tag x");
    assert_eq!(case.refused("stamp a:b"), "the database does not stand at a");
    case.same("purge", "stamp a --purge", "stamp a --purge");
}

/// The check behind an enum is called after its table and its column.
fn inline_enum() {
    let case = Case::new(Postgres::new);
    let column =
        |name: &str, values: &str| format!("{{ name = \"{name}\", type = \"enum({values})\" }}");
    let table =
        |name: &str, column: &str| format!("create_table = \"{name}\"\ncolumns = [{column}]\n");
    case.project.toml("a", "", &format!("[[upgrade]]\n{}", table("t", &column("found", "x, y"))));
    let body = "[[upgrade]]\nrename_table = \"t\"\nto = \"u\"\n\
                [[upgrade]]\nrename_column = \"u.found\"\nto = \"state\"\n";
    case.project.toml("b", "a", body);
    let body = "[[upgrade]]\nalter_column = \"u.state\"\nfrom = { type = \"enum(x, y)\" }\nto = { type = \"enum(x, z)\" }\n";
    case.project.toml("c", "b", body);
    case.same("a", "upgrade a", "upgrade a");
    case.same("renames", "upgrade b", "upgrade a:b");
    case.same("values", "upgrade c", "upgrade b:c");
}

/// The server has called them, and perhaps somebody has since.
fn constraints_without_names() {
    let case = Case::new(Postgres::new);
    let up =
        "CREATE TABLE a (x integer PRIMARY KEY, y integer UNIQUE, z integer REFERENCES a (x));";
    case.project.sql("a", "", up, "DROP TABLE a;");
    let body = "[[upgrade]]\ndrop_foreign_key = \"\"\ntable = \"a\"\ncolumns = [\"z\"]\n\
                references = { table = \"a\", columns = [\"x\"] }\n\
                [[upgrade]]\ndrop_unique = \"\"\ntable = \"a\"\ncolumns = [\"y\"]\n\
                [[upgrade]]\ndrop_primary_key = \"\"\ntable = \"a\"\ncolumns = [\"x\"]\n";
    case.project.toml("b", "a", body);
    case.same("made", "upgrade a", "upgrade a");
    let rename = "ALTER TABLE a RENAME CONSTRAINT a_y_key TO other";
    case.place.execute(Which::Offline, rename);
    assert_eq!(
        case.refused("upgrade a:b"),
        "the unique constraint of `y` in table `a` has no name in the scripts, and is not called `a_y_key`"
    );
    case.place.execute(Which::Offline, "ALTER TABLE a RENAME CONSTRAINT other TO a_y_key");
    case.same("gone", "upgrade b", "upgrade a:b");
}

/// What only a server can do is in the way of no script that begins behind it.
fn behind_the_unprintable() {
    let case = Case::new(Postgres::new);
    let body = "[[upgrade]]\ncreate_enum = \"mood\"\nvalues = [\"x\", \"y\"]\n";
    case.project.toml("a", "", body);
    let body = "[[upgrade]]\nalter_enum = \"mood\"\nfrom = [\"x\", \"y\"]\nto = [\"x\"]\n";
    case.project.toml("b", "a", body);
    case.project.sql("c", "b", "CREATE TABLE c (x mood);", "DROP TABLE c;");
    assert_eq!(
        case.unprintable("upgrade"),
        "error: revision `b` cannot be written as SQL: operation 1 (changed enum 'mood')\n\
         caused by: which columns hold the enum `mood` is not known here\n\
         hint: run this on the database; a script for others can only add values to the end of the enum or between them, and rename them\n"
    );
    case.same("a", "upgrade a", "upgrade a");
    case.project.ok(&format!("upgrade b --url {}", case.place.url(Which::Online)));
    case.project.ok(&format!("upgrade b --url {}", case.place.url(Which::Offline)));
    case.same("c", "upgrade c", "upgrade b:c");
}
