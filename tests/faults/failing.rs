//! Scripts that fail: what is taken back, what stays half done, and what is refused before it runs.

use super::*;

/// Two revisions that run, and one that fails in the third of its operations.
fn project(options: &str) -> Project {
    let project = Project::new(options);
    project.sql("r1", "", "CREATE TABLE t (a INTEGER PRIMARY KEY, b);", "DROP TABLE t;");
    project.sql("r2", "r1", "INSERT INTO t VALUES (1, 'one'), (7, NULL);", "DELETE FROM t;");
    third(&project, "INSERT INTO missing VALUES (1)");
    project
}

fn third(project: &Project, sql: &str) {
    let table = |word: &str| {
        format!("{word} = \"u\"\ncolumns = [\n    {{ name = \"a\", type = \"integer\" }},\n]\n")
    };
    project.toml(
        "r3",
        "r2",
        &format!(
            "[[upgrade]]\n{}\n[[upgrade]]\nexecute = \"UPDATE t SET b = 'two'\"\n\n\
             [[upgrade]]\nexecute = \"{sql}\"\n\n[[downgrade]]\n{}",
            table("create_table"),
            table("drop_table")
        ),
    );
}

const REASON: &str = "  --> migrations/versions/r3.toml:14:12
   |
14 | execute = \"INSERT INTO missing VALUES (1)\"
   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
caused by: no such table: missing
";

fn stands(at: &str) -> String {
    format!(
        "note: the database stands at {at}\n\
         hint: correct `migrations/versions/r3.toml` and run the command again\n"
    )
}

#[test]
fn a_revision_is_whole_or_nothing() {
    let project = project("");
    project.ok("upgrade r2");
    let before = project.dump_all();
    assert_eq!(
        project.fails("upgrade"),
        format!(
            "Running upgrade r2 -> r3, step r3\n\
             error: revision `r3` failed in operation 3 (raw SQL) and was taken back\n{REASON}{}",
            stands("r2")
        )
    );
    assert_eq!(project.dump_all(), before);
    assert_eq!(project.ok("current"), "r2\n");
}

#[test]
fn a_new_database_stays_empty() {
    let project = Project::new("");
    project.sql("r1", "", "CREATE TABLE t (a);\nINSERT INTO missing VALUES (1);", "");
    assert_eq!(
        project.fails("upgrade"),
        "Running upgrade  -> r1, step r1
error: revision `r1` failed in operation 1 (raw SQL) and was taken back
 --> migrations/versions/r1.sql:6:1
  |
6 | INSERT INTO missing VALUES (1);
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
caused by: no such table: missing
note: the database stands at base
hint: correct `migrations/versions/r1.sql` and run the command again
"
    );
    assert_eq!(project.dump_all(), [""; 0]);
}

#[test]
fn all_is_one_whole() {
    let project = project("transaction = \"all\"");
    project.ok("upgrade r1");
    let before = project.dump_all();
    assert_eq!(
        project.fails("upgrade"),
        format!(
            "Running upgrade r1 -> r2, step r2\nRunning upgrade r2 -> r3, step r3\n\
             error: revision `r3` failed in operation 3 (raw SQL) and was taken back, with the \
             one before it\n{REASON}{}",
            stands("r1")
        )
    );
    assert_eq!(project.dump_all(), before);
}

const STOPPED: &str = "error: revision `r3` stopped in operation 3 (raw SQL): 2 of 3 are done\n";
const AT: &str = "note: the database stands at r2\n";
const GO_ON: &str = "hint: mend what is left and run the command again: it goes on there; \
                     `db stamp` settles it otherwise\n";
const HALF_DONE: &str = "error: the upgrade of `r3` is half done: 2 of 3\n\
                         hint: `db upgrade r3` goes on with it, `db stamp` says that it is settled\n";

/// A database in which the third revision is half done.
fn half_done() -> Project {
    let project = project("transaction = \"none\"");
    project.ok("upgrade r2");
    assert_eq!(
        project.fails("upgrade"),
        format!("Running upgrade r2 -> r3, step r3\n{STOPPED}{REASON}{AT}{GO_ON}")
    );
    project
}

#[test]
fn none_keeps_what_is_done_and_goes_on() {
    let project = half_done();
    assert_eq!(project.query("SELECT * FROM t"), [r#"1 | "two""#, r#"7 | "two""#]);
    assert_eq!(project.ok("current"), "r2\nr3 (half done: 2 of 3)\n");
    assert_eq!(project.fails("downgrade"), HALF_DONE);
    assert_eq!(project.fails("upgrade r2"), HALF_DONE);
    // Whole, it goes on at the same place.
    third(&project, "INSERT INTO t VALUES (9, 'nine')");
    project.options("");
    assert_eq!(project.ok("upgrade"), "Running upgrade r2 -> r3, step r3\n");
    let all = [r#"1 | "two""#, r#"7 | "two""#, r#"9 | "nine""#];
    assert_eq!(project.query("SELECT * FROM t"), all);
    assert_eq!(project.ok("current"), "r3 (head)\n");
    let log = "SELECT revision, done, operations, finished_at IS NULL FROM limbeck_log";
    let expected = [r#""r1" | 1 | 1 | 0"#, r#""r2" | 1 | 1 | 0"#, r#""r3" | 3 | 3 | 0"#];
    assert_eq!(project.query(log), expected);
}

#[test]
fn it_stops_again_at_the_same_place() {
    let project = half_done();
    let before = project.dump();
    assert_eq!(
        project.fails("upgrade"),
        format!("Running upgrade r2 -> r3, step r3\n{STOPPED}{REASON}{AT}{GO_ON}")
    );
    assert_eq!(project.dump(), before);
    assert_eq!(project.ok("current"), "r2\nr3 (half done: 2 of 3)\n");
}

#[test]
fn stamp_settles_it() {
    let project = half_done();
    assert_eq!(project.ok("stamp r3"), "Running stamp_revision r2 -> r3\n");
    assert_eq!(project.ok("current"), "r3 (head)\n");
    assert_eq!(project.ok("upgrade"), "");
    let project = half_done();
    assert_eq!(project.ok("stamp r2"), "");
    assert_eq!(project.ok("current"), "r2\n");
    assert_eq!(project.ok("downgrade"), "Running downgrade r2 -> r1, step r2\n");
}

#[test]
fn what_is_done_must_not_change_under_it() {
    let project = half_done();
    let path = project.path("migrations/versions/r3.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("'two'", "'three'")).unwrap();
    assert_eq!(
        project.fails("upgrade"),
        "error: the upgrade of `r3` is half done, and what is done of it was changed since\n\
         hint: put its first 2 back as they were, or bring the database in order by hand and \
         settle it with `db stamp`\n"
    );
    assert_eq!(project.ok("current"), "r2\nr3 (half done: 2 of 3)\n");
}

#[test]
fn a_half_done_way_back() {
    let project = Project::new("transaction = \"none\"");
    project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;\nDROP TABLE u;");
    project.ok("upgrade");
    project.fails("downgrade");
    assert_eq!(project.ok("current"), "r1 (head)\nr1 (half done: 1 of 2)\n");
    let half_done = "error: the downgrade of `r1` is half done: 1 of 2\n\
                     hint: `db downgrade r1-1` goes on with it, `db stamp` says that it is settled\n";
    assert_eq!(project.fails("upgrade"), half_done);
    project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;\nSELECT 1;");
    let warning =
        "warning: `migrations/versions/r1.sql` was changed after it ran; `db verify` shows how\n";
    let expected = format!("{warning}Running downgrade r1 -> , step r1\n");
    assert_eq!(project.ok("downgrade r1-1"), expected);
    assert_eq!(project.ok("current"), "");
}

#[test]
fn nothing_runs_while_a_script_of_the_plan_is_wrong() {
    let project = project("");
    project.write(
        "migrations/versions/r3.toml",
        "revision = \"r3\"\ndown_revision = [\"r2\"]\nupgrde = 1\n",
    );
    let error = project.fails("upgrade");
    assert_eq!(error.lines().next(), Some("error: the script has no key `upgrde`"));
    project.write(
        "migrations/versions/r3.sql",
        "-- revision: r3\n-- down_revision: r2\n-- dialect: postgres\n-- upgrade\nSELECT 1;\n",
    );
    std::fs::remove_file(project.path("migrations/versions/r3.toml")).unwrap();
    assert_eq!(
        project.fails("upgrade"),
        "error: revision `r3` cannot run, and nothing ran\n\
         caused by: the script holds SQL for postgres, and this database is sqlite\n\
         hint: a script of operations, as `--format toml` writes, runs on every database\n"
    );
    assert_eq!(project.dump_all(), [""; 0]);
}

#[test]
fn a_way_back_that_is_none_is_known_before() {
    let project = Project::new("");
    project.sql_with("r1", "", "-- irreversible: rows are gone\n", "CREATE TABLE t (a);", "");
    project.sql("r2", "r1", "CREATE TABLE u (a);", "DROP TABLE u;");
    project.ok("upgrade");
    let before = project.dump_all();
    assert_eq!(
        project.fails("downgrade base"),
        "error: revision `r1` cannot run, and nothing ran\n\
         caused by: there is no way back: rows are gone\n\
         hint: `db downgrade r1` stops above it\n"
    );
    assert_eq!(project.dump_all(), before);
}
