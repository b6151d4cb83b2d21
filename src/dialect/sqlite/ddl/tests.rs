use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::Connection;

use super::*;

/// The parts of `text`, one a line, so that whole readings can be compared.
fn outline(text: &str) -> String {
    let at = |span: &Span| &text[span.clone()];
    let named = |name: &Option<Identifier>| {
        name.as_ref().map(|name| format!("{}: ", name.name)).unwrap_or_default()
    };
    let table =
        CreateTable::parse(text).unwrap_or_else(|err| panic!("{text}: {err} at {}", err.at));
    let mut lines = vec![format!("table {}", table.name.name)];
    for column in &table.columns {
        lines.push(format!("column {} <{}> = {}", column.name.name, column.ty, at(&column.span)));
        assert_eq!(at(&column.ty_span).is_empty(), column.ty.is_empty());
        for constraint in &column.constraints {
            lines.push(format!("  {}{}", named(&constraint.name), at(&constraint.span)));
        }
    }
    for constraint in &table.constraints {
        lines.push(format!("{}{}", named(&constraint.name), at(&constraint.span)));
    }
    for option in &table.options {
        lines.push(format!("option {:?} = {}", option.kind, at(&option.span)));
    }
    lines.join("\n")
}

#[test]
fn a_table_is_read_with_the_place_of_everything() {
    let text = "CREATE TABLE \"a \"\"b\" ( -- what it is for, (really)
  id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT IGNORE, /* , */
  [first name] VARCHAR ( 20 , +3 ) NOT NULL ON CONFLICT FAIL DEFAULT ('x' || \")\") COLLATE nocase,
  `n` \"some type\" x REFERENCES o ( 'id' ) ON DELETE SET NULL MATCH full NOT DEFERRABLE NULL UNIQUE
    ON CONFLICT REPLACE CHECK ( n > 0 ) CONSTRAINT lonely,
  'g' AS (n + 1) STORED, h INT GENERATED ALWAYS AS (n) VIRTUAL, i GENERATED ALWAYS AS (1),
  d DEFAULT - 1.5e-3 DEFERRABLE INITIALLY DEFERRED,
  e, key desc,
  CONSTRAINT one CHECK (id > 0) ON CONFLICT ABORT CONSTRAINT two
  UNIQUE (n COLLATE x DESC, \"first name\"), FOREIGN KEY (n, d) REFERENCES o ON UPDATE CASCADE
    DEFERRABLE INITIALLY IMMEDIATE
) WITHOUT ROWID , strict";
    assert_eq!(
        outline(text),
        "table a \"b
column id <INTEGER> = id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT IGNORE
  pk: CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT IGNORE
column first name <VARCHAR ( 20 , +3 )> = [first name] VARCHAR ( 20 , +3 ) NOT NULL ON CONFLICT FAIL DEFAULT ('x' || \")\") COLLATE nocase
  NOT NULL ON CONFLICT FAIL
  DEFAULT ('x' || \")\")
  COLLATE nocase
column n <some type> = `n` \"some type\" x REFERENCES o ( 'id' ) ON DELETE SET NULL MATCH full NOT DEFERRABLE NULL UNIQUE
    ON CONFLICT REPLACE CHECK ( n > 0 ) CONSTRAINT lonely
  REFERENCES o ( 'id' ) ON DELETE SET NULL MATCH full NOT DEFERRABLE
  NULL
  UNIQUE
    ON CONFLICT REPLACE
  CHECK ( n > 0 )
  lonely: CONSTRAINT lonely
column g <> = 'g' AS (n + 1) STORED
  AS (n + 1) STORED
column h <INT> = h INT GENERATED ALWAYS AS (n) VIRTUAL
  GENERATED ALWAYS AS (n) VIRTUAL
column i <> = i GENERATED ALWAYS AS (1)
  GENERATED ALWAYS AS (1)
column d <> = d DEFAULT - 1.5e-3 DEFERRABLE INITIALLY DEFERRED
  DEFAULT - 1.5e-3
  DEFERRABLE INITIALLY DEFERRED
column e <> = e
column key <desc> = key desc
one: CONSTRAINT one CHECK (id > 0) ON CONFLICT ABORT
two: CONSTRAINT two
  UNIQUE (n COLLATE x DESC, \"first name\")
FOREIGN KEY (n, d) REFERENCES o ON UPDATE CASCADE
    DEFERRABLE INITIALLY IMMEDIATE
option WithoutRowid = WITHOUT ROWID
option Strict = strict"
    );
}

#[test]
fn an_index_is_read_with_the_place_of_everything() {
    let text =
        "create unique index if not exists main.\"ix\" on [t] (a, (b) desc, lower(c) COLLATE x,
        a || b collate y, ((a collate x)) collate z ASC, 'd', 1, (a, b)) where a > 0 ;";
    let index = CreateIndex::parse(text).unwrap();
    let columns: Vec<_> = index
        .columns
        .iter()
        .map(|it| {
            let key = match &it.key {
                IndexedKey::Column(name) => format!("column {}", name.name),
                IndexedKey::Expression(span) => format!("expression {}", &text[span.clone()]),
            };
            let collation = it.collation.as_ref().map(|it| it.name.clone()).unwrap_or_default();
            format!("{key}, {collation}, {}, {}", it.descending, &text[it.span.clone()])
        })
        .collect();
    assert_eq!(
        columns,
        [
            "column a, , false, a",
            "column b, , true, (b) desc",
            "expression lower(c), x, false, lower(c) COLLATE x",
            "expression a || b collate y, , false, a || b collate y",
            "column a, z, false, ((a collate x)) collate z ASC",
            "column d, , false, 'd'",
            "expression 1, , false, 1",
            "expression a, b, , false, (a, b)",
        ]
    );
    assert_eq!((index.unique, &*index.name.name, &*index.table.name), (true, "ix", "t"));
    assert_eq!(&text[index.predicate.unwrap()], "a > 0");
}

#[test]
fn views_and_triggers_are_read_up_to_what_matters() {
    let text = "CREATE TEMP VIEW main.v(a, \"b\") AS /* all */ SELECT 1, ')' -- end";
    let view = CreateView::parse(text).unwrap();
    assert_eq!(view.name.name, "v");
    assert_eq!(&text[view.columns.unwrap()], "a, \"b\"");
    assert_eq!(&text[view.query], "SELECT 1, ')'");
    let text =
        "CREATE TRIGGER \"t r\" AFTER UPDATE OF \"on\", b ON [some table] BEGIN SELECT 1; END";
    let trigger = CreateTrigger::parse(text).unwrap();
    assert_eq!((&*trigger.name.name, &*trigger.table.name), ("t r", "some table"));
    let text = "CREATE VIRTUAL TABLE IF NOT EXISTS main.'notes' USING fts5(body, tokenize=\"x y\")";
    let table = CreateVirtualTable::parse(text).unwrap();
    assert_eq!((&*table.name.name, &*table.module.name), ("notes", "fts5"));
}

#[test]
fn what_is_no_table_is_told_where() {
    let error = |text: &str| {
        let err = CreateTable::parse(text).unwrap_err();
        format!("{err} at {}", err.at)
    };
    for (text, message) in [
        ("", "expected `CREATE TABLE` at 0"),
        ("DROP TABLE t", "expected `CREATE TABLE` at 0"),
        ("CREATE VIRTUAL TABLE t USING fts5(a)", "expected `CREATE TABLE` at 7"),
        ("CREATE TABLE", "expected a name at 12"),
        ("CREATE TABLE t", "expected `(` at 14"),
        ("CREATE TABLE t AS SELECT 1", "expected `(` at 15"),
        ("CREATE TABLE t (", "expected a name at 16"),
        ("CREATE TABLE t ()", "expected a column or a constraint at 16"),
        ("CREATE TABLE t (a", "expected `,` or `)` at 17"),
        ("CREATE TABLE t (a,)", "expected a column or a constraint at 18"),
        ("CREATE TABLE t (a CHECK (", "expected `)` at 25"),
        ("CREATE TABLE t (a DEFAULT)", "expected a value at 25"),
        ("CREATE TABLE t (a NOT 1)", "expected `NULL` at 22"),
        (
            "CREATE TABLE t (a UNIQUE ON CONFLICT x)",
            "expected `ROLLBACK`, `ABORT`, `FAIL`, `IGNORE` or `REPLACE` at 37",
        ),
        (
            "CREATE TABLE t (a REFERENCES b ON DELETE x)",
            "expected `CASCADE` or another action at 42",
        ),
        ("CREATE TABLE t (a, UNIQUE (a), b)", "expected a column or a constraint at 31"),
        ("CREATE TABLE t (a) WITHOUT x", "expected `ROWID` at 27"),
        ("CREATE TABLE t (a) STRICT b", "expected `,` at 26"),
        ("CREATE TABLE t (a); x", "expected the end of the statement at 20"),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
}

/// Runs `sql` and compares what is read from the stored text with what SQLite reports.
fn agrees(sql: &str) -> rusqlite::Result<()> {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(sql)?;
    let (name, text): (String, String) = db
        .query_row(
            "SELECT name, sql FROM (SELECT * FROM sqlite_schema UNION ALL
             SELECT * FROM sqlite_temp_schema) WHERE type = 'table' AND name <> 'sqlite_sequence'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let table =
        CreateTable::parse(&text).unwrap_or_else(|err| panic!("{text}: {err} at {}", err.at));
    assert_eq!(table.name.name, name);
    assert_eq!(columns_read(&text, &table), columns_reported(&db, &name), "{text}");
    assert_eq!(keys_read(&table), keys_reported(&db, &name), "{text}");
    assert_eq!(uniques_read(&table), uniques_reported(&db, &name), "{text}");
    for column in &table.columns {
        let alone = ColumnDefinition::parse(&text[column.span.clone()]).unwrap();
        assert_eq!((&alone.name.name, &alone.ty), (&column.name.name, &column.ty));
        assert_eq!(alone.constraints.len(), column.constraints.len());
    }
    Ok(())
}

/// Name, type, default, whether generated (2 virtual, 3 stored), place in the primary key.
type Reported = (String, String, Option<String>, i64, i64, bool);

fn columns_reported(db: &Connection, table: &str) -> Vec<Reported> {
    let sql = "SELECT name, type, dflt_value, hidden, pk, \"notnull\" FROM pragma_table_xinfo(?1)";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([table], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    });
    rows.unwrap().map(Result::unwrap).map(upper).collect()
}

/// SQLite spells the types it knows best in capitals, however they were written.
fn upper(mut row: Reported) -> Reported {
    row.1.make_ascii_uppercase();
    row
}

fn columns_read(text: &str, table: &CreateTable) -> Vec<Reported> {
    let key = primary_key(table);
    let read = |column: &ColumnDefinition| {
        let name = &column.name.name;
        let place = key.iter().position(|it| it.eq_ignore_ascii_case(name));
        let without_rowid = table.has(TableOptionKind::WithoutRowid);
        let mut row =
            (name.clone(), column.ty.clone(), None, 0, place.map_or(0, |it| it as i64 + 1), false);
        row.5 = place.is_some() && without_rowid;
        for constraint in &column.constraints {
            match &constraint.kind {
                ColumnConstraintKind::Default { value } => {
                    let value = &text[value.clone()];
                    let inner = value.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
                    row.2 = Some(inner.unwrap_or(value).trim().to_owned());
                }
                ColumnConstraintKind::Generated { stored, .. } => row.3 = 2 + i64::from(*stored),
                ColumnConstraintKind::NotNull { .. } => row.5 = true,
                _ => {}
            }
        }
        upper(row)
    };
    table.columns.iter().map(read).collect()
}

fn primary_key(table: &CreateTable) -> Vec<String> {
    for column in &table.columns {
        for constraint in &column.constraints {
            if let ColumnConstraintKind::PrimaryKey { .. } = constraint.kind {
                return vec![column.name.name.clone()];
            }
        }
    }
    for constraint in &table.constraints {
        if let TableConstraintKind::PrimaryKey { columns, .. } = &constraint.kind {
            return names(columns);
        }
    }
    Vec::new()
}

fn names(columns: &[IndexedColumn]) -> Vec<String> {
    let name = |column: &IndexedColumn| match &column.key {
        IndexedKey::Column(name) => name.name.clone(),
        IndexedKey::Expression(span) => panic!("an expression at {span:?}"),
    };
    columns.iter().map(name).collect()
}

/// Table, columns with what they refer to, `ON UPDATE`, `ON DELETE`.
type Key = (String, Vec<(String, Option<String>)>, String, String);

fn keys_reported(db: &Connection, table: &str) -> Vec<Key> {
    let sql = "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete
               FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq";
    let mut statement = db.prepare(sql).unwrap();
    let mut rows = statement.query([table]).unwrap();
    let mut keys: Vec<(i64, Key)> = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let id = row.get(0).unwrap();
        if keys.last().is_none_or(|(last, _)| *last != id) {
            let key = (row.get(1).unwrap(), Vec::new(), row.get(4).unwrap(), row.get(5).unwrap());
            keys.push((id, key));
        }
        keys.last_mut().unwrap().1.1.push((row.get(2).unwrap(), row.get(3).unwrap()));
    }
    keys.into_iter().map(|(_, key)| key).collect()
}

fn keys_read(table: &CreateTable) -> Vec<Key> {
    let key = |columns: &[&Identifier], references: &References| -> Key {
        let pair = |(index, column): (usize, &&Identifier)| {
            (column.name.clone(), references.columns.get(index).map(|it| it.name.clone()))
        };
        let columns = columns.iter().enumerate().map(pair).collect();
        let word = |action: Action| action.to_string().to_uppercase();
        (
            references.table.name.clone(),
            columns,
            word(references.on_update),
            word(references.on_delete),
        )
    };
    let mut keys = Vec::new();
    for column in &table.columns {
        for constraint in &column.constraints {
            if let ColumnConstraintKind::References(references) = &constraint.kind {
                keys.push(key(&[&column.name], references));
            }
        }
    }
    for constraint in &table.constraints {
        if let TableConstraintKind::ForeignKey { columns, references } = &constraint.kind {
            keys.push(key(&columns.iter().collect::<Vec<_>>(), references));
        }
    }
    keys
}

/// The columns, each with its collation and whether it is descending.
type UniqueColumns = Vec<(String, Option<String>, bool)>;

fn uniques_reported(db: &Connection, table: &str) -> BTreeSet<UniqueColumns> {
    let sql = "SELECT i.name, x.name, x.desc FROM pragma_index_list(?1) AS i,
               pragma_index_xinfo(i.name) AS x WHERE i.origin = 'u' AND x.key ORDER BY i.seq, x.seqno";
    let mut statement = db.prepare(sql).unwrap();
    let mut rows = statement.query([table]).unwrap();
    let mut uniques: Vec<(String, UniqueColumns)> = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let name: String = row.get(0).unwrap();
        if uniques.last().is_none_or(|(last, _)| *last != name) {
            uniques.push((name, Vec::new()));
        }
        let column = (row.get(1).unwrap(), None, row.get(2).unwrap());
        uniques.last_mut().unwrap().1.push(column);
    }
    uniques.into_iter().map(|(_, columns)| columns).collect()
}

fn uniques_read(table: &CreateTable) -> BTreeSet<UniqueColumns> {
    let mut uniques = BTreeSet::new();
    for column in &table.columns {
        for constraint in &column.constraints {
            if let ColumnConstraintKind::Unique { .. } = constraint.kind {
                uniques.insert(vec![(column.name.name.clone(), None, false)]);
            }
        }
    }
    for constraint in &table.constraints {
        if let TableConstraintKind::Unique { columns, .. } = &constraint.kind {
            let all = names(columns).into_iter().zip(columns);
            uniques.insert(all.map(|(name, it)| (name, None, it.descending)).collect());
        }
    }
    uniques
}

#[test]
fn sqlite_reports_the_same() {
    for sql in [
        "CREATE TABLE t(a)",
        "CREATE TEMP TABLE IF NOT EXISTS temp.\"t x\"(a INT)",
        "CREATE TABLE main.[t](a)",
        "CREATE TABLE 't'('a' 'my type', \"b\" [odd type] more, `c` \"x\"(10))",
        "CREATE TABLE \"if\"(abort action, key KEY, desc desc, cascade no, temp temp, generated always)",
        "CREATE TABLE t(a LONG VARCHAR(10), b DOUBLE PRECISION, c UNSIGNED BIG INT(-1, +2), cross key)",
        "CREATE TABLE t(a, b GENERATED ALWAYS AS (a), c INT GENERATED ALWAYS AS (a) STORED,
         d INT(3) GENERATED ALWAYS AS (a) VIRTUAL, e AS (a) NOT NULL, f INT NOT NULL GENERATED ALWAYS AS (a))",
        "CREATE TABLE t(a something for always, b integer generated always, c always)",
        "CREATE TABLE t(a DEFAULT -1, b DEFAULT +1.5, c DEFAULT (1 + 2), d DEFAULT 'it''s', e DEFAULT NULL,
         f DEFAULT CURRENT_TIMESTAMP, g DEFAULT true, h DEFAULT \"x\", i DEFAULT word, j DEFAULT x'00',
         k DEFAULT ( -1 ), l DEFAULT .5, m DEFAULT 0x1F, n DEFAULT 1_000, o DEFAULT -'x', p DEFAULT [z])",
        "CREATE TABLE t(a INTEGER PRIMARY KEY DESC ON CONFLICT ABORT AUTOINCREMENT)".replace("DESC ", "").as_str(),
        "CREATE TABLE t(a INTEGER PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT NOT NULL)",
        "CREATE TABLE t(a, b, PRIMARY KEY ('b' COLLATE nocase DESC, a)) WITHOUT ROWID",
        "CREATE TABLE t(a INTEGER, PRIMARY KEY (a AUTOINCREMENT) ON CONFLICT FAIL)",
        "CREATE TABLE t(a INT, b TEXT UNIQUE, UNIQUE (\"a\" DESC, [b]) ON CONFLICT IGNORE, UNIQUE ((b), a)) STRICT",
        "CREATE TABLE t(a INT, CHECK (a > 0) CHECK (a < 9) ON CONFLICT ROLLBACK CONSTRAINT x CONSTRAINT y
         UNIQUE (a) CONSTRAINT z) STRICT, WITHOUT ROWID".replace(" STRICT, WITHOUT ROWID", "").as_str(),
        "CREATE TABLE t(a INT CONSTRAINT x CONSTRAINT y NOT NULL CONSTRAINT z NULL CONSTRAINT 'w')",
        "CREATE TABLE t(a REFERENCES o, b REFERENCES o(x) ON DELETE SET NULL ON UPDATE SET DEFAULT ON DELETE CASCADE,
         c REFERENCES o(y) MATCH FULL ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY DEFERRED,
         d REFERENCES o(z) NOT NULL DEFERRABLE INITIALLY IMMEDIATE, e DEFERRABLE,
         FOREIGN KEY (a, b) REFERENCES 'o'(\"x\", [y]) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
         FOREIGN KEY (c) REFERENCES p)",
        "CREATE TABLE t(a/*c*/INT--d
         ,b/* , */INT/*)*/DEFAULT/**/1,/*e*/CHECK/**/(a/*(*/>/*)*/0)) /* f */ -- g",
        "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", 1.5 AS \"select\"",
        "CREATE TABLE \u{fc}(\u{e9} T\u{c9}XT, \"\u{1f600}\" DEFAULT '\u{1f600}')",
    ] {
        agrees(sql).unwrap_or_else(|err| panic!("{sql}: {err}"));
    }
}

/// Any of `choices`.
fn any_of(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(choices)
}

/// The text of a column called `name`.
fn column_text(name: String) -> impl Strategy<Value = String> {
    let ty = any_of(&[
        "",
        "INT",
        "integer",
        "VARCHAR(10)",
        "numeric ( 10 , 2 )",
        "\"quoted type\"",
        "[a] b",
        "'s'",
        "long text",
        "KEY",
        "x generated always",
        "double\nprecision",
        "a/**/b",
    ]);
    let constraint = any_of(&[
        "NOT NULL",
        "NULL",
        "UNIQUE",
        "UNIQUE ON CONFLICT REPLACE",
        "CHECK (1 > (0))",
        "DEFAULT 1",
        "DEFAULT -1",
        "DEFAULT (1, 2) ",
        "DEFAULT 'x)'",
        "DEFAULT word",
        "COLLATE nocase",
        "COLLATE 'rtrim'",
        "REFERENCES o",
        "REFERENCES \"o\" (\"x\") ON DELETE CASCADE",
        "REFERENCES o(x) MATCH simple ON UPDATE SET NULL",
        "DEFERRABLE",
        "NOT DEFERRABLE INITIALLY IMMEDIATE",
        "CONSTRAINT lonely",
        "CONSTRAINT [a b] NOT NULL",
        "CONSTRAINT 'c' CHECK ('''' <> \")\")",
        "/* , ) */",
        "-- ), (\n",
    ]);
    (ty, prop::collection::vec(constraint, 0..5)).prop_map(move |(ty, constraints)| {
        let constraints: Vec<_> = constraints
            .into_iter()
            .map(|it| if it.starts_with("DEFAULT (") { "DEFAULT (1 + 2)" } else { it })
            .collect();
        format!("{name} {ty} {}", constraints.join(" "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn sqlite_reports_the_same_of_any_table(
        columns in (column_text("\"a\"".into()), column_text("b".into()), column_text("[c d]".into())),
        constraints in prop::collection::vec(any_of(&[
            "PRIMARY KEY (b, \"a\")", "UNIQUE (a COLLATE nocase, [c d] DESC)", "CONSTRAINT x UNIQUE (b) ON CONFLICT FAIL",
            "CHECK (a > 0)", "CONSTRAINT y", "FOREIGN KEY (a, b) REFERENCES o ON DELETE SET DEFAULT",
            "CONSTRAINT z FOREIGN KEY (a) REFERENCES o (a) NOT DEFERRABLE", "/* CHECK ( */",
        ]), 0..4),
        separators in prop::collection::vec(any_of(&[",", " ", " , "]), 4),
        options in any_of(&["", "/* none */", ";"]),
    ) {
        let mut text = format!("CREATE TABLE t ({}, {},{}", columns.0, columns.1, columns.2);
        let mut has_key = false;
        let mut first = true;
        for (constraint, separator) in constraints.iter().zip(&separators) {
            let key = constraint.starts_with("PRIMARY");
            if (has_key && key) || constraint.starts_with("/*") && first { continue; }
            has_key |= key;
            text.push_str(if first { "," } else if constraint.starts_with("/*") { " " } else { separator });
            first = false;
            text.push_str(constraint);
        }
        text.push_str(&format!(") {options}"));
        let accepted = agrees(&text);
        let conflicting = |err: &rusqlite::Error| err.to_string().starts_with("conflicting ON CONFLICT");
        prop_assert!(accepted.as_ref().err().is_none_or(conflicting), "{text}: {accepted:?}");
    }

    #[test]
    fn no_text_panics(text in "(CREATE|TABLE|INDEX|VIEW|TRIGGER|ON|AS|[a-z'\"`\\[\\](),.;+ 0-9-]|CHECK|DEFAULT|é){0,40}") {
        let _ = CreateTable::parse(&text);
        let _ = CreateTable::parse(&format!("CREATE TABLE t ({text}"));
        let _ = CreateTable::parse(&format!("CREATE TABLE t (a {text})"));
        let _ = CreateIndex::parse(&format!("CREATE INDEX i ON t({text})"));
        let _ = CreateView::parse(&format!("CREATE VIEW {text}"));
        let _ = CreateVirtualTable::parse(&format!("CREATE VIRTUAL TABLE {text}"));
        let _ = CreateTrigger::parse(&format!("CREATE TRIGGER {text}"));
    }
}
