//! A password is in no output.

use super::rights::User;
use super::*;

#[test]
fn nothing_shows_the_password() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "lock_timeout = \"300ms\"");
        let user = User::with(&server, &place, "ALL");
        let url = user.url(&place);
        let secret = user.secret();
        place.project.write(
            "models.toml",
            "[Item.columns]\nid = { type = \"integer\", primary_key = true }\n",
        );
        place.project.sql("bad", "r1", "SELECT nothing;", "");
        place.project.sql("r1", "", "CREATE TABLE item (id int);", "DROP TABLE item;");
        let wrong = format!("{url}_nowhere");
        let denied = url.replacen(secret, &format!("no{secret}"), 1);
        let odd = format!("{url}?ssl-mode=perhaps");
        let closed = url.replacen("127.0.0.1:", "127.0.0.1:1", 1);
        let broken = url.replacen("127.0.0.1:", "127.0.0.1:x", 1);
        for url in [&url, &wrong, &denied, &odd, &closed, &broken] {
            let all = [
                "upgrade -v r1",
                "upgrade -v",
                "current -v",
                "check -v",
                "config",
                "migrate -v -m x",
                "upgrade --sql",
                "upgrade --plan",
                "stamp -v r1",
                "current --format json",
                "upgrade --format json",
                "downgrade -v",
            ];
            let is_odd = *url != user.url(&place);
            let commands = if is_odd { &all[1..4] } else { &all[..] };
            for command in commands {
                let (_, out, err) = place.run_at(url, command);
                assert!(!format!("{out}{err}").contains(secret), "db {command}: {out}{err}");
            }
        }
        let log = place.query("SELECT * FROM limbeck_log");
        assert!(!log.is_empty() && log.iter().all(|row| !row.contains(secret)), "{log:?}");
    }
}
