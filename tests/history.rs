//! What a database knows of its own history: the version table, whose shape is Alembic's, and the
//! log of what ran.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use limbeck::schema::sql::tokens;
use support::project::Project;

/// How Alembic makes its table.
const ALEMBIC: &str = "CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)";

const TABLE: &str = "CREATE TABLE t (a);";

fn project(options: &str) -> Project {
    let project = Project::new(options);
    project.sql("r1", "", TABLE, "DROP TABLE t;");
    project.sql("r2", "r1", "CREATE TABLE u (a);", "DROP TABLE u;");
    project
}

#[test]
fn the_version_table_is_the_one_that_alembic_makes() {
    let project = project("version_table = \"alembic_version\"");
    project.ok("upgrade");
    let stored = project.query("SELECT sql FROM sqlite_schema WHERE name = 'alembic_version'");
    let stored = stored[0].trim_matches('"').replace("\\n", "\n").replace("\\\"", "\"");
    let words = |sql: &str| -> Vec<String> {
        tokens(sql).iter().map(|it| it.name().unwrap_or_else(|| it.text.to_owned())).collect()
    };
    assert_eq!(words(&stored), words(ALEMBIC));
    assert_eq!(project.query("SELECT * FROM alembic_version"), [r#""r2""#]);
}

#[test]
fn a_version_table_of_alembic_is_read_and_continued() {
    let project = project("version_table = \"alembic_version\"");
    let made = format!("{ALEMBIC}; {TABLE} INSERT INTO alembic_version VALUES ('r1')");
    project.open().execute_batch(&made).unwrap();
    assert_eq!(project.ok("current"), "r1\n");
    assert_eq!(project.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
    assert_eq!(project.query("SELECT * FROM alembic_version"), [r#""r2""#]);
    assert_eq!(
        project.ok("downgrade base"),
        "Running downgrade r2 -> r1, step r2\nRunning downgrade r1 -> , step r1\n"
    );
    assert_eq!(project.query("SELECT * FROM alembic_version"), [""; 0]);
    let stored = project.query("SELECT sql FROM sqlite_schema WHERE name = 'alembic_version'");
    assert_eq!(stored, [format!("{ALEMBIC:?}")]);
}

#[test]
fn the_log_holds_what_ran() {
    let project = project("");
    project.ok("upgrade");
    project.ok("downgrade");
    let log = "SELECT id, revision, direction, started_at, finished_at, done, operations, tool, \
               applied_by FROM limbeck_log";
    let now = r#""2026-11-20T10:14:03Z""#;
    let line = |start: &str| {
        format!(r#"{start} | {now} | {now} | 1 | 1 | "limbeck 0.1.0" | "ada@engine""#)
    };
    let expected =
        [r#"1 | "r1" | "upgrade""#, r#"2 | "r2" | "upgrade""#, r#"3 | "r2" | "downgrade""#];
    assert_eq!(project.query(log), expected.map(line));
    let checks = "SELECT count(*) FROM limbeck_log
        WHERE checksum GLOB 'sha256:' || replace(hex(zeroblob(32)), '0', '[0-9a-f]')
        AND duration_ms >= 0";
    assert_eq!(project.query(checks), ["3"]);
    for id in ["r1", "r2"] {
        let script =
            std::fs::read_to_string(project.path(&format!("migrations/versions/{id}.sql")));
        let stored = project
            .query(&format!("SELECT DISTINCT script FROM limbeck_log WHERE revision = '{id}'"));
        assert_eq!(stored, [format!("{:?}", script.unwrap())]);
    }
}

/// Texts that would not come back from a careless quotation.
#[test]
fn the_log_holds_any_text() {
    let project = project("");
    let odd = "SELECT 'it''s \\n a \"test\"', '\u{1}é\u{feff}😀', '\\'; -- %s ?1 :a $b";
    project.sql("r3", "r2", odd, "");
    project.ok("upgrade");
    let script = std::fs::read_to_string(project.path("migrations/versions/r3.sql")).unwrap();
    let stored = project.query("SELECT script FROM limbeck_log WHERE revision = 'r3'");
    assert_eq!(stored, [format!("{script:?}")]);
    assert_eq!(project.ok("verify"), "Every script is as it ran.\n");
}

#[test]
fn a_script_that_changed_after_it_ran_is_found() {
    let project = project("");
    project.ok("upgrade r1");
    project.sql("r1", "", "CREATE TABLE t (a, b);", "DROP TABLE t;");
    assert_eq!(
        project.ok("upgrade"),
        "warning: `migrations/versions/r1.sql` was changed after it ran; `db verify` shows how\n\
         Running upgrade r1 -> r2, step r2\n"
    );
    let (code, out, err) = project.run("verify");
    assert_eq!((code, err.as_str()), (Some(1), "1 script was changed after it ran.\n"));
    assert_eq!(
        out,
        "--- migrations/versions/r1.sql (as it ran at 2026-11-20T10:14:03Z)\n\
         +++ migrations/versions/r1.sql (now)\n\
         @@ -2,6 +2,6 @@\n \
         -- revision: r1\n \
         -- down_revision:\n \
         -- upgrade\n\
         -CREATE TABLE t (a);\n\
         +CREATE TABLE t (a, b);\n \
         -- downgrade\n \
         DROP TABLE t;\n"
    );
    // What is not applied any more may be anything.
    project.ok("downgrade base");
    assert_eq!(project.ok("verify"), "Every script is as it ran.\n");
}

#[test]
fn line_ends_and_trailing_blanks_are_no_change() {
    let project = project("");
    project.ok("upgrade");
    let path = project.path("migrations/versions/r1.sql");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace('\n', "  \t\r\n") + "\r\n\r\n").unwrap();
    assert_eq!(project.ok("upgrade"), "");
    assert_eq!(project.ok("verify"), "Every script is as it ran.\n");
    // A change shows as that, and not as a change of every line end.
    std::fs::write(&path, text.replace("(a)", "(b)").replace('\n', "\r\n")).unwrap();
    let (code, out, _) = project.run("verify");
    assert_eq!(code, Some(1));
    let changed = |sign| out.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((changed('-'), changed('+')), (2, 2), "{out}");
}

#[test]
fn a_revision_that_no_script_has() {
    let project = project("");
    project.ok("upgrade");
    std::fs::remove_file(project.path("migrations/versions/r2.sql")).unwrap();
    let error = "error: the database stands at revision `r2`, which has no file; its table \
        `limbeck_version` says so\n\
        hint: another folder or a newer version of this one wrote it: bring its file back, or say \
        where the database really stands with `db stamp --purge REVISION`\n";
    for args in ["upgrade", "downgrade", "current", "stamp r1", "verify", "check", "migrate"] {
        assert_eq!(project.fails(args), error, "{args}");
    }
    assert_eq!(
        project.ok("stamp --purge r1"),
        "Running stamp_revision r2 -> \nRunning stamp_revision  -> r1\n"
    );
    assert_eq!(project.ok("current"), "r1 (head)\n");
}

#[test]
fn rows_that_overlap() {
    let project = project("");
    project.ok("upgrade");
    project.open().execute_batch("INSERT INTO limbeck_version VALUES ('r1')").unwrap();
    let before = project.dump_all();
    assert_eq!(
        project.fails("upgrade"),
        "error: revision `r1` is already part of `r2`\n\
         hint: `db stamp r2` leaves the rows that are needed\n"
    );
    assert_eq!(project.dump_all(), before);
    assert_eq!(project.ok("stamp r2"), "Running stamp_revision r1 -> \n");
    assert_eq!(project.ok("current"), "r2 (head)\n");
}

#[test]
fn a_table_of_that_name_which_is_something_else() {
    for (sql, says) in [
        (
            "CREATE TABLE limbeck_version (id INTEGER)",
            "table `limbeck_version` is not the one of this tool: it has no column `version_num`",
        ),
        (
            "CREATE TABLE limbeck_log (id INTEGER, revision TEXT)",
            "table `limbeck_log` is not the one of this tool: it has no column `direction`",
        ),
    ] {
        let project = project("");
        project.open().execute_batch(sql).unwrap();
        let before = project.dump_all();
        let error = project.fails("upgrade");
        assert_eq!(
            error,
            format!(
                "error: {says}\nhint: `version_table` and `log_table` in db.toml name other tables\n"
            )
        );
        assert_eq!(project.dump_all(), before);
    }
}

#[test]
fn a_view_of_that_name() {
    let project = project("");
    project
        .open()
        .execute_batch("CREATE VIEW limbeck_version AS SELECT 'r1' AS version_num")
        .unwrap();
    assert_eq!(
        project.fails("upgrade"),
        "error: revision `r1` failed and was taken back\n\
         caused by: view \"limbeck_version\" already exists\n \
         --> statement:1:14\n  |\n1 | CREATE TABLE \"limbeck_version\" (\n  |              ^\n\
         note: the database stands at base\n"
    );
}

#[test]
fn names_of_the_tables_are_the_teams_choice() {
    let project =
        project("version_table = \"my \\\"versions\\\"\"\nlog_table = \"what; happened\"");
    project.ok("upgrade");
    assert_eq!(project.query("SELECT * FROM \"my \"\"versions\"\"\""), [r#""r2""#]);
    assert_eq!(project.query("SELECT count(*) FROM \"what; happened\""), ["2"]);
    assert_eq!(project.ok("current"), "r2 (head)\n");
    assert_eq!(project.ok("verify"), "Every script is as it ran.\n");
}
