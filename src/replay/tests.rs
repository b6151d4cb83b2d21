use super::*;
use crate::error::Source;
use crate::schema::Schema;
use crate::script;

const BASE: &str = r#"
[[upgrade]]
create_table = "user"
columns = [
    { name = "id", type = "integer", nullable = false },
    { name = "email", type = "string(120)" },
    { name = "name", type = "string(64)", default = "" },
]
primary_key = { name = "pk_user", columns = ["id"] }
unique = [{ name = "uq_user_email", columns = ["email"] }]

[[upgrade]]
create_table = "post"
columns = [
    { name = "id", type = "integer", nullable = false },
    { name = "user_id", type = "integer" },
]
primary_key = { name = "pk_post", columns = ["id"] }

[[upgrade]]
create_index = "ix_user_name"
table = "user"
columns = ["name"]
"#;

fn upgrade(id: &str, body: &str) -> Upgrade {
    let text = format!("revision = {id:?}\ndown_revision = []\n{body}");
    let parsed = script::parse(&Source::new(format!("{id}.toml"), text.as_str()));
    let entries = parsed.unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}")).upgrade;
    Upgrade { revision: id.to_owned(), path: format!("{id}.toml").into(), entries }
}

fn side(id: &str, body: &str) -> Side {
    Side { head: id.to_owned(), upgrades: vec![upgrade(id, body)] }
}

/// An operation as a script says it in one line, its keys parted by semicolons.
fn body(lines: &str) -> String {
    let entry = |line: &str| match line.trim() {
        "" => String::new(),
        line => format!("[[upgrade]]\n{}\n", line.replace("; ", "\n")),
    };
    lines.lines().map(entry).collect()
}

/// What is said of two lines behind the base: collisions with the operations of both, what each
/// order ends in, what is not judged.
fn said(left: &str, right: &str) -> Vec<String> {
    let (left, right) = (side("left", &body(left)), side("right", &body(right)));
    let judgement = judge(&[upgrade("start", BASE)], &left, &right);
    let mirrored = judge(&[upgrade("start", BASE)], &right, &left);
    assert_eq!(judgement.commutes(), mirrored.commutes(), "{judgement:#?}\n{mirrored:#?}");
    let acts = |acts: &[Act]| acts.iter().flat_map(Act::describe).collect::<Vec<_>>().join(", ");
    let collision = |it: &Collision| format!("{it}: {} | {}", acts(&it.left), acts(&it.right));
    let collisions = judgement.collisions.iter().map(collision);
    let outcomes = judgement.outcomes.iter().map(|it| format!("= {it}"));
    let not_judged = judgement.not_judged.iter().map(|it| format!("? {it}"));
    collisions.chain(outcomes).chain(not_judged).collect()
}

const AGE: &str = r#"add_column = "user.age"; type = "integer""#;

#[test]
fn lines_that_commute() {
    for (left, right) in [
        (AGE, r#"add_column = "user.city"; type = "text""#),
        (AGE, r#"create_index = "ix_user_email"; table = "user"; columns = ["email"]"#),
        (AGE, r#"rename_column = "user.email"; to = "mail""#),
        (AGE, r#"add_column = "post.age"; type = "integer""#),
        // What a squash keeps apart is no SQL to judge.
        (
            AGE,
            r#"add_column = "user.city"; type = "text"
            execute = "-- what follows is a change of its own"
            drop_column = "user.name"; type = "string(64)"; default = """#,
        ),
        (AGE, r#"drop_table = "post"; columns = [{ name = "id", type = "integer" }]"#),
        // Both find what they want.
        (
            r#"alter_column = "user.email"; from = { type = "string(120)" }; to = { type = "text" }"#,
            r#"alter_column = "user.email"; from = { type = "string(120)" }; to = { type = "text" }"#,
        ),
        // An index follows its column into another type.
        (
            r#"alter_column = "user.name"; from = { type = "string(64)", default = "" }; to = { type = "text", default = "" }"#,
            r#"create_index = "ix"; table = "user"; columns = ["name"]"#,
        ),
        (
            r#"insert = "user"; rows = [{ id = 1, email = "a" }]"#,
            r#"insert = "user"; rows = [{ id = 2, email = "b" }]"#,
        ),
        (r#"insert = "user"; rows = [{ id = 1, email = "a" }]"#, AGE),
    ] {
        assert_eq!(said(left, right), [""; 0], "{left}\n{right}");
    }
}

/// Operations of the left line behind `<`, of the right line behind `>`, and what is said.
const COLLISIONS: &str = include_str!("collisions.txt");

#[test]
fn lines_that_collide() {
    let mut found = String::new();
    for case in COLLISIONS.split_inclusive("\n\n") {
        let lines = |mark: &str| -> String {
            case.lines()
                .filter_map(|line| line.strip_prefix(mark))
                .fold(String::new(), |all, it| all + it + "\n")
        };
        let operations = case.lines().filter(|line| line.starts_with(['<', '>', '#']));
        operations.for_each(|line| found += &format!("{line}\n"));
        let said = said(&lines("< "), &lines("> "));
        said.iter().for_each(|line| found += &format!("  {line}\n"));
        found.push('\n');
    }
    assert_eq!(found.trim_end(), COLLISIONS.trim_end());
}

#[test]
fn a_replay_passes_over_what_does_not_fit() {
    let upgrades = [
        upgrade("start", BASE),
        upgrade("a", "[[upgrade]]\nexecute = \"DROP TABLE post\"\n[[upgrade]]\nrun = [\"x\"]"),
        upgrade("b", &body("drop_column = \"user.age\"; type = \"integer\"")),
    ];
    let replayed = replay(Schema::default(), &upgrades, None);
    assert_eq!(replayed.opaque, ["a"]);
    let misfits: Vec<String> =
        replayed.misfits.iter().map(|it| format!("{it}: {}", it.error)).collect();
    assert_eq!(
        misfits,
        ["removed column 'user.age' in `b.toml` does not fit what comes before it: there is no \
          column `age` to change"]
    );
    assert_eq!(replayed.schema.tables.len(), 2);
}
