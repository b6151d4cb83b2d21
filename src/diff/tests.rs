//! In which order objects come and go around tables.

use super::*;
use crate::operation::Operation;
use crate::schema::{
    Definition, Function, IndexColumn, IndexKey, Name, Object, Options, Sql, Trigger, Type, Value,
    View,
};

fn table(name: &str, edit: impl FnOnce(&mut Table)) -> Table {
    let columns = vec![Column::new("id", Type::INTEGER)];
    let mut table = Table { name: name.into(), columns, ..Table::default() };
    edit(&mut table);
    table
}

fn plain(name: &str) -> Table {
    table(name, |_| {})
}

/// A table with a check.
fn checked(name: &str, expression: &str) -> Table {
    let check = Check {
        name: Some("ck".to_owned()),
        expression: expression.into(),
        options: Options::new(),
    };
    table(name, |it| it.checks.push(check))
}

fn function(name: &str, arguments: &str, body: &str) -> Object {
    let definition = Sql::new(format!("CREATE FUNCTION {name}({arguments}) AS $$ {body} $$"));
    Object::Function(Function { name: name.into(), arguments: arguments.to_owned(), definition })
}

fn definition(kind: &str, name: &str, table: Option<&str>, text: &str) -> Object {
    let (kind, table) = (kind.to_owned(), table.map(Name::new));
    Object::Definition(Definition { kind, name: name.into(), table, definition: text.into() })
}

fn view(name: &str, query: &str) -> Object {
    let (definition, options) = (query.into(), Options::new());
    Object::View(View { name: name.into(), materialized: false, definition, options })
}

fn trigger(name: &str, table: &str, text: &str) -> Object {
    Object::Trigger(Trigger { name: name.into(), table: table.into(), definition: text.into() })
}

fn schema(tables: Vec<Table>, objects: Vec<Object>) -> Schema {
    Schema { tables, objects, others: Vec::new() }
}

/// What the operations do, each in a line. They lead from one schema to the other.
fn lines(from: &Schema, to: &Schema) -> Vec<String> {
    let operations = diff(from, to);
    let mut reached = from.clone();
    operations.iter().for_each(|it| reached.apply(it).unwrap());
    assert_eq!(diff(&reached, to), []);
    operations.iter().flat_map(Operation::describe).collect()
}

/// The lines from nothing to `to`; the way back is the reverse.
fn made(to: &Schema) -> Vec<String> {
    let empty = Schema::default();
    let objects = |lines: Vec<String>| lines.into_iter().filter(|it| !it.contains("index"));
    let made: Vec<String> = objects(lines(&empty, to)).collect();
    let back = objects(lines(to, &empty)).map(|line| line.replace("removed", "added"));
    let gone: Vec<String> = back.collect::<Vec<_>>().into_iter().rev().collect();
    assert_eq!(made, gone);
    made
}

#[test]
fn definitions_stand_below_tables_or_above_all() {
    let to = schema(
        vec![plain("account")],
        vec![
            definition("policy", "tenant", Some("account"), "CREATE POLICY tenant ON account"),
            trigger("audit", "account", "CREATE TRIGGER audit ON account EXECUTE FUNCTION log()"),
            view("open", "SELECT id FROM account"),
            function("log", "", "INSERT INTO account DEFAULT VALUES"),
            definition("domain", "amount", None, "CREATE DOMAIN amount AS price"),
            definition("domain", "price", None, "CREATE DOMAIN price AS numeric(10, 2)"),
        ],
    );
    assert_eq!(
        made(&to),
        [
            "added domain 'price'",
            "added domain 'amount'",
            "added table 'account'",
            "added function 'log()'",
            "added view 'open'",
            "added trigger 'audit' on 'account'",
            "added policy 'tenant' on 'account'",
        ]
    );
}

#[test]
fn a_function_stands_below_the_tables_that_call_it() {
    let called =
        |tables: Vec<Table>| made(&schema(tables, vec![function("f", "integer", "SELECT 1")]));
    let below = ["added function 'f(integer)'", "added table 't'"];
    let with = |edit: &dyn Fn(&mut Table)| vec![table("t", edit)];
    let default = with(&|it| it.columns[0].default = Some(Value::Expression("app.F(1)".into())));
    let stored = with(&|it| {
        let expression = "\"f\" (id)".into();
        it.columns[0].generated = Some(crate::schema::Generated { expression, stored: true });
    });
    let index = |key: IndexKey, predicate: Option<Sql>| {
        let column = IndexColumn { key, ..IndexColumn::new("id") };
        let index = crate::schema::Index {
            name: "ix".to_owned(),
            columns: vec![column],
            predicate,
            ..Default::default()
        };
        with(&|it| it.indexes.push(index.clone()))
    };
    let key = index(IndexKey::Expression("f(id)".into()), None);
    let predicate = index(IndexKey::Column("id".to_owned()), Some("f(id) > 0".into()));
    for tables in [default, stored, key, predicate, vec![checked("t", "f(id) > 0")]] {
        assert_eq!(called(tables), below);
    }
    // A column of its name is no call.
    let above = ["added table 't'", "added function 'f(integer)'"];
    assert_eq!(called(vec![checked("t", "f > 0 AND g(f) > 0")]), above);
}

#[test]
fn what_a_function_below_tables_calls_stands_there_too() {
    let text = "CREATE FUNCTION outer() AS 'SELECT app.inner(''x'')'";
    let outer = Object::Function(Function {
        name: "outer".into(),
        arguments: String::new(),
        definition: text.into(),
    });
    let to = schema(
        vec![checked("t", "outer() > 0")],
        vec![
            outer,
            function("inner", "text", "SELECT 1"),
            function("a", "", "SELECT count(*) FROM t"),
            definition("aggregate", "sum", None, "CREATE AGGREGATE sum (sfunc = app.state)"),
            function("state", "", "SELECT 1"),
        ],
    );
    assert_eq!(
        made(&to),
        [
            "added function 'inner(text)'",
            "added function 'outer()'",
            "added function 'state()'",
            "added aggregate 'sum'",
            "added table 't'",
            "added function 'a()'",
        ]
    );
}

#[test]
fn a_call_that_comes_or_goes() {
    let old = function("f", "", "SELECT 1");
    let new = function("f", "", "SELECT id FROM t");
    let (calls, plain) = (checked("t", "f() > 0"), plain("t"));
    let with = |table: &Table, object: &Object| schema(vec![table.clone()], vec![object.clone()]);
    assert_eq!(
        lines(&with(&plain, &old), &with(&calls, &new)),
        ["changed function 'f()'", "added check constraint 'ck' on 't'"]
    );
    assert_eq!(
        lines(&with(&calls, &old), &with(&plain, &new)),
        ["removed check constraint 'ck' on 't'", "changed function 'f()'"]
    );
    assert_eq!(
        lines(&with(&calls, &old), &schema(vec![plain], Vec::new())),
        ["removed check constraint 'ck' on 't'", "removed function 'f()'"]
    );
}

#[test]
fn overloaded_functions_are_two() {
    let one = function("total", "integer", "SELECT 1");
    let other = function("total", "text", "SELECT 1");
    let (a, b) = (schema(Vec::new(), vec![one.clone()]), schema(Vec::new(), vec![one, other]));
    assert_eq!(lines(&a, &b), ["added function 'total(text)'"]);
    let changed = function("total", "integer", "SELECT 2");
    let c = schema(Vec::new(), vec![changed, function("total", "date", "SELECT 1")]);
    assert_eq!(
        lines(&b, &c),
        [
            "removed function 'total(text)'",
            "changed function 'total(integer)'",
            "added function 'total(date)'",
        ]
    );
}

#[test]
fn what_a_function_leaves_with_comes_back() {
    let f = |arguments: &str| function("f", arguments, "SELECT 1");
    let fires = || trigger("audit", "t", "CREATE TRIGGER audit ON t EXECUTE FUNCTION f()");
    let policy = || definition("policy", "own", Some("t"), "CREATE POLICY own ON t USING (f())");
    let with = |f: Object| schema(vec![plain("t")], vec![f, fires(), policy()]);
    assert_eq!(
        lines(&with(f("")), &with(f("integer"))),
        [
            "removed policy 'own' on 't'",
            "removed trigger 'audit' on 't'",
            "removed function 'f()'",
            "added function 'f(integer)'",
            "added trigger 'audit' on 't'",
            "added policy 'own' on 't'",
        ]
    );
}

#[test]
fn one_name_within_several_tables() {
    let audit = |table: &str| trigger("audit", table, &format!("CREATE TRIGGER audit ON {table}"));
    let tenant = |table: &str, check: &str| {
        let text = format!("CREATE POLICY tenant ON {table} USING ({check})");
        definition("policy", "tenant", Some(table), &text)
    };
    let tables = || vec![plain("a"), plain("b")];
    let from = schema(tables(), vec![audit("a"), tenant("a", "true"), tenant("b", "true")]);
    let to = schema(tables(), vec![audit("b"), tenant("a", "true"), tenant("b", "false")]);
    assert_eq!(
        lines(&from, &to),
        [
            "removed trigger 'audit' on 'a'",
            "changed policy 'tenant' on 'b'",
            "added trigger 'audit' on 'b'",
        ]
    );
}

#[test]
fn nothing_stands_on_a_trigger_or_policy() {
    let policy = definition("policy", "id", Some("t"), "CREATE POLICY id ON t");
    let views = || vec![view("v", "SELECT id, audit FROM t")];
    let with = [views(), vec![policy, trigger("audit", "t", "CREATE TRIGGER audit ON t")]];
    let from = schema(vec![plain("t")], with.concat());
    assert_eq!(
        lines(&from, &schema(vec![plain("t")], views())),
        ["removed policy 'id' on 't'", "removed trigger 'audit' on 't'"]
    );
}

#[test]
fn definitions_follow_their_table() {
    let policy = |table: &str| {
        let text = format!("CREATE POLICY tenant ON {table}");
        definition("policy", "tenant", Some(table), &text)
    };
    let from = schema(vec![plain("a")], vec![policy("a")]);
    let to = schema(vec![plain("b")], vec![policy("b")]);
    let renames = [Rename::Table { from: "a".into(), to: "b".into() }];
    let rename = Operation::RenameTable { from: "a".into(), to: "b".into() };
    assert_eq!(diff_renamed(&from, &to, &renames), Ok(vec![rename.clone()]));

    // One that will be another leaves while the old names are there.
    let renames = [
        Rename::Table { from: "a".into(), to: "b".into() },
        Rename::Column { table: "b".into(), from: "id".to_owned(), to: "key".to_owned() },
    ];
    let other = definition("policy", "tenant", Some("b"), "CREATE POLICY tenant ON b USING (key)");
    let key = table("b", |it| it.columns[0].name = "key".to_owned());
    let to = schema(vec![key], vec![other.clone()]);
    let rename_column = Operation::AlterTable {
        table: "b".into(),
        changes: vec![TableChange::RenameColumn { from: "id".to_owned(), to: "key".to_owned() }],
    };
    assert_eq!(
        diff_renamed(&from, &to, &renames),
        Ok(vec![Operation::Drop(policy("a")), rename, rename_column, Operation::Create(other),])
    );

    let mut gone = from.clone();
    gone.apply(&Operation::DropTable(plain("a"))).unwrap();
    assert_eq!(gone, Schema::default());
}

#[test]
fn arguments_are_restated() {
    let no_spelling = |_: &Table, _: &Column| None;
    let in_words = function("f", "int", "SELECT 1");
    let spelled = function("f", "integer", "SELECT 1");
    let declared = schema(Vec::new(), vec![in_words.clone()]);
    let normalized = schema(Vec::new(), vec![spelled.clone()]);
    let operations = vec![Operation::Create(spelled)];
    assert_eq!(
        restate(operations, &declared, &normalized, &no_spelling),
        [Operation::Create(in_words)]
    );
}
