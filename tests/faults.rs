//! What happens when something goes wrong in the middle: two at once, a statement that fails, a
//! kill, a full disk, a database that is held, gone or something else.

#![cfg(all(feature = "sqlite", unix))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use support::project::{Project, answer, query, writes_anything};

/// Longer than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A statement that runs until it is stopped.
const ENDLESS: &str = "INSERT INTO t SELECT n FROM
    (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0);";

fn start(project: &Project, args: &str) -> Child {
    project.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until `condition` holds.
fn until(condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < LONG, "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn rows(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

mod at_once {
    use super::*;

    fn project() -> Project {
        let project = Project::new("");
        let mut parent = String::new();
        for number in 1..=12 {
            let id = format!("r{number:02}");
            project.sql(
                &id,
                &parent,
                &format!("CREATE TABLE t{number} (a);\nINSERT INTO t{number} VALUES ({number});"),
                &format!("DROP TABLE t{number};"),
            );
            parent = id;
        }
        project
    }

    /// Starts `count` of them; all must succeed, and one must have said everything.
    fn race(project: &Project, count: usize, args: &str) -> Vec<String> {
        let all: Vec<Child> = (0..count).map(|_| start(project, args)).collect();
        let answers = all.into_iter().map(|it| answer(it.wait_with_output().unwrap()));
        let mut said = Vec::new();
        for (code, out, err) in answers {
            assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
            said.push(err);
        }
        said.retain(|err| !err.is_empty());
        assert_eq!(said.len(), 1, "{said:?}");
        rows(&said[0])
    }

    fn there() -> Vec<String> {
        let parent = |number| match number {
            1 => String::new(),
            _ => format!("r{:02}", number - 1),
        };
        let line = |number| {
            let parent = parent(number);
            format!("Running upgrade {parent} -> r{number:02}, step r{number:02}")
        };
        (1..=12).map(line).collect()
    }

    fn back() -> Vec<String> {
        let line = |number| {
            let parent = if number == 1 { String::new() } else { format!("r{:02}", number - 1) };
            format!("Running downgrade r{number:02} -> {parent}, step r{number:02}")
        };
        (1..=12).rev().map(line).collect()
    }

    #[test]
    fn eight_on_a_new_database() {
        let project = project();
        assert_eq!(race(&project, 8, "upgrade"), there());
        assert_eq!(race(&project, 8, "downgrade base"), back());
        assert_eq!(project.dump(), [""; 0]);
        assert_eq!(race(&project, 8, "upgrade"), there());
        let log = "SELECT direction, count(*) FROM limbeck_log GROUP BY 1";
        assert_eq!(project.query(log), [r#""downgrade" | 12"#, r#""upgrade" | 24"#]);
    }

    #[test]
    fn sixteen_in_wal_mode() {
        let project = project();
        project.open().execute_batch("PRAGMA journal_mode = WAL").unwrap();
        assert_eq!(race(&project, 16, "upgrade"), there());
        assert_eq!(race(&project, 16, "downgrade base"), back());
    }

    #[test]
    fn in_every_kind_of_transaction() {
        for transaction in ["all", "none"] {
            let project = project();
            project.options(&format!("transaction = {transaction:?}"));
            assert_eq!(race(&project, 4, "upgrade"), there());
            assert_eq!(race(&project, 4, "downgrade base"), back());
        }
    }
}

mod failing {
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

    const STOPPED: &str =
        "error: revision `r3` stopped in operation 3 (raw SQL): 2 of 3 are done\n";
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
        let warning = "warning: `migrations/versions/r1.sql` was changed after it ran; `db verify` shows how\n";
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
}

mod killed {
    use super::*;

    /// Thirty revisions, with rows, a table built anew and edits in place among them.
    fn project(options: &str) -> Project {
        let project = Project::new(options);
        project.sql(
            "r00",
            "",
            "CREATE TABLE item (id INTEGER PRIMARY KEY, a TEXT, b TEXT, UNIQUE (a));\n\
             CREATE TABLE part (id INTEGER PRIMARY KEY, item INTEGER REFERENCES item);\n\
             WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500)\n\
             INSERT INTO item SELECT n, 'a' || n, 'b' || n FROM c;\n\
             INSERT INTO part SELECT id, id FROM item;",
            "DROP TABLE part;\nDROP TABLE item;",
        );
        for number in 1..30 {
            let id = format!("r{number:02}");
            let parent = format!("r{:02}", number - 1);
            let body = match number % 4 {
                0 => "[[upgrade]]\nexecute = \"UPDATE item SET a = a || '+'\"\n".to_owned(),
                // Built anew.
                1 => "[[upgrade]]\ncreate_unique = \"uq_b\"\ntable = \"item\"\ncolumns = [\"b\"]\n\
                      \n[[upgrade]]\nexecute = \"INSERT INTO part (item) SELECT max(id) FROM item\"\n"
                    .to_owned(),
                // Built anew, and back.
                2 => "[[upgrade]]\ndrop_unique = \"uq_b\"\ntable = \"item\"\ncolumns = [\"b\"]\n".to_owned(),
                _ => format!(
                    "[[upgrade]]\nadd_column = \"item.c{number}\"\ntype = \"integer\"\n\
                     \n[[upgrade]]\nexecute = \"UPDATE item SET c{number} = id * {number}\"\n"
                ),
            };
            project.toml(&id, &parent, &body);
        }
        project
    }

    fn any_moment(options: &str, wal: bool) {
        let calm = project(options);
        let begin = Instant::now();
        calm.ok("upgrade");
        let whole = begin.elapsed();
        let expected = calm.dump();
        let log = "SELECT revision, checksum, done, operations FROM limbeck_log ORDER BY id";
        for kills in [1_u32, 2, 3, 5] {
            let project = project(options);
            if wal {
                project.open().execute_batch("PRAGMA journal_mode = WAL").unwrap();
            }
            // The more kills, the shorter the way from one to the next.
            for _ in 0..kills {
                let mut child = start(&project, "upgrade");
                std::thread::sleep(whole * 9 / (10 * kills));
                child.kill().unwrap();
                child.wait().unwrap();
            }
            // Looking is possible in whatever state it was left.
            project.ok("current");
            project.ok("upgrade");
            assert_eq!(project.ok("current"), "r29 (head)\n");
            assert_eq!(project.query("PRAGMA integrity_check"), [r#""ok""#]);
            assert_eq!(project.query("PRAGMA foreign_key_check"), [""; 0]);
            assert_eq!(project.dump(), expected);
            assert_eq!(project.query(log), calm.query(log));
        }
    }

    #[test]
    fn at_any_moment() {
        any_moment("", false);
    }

    #[test]
    fn at_any_moment_in_wal_mode() {
        any_moment("", true);
    }

    #[test]
    fn at_any_moment_piecemeal() {
        any_moment("transaction = \"none\"", false);
    }

    #[test]
    fn by_the_person_who_started_it() {
        let project = Project::new("");
        project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;");
        project.sql("r2", "r1", &format!("CREATE TABLE u (a);\n{ENDLESS}"), "");
        project.ok("upgrade r1");
        let before = project.dump_all();
        let child = start(&project, "upgrade");
        until(|| project.path("app.db-journal").exists());
        let pid = child.id().to_string();
        std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        // A shell shows this as 130.
        assert_eq!(output.status.signal(), Some(2));
        assert_eq!(project.ok("current"), "r1\n");
        assert_eq!(project.dump_all(), before);
    }

    #[test]
    fn what_a_kill_left_is_taken_back_by_the_first_who_looks() {
        let project = Project::new("");
        project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;");
        // More pages than the cache holds: they reach the file before the end.
        let many = "PRAGMA cache_size = 5;\nWITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000)
            INSERT INTO t SELECT hex(zeroblob(200)) FROM c;\nUPDATE t SET a = hex(zeroblob(201));";
        project.sql("r2", "r1", &format!("{many}\n{ENDLESS}"), "");
        project.ok("upgrade r1");
        let before = project.dump_all();
        let mut child = start(&project, "upgrade");
        let journal = project.path("app.db-journal");
        let size = |name: &str| project.path(name).metadata().map_or(0, |it| it.len());
        until(|| size("app.db") > 100_000);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(journal.exists());
        assert_eq!(project.ok("current"), "r1\n");
        assert!(!journal.exists());
        assert_eq!(project.dump_all(), before);
    }
}

mod held {
    use super::*;

    fn project(timeout: &str) -> Project {
        let project = Project::new(&format!("lock_timeout = {timeout:?}"));
        project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;");
        project
    }

    /// How this process is called as the holder of a lock.
    fn holder() -> String {
        if cfg!(not(target_os = "linux")) {
            return "another connection".to_owned();
        }
        let name = std::fs::read_to_string("/proc/self/comm").unwrap();
        format!("`{}` (process {})", name.trim_end(), std::process::id())
    }

    fn locked() -> String {
        format!(
            "error: the database is locked by {}\n\
             hint: wait for it to end; `lock_timeout` in db.toml says for how long\n",
            holder()
        )
    }

    #[test]
    fn a_lock_of_someone_else_is_waited_for() {
        let project = project("1s");
        let other = project.open();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        let begin = Instant::now();
        assert_eq!(project.fails("upgrade"), locked());
        let waited = begin.elapsed();
        assert!(waited >= Duration::from_secs(1) && waited < LONG, "{waited:?}");
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(project.dump_all(), [""; 0]);
    }

    #[test]
    fn a_lock_that_is_given_back_in_time() {
        let project = project("60s");
        let other = project.open();
        other.execute_batch("BEGIN EXCLUSIVE; CREATE TABLE x (a)").unwrap();
        let child = start(&project, "upgrade");
        std::thread::sleep(Duration::from_millis(300));
        other.execute_batch("COMMIT").unwrap();
        let (code, _, err) = answer(child.wait_with_output().unwrap());
        assert_eq!((code, err.as_str()), (Some(0), "Running upgrade  -> r1, step r1\n"));
    }

    #[test]
    fn one_who_reads_is_waited_for() {
        let project = project("1s");
        project.open().execute_batch("CREATE TABLE x (a); INSERT INTO x VALUES (1)").unwrap();
        let other = project.open();
        other.execute_batch("BEGIN; SELECT * FROM x").unwrap();
        let before = project.dump_all();
        let error = format!(
            "Running upgrade  -> r1, step r1\nerror: revision `r1` failed and was taken back\n{}",
            locked()
                .replace("error:", "caused by:")
                .replace("hint:", "note: the database stands at base\nhint:")
        );
        assert_eq!(project.fails("upgrade"), error);
        other.execute_batch("COMMIT").unwrap();
        assert_eq!(project.dump_all(), before);
    }

    #[test]
    fn another_migrator_is_named() {
        let project = project("1s");
        let folder = std::fs::File::open(project.path("")).unwrap();
        folder.lock().unwrap();
        assert_eq!(project.fails("upgrade"), locked());
        assert_eq!(project.fails("stamp head"), locked());
        folder.unlock().unwrap();
        assert_eq!(project.dump_all(), [""; 0]);
        project.ok("upgrade");
        folder.lock().unwrap();
        assert_eq!(project.fails("downgrade"), locked());
        // Who only looks need not wait in line.
        assert_eq!(project.ok("current"), "r1 (head)\n");
    }

    #[test]
    fn the_lock_comes_before_anything_else() {
        let project = project("60s");
        let folder = std::fs::File::open(project.path("")).unwrap();
        folder.lock().unwrap();
        let child = start(&project, "upgrade");
        until(|| project.path("app.db").exists());
        // What is done while it waits in line is not lost on it.
        let other = project.open();
        other
            .execute_batch(
                "CREATE TABLE limbeck_version (version_num VARCHAR(32) NOT NULL);
                 INSERT INTO limbeck_version VALUES ('r1')",
            )
            .unwrap();
        folder.unlock().unwrap();
        let (code, _, err) = answer(child.wait_with_output().unwrap());
        assert_eq!((code, err.as_str()), (Some(0), ""));
    }
}

mod limited {
    use super::*;

    #[test]
    fn a_statement_may_run_only_so_long() {
        let project = Project::new("statement_timeout = \"300ms\"");
        project.sql("r1", "", &format!("CREATE TABLE t (a);\n{ENDLESS}"), "");
        assert_eq!(
            project.fails("upgrade"),
            "Running upgrade  -> r1, step r1
error: revision `r1` failed in operation 1 (raw SQL) and was taken back
 --> migrations/versions/r1.sql:6:1
  |
6 | INSERT INTO t SELECT n FROM
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
caused by: the statement ran for longer than 300 ms
note: the database stands at base
hint: `statement_timeout` in db.toml says how long one may run
"
        );
        assert_eq!(project.dump_all(), [""; 0]);
        project.options("statement_timeout = 60");
        project.sql("r1", "", "CREATE TABLE t (a);", "");
        project.ok("upgrade");
    }

    /// A file may not become larger, as on a disk that is full.
    #[test]
    fn a_revision_may_drop_more_than_sqlite_takes_in_one_condition() {
        let project = Project::new("");
        let number = 1200;
        let operations = |make: &dyn Fn(usize) -> String| (0..number).map(make).collect::<String>();
        let table = |verb: &str, at| {
            format!("{verb} = \"t{at}\"\ncolumns = [{{ name = \"id\", type = \"integer\" }}]\n")
        };
        let made = operations(&|at| format!("[[upgrade]]\n{}", table("create_table", at)));
        let dropped = operations(&|at| format!("[[downgrade]]\n{}", table("drop_table", at)));
        project.toml("a1", "", &format!("{made}{dropped}"));
        project.ok("upgrade");
        assert_eq!(project.ok("downgrade base"), "Running downgrade a1 -> , step a1\n");
        assert_eq!(project.dump(), Vec::<String>::new());
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let project = Project::new("");
        project.sql("r1", "", "CREATE TABLE t (a);\nINSERT INTO t VALUES (1);", "");
        project.ok("upgrade");
        let many = "INSERT INTO t SELECT value FROM (WITH RECURSIVE c(value) AS (SELECT zeroblob(1000) UNION ALL SELECT value FROM c LIMIT 3000) SELECT value FROM c);";
        project.sql("r2", "r1", &format!("CREATE TABLE u (a);\n{many}"), "");
        let before = project.dump_all();
        // Blocks of 512 or 1024 bytes, as the shell likes.
        let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" upgrade";
        let mut limited = project.shell(script);
        let (code, out, err) = answer(limited.output().unwrap());
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert_eq!(
            [&rows(&err)[..3], &rows(&err)[rows(&err).len() - 3..]].concat(),
            [
                "Running upgrade r1 -> r2, step r2",
                "error: revision `r2` failed in operation 1 (raw SQL) and was taken back",
                " --> migrations/versions/r2.sql:6:1",
                "caused by: disk I/O error",
                "note: the database stands at r1",
                "hint: the statement is not at fault: see to the disk and the rights of the database, and run the command again",
            ]
        );
        assert_eq!(project.dump_all(), before);
        assert_eq!(project.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
        assert_eq!(project.query("SELECT count(*) FROM t"), ["3001"]);
    }
}

mod no_database {
    use super::*;

    fn project() -> Project {
        let project = Project::new("");
        project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;");
        project
    }

    #[test]
    fn a_file_that_cannot_be_written() {
        let project = project();
        if writes_anything(&project.path("")) {
            return;
        }
        project.open().execute_batch("CREATE TABLE x (a)").unwrap();
        let path = project.path("app.db");
        let mut rights = path.metadata().unwrap().permissions();
        rights.set_readonly(true);
        std::fs::set_permissions(&path, rights).unwrap();
        let error = "error: cannot open `app.db`: it cannot be written\n\
                     hint: check the rights of the file and of its folder\n";
        assert_eq!(project.fails("upgrade"), error);
        assert_eq!(project.ok("current"), "");
    }

    #[test]
    fn a_file_that_cannot_be_read() {
        let project = project();
        if writes_anything(&project.path("")) {
            return;
        }
        project.ok("upgrade");
        let nobody = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(project.path("app.db"), nobody).unwrap();
        let error = "error: cannot open `app.db`: it cannot be read\n\
                     hint: check the rights of the file and of its folder\n";
        for args in ["upgrade", "downgrade", "current", "check"] {
            assert_eq!(project.fails(args), error, "{args}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written() {
        let project = project();
        if writes_anything(&project.path("")) {
            return;
        }
        let rights = |path: &str, mode| {
            let rights = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(project.path(path), rights).unwrap();
        };
        std::fs::create_dir(project.path("empty")).unwrap();
        rights("empty", 0o555);
        assert_eq!(
            project.fails("upgrade --url sqlite:///empty/app.db"),
            "error: cannot open `empty/app.db`: it cannot be made\n\
             hint: check the rights of the file and of its folder\n"
        );
        std::fs::create_dir(project.path("full")).unwrap();
        project.ok("upgrade --url sqlite:///full/app.db");
        rights("full", 0o555);
        assert_eq!(
            project.fails("downgrade --url sqlite:///full/app.db"),
            "Running downgrade r1 -> , step r1\n\
             error: revision `r1` failed in operation 1 (raw SQL) and was taken back\n \
             --> migrations/versions/r1.sql:7:1\n  \
             |\n\
             7 | DROP TABLE t;\n  \
             | ^^^^^^^^^^^^\n\
             caused by: the folder of the database cannot be written\n\
             note: the database stands at r1\n\
             hint: the statement is not at fault: see to the disk and the rights of the database, \
             and run the command again\n"
        );
        assert_eq!(project.ok("current --url sqlite:///full/app.db"), "r1 (head)\n");
        rights("full", 0o755);
    }

    #[test]
    fn a_file_that_is_something_else() {
        let project = project();
        let text = "no database, though long enough ".repeat(40);
        project.write("app.db", &text);
        let error = "error: cannot open `app.db`: file is not a database\n\
                     hint: is it encrypted, or another program's file?\n";
        for args in ["upgrade", "downgrade", "current", "stamp head", "check", "verify"] {
            assert_eq!(project.fails(args), error, "{args}");
        }
        assert_eq!(std::fs::read_to_string(project.path("app.db")).unwrap(), text);
    }

    #[test]
    fn no_folder_and_a_folder() {
        let project = project();
        assert_eq!(
            project.fails("upgrade --url sqlite:///no/app.db"),
            "error: cannot open `no/app.db`: there is no folder `no`\n\
             hint: make the folder, or check the path\n"
        );
        assert_eq!(
            project.fails("upgrade --url sqlite:///migrations"),
            "error: cannot open `migrations`: it is a folder\n\
             hint: name a file in it, like `migrations/app.db`\n"
        );
    }

    #[test]
    fn one_that_went_away_is_made_again() {
        let project = project();
        project.ok("upgrade");
        std::fs::remove_file(project.path("app.db")).unwrap();
        for (args, says) in
            [("current", ""), ("downgrade base", ""), ("verify", "Every script is as it ran.\n")]
        {
            assert_eq!(project.ok(args), says, "{args}");
            assert!(!project.path("app.db").exists(), "{args}");
        }
        assert_eq!(project.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
    }

    #[test]
    fn one_that_is_replaced_meanwhile() {
        let project = project();
        project.open().execute_batch("CREATE TABLE old (a)").unwrap();
        let folder = std::fs::File::open(project.path("")).unwrap();
        folder.lock().unwrap();
        let child = start(&project, "upgrade");
        std::thread::sleep(Duration::from_millis(300));
        let new = project.path("new.db");
        rusqlite::Connection::open(&new).unwrap().execute_batch("CREATE TABLE new (a)").unwrap();
        std::fs::rename(new, project.path("app.db")).unwrap();
        let before = project.dump_all();
        folder.unlock().unwrap();
        let (code, _, err) = answer(child.wait_with_output().unwrap());
        // Whoever was opened before the change notices, whoever came later sees the new one.
        match code {
            Some(0) => assert_eq!(project.ok("current"), "r1 (head)\n"),
            _ => {
                let moved = "the file was moved, removed or replaced since it was opened";
                assert_eq!(
                    rows(&err)[..2],
                    [
                        "error: revision `r1` failed and was taken back".to_owned(),
                        format!("caused by: {moved}")
                    ]
                );
                assert_eq!(project.dump_all(), before);
            }
        }
    }
}

mod transactions {
    use super::*;

    fn refused(up: &str) -> String {
        let project = Project::new("");
        project.sql("r1", "", &format!("CREATE TABLE t (a);\n{up};\nCREATE TABLE u (a);"), "");
        let error = project.fails("upgrade");
        assert_eq!(project.dump_all(), [""; 0]);
        let first = "error: revision `r1` cannot run, and nothing ran: operation 1 (raw SQL)\n";
        error.strip_prefix(first).unwrap_or_else(|| panic!("{error}")).to_owned()
    }

    #[test]
    fn a_script_cannot_end_the_transaction_it_runs_in() {
        for sql in
            ["BEGIN", "COMMIT", "end", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"]
        {
            assert_eq!(
                refused(sql),
                format!(
                    "caused by: `{sql}` is no business of a script that runs in a transaction as a whole\n\
                     hint: leave it out, or say `transaction = false` in the script and lose what a \
                     whole has over its parts\n"
                )
            );
        }
    }

    #[test]
    fn what_does_nothing_in_a_transaction_is_no_surprise() {
        for sql in ["VACUUM", "PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL"] {
            assert_eq!(
                refused(sql),
                format!(
                    "caused by: `{sql}` can do nothing within a transaction\n\
                     hint: say `transaction = false` in the script\n"
                )
            );
        }
    }

    const OUTSIDE: &str = "-- transaction: false\n";

    #[test]
    fn a_script_without_a_transaction_may_have_its_own() {
        let project = Project::new("");
        project.sql_with(
            "r1",
            "",
            OUTSIDE,
            "PRAGMA journal_mode = WAL;\nCREATE TABLE p (id INTEGER PRIMARY KEY);\n\
             CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);\nINSERT INTO p VALUES (1), (2);\n\
             INSERT INTO c VALUES (1), (2);\nPRAGMA foreign_keys = ON;\n\
             BEGIN;\nDELETE FROM p WHERE id = 1;\nCOMMIT;\nVACUUM;",
            "",
        );
        // The session is as it was before: a table that is referred to can be built anew.
        project.toml(
            "r2",
            "r1",
            "[[upgrade]]\nadd_column = \"p.a\"\ntype = \"integer\"\n\n\
             [[upgrade]]\ncreate_unique = \"uq\"\ntable = \"p\"\ncolumns = [\"a\"]\n",
        );
        project.ok("upgrade");
        assert_eq!(project.query("SELECT * FROM c"), ["2"]);
        assert_eq!(project.query("PRAGMA journal_mode"), [r#""wal""#]);
        let log = "SELECT revision, done, operations FROM limbeck_log";
        assert_eq!(project.query(log), [r#""r1" | 8 | 8"#, r#""r2" | 1 | 1"#]);
    }

    #[test]
    fn its_own_transaction_is_whole_or_nothing() {
        let project = Project::new("");
        let up = |last: &str| {
            format!("CREATE TABLE t (a);\nBEGIN;\nINSERT INTO t VALUES (1);\n{last};\nCOMMIT;")
        };
        project.sql_with("r1", "", OUTSIDE, &up("INSERT INTO missing VALUES (1)"), "");
        assert_eq!(
            project.fails("upgrade"),
            "Running upgrade  -> r1, step r1\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 1 of 2 are done\n \
             --> migrations/versions/r1.sql:9:1\n  |\n9 | INSERT INTO missing VALUES (1);\n  \
             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
             caused by: no such table: missing\nnote: the database stands at base\n\
             hint: mend what is left and run the command again: it goes on there; `db stamp` settles \
             it otherwise\n"
        );
        assert_eq!(project.query("SELECT * FROM t"), [""; 0]);
        project.sql_with("r1", "", OUTSIDE, &up("INSERT INTO t VALUES (2)"), "");
        project.ok("upgrade");
        assert_eq!(project.query("SELECT * FROM t"), ["1", "2"]);
    }

    #[test]
    fn a_transaction_has_two_ends() {
        for sql in ["BEGIN", "COMMIT", "SAVEPOINT a"] {
            let project = Project::new("");
            project.sql_with("r1", "", OUTSIDE, &format!("CREATE TABLE t (a);\n{sql};"), "");
            assert_eq!(
                project.fails("upgrade"),
                format!(
                    "error: revision `r1` cannot run, and nothing ran: operation 1 (raw SQL)\n\
                     caused by: `{sql}` has no other end: a transaction begins and ends in one piece of SQL\n\
                     hint: correct `migrations/versions/r1.sql` and run the command again\n"
                )
            );
        }
    }
}

mod programs {
    use super::*;

    fn script(project: &Project, command: &str) {
        project.toml(
            "r1",
            "",
            &format!(
                "transaction = false\n\n[[upgrade]]\nexecute = \"CREATE TABLE t (a)\"\n\n\
                 [[upgrade]]\nrun = [\"sh\", \"-c\", '''{command}''']\n\n\
                 [[upgrade]]\nexecute = \"INSERT INTO t SELECT count(*) FROM t\"\n"
            ),
        );
    }

    /// A program of this test: `db` itself, on the database it is told of, from another folder.
    #[test]
    fn a_program_can_reach_the_database_from_anywhere() {
        let project = Project::new("");
        let inner = "mkdir -p in/deep && cd in/deep && pwd && echo \"$DATABASE_URL\"";
        script(&project, inner);
        std::fs::create_dir(project.path("sub")).unwrap();
        let folder = project.path("").canonicalize().unwrap();
        let output = project.command("upgrade").current_dir(project.path("sub")).output().unwrap();
        let (code, out, err) = answer(output);
        // What a program says is talk.
        let folder = folder.display();
        let said = format!("{folder}/in/deep\nsqlite:///{folder}/app.db\n");
        assert_eq!((code, out.as_str()), (Some(0), ""));
        assert_eq!(err, format!("Running upgrade  -> r1, step r1\n{said}"));
        assert!(project.path("in/deep").is_dir());
    }

    #[test]
    fn a_program_can_write_to_the_database() {
        let project = Project::new("");
        let program = std::env::current_exe().unwrap();
        script(&project, &format!("{} --exact programs::the_program > said", program.display()));
        project.ok("upgrade");
        assert_eq!(project.query("SELECT * FROM t"), ["17", "1"]);
    }

    /// What the test above has as its program: this one, where it finds a database.
    #[test]
    fn the_program() {
        let Ok(url) = std::env::var("DATABASE_URL") else { return };
        let db = rusqlite::Connection::open(url.strip_prefix("sqlite:///").unwrap()).unwrap();
        db.execute_batch("INSERT INTO t VALUES (17)").unwrap();
    }

    #[test]
    fn a_program_that_fails() {
        let project = Project::new("");
        script(&project, "exit 3");
        assert_eq!(
            project.fails("upgrade"),
            "Running upgrade  -> r1, step r1\n\
             error: revision `r1` stopped in operation 2 (program `sh -c exit 3`): 1 of 3 are done\n\
             caused by: the program `sh -c exit 3` failed: exit status: 3\n\
             note: the database stands at base; what the program did is not taken back\n\
             hint: mend what is left and run the command again: it goes on there; `db stamp` settles \
             it otherwise\n"
        );
        assert_eq!(project.ok("current"), "r1 (half done: 1 of 3)\n");
        script(&project, "true");
        project.ok("upgrade");
        project.toml(
            "r2",
            "r1",
            "transaction = false\n\n[[upgrade]]\nrun = \"no-such-program --now\"\n",
        );
        let error = project.fails("upgrade");
        let cause = "caused by: the program `no-such-program --now` failed: No such file or directory (os error 2)";
        assert_eq!(rows(&error)[2], cause);
    }

    #[test]
    fn a_program_has_no_place_in_a_transaction() {
        let project = Project::new("");
        project.toml("r1", "", "[[upgrade]]\nrun = \"true\"\n");
        assert_eq!(
            project.fails("upgrade"),
            "error: revision `r1` cannot run, and nothing ran: operation 1 (program `true`)\n\
             caused by: the program `true` would not see what the open transaction has done\n\
             hint: say `transaction = false` in the script\n"
        );
    }
}

#[test]
fn statements_are_told_as_they_run() {
    let project = Project::new("");
    project.sql("r1", "", "CREATE TABLE t (a);\nINSERT INTO t VALUES ('x');", "DROP TABLE t;");
    assert_eq!(
        project.ok("upgrade -v"),
        "Running upgrade  -> r1, step r1\nCREATE TABLE t (a);\nINSERT INTO t VALUES ('x');\n"
    );
    assert_eq!(project.ok("upgrade"), "");
    assert_eq!(project.ok("upgrade -v"), "Nothing to do.\n");
    assert_eq!(project.ok("downgrade -v"), "Running downgrade r1 -> , step r1\nDROP TABLE t;\n");
    assert_eq!(query(&project.open(), "SELECT count(*) FROM limbeck_log"), ["2"]);
}
