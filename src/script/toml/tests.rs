//! What is said about scripts that are wrong.

use super::*;
use crate::script::tests::shown;

/// The mistakes of a script with one entry. Its lines begin behind the head, at line 1.
fn entry(text: &str) -> Vec<String> {
    let head = "revision = \"a1\"; down_revision = []; ".replace("; ", "\n");
    let text = format!("{head}[[upgrade]]\n{text}");
    let shown = shown(parse(&Source::new("a.toml", text)));
    shown
        .into_iter()
        .map(|line| {
            let (number, rest) = line.split_once(':').unwrap();
            format!("{}:{rest}", number.parse::<i32>().unwrap() - 3)
        })
        .collect()
}

fn whole(text: &str) -> Vec<String> {
    let source = Source::new("a.toml", text);
    let found = shown(parse(&source));
    assert_eq!(shown(header(&source)), found, "the head alone says the same");
    found
}

#[test]
fn words_of_operations() {
    for (text, expected) in [
        (
            "creat_table = \"user\"",
            "1:1 creat_table: there is no operation `creat_table` (did you mean `create_table`?)",
        ),
        (
            "frobnicate = \"user\"",
            "1:1 frobnicate: there is no operation `frobnicate` (an entry begins with its \
             operation: `create_table = \"user\"`)",
        ),
        (
            "",
            "0:1 [[upgrade]]: an entry of `upgrade` is empty (begin it with an operation like \
             `create_table = \"user\"`)",
        ),
        (
            "execute = \"SELECT 1\"\ndrop_schema = \"a\"",
            "2:1 drop_schema: `execute` and `drop_schema` stand in one entry (each entry is one \
             operation; begin another one above)",
        ),
        (
            "execute = \"SELECT 1\"\nwhen = 1",
            "2:1 when: `execute` has no key `when` (it has `dialects` and `execute`)",
        ),
        (
            "drop_schema = \"a\"\ndialect = [\"postgres\"]",
            "2:1 dialect: `drop_schema` has no key `dialect` (did you mean `dialects`?)",
        ),
        (
            "drop_schema = \"a\"\ndialects = [\"postgress\"]",
            "2:13 \"postgress\": there is no dialect `postgress` (did you mean `postgres`?)",
        ),
        (
            "drop_schema = \"a\"\ndialects = [\"oracle\"]",
            "2:13 \"oracle\": there is no dialect `oracle` (there are `sqlite`, `postgres`, \
             `mysql` and `mariadb`)",
        ),
        (
            "drop_schema = \"a\"\ndialects = []",
            "2:12 []: `dialects` of `drop_schema` is empty (name a dialect, or leave the key out \
             for all)",
        ),
    ] {
        assert_eq!(entry(text), [expected]);
    }
}

#[test]
fn tables() {
    assert_eq!(
        entry(
            r#"create_table = "a.b.c"
columns = [
    { name = "id", type = "integr", nulable = false },
    { nam = "x", type = 1 },
    { name = "id", type = "text", nullable = "no" },
    { name = "e", type = "text", autoincrement = true, identity = { strt = 1 } },
    "f",
]
primary_key = { columns = ["idd"] }
unique = [{ columns = [], deferrable = "later" }]
foreign_keys = [{ columns = ["id"], references = { table = "b", columns = ["x", "y"] }, on_delete = "cascde" }]
checks = [{ name = "ck" }]
options = { sqlite = { strict = 1.5 }, oracle = { a = 1 } }
"#
        ),
        [
            "1:16 \"a.b.c\": `a.b.c` is not a name like `user` or `schema.user` (a name that holds \
             a dot is written `'\"a.b\"'`)",
            "3:27 \"integr\": unknown type `integr` (did you mean `integer`?)",
            "3:37 nulable: column `id` has no key `nulable` (did you mean `nullable`?)",
            "4:5 { nam = \"x\", type = 1 }: a column of `create_table` lacks `name` (add `name = \
             \"id\"`)",
            "4:7 nam: a column of `create_table` has no key `nam` (did you mean `name`?)",
            "4:25 1: `type` of a column of `create_table` must be a type, or a table with a type \
             for each dialect, not an integer (no hint)",
            "5:46 \"no\": `nullable` of column `id` must be true or false, not a string (no hint)",
            "6:67 { strt = 1 }: column `e` has both `autoincrement` and `identity` \
             (`autoincrement = true` is short for `identity = {}`; keep one)",
            "6:69 strt: `identity` of column `e` has no key `strt` (did you mean `start`?)",
            "7:5 \"f\": a column of `create_table` must be a table, not a string (no hint)",
            "10:23 []: `columns` of a unique constraint is empty (name a column)",
            "10:40 \"later\": `deferrable` of a unique constraint cannot be `later` (it is one of \
             `immediate` and `deferred`)",
            "11:50 { table = \"b\", columns = [\"x\", \"y\"] }: a foreign key has 1 column and refers \
             to 2 columns (each column refers to one; none are the primary key)",
            "11:101 \"cascde\": `on_delete` of a foreign key cannot be `cascde` (did you mean \
             `cascade`?)",
            "12:11 { name = \"ck\" }: a check lacks `expression` (add `expression = \"length(body) \
             > 0\"`)",
            "13:33 1.5: option `sqlite.strict` must be a boolean, an integer or a string, not a \
             float (no hint)",
            "13:40 oracle: there is no dialect `oracle` (there are `sqlite`, `postgres`, \
             `mysql` and `mariadb`)",
        ]
    );
    assert_eq!(
        entry(
            r#"create_table = "a"
columns = [{ name = "id", type = "text" }, { name = "id", type = "text" }]
primary_key = { columns = ["idd"] }
unique = [{ columns = ["email"] }]"#
        ),
        [
            "2:44 { name = \"id\", type = \"text\" }: `create_table` has two columns `id` (name \
             each column once)",
            "3:28 \"idd\": the table has no column `idd` (did you mean `id`?)",
            "4:24 \"email\": the table has no column `email` (no hint)",
        ]
    );
    assert_eq!(
        entry("create_table = \"a\""),
        ["1:1 create_table = \"a\": `create_table` lacks `columns` (add `columns = [{ name = \
          \"id\", type = \"integer\" }]`)"]
    );
}

#[test]
fn changes_of_tables() {
    for (text, expected) in [
        (
            "rename_table = \"a\"\nto = \"a\"",
            "2:6 \"a\": `rename_table` changes nothing (change `to`, or leave the entry out)",
        ),
        (
            "add_column = \"email\"\ntype = \"text\"",
            "1:14 \"email\": `email` is not a column like `user.email` (write the table, a dot and \
             the column)",
        ),
        (
            "drop_column = \"user.email\"",
            "1:1 drop_column = \"user.email\": `drop_column` lacks `type` (add `type = \
             \"string(64)\"`)",
        ),
        (
            "rename_column = \"user.mail\"\nto = \"user.email\"",
            "2:6 \"user.email\": `user.email` is not the name of a column alone (write `to = \
             \"email\"`)",
        ),
        (
            "alter_column = \"user.mail\"\nfrom = { type = \"text\" }\nto = { type = \"text\", nullable \
             = true }",
            "3:6 { type = \"text\", nullable = true }: `alter_column` changes nothing (change `to`, \
             or leave the entry out)",
        ),
        (
            "alter_column = \"user.mail\"\nfrom = { type = \"text\" }",
            "1:1 alter_column = \"user.mail\": `alter_column` lacks `to` (add `to = { type = \
             \"string(64)\" }`)",
        ),
        (
            "create_index = \"\"\ntable = \"a\"\ncolumns = [\"b\"]",
            "1:1 create_index = \"\": `create_index` has no name (name it)",
        ),
        (
            "create_index = \"ix\"\ntable = \"a\"\ncolumns = [{ desc = true }]",
            "3:12 { desc = true }: an index column is either a `column` or an `expression` (write \
             `{ column = \"email\" }` or `{ expression = \"lower(email)\" }`)",
        ),
        (
            "drop_check = \"ck\"\ntable = \"a\"\nexpression = {}",
            "3:14 {}: `expression` of `drop_check` is empty (name a dialect or `default`: `{ sqlite \
             = \"...\", default = \"...\" }`)",
        ),
        (
            "comment_table = \"a\"",
            "1:1 comment_table = \"a\": `comment_table` changes nothing (change `to`, or leave the \
             entry out)",
        ),
        (
            "set_option = \"strict\"\ntable = \"a\"\nto = true",
            "1:14 \"strict\": there is no dialect `strict` (there are `sqlite`, `postgres`, \
             `mysql` and `mariadb`)",
        ),
    ] {
        assert_eq!(entry(text), [expected]);
    }
}

#[test]
fn rows_programs_and_objects() {
    for (text, expected) in [
        (
            "insert = \"a\"\nrows = []",
            "2:8 []: `rows` of `insert` is empty (give a row, or leave the entry out)",
        ),
        (
            "insert = \"a\"\nrows = [{ n = 99999999999999999999 }]",
            "2:15 99999999999999999999: column `n` is out of range (a number this long can stand as \
             text: in quotes)",
        ),
        (
            "insert = \"a\"\nrows = [{ n = inf }]",
            "2:15 inf: column `n` is no finite number (write it as SQL: `{ sql = \"...\" }`)",
        ),
        (
            "insert = \"a\"\nrows = [{ n = [1] }]",
            "2:15 [1]: column `n` must be a value or `{ sql = \"...\" }`, not an array (no hint)",
        ),
        (
            "fill_column = \"email\"\nvalue = 1",
            "1:15 \"email\": `email` is not a column like `user.email` (write the table, a dot and \
             the column)",
        ),
        (
            "fill_column = \"user.email\"",
            "1:1 fill_column = \"user.email\": `fill_column` lacks `value` (add `value = \
             \"unknown\"`)",
        ),
        (
            "run = \" \"",
            "1:7 \" \": `run` names no program (write `run = [\"python\", \"fill_slugs.py\"]`)",
        ),
        ("run = 1", "1:7 1: `run` must be a program with its arguments, not an integer (no hint)"),
        (
            "create_enum = \"mood\"\nvalues = [\"a\", \"a\"]",
            "2:16 \"a\": `values` of `create_enum` has `a` twice (name each value once)",
        ),
        (
            "alter_enum = \"mood\"\nfrom = [\"a\"]\nto = [\"b\"]\nrename = { c = \"b\" }",
            "4:12 c: `alter_enum` renames `c` to `b`, which are not in `from` and `to` (`from` has \
             the old text and `to` the new one)",
        ),
        (
            "create_view = \"v\"",
            "1:1 create_view = \"v\": `create_view` lacks `definition` (add `definition = \"SELECT \
             ...\"`)",
        ),
        (
            "replace_view = \"v\"\nfrom = { definition = \"SELECT 1\" }\nto.definition = \"SELECT 1\"",
            "3:1 to: `replace_view` changes nothing (change `to`, or leave the entry out)",
        ),
        (
            "create_extension = \"\"",
            "1:1 create_extension = \"\": `create_extension` has no name (name it)",
        ),
        (
            "create_trigger = \"t\"\ntable = 1\ndefinition = \"x\"",
            "2:9 1: `table` of `create_trigger` must be a string, not an integer (a string stands \
             in quotes: `\"1\"`)",
        ),
        (
            "create_sequence = \"s\"\nstart = \"7\"\ncycle = true",
            "2:9 \"7\": `start` of `create_sequence` must be an integer, not a string (a number \
             stands without quotes: `7`)",
        ),
        (
            "execute = 1",
            "1:11 1: `execute` must be SQL, or a table with SQL for each dialect, not an integer \
             (no hint)",
        ),
        (
            "create_sequence = \"s\"\ntype = \"text\"",
            "2:8 \"text\": `type` of `create_sequence` must be one of whole numbers, not `text` \
             (write `type = \"big_integer\"`)",
        ),
        (
            "create_object = \"p\"\ndefinition = \"x\"",
            "1:1 create_object = \"p\": `create_object` lacks `kind` (add `kind = \"policy\"`)",
        ),
        (
            "drop_object = \"p\"\nkind = \"Event  trigger\"\ndefinition = \"x\"",
            "2:8 \"Event  trigger\": `kind` of `drop_object` must be words in lower case, not \
             `Event  trigger` (it is what the database calls it: `kind = \"event trigger\"`)",
        ),
        (
            "create_object = \"p\"\nkind = \"procedure\"\ndefinition = \"x\"",
            "2:8 \"procedure\": `kind` of `create_object` is `procedure`, which has operations of \
             its own (write `create_function` or what goes with it)",
        ),
        (
            "replace_object = \"p\"\nkind = \"policy\"\ntable = \"t\"\n\
             from.definition = \"x\"\nto = { definition = \"x\" }",
            "5:6 { definition = \"x\" }: `replace_object` changes nothing (change `to`, or leave the \
             entry out)",
        ),
        (
            "replace_object = \"p\"\nkind = \"policy\"\nfrom.definition = \"x\"\n\
             to = { definition = \"y\", kind = \"rule\" }",
            "4:26 kind: `to` of `replace_object` has no key `kind` (it has `definition`)",
        ),
    ] {
        assert_eq!(entry(text), [expected]);
    }
    // A change that only SQL's comparison passes over is a change.
    let text = "revision = \"a\"\ndown_revision = []\n[[upgrade]]\nreplace_view = \"v\"\n\
                from.definition = \"SELECT 1\"\nto.definition = \"SELECT 1 -- one\"";
    assert!(parse(&Source::new("a.toml", text)).is_ok());
}

#[test]
fn heads() {
    for (text, expected) in [
        (
            "",
            vec![
                "1:1 : the script lacks `revision` (add `revision = \"e517276bb1c2\"`)",
                "1:1 : the script lacks `down_revision` (add `down_revision = []`)",
            ],
        ),
        (
            "# users\nrevison = \"a\"\ndown_revision = \"b\"",
            vec![
                "1:1 # users: the script lacks `revision` (add `revision = \"e517276bb1c2\"`)",
                "2:1 revison: the script has no key `revison` (did you mean `revision`?)",
            ],
        ),
        (
            "revision = \"a-1\"\ndown_revision = [\"\", \"b\", \"b\", 1]\nbranch_labels = \"head\"\n\
             depends_on = true\nreplaces = [\"a\", \"a\", \"+1\"]\nends = \"b\"",
            vec![
                "1:12 \"a-1\": `a-1` cannot be a revision id, it holds `-` (letters, digits, `_` \
                 and `.` are safe everywhere)",
                "2:32 1: each of `down_revision` must be a string, not an integer (a string stands in \
                 quotes: `\"1\"`)",
                "3:17 \"head\": `head` cannot be a branch label, it means something on the command \
                 line (choose another word)",
                "4:14 true: `depends_on` must be a string or an array of strings, not a boolean (a \
                 string stands in quotes: `\"true\"`)",
                "5:18 \"a\": `a` is named twice (name it once)",
                "5:23 \"+1\": `+1` cannot be a revision id, it holds `+` (letters, digits, `_` and `.` \
                 are safe everywhere)",
                "6:8 \"b\": `b` is not in `replaces` (`ends` are those of `replaces` at which all of \
                 them have run)",
            ],
        ),
        (
            "revision = \"a\"\ndown_revision = [\"\", \"b\", \"b\"]",
            vec![
                "2:18 \"\": a revision id cannot be empty (a revision without a parent says \
                 `down_revision = []`)",
                "2:27 \"b\": `b` is named twice (name it once)",
            ],
        ),
        (
            "revision = \"a\"\ndown_revision = []\ncreated = 2026-11-20T10:14:03\nlimbeck = 2\n\
             dialect = \"postgre\"\ntransaction = \"no\"\nirreversible = \" \"",
            vec![
                "3:11 2026-11-20T10:14:03: `created` must be a date and time with its offset \
                 (write it like `2026-11-20T10:14:03Z`)",
                "4:11 2: the script was written for behaviour 2, this version of the tool knows 1 \
                 (install a newer version of the tool)",
                "5:11 \"postgre\": there is no dialect `postgre` (did you mean `postgres`?)",
                "6:15 \"no\": `transaction` must be true or false, not a string (no hint)",
                "7:16 \" \": `irreversible` gives no reason (say why there is no way back; \
                 `downgrade` shows it)",
            ],
        ),
        (
            "revision = \"a\"\ndown_revision = []\ncreated = \"2026-11-20T10:14:03Z\"\n\
             transaction = \"false\"",
            vec![
                "3:11 \"2026-11-20T10:14:03Z\": `created` must be a date and time, not a string (it \
                 stands without quotes: `2026-11-20T10:14:03Z`)",
                "4:15 \"false\": `transaction` must be true or false, not a string (it stands \
                 without quotes: `false`)",
            ],
        ),
        (
            "revision = a1\ndown_revision = [\n",
            vec![
                "1:12 a1: `a1` is no TOML value (a string stands in quotes: `\"a1\"`)",
                "2:18 : unclosed array, expected `]` (the caret shows where reading stopped; the slip \
                 may stand before it)",
            ],
        ),
    ] {
        assert_eq!(whole(text), expected);
    }
}

#[test]
fn a_bracket_in_a_head_begins_no_table() {
    let text = "# a\nrevision = \"a1\"\ndown_revision = [\n    \"b\",\n]\nirreversible = \"\"\"\nbecause\n\
                [see] the wiki\"\"\"\n\n[[upgrade]]\nexecute = \"SELECT 1\"\n";
    let source = Source::new("a.toml", text);
    let located = header(&source).unwrap();
    assert_eq!(located.header, parse(&source).unwrap().header);
    assert_eq!(located.header.irreversible.as_deref(), Some("because\n[see] the wiki"));
    let places: Vec<&str> =
        located.places.down_revision.iter().map(|span| &text[span.clone()]).collect();
    assert_eq!(places, ["\"b\""]);
    assert_eq!(located.place(&located.places.revision), source.place(15..19));
}

#[test]
fn the_head_does_not_look_at_the_operations() {
    let text = "revision = \"a1\"\ndown_revision = []\n\n[[upgrade]]\nnonsense = [[[\n";
    let located = header(&Source::new("a.toml", text)).unwrap();
    assert_eq!(located.header.revision, "a1");
}

#[test]
fn notes_stand_above_their_operation() {
    let table = crate::schema::Name::new("user");
    let column = |name: &str| crate::schema::Column::new(name, crate::schema::Type::INTEGER);
    let changes = vec![
        crate::operation::TableChange::AddColumn(column("a")),
        crate::operation::TableChange::DropColumn(column("b")),
    ];
    let script = Script {
        downgrade: vec![Operation::AlterTable { table, changes }.into()],
        ..Script::default()
    };
    let note = |operation: &Operation| match operation {
        Operation::AlterTable { changes, .. } => match &changes[..] {
            [crate::operation::TableChange::DropColumn(it)] => {
                Some(format!("loses data: drops column `{}`\n\nits values", it.name))
            }
            _ => None,
        },
        _ => None,
    };
    let body = write_body(&script, &note);
    assert_eq!(body.upgrade, "");
    assert_eq!(
        body.downgrade,
        "[[downgrade]]\nadd_column = \"user.a\"\ntype = \"integer\"\n\n# loses data: drops column \
         `b`\n#\n# its values\n[[downgrade]]\ndrop_column = \"user.b\"\ntype = \"integer\""
    );
}
