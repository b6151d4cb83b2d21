//! Rows that scripts bring, and indexes that keep nobody out.

use super::*;

#[test]
fn rows_come_in() {
    let row = |values: &[(&str, Literal)]| -> Vec<(String, Value)> {
        let pair = |(name, it): &(&str, Literal)| ((*name).to_owned(), Value::Literal(it.clone()));
        values.iter().map(pair).collect()
    };
    let insert = |rows| Operation::Insert { table: name("app.\"odd one\""), rows };
    let number = Literal::Integer;
    for server in Server::every_postgres() {
        let mut here = Here::new(
            &server,
            "CREATE SCHEMA app; CREATE TABLE app.\"odd one\" (
                 id integer GENERATED ALWAYS AS IDENTITY, \"N\" smallserial, a integer, b boolean,
                 c bytea, d double precision, e text)",
        );
        let many = (0..1200).map(|at| row(&[("a", number(at))])).collect();
        here.run(&[
            insert(vec![row(&[
                ("id", number(70)),
                ("N", number(5)),
                ("a", number(9)),
                ("b", Literal::Boolean(true)),
            ])]),
            insert(vec![
                row(&[
                    ("c", Literal::Text("\\x00ff".to_owned())),
                    ("d", Literal::Float(1e300)),
                    ("e", Literal::Text("it's \\n".to_owned())),
                ]),
                row(&[]),
                // Nothing goes back.
                row(&[("id", number(2)), ("N", number(1))]),
            ]),
            insert(many),
        ])
        .unwrap();
        let query = "SELECT id, \"N\", a, b, c, d, e FROM app.\"odd one\" WHERE e IS NOT NULL OR a IS NULL OR b";
        assert_eq!(
            here.database.query(query),
            [
                "70 | 5 | 9 | t | NULL | NULL | NULL",
                "71 | 6 | NULL | NULL | \\x00ff | 1e+300 | it's \\n",
                "72 | 7 | NULL | NULL | NULL | NULL | NULL",
                "2 | 1 | NULL | NULL | NULL | NULL | NULL",
            ]
        );
        let fill = Operation::Fill {
            table: name("app.\"odd one\""),
            column: "e".to_owned(),
            value: Value::Expression(Sql::new("id || '/' || \"N\" -- both")),
        };
        here.run(&[fill]).unwrap();
        let query =
            "SELECT e, (SELECT count(*) FROM app.\"odd one\") FROM app.\"odd one\" WHERE a = 1199";
        assert_eq!(here.database.query(query), ["1272/1207 | 1204"]);
    }
}

#[test]
fn indexes_without_keeping_writers_out() {
    let options = Options::from([("postgres.concurrently".to_owned(), OptionValue::Boolean(true))]);
    let index = Index {
        name: "i".to_owned(),
        columns: vec![IndexColumn::new("a")],
        unique: true,
        options,
        ..Index::default()
    };
    for server in Server::every_postgres() {
        let mut here =
            Here::new(&server, "CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
        let add = alter("t", vec![TableChange::AddIndex(index.clone())]);
        let failed = here.run(std::slice::from_ref(&add)).unwrap_err();
        assert_eq!(failed.lines().next(), Some("could not create unique index \"i\""));
        let valid = "SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass";
        assert_eq!(here.database.query(valid), ["f"]);
        here.database.client().batch_execute("DELETE FROM t").unwrap();
        here.run(&[add]).unwrap();
        assert_eq!(here.database.query(valid), ["t"]);
        here.run(&[alter("t", vec![TableChange::DropIndex(index.clone())])]).unwrap();
        assert!(here.database.query(valid).is_empty());
    }
}
