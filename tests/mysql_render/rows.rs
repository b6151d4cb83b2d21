//! Rows that scripts bring.

use super::*;

#[test]
fn rows_come_in() {
    let row = |values: &[(&str, Literal)]| -> Vec<(String, Value)> {
        let pair = |(name, it): &(&str, Literal)| ((*name).to_owned(), Value::Literal(it.clone()));
        values.iter().map(pair).collect()
    };
    let insert = |rows| Operation::Insert { table: name("odd`one"), rows };
    for server in Server::every_mysql() {
        let mut here = Here::new(
            &server,
            "CREATE TABLE `odd``one` (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, a int, b boolean,
                 d double, e text)",
        );
        let many = (0..1200).map(|at| row(&[("a", Literal::Integer(at))])).collect();
        here.run(&[
            insert(vec![row(&[("id", Literal::Integer(70)), ("b", Literal::Boolean(true))])]),
            insert(vec![
                row(&[
                    ("d", Literal::Float(1e300)),
                    ("e", Literal::Text("it's \\n \u{1a}".to_owned())),
                ]),
                row(&[]),
            ]),
            insert(many),
        ])
        .unwrap();
        assert_eq!(
            here.database.query("SELECT id, a, b, d, e FROM `odd``one` WHERE a IS NULL"),
            [
                "70 | NULL | 1 | NULL | NULL",
                "71 | NULL | NULL | 1e300 | it's \\n \u{1a}",
                "72 | NULL | NULL | NULL | NULL",
            ]
        );
        let fill = Operation::Fill {
            table: name("odd`one"),
            column: "e".to_owned(),
            value: Value::Expression(Sql::new("concat(id, '/', a) -- both")),
        };
        here.run(&[fill]).unwrap();
        let query = "SELECT e, (SELECT count(*) FROM `odd``one`) FROM `odd``one` WHERE a = 1199";
        assert_eq!(here.database.query(query), ["1272/1199 | 1203"]);
    }
}
