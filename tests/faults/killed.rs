//! Runs that are stopped at any moment: the next one goes on from there.

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
            2 => "[[upgrade]]\ndrop_unique = \"uq_b\"\ntable = \"item\"\ncolumns = [\"b\"]\n"
                .to_owned(),
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
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("caused by: it was interrupted\nnote: the database stands at r1\n"),
        "{said}"
    );
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
