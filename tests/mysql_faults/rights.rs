//! Users who may do less than everything.

use super::*;

/// A user of one test, who goes when this value does. Users are of the whole server.
pub(super) struct User {
    name: String,
    server: Server,
}

impl User {
    /// Who has these rights in the database of the place.
    pub(super) fn with(server: &Server, place: &Place, rights: &str) -> User {
        let id = uuid::Uuid::new_v4().simple().to_string();
        let name = format!("limbeck_{}", &id[..20]);
        let user = User { name: name.clone(), server: server.clone() };
        let secret = user.secret();
        server.execute(&format!("CREATE USER {name} IDENTIFIED BY '{secret}'")).unwrap();
        user.grant(place, rights);
        user
    }

    pub(super) fn grant(&self, place: &Place, rights: &str) {
        let (database, name) = (place.database.name(), &self.name);
        self.server.execute(&format!("GRANT {rights} ON {database}.* TO {name}")).unwrap();
    }

    pub(super) fn secret(&self) -> &'static str {
        "hunter2sekret"
    }

    /// The address of the database for this user.
    pub(super) fn url(&self, place: &Place) -> String {
        let (host, database) = (place.database.place(), place.database.name());
        format!("mysql://{}:{}@{host}/{database}", self.name, self.secret())
    }

    /// What the binary answers to this user, who is called `USER` in it.
    fn run(&self, place: &Place, args: &str) -> Answer {
        let (code, out, err) = place.run_at(&self.url(place), args);
        (code, out.replace(&self.name, "USER"), err.replace(&self.name, "USER"))
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let gone = self.server.execute(&format!("DROP USER {}", self.name));
        if let (Err(error), false) = (gone, std::thread::panicking()) {
            panic!("{error:?}");
        }
    }
}

const MODELS: &str = "[Item.columns]\n\
    id = { type = \"integer\", primary_key = true, autoincrement = false }\n\
    code = { type = \"string(9)\", default = \"x\" }\n";
const CHECK: &str = "[[Item.checks]]\nname = \"ck_item_code\"\nexpression = \"length(code) > 2\"\n";

/// All rights but the one to make temporary tables.
const MOST: &str = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES";

#[test]
fn who_may_not_make_databases_migrates_without_a_proof() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "");
        let user = User::with(&server, &place, MOST);
        place.project.write("models.toml", &format!("{MODELS}{CHECK}"));
        let (code, out, err) = user.run(&place, "migrate -m one --rev-id r1");
        let said = "warning: expressions are compared as written, and what the server spells otherwise shows as a change: \
            Access denied for user 'USER'@'%' to database 'DB'; \
            `GRANT CREATE TEMPORARY TABLES ON database.* TO user` gives the right\n\
            Detected added table 'item'\n\
            warning: the new revision was not tried: a scratch database could not be made: \
            Access denied for user 'USER'@'%' to database 'SCRATCH'; \
            ``GRANT ALL ON `limbeck\\_scratch\\_%`.* TO 'USER'@'%'`` gives the right\n\
            Generating migrations/versions/r1_one.toml ... done\n";
        assert_eq!((code, out.as_str(), without_scratch(&err).as_str()), (Some(0), "", said));
        let (code, out, err) = user.run(&place, "upgrade");
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(0), "", "Running upgrade  -> r1, one\n")
        );
        let (code, out, err) = user.run(&place, "downgrade base --plan");
        let said = "error: a scratch database could not be made: \
            Access denied for user 'USER'@'%' to database 'SCRATCH'\n\
            hint: ``GRANT ALL ON `limbeck\\_scratch\\_%`.* TO 'USER'@'%'`` gives the right\n";
        assert_eq!((code, out.as_str(), without_scratch(&err).as_str()), (Some(1), "", said));
        // A check is asked about on a temporary table, which this user may not make.
        let (code, out, err) = user.run(&place, "check");
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(0), "No new upgrade operations detected.\n", "")
        );
        // One who may sees the same.
        assert_eq!(place.ok("check"), "No new upgrade operations detected.\n");
    }
}

/// Without the server's help a comparison is of what is written; that is said, and no more is missing.
#[test]
fn who_may_not_ask_compares_what_is_written() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "");
        let user = User::with(&server, &place, &format!("{MOST}, CREATE VIEW, SHOW VIEW"));
        place.execute(&["CREATE TABLE item (id int PRIMARY KEY, code varchar(9) DEFAULT 'x')"]);
        let view = "[views.codes]\ndefinition = \"SELECT code FROM item\"\n";
        place.project.write("models.toml", &format!("{MODELS}{CHECK}{view}"));
        let (code, out, err) = user.run(&place, "check");
        let hint = "`GRANT CREATE TEMPORARY TABLES ON database.* TO user` gives the right";
        let warned = format!(
            "warning: expressions are compared as written, and what the server spells otherwise shows as a change: \
             Access denied for user 'USER'@'%' to database 'DB'; {hint}\n\
             warning: views and routines are compared as written, and what the server spells otherwise shows as a change: \
             a scratch database could not be made: Access denied for user 'USER'@'%' to database 'SCRATCH'; \
             ``GRANT ALL ON `limbeck\\_scratch\\_%`.* TO 'USER'@'%'`` gives the right\n"
        );
        let found = "New upgrade operations detected:\n  \
             added check constraint 'ck_item_code' on 'item'\n  \
             added view 'codes'\n";
        assert_eq!((code, out.as_str()), (Some(1), found));
        assert_eq!(without_scratch(&err), warned);
        // One who may is told nothing of it.
        let (code, out, err) = place.run("check");
        assert_eq!((code, out.as_str(), err.as_str()), (Some(1), found, ""));
    }
}

/// The name of a database that is made for a trial is another one each time.
fn without_scratch(text: &str) -> String {
    let Some(at) = text.find("'limbeck_scratch_") else { return text.to_owned() };
    let end = at + 1 + text[at + 1..].find('\'').unwrap();
    format!("{}'SCRATCH{}", &text[..at], &text[end..])
}

#[test]
fn who_may_only_read_looks_at_the_history() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "");
        let user = User::with(&server, &place, "SELECT");
        place.project.sql(
            "r1",
            "",
            "CREATE TABLE item (id int PRIMARY KEY, code varchar(9) DEFAULT 'x');",
            "DROP TABLE item;",
        );
        place.project.write("models.toml", MODELS);
        assert_eq!(user.run(&place, "current"), (Some(0), String::new(), String::new()));
        let denied = |word: &str, table: &str| {
            place.either(
                format!(
                    "{word} command denied to user 'USER'@'localhost' for table `DB`.`{table}`"
                ),
                format!("{word} command denied to user 'USER'@'localhost' for table '{table}'"),
            )
        };
        let (code, out, err) = user.run(&place, "upgrade");
        let said = format!(
            "error: revision `r1` failed and was taken back\n\
             caused by: {}\n   \
             | CREATE TABLE `limbeck_version` (\n   \
             |     `version_num` varchar(32) NOT NULL,\n   \
             |     PRIMARY KEY (`version_num`)\n   \
             | )\n\
             note: the database stands at base\n\
             hint: an administrator gives the right: `GRANT ALL ON database.* TO user`\n",
            denied("CREATE", "limbeck_version")
        );
        assert_eq!((code, out.as_str(), err.as_str()), (Some(1), "", said.as_str()));
        place.ok("upgrade");
        let answer = |text: &str| (Some(0), text.to_owned(), String::new());
        assert_eq!(user.run(&place, "current"), answer("r1 (head)\n"));
        assert_eq!(user.run(&place, "check"), answer("No new upgrade operations detected.\n"));
        let (code, out, err) = user.run(&place, "downgrade base");
        let said = denied("INSERT", "limbeck_log");
        assert_eq!((code, out.as_str()), (Some(1), ""));
        // Behind the cause stands the statement, with the script and its checksum.
        let lines = err.lines().filter(|it| !it.starts_with("   | "));
        let expected = [
            "error: revision `r1` failed and was taken back",
            &format!("caused by: {said}"),
            "note: the database stands at r1",
            "hint: an administrator gives the right: `GRANT ALL ON database.* TO user`",
        ];
        assert_eq!(lines.collect::<Vec<_>>(), expected);
        assert_eq!(place.ok("current"), "r1 (head)\n");
        assert_eq!(place.query("SELECT count(*) FROM item"), ["0"]);
    }
}

/// Who may not carry out one operation is stopped there, and whoever may goes on.
#[test]
fn who_may_not_do_one_thing_stops_there() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "");
        let user = User::with(&server, &place, "SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX");
        place.execute(&["CREATE TABLE b (id int, n int)"]);
        let body = "[[upgrade]]\ncreate_table = \"a\"\ncolumns = [{ name = \"id\", type = \"integer\" }]\n\
             [[upgrade]]\ndrop_table = \"b\"\ncolumns = [{ name = \"id\", type = \"integer\" }, { name = \"n\", type = \"integer\" }]\n";
        place.project.toml("r1", "", body);
        let denied = place.either(
            "DROP command denied to user 'USER'@'localhost' for table `DB`.`b`",
            "DROP command denied to user 'USER'@'localhost' for table 'b'",
        );
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             error: revision `r1` stopped in operation 2 (removed table 'b'): 1 of 2 are done\n\
             caused by: {denied}\n   \
             | DROP TABLE `b`\n\
             note: the database stands at base\n\
             hint: an administrator gives the right: `GRANT ALL ON database.* TO user`\n"
        );
        assert_eq!(user.run(&place, "upgrade"), (Some(1), String::new(), said));
        assert_eq!(place.ok("current"), "r1 (half done: 1 of 2)\n");
        user.grant(&place, "DROP");
        assert_eq!(user.run(&place, "upgrade").0, Some(0));
        assert_eq!(place.query("SHOW TABLES"), ["a", "limbeck_log", "limbeck_version"]);
    }
}
