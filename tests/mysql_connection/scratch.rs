use super::*;

const LEFT: &str = "SELECT count(*) FROM information_schema.SCHEMATA \
                    WHERE SCHEMA_NAME LIKE 'limbeck|_scratch|_%' ESCAPE '|'";

/// A place beside the database is made as it is, and is gone afterwards.
#[test]
fn a_place_beside() {
    for (_, server) in servers() {
        let database = server.database();
        let mut own = session(&database);
        let alter = "CHARACTER SET latin1 COLLATE latin1_german1_ci";
        own.execute(&format!("ALTER DATABASE {} {alter}", database.name())).unwrap();
        let (dialect, mut live) = connect(&database);
        live.execute("SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'").unwrap();
        let mut place = dialect.empty(&mut *live).unwrap();
        let name = value(&mut *place, "SELECT DATABASE()");
        assert!(name.starts_with("limbeck_scratch_"), "{name}");
        assert_eq!(value(&mut *place, "SELECT @@collation_database"), "latin1_german1_ci");
        assert_eq!(value(&mut *place, "SELECT @@sql_mode"), value(&mut *live, "SELECT @@sql_mode"));
        place.execute("CREATE TABLE t (a int)").unwrap();
        let there = format!(
            "SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{name}'"
        );
        assert_eq!(value(&mut *live, &there), "1");
        drop(place);
        assert_eq!(value(&mut *live, &there), "0");
    }
}

/// What a killed process has left is dropped by the next one; what is not ours stays.
#[test]
fn what_was_forgotten() {
    for (_, server) in servers() {
        let database = server.database();
        let old = format!("limbeck_scratch_1000_{}_1", std::process::id());
        let foreign = format!("limbeck_scratch_1000_{}_mine", std::process::id());
        for name in [&old, &foreign] {
            server.execute(&format!("CREATE DATABASE {name}")).unwrap();
        }
        let (dialect, mut live) = connect(&database);
        drop(dialect.empty(&mut *live).unwrap());
        let left = format!("{LEFT} AND SCHEMA_NAME IN ('{old}', '{foreign}')");
        assert_eq!(value(&mut *live, &left), "1");
        server.execute(&format!("DROP DATABASE {foreign}")).unwrap();
    }
}

/// Who may not make one is told which right is missing, and needs no more than that.
#[test]
fn without_the_right() {
    for (_, server) in servers() {
        let database = server.database();
        let (place, name) = (database.place(), database.name());
        let user = &name[..28];
        server.execute(&format!("CREATE USER {user} IDENTIFIED BY 'secret'")).unwrap();
        server.execute(&format!("GRANT ALL ON {name}.* TO {user}")).unwrap();
        let url = format!("mysql://{user}:secret@{place}/{name}").parse().unwrap();
        let (dialect, mut live) = dialect::connect(&url, Path::new("."), Access::Change).unwrap();
        let Err(error) = dialect.empty(&mut *live) else { panic!("it was made") };
        let message = without_numbers(&error.to_string());
        let start = format!(
            "a scratch database could not be made: Access denied for user '{user}'@'%' to database \
             'limbeck_scratch_N_N_N'"
        );
        assert_eq!(message, without_numbers(&start));
        let hint =
            format!("``GRANT ALL ON `limbeck\\_scratch\\_%`.* TO '{user}'@'%'`` gives the right");
        assert_eq!(error.hint(), Some(hint));
        server.execute(&format!("GRANT ALL ON `limbeck\\_scratch\\_%`.* TO '{user}'@'%'")).unwrap();
        drop(dialect.empty(&mut *live).unwrap());
        server.execute(&format!("DROP USER {user}")).unwrap();
    }
}

/// A script that is tried does not reach the live database by its name.
#[test]
fn a_trial_that_reaches_out() {
    for (_, server) in servers() {
        let database = server.database();
        let name = database.name();
        let (dialect, mut live) = connect(&database);
        live.execute("CREATE TABLE t (a int)").unwrap();
        live.execute("INSERT INTO t VALUES (1)").unwrap();
        let mut beside = dialect.scratch(&mut *live).unwrap();
        for sql in [format!("UPDATE {name}.t SET a = 2"), format!("USE `{name}`")] {
            let error = beside.execute(&sql).unwrap_err();
            let message =
                format!("a statement names the database `{name}`, and nothing may be tried there");
            assert_eq!(error.to_string(), message);
            assert_eq!(error.statement(), Some((sql.as_str(), None)));
        }
        beside.execute("UPDATE t SET a = 3").unwrap();
        assert_eq!(value(&mut *live, "SELECT a FROM t"), "1");
    }
}

/// A place with the schema of the database, which nothing in it touches.
#[test]
fn a_place_with_the_same_schema() {
    for (_, server) in servers() {
        let database = server.database();
        let (dialect, mut live) = connect(&database);
        for sql in [
            "CREATE TABLE a (id int PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'it''s')",
            "CREATE TABLE b (id int PRIMARY KEY, a_id int, CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id))",
            "CREATE VIEW v AS SELECT a.id FROM a JOIN b ON b.a_id = a.id",
            "INSERT INTO a (id) VALUES (1)",
        ] {
            live.execute(sql).unwrap();
        }
        let mut place = dialect.scratch(&mut *live).unwrap();
        let tables = "SELECT group_concat(TABLE_NAME ORDER BY TABLE_NAME) FROM information_schema.TABLES \
                      WHERE TABLE_SCHEMA = DATABASE()";
        assert_eq!(value(&mut *place, tables), "a,b,v");
        assert_eq!(value(&mut *place, "SELECT count(*) FROM a"), "0");
        assert_eq!(value(&mut *place, "SELECT @@foreign_key_checks"), "1");
        let definition = |db: &mut dyn Connection| {
            let rows = db.query("SHOW CREATE TABLE b", &[]).unwrap();
            rows[0][1].clone().unwrap()
        };
        assert_eq!(definition(&mut *place), definition(&mut *live));
        place.execute("DROP TABLE b").unwrap();
        assert_eq!(value(&mut *live, tables), "a,b,v");
    }
}
