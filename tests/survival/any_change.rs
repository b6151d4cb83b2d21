//! Whatever changes a group holds, and whichever way it goes: the table becomes what the
//! model becomes, the rows are the same in every way, and the reverse leads back.

use limbeck::schema::Generated;
use proptest::prelude::*;
use proptest::sample::Index as Pick;

use super::support::law::cases;
use super::*;

/// Lines of a table, with what may stand around them.
fn table() -> impl Strategy<Value = String> {
    let columns = [
        "a INTEGER NOT NULL DEFAULT 1",
        "b VARCHAR(20) COLLATE NOCASE UNIQUE",
        "\"c c\" TEXT CONSTRAINT n NOT NULL ON CONFLICT IGNORE CHECK (\"c c\" <> 'CHECK (')",
        "d DEFAULT (1 + 1)",
        "e INTEGER REFERENCES p (id) ON DELETE SET DEFAULT NOT DEFERRABLE",
        "f AS (probe || '!') STORED",
        "g INTEGER GENERATED ALWAYS AS (1) NOT NULL",
        "h VARCHAR(5) CHECK (\"h\" IN ('draft', 'x')) DEFAULT 'x'",
        "\"a\"\"q\" BLOB",
    ];
    let constraints = [
        "PRIMARY KEY (id)",
        "CONSTRAINT \"ck 1\" CHECK (length(probe) > 0)",
        "CHECK (t.probe <> ',')",
        "UNIQUE (id, probe) ON CONFLICT REPLACE",
        "CONSTRAINT fk FOREIGN KEY (probe) REFERENCES q",
    ];
    let columns = prop::sample::subsequence(columns.to_vec(), 0..=columns.len()).prop_shuffle();
    let constraints = prop::sample::subsequence(constraints.to_vec(), 0..=constraints.len());
    let blanks = prop::sample::select(vec![
        (" ", ""),
        ("\n    ", ""),
        ("\n\t", " -- ) comment, ("),
        (" /* , */ ", "/* ( */"),
    ]);
    let first = prop::sample::select(vec!["id INTEGER", "id INT", "id TEXT"]);
    let rowid = any::<bool>();
    (first, columns, constraints, blanks, rowid).prop_map(
        |(first, columns, constraints, (before, behind), rowid)| {
            let mut lines = vec![first, "\"probe\" TEXT"];
            lines.extend(columns);
            lines.extend(&constraints);
            let last = lines.len() - 1;
            let mut text = "CREATE TABLE \"t\" (".to_owned();
            for (index, line) in lines.iter().enumerate() {
                let comma = if index == last { "" } else { "," };
                text.push_str(&format!("{before}{line}{comma}{behind}"));
                if behind.starts_with(" --") && before == " " {
                    text.push('\n');
                }
            }
            let options = match !rowid && constraints.first() == Some(&"PRIMARY KEY (id)") {
                true => "WITHOUT ROWID",
                false => "",
            };
            format!("{text}\n) {options}")
        },
    )
}

fn literal() -> impl Strategy<Value = Option<Value>> {
    let integer = |it: i64| Some(Value::Literal(Literal::Integer(it)));
    prop::sample::select(vec![
        None,
        integer(1),
        Some(super::text("x")),
        Some(super::text("it's")),
        Some(Value::Expression(Sql::new("1 + 1"))),
        Some(Value::Expression(Sql::new("x'00'"))),
    ])
}

/// A change in the making: it gets its columns when the table is known.
#[derive(Clone, Debug)]
enum Draft {
    Nullable(Pick),
    Default(Pick, Option<Value>),
    Type(Pick, &'static str),
    Collation(Pick),
    Generated(Pick),
    Rename(Pick, &'static str),
    Drop(Pick),
    Add(&'static str, &'static str, bool, Option<Value>),
    AddCheck(Pick, Option<&'static str>),
    DropCheck(Pick),
    AddKey(Pick),
    DropKey(Pick),
    AddUnique(Pick, Pick),
    DropUnique(Pick),
    AddIndex(Pick, &'static str),
    DropIndex(Pick),
}

fn draft() -> impl Strategy<Value = Draft> {
    let pick = any::<Pick>;
    let names = || prop::sample::select(vec!["new", "probe", "a", "Select", "x y\"z"]);
    let types = || {
        prop::sample::select(vec![
            "text",
            "string(9)",
            "integer",
            "big_integer",
            "enum(x, draft, one)",
            "large_binary",
            "numeric(9, 2)",
        ])
    };
    prop_oneof![
        4 => pick().prop_map(Draft::Nullable),
        4 => (pick(), literal()).prop_map(|(it, value)| Draft::Default(it, value)),
        4 => (pick(), types()).prop_map(|(it, ty)| Draft::Type(it, ty)),
        1 => pick().prop_map(Draft::Collation),
        1 => pick().prop_map(Draft::Generated),
        4 => (pick(), names()).prop_map(|(it, name)| Draft::Rename(it, name)),
        2 => pick().prop_map(Draft::Drop),
        4 => (names(), types(), any::<bool>(), literal())
            .prop_map(|(name, ty, nullable, value)| Draft::Add(name, ty, nullable, value)),
        2 => (pick(), prop::sample::select(vec![None, Some("ck_new")]))
            .prop_map(|(it, name)| Draft::AddCheck(it, name)),
        2 => pick().prop_map(Draft::DropCheck),
        2 => pick().prop_map(Draft::AddKey),
        2 => pick().prop_map(Draft::DropKey),
        1 => (pick(), pick()).prop_map(|(a, b)| Draft::AddUnique(a, b)),
        1 => pick().prop_map(Draft::DropUnique),
        2 => (pick(), prop::sample::select(vec!["ix", "Ix 2"]))
            .prop_map(|(it, name)| Draft::AddIndex(it, name)),
        1 => pick().prop_map(Draft::DropIndex),
    ]
}

fn changed(column: &Column, edit: impl FnOnce(&mut Column)) -> Option<TableChange> {
    let mut to = column.clone();
    edit(&mut to);
    Some(TableChange::AlterColumn { from: column.clone(), to })
}

/// A name as an expression says it.
fn quoted(name: &str) -> String {
    Sqlite::bundled().quote(name)
}

impl Draft {
    fn change(self, table: &Table) -> Option<TableChange> {
        let column = |pick: Pick| pick.get(&table.columns);
        let taken = |name: &str| table.columns.iter().any(|it| it.name.eq_ignore_ascii_case(name));
        // Which of two unnamed constraints on the same columns is meant, nobody can say.
        let is_new = |a: &str, b: &str| {
            a != b && table.uniques.iter().all(|unique| unique.columns != [a, b])
        };
        match self {
            Draft::Nullable(pick) => changed(column(pick), |it| it.nullable = !it.nullable),
            Draft::Default(pick, value) if column(pick).generated.is_none() => {
                changed(column(pick), |it| it.default = value)
            }
            Draft::Default(..) => None,
            Draft::Type(pick, text) => changed(column(pick), |it| {
                it.ty = ty(text);
                it.identity = it.identity.take().filter(|_| it.ty.is_integer());
            }),
            Draft::Collation(pick) => changed(column(pick), |it| {
                it.collation = it.collation.is_none().then(|| "RTRIM".to_owned());
            }),
            Draft::Generated(pick) => changed(column(pick), |it| {
                let one = Generated { expression: Sql::new("'one'"), stored: true };
                it.generated = it.generated.is_none().then_some(one);
                it.default = None;
            }),
            Draft::Rename(pick, to) if !taken(to) => Some(rename(&column(pick).name, to)),
            Draft::Rename(..) => None,
            // A check that stands in the column would go with it.
            Draft::Drop(pick) => {
                let column = column(pick);
                let name = column.name.replace('"', "\"\"");
                let mentions = |check: &Check| {
                    check.expression.text.as_ref().is_some_and(|it| it.contains(&name))
                };
                let free = table.columns.len() > 1 && !table.checks.iter().any(mentions);
                free.then(|| TableChange::DropColumn(column.clone()))
            }
            Draft::Add(name, _, _, _) if taken(name) => None,
            Draft::Add(name, text, nullable, default) => Some(TableChange::AddColumn(Column {
                nullable,
                default,
                ..Column::new(name, ty(text))
            })),
            Draft::AddCheck(pick, name) => {
                let text = format!("{} IS NOT 'nothing'", quoted(&column(pick).name));
                Some(TableChange::AddCheck(check(name, &text)))
            }
            Draft::DropCheck(pick) if !table.checks.is_empty() => {
                Some(TableChange::DropCheck(pick.get(&table.checks).clone()))
            }
            Draft::AddKey(pick) => Some(TableChange::AddForeignKey(ForeignKey {
                name: None,
                ..foreign_key(&[&column(pick).name], "q", &["x"])
            })),
            Draft::DropKey(pick) if !table.foreign_keys.is_empty() => {
                Some(TableChange::DropForeignKey(pick.get(&table.foreign_keys).clone()))
            }
            Draft::AddUnique(a, b) if is_new(&column(a).name, &column(b).name) => {
                Some(TableChange::AddUnique(Unique {
                    name: None,
                    ..unique(&[&column(a).name, &column(b).name])
                }))
            }
            Draft::DropUnique(pick) if !table.uniques.is_empty() => {
                Some(TableChange::DropUnique(pick.get(&table.uniques).clone()))
            }
            Draft::AddIndex(pick, name) if table.indexes.iter().all(|it| it.name != name) => {
                Some(TableChange::AddIndex(Index {
                    name: name.to_owned(),
                    columns: vec![IndexColumn::new(&column(pick).name)],
                    predicate: Some(Sql::new(format!("{} > 'a'", quoted(&column(pick).name)))),
                    ..Index::default()
                }))
            }
            Draft::DropIndex(pick) if !table.indexes.is_empty() => {
                Some(TableChange::DropIndex(pick.get(&table.indexes).clone()))
            }
            Draft::DropCheck(_)
            | Draft::DropKey(_)
            | Draft::AddUnique(..)
            | Draft::DropUnique(_)
            | Draft::AddIndex(..)
            | Draft::DropIndex(_) => None,
        }
    }
}

/// The rows, wherever they are kept.
fn rows(db: &mut SqliteConnection) -> Vec<String> {
    let lines = dump(db).into_iter();
    lines.filter(|line| !line.contains(" | ")).collect()
}

/// A schema in which unnamed checks stand in one order, however their names are quoted; and
/// without the name of the table in them, which a portable rebuild loses.
fn comparable(mut schema: Schema) -> Schema {
    for check in schema.tables.iter_mut().flat_map(|table| &mut table.checks) {
        let text = check.expression.text.take().unwrap().replace('"', "");
        check.expression = Sql::new(text.strip_prefix("t.").unwrap_or(&text));
    }
    schema.sort();
    schema
}

fn whole(sql: &str) -> SqliteConnection {
    let mut db = database(&format!(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE p (id INTEGER PRIMARY KEY);
         CREATE TABLE q (x TEXT PRIMARY KEY);
         INSERT INTO q VALUES ('one'), ('two'), ('x'), (1);
         {sql};
         CREATE INDEX i ON t (id DESC) WHERE probe > 'a';
         CREATE TABLE child (t_id REFERENCES t (id) ON DELETE CASCADE);
         INSERT INTO child VALUES (1);"
    ));
    for (id, probe) in [(1, "one"), (2, "two")] {
        let names: Vec<_> = live_table(&mut db, "t")
            .columns
            .into_iter()
            .filter(|it| it.name != "id" && it.name != "probe" && it.generated.is_none())
            .map(|it| it.name)
            .collect();
        let mut columns = vec!["id".to_owned(), "probe".to_owned()];
        let mut values = vec![id.to_string(), format!("'{probe}'")];
        for name in names {
            columns.push(quoted(&name));
            values.push(match name.as_str() {
                "e" => "NULL".to_owned(),
                "h" => "'x'".to_owned(),
                _ => format!("'{probe}'"),
            });
        }
        let (columns, values) = (columns.join(", "), values.join(", "));
        db.execute(&format!("INSERT INTO t ({columns}) VALUES ({values})")).unwrap();
    }
    db
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn leads_to_the_same_table(sql in table(), drafts in prop::collection::vec(draft(), 1..6)) {
        let before = inspect(&mut whole(&sql));
        let mut after = before.clone();
        let mut changes = Vec::new();
        for draft in drafts {
            let Some(change) = draft.change(after.table(&Name::new("t")).unwrap()) else { continue };
            // A column that comes and goes may be refused on its way, and one that is renamed and
            // goes may leave its name to keys that refer to it.
            let adds = |it: &TableChange| {
                matches!(it, TableChange::AddColumn(_) | TableChange::RenameColumn { .. })
            };
            if matches!(change, TableChange::DropColumn(_)) && changes.iter().any(adds) {
                continue;
            }
            if after.apply(&alter("t", vec![change.clone()])).is_ok() {
                changes.push(change);
            }
        }
        prop_assume!(!changes.is_empty());
        let op = alter("t", changes);
        let mut results = Vec::new();
        for dialect in [Sqlite::bundled(), Sqlite::portable()] {
            let mut db = whole(&sql);
            let untouched = dump(&mut db);
            match run(&mut db, dialect, std::slice::from_ref(&op)) {
                Ok(statements) => {
                    let normal = Sqlite::bundled().normalize(&after, &Schema::default(), &mut db).unwrap();
                    let found = comparable(inspect(&mut db));
                    prop_assert_eq!(found, comparable(normal), "{:#?}", statements);
                    leaves_nothing_behind(&mut db);
                    results.push(Ok(rows(&mut db)));
                }
                Err(error) => {
                    prop_assert_eq!(dump(&mut db), untouched);
                    leaves_nothing_behind(&mut db);
                    results.push(Err(error));
                }
            }
        }
        match &results[..] {
            [Ok(bundled), Ok(portable)] => prop_assert_eq!(bundled, portable),
            [Err(_), Err(_)] => {}
            _ => prop_assert!(false, "one way is open, the other is not: {results:#?}"),
        }
    }
}
