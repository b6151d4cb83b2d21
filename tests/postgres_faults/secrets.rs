//! A password is in no output.

use super::*;

const SECRET: &str = "hunter2sekret";

#[test]
fn nothing_shows_the_password() {
    let place = Place::new("lock_timeout = \"300ms\"");
    // The server trusts everyone from here, whatever the password.
    let url = place.database.url().replacen('@', &format!(":{SECRET}@"), 1);
    place.models("[Item.columns]\nid = { type = \"integer\", primary_key = true }\n");
    place.project.sql("bad", "r1", "SELECT nothing;", "");
    place.project.sql_with("r1", "", "", "CREATE TABLE item (id int);", "DROP TABLE item;");
    let wrong = format!("{url}_nowhere");
    let closed = url.replacen("127.0.0.1:", "127.0.0.1:1", 1);
    let odd = format!("{url}?sslmode=perhaps");
    let broken = url.replacen("127.0.0.1:", "127.0.0.1:x", 1);
    for url in [&url, &wrong, &closed, &odd, &broken] {
        for command in [
            "upgrade -v r1",
            "upgrade -v",
            "current -v",
            "check -v",
            "diff -v",
            "config",
            "migrate -v -m x",
            "upgrade --sql",
            "upgrade --plan",
            "history -v -i",
            "stamp -v r1",
            "current --format json",
            "upgrade --format json",
            "config --format json",
            "downgrade -v",
            "downgrade --sql r1:base",
            "nonsense",
        ] {
            let (_, out, err) = place.run_at(url, command);
            assert!(!format!("{out}{err}").contains(SECRET), "db {command}: {out}{err}");
        }
    }
    let log = place.query("SELECT * FROM limbeck_log");
    assert!(log.iter().all(|row| !row.contains(SECRET)), "{log:?}");
    assert_eq!(log.len(), 2);
}
