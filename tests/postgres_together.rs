//! Many who migrate the same PostgreSQL database at the same time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::Stdio;

use support::project::{Project, answer};
use support::server::Server;

#[test]
fn sixteen_at_once_run_each_revision_once() {
    for server in [Server::postgres(), Server::pgbouncer()] {
        let database = server.database();
        let project = Project::new("");
        project.sql("a1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        project.sql("b2", "a1", "INSERT INTO a VALUES (1);", "DELETE FROM a;");
        project.sql("c3", "b2", "INSERT INTO a VALUES (2);", "DELETE FROM a;");
        let start = |_| {
            let mut command = project.command(&format!("upgrade --url {}", database.url()));
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let all: Vec<_> = (0..16).map(start).collect();
        for one in all {
            let (code, out, said) = answer(one.wait_with_output().unwrap());
            assert_eq!((code, out.as_str()), (Some(0), ""), "{said}");
        }
        let log = "SELECT revision FROM limbeck_log ORDER BY revision";
        assert_eq!(database.query(log), ["a1", "b2", "c3"]);
        assert_eq!(database.query("SELECT id FROM a ORDER BY id"), ["1", "2"]);
        assert_eq!(database.query("SELECT version_num FROM limbeck_version"), ["c3"]);
        let leases = "SELECT to_regclass('limbeck_lease')";
        assert_eq!(database.query(leases), ["NULL"]);
    }
}
