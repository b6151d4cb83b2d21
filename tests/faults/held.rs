//! Locks of others: they are waited for, and their holders named.

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
