//! What tables and constraints are called, and what refers to them.

use super::*;
use crate::diff::Rename;

#[test]
fn names_of_tables_and_what_refers_to_them() {
    let found = schema(
        r#"
[HTTPServer.columns]
id = { type = "integer", primary_key = true }
[Audit]
columns.log = { type = "integer", primary_key = true }
[Log]
schema = "audit"
comment = ""
options = { sqlite = { strict = true }, mysql = { engine = "InnoDB" } }
sqlite = { without_rowid = true }
columns.id = { type = "uuid", primary_key = true }
[Entry]
table = "odd.name"
schema = "a.b"
columns.id = { type = "uuid", primary_key = true }
[Z.columns]
a = { type = "integer", references = "http_server" }
b = { type = "integer", references = "audit.log" }
c = { type = "uuid", references = "audit.log.id" }
d = { type = "uuid", references = { table = "audit.log" } }
e = { type = "uuid", references = "\"a.b\".\"odd.name\".id" }
"#,
    );
    let log = Table {
        name: "audit.log".parse().unwrap(),
        columns: vec![required("id", Type::Uuid)],
        primary_key: key("pk_log", &["id"]),
        comment: Some(String::new()),
        options: options(&[
            ("sqlite.strict", OptionValue::Boolean(true)),
            ("sqlite.without_rowid", OptionValue::Boolean(true)),
            ("mysql.engine", OptionValue::Text("InnoDB".into())),
        ]),
        ..Table::default()
    };
    assert_eq!(found.table(&log.name), Some(&log));
    assert_eq!(
        found.table(&"z".into()).unwrap().foreign_keys,
        [
            foreign_key("fk_z_a_http_server", &["a"], "http_server", &["id"]),
            foreign_key("fk_z_b_audit", &["b"], "audit", &["log"]),
            foreign_key("fk_z_c_log", &["c"], "audit.log", &["id"]),
            foreign_key("fk_z_d_log", &["d"], "audit.log", &["id"]),
            foreign_key("fk_z_e_odd.name", &["e"], "\"a.b\".\"odd.name\"", &["id"]),
        ]
    );
}

#[test]
fn hostile_names_are_names() {
    let found = declared(
        r#"
["Robert'); DROP TABLE \"students\";--".columns]
"a\"b" = { type = "integer", primary_key = true }
"a.b; --" = { type = "text", unique = true }
'naïve 名' = { type = "text", index = true }
"\n" = { type = "integer", references = "\"robert'); drop table \"\"students\"\";--\"" }
"#,
    );
    let name = "robert'); drop table \"students\";--";
    let expected = Table {
        name: name.into(),
        columns: vec![
            numbered("a\"b"),
            column("a.b; --", Type::Text(Size::Normal)),
            column("naïve 名", Type::Text(Size::Normal)),
            column("\n", Type::INTEGER),
        ],
        primary_key: key(&format!("pk_{name}"), &["a\"b"]),
        uniques: vec![unique(&format!("uq_{name}_a.b; --"), &["a.b; --"])],
        indexes: vec![index(&format!("ix_{name}_naïve 名"), &["\"naïve 名\""])],
        foreign_keys: vec![ForeignKey {
            table: name.into(),
            ..foreign_key(
                "fk_robert'); drop table \"students\";--_\n_robert'); drop_27a09d97",
                &["\n"],
                "x",
                &["a\"b"],
            )
        }],
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [expected]);
}

#[test]
fn models_of_several_files_know_each_other() {
    let sources = [
        Source::new("b.toml", "[Post.columns]\nuser_id = { type = 'mood', references = 'user' }\n"),
        Source::new("a.toml", "User.columns.id = { type = 'mood', primary_key = true }\n"),
        Source::new("c.toml", "enums.mood = ['ok']\n"),
    ];
    let found = parse(&sources, &Naming::default()).unwrap();
    let mood = || Type::SharedEnum("mood".into());
    let post = Table {
        name: "post".into(),
        columns: vec![column("user_id", mood())],
        foreign_keys: vec![foreign_key("fk_post_user_id_user", &["user_id"], "user", &["id"])],
        ..Table::default()
    };
    let user = Table {
        name: "user".into(),
        columns: vec![required("id", mood())],
        primary_key: key("pk_user", &["id"]),
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [post, user]);
    assert_eq!(found.places[&("user".into(), None)], sources[1].place(0..4));
}

#[test]
fn patterns_name_what_has_no_name() {
    let patterns = [("ck", "ck_{{ table }}_{{ constraint }}"), ("ix", "{{ table }}_{{ column }}")];
    let owned = |(key, text): (&str, &str)| (key.to_owned(), text.to_owned());
    let naming = Naming::new(patterns.into_iter().map(owned).collect()).unwrap();
    let text = "[T]\nchecks = [{ name = 'positive', expression = 'a > 0' }, { expression = 'a < 9' }]\n\
                [T.columns]\na = { type = 'integer', index = true }\n";
    let found = parse(&[Source::new("models.toml", text)], &naming).unwrap();
    let expected = Table {
        name: "t".into(),
        columns: vec![column("a", Type::INTEGER)],
        indexes: vec![index("t_a", &["a"])],
        checks: vec![check("ck_t_a", "a < 9"), check("ck_t_positive", "a > 0")],
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [expected]);
}

#[test]
fn renames_that_are_meant() {
    let found = declared(
        r#"
[Member]
renamed_from = "user"
columns.mail = { type = "text", renamed_from = "email" }
[Entry]
schema = "audit"
renamed_from = "log"
columns.id = "integer"
"#,
    );
    let audit = |name: &str| Name { schema: Some("audit".into()), name: name.into() };
    assert_eq!(
        found.renames,
        [
            Rename::Table { from: "user".into(), to: "member".into() },
            Rename::Column { table: "member".into(), from: "email".into(), to: "mail".into() },
            Rename::Table { from: audit("log"), to: audit("entry") },
        ]
    );
}
