//! Several migrators on one database: one does the work, and the others find it done.

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
