//! What people do to a schema, drawn.

use limbeck::schema::Action;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};

use super::super::schema::{self, RawColumn, RawExpression, RawForeignKey, RawIndex, RawTable};
use super::super::text::name;
use super::object::{RawObject, raw_object};

#[derive(Clone, Debug)]
pub(super) enum Edit {
    AddTable(RawTable),
    DropTable(Pick),
    RenameTable(Pick, NewName),
    AddColumn(Pick, RawColumn, Pick),
    DropColumn(Pick, Pick),
    RenameColumn(Pick, Pick, NewName),
    AlterColumn(Pick, Pick, RawColumn, Facet),
    Key(Pick, Option<Vec<Pick>>),
    AddUnique(Pick, (Vec<Pick>, bool)),
    DropUnique(Pick, Pick),
    AddForeignKey(Pick, RawForeignKey),
    AlterForeignKey(Pick, Pick, Action, Action),
    DropForeignKey(Pick, Pick),
    AddCheck(Pick, RawExpression, bool),
    AlterCheck(Pick, Pick, RawExpression),
    DropCheck(Pick, Pick),
    AddIndex(Pick, RawIndex),
    AlterIndex(Pick, Pick, RawIndex),
    MoveIndex(Pick, Pick, Pick),
    DropIndex(Pick, Pick),
    SwitchOption(Pick, &'static str),
    AddObject(RawObject),
    ChangeObject(Pick, RawObject),
    DropObject(Pick),
}

/// A new name, or the old one in letters of the other case.
#[derive(Clone, Debug)]
pub(super) enum NewName {
    Other(String),
    OtherCase,
}

/// What of a column changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Facet {
    Type,
    Nullable,
    Default,
    Collation,
    Generated,
    All,
}

pub(super) fn edit() -> BoxedStrategy<Edit> {
    use Edit::*;
    let at = any::<Pick>;
    let actions: Vec<Action> = Action::ALL.into_iter().map(|(action, _)| action).collect();
    let facets = [Facet::Type, Facet::Nullable, Facet::Default, Facet::Collation, Facet::Generated]
        .into_iter()
        .chain([Facet::All]);
    let options = vec!["sqlite.strict", "sqlite.without_rowid", "sqlite.autoincrement"];
    prop_oneof![
        3 => schema::raw_table().prop_map(AddTable),
        2 => at().prop_map(DropTable),
        1 => (at(), new_name()).prop_map(|(table, name)| RenameTable(table, name)),
        4 => (at(), schema::raw_column(), at()).prop_map(|(a, b, c)| AddColumn(a, b, c)),
        4 => (at(), at()).prop_map(|(a, b)| DropColumn(a, b)),
        2 => (at(), at(), new_name()).prop_map(|(a, b, c)| RenameColumn(a, b, c)),
        6 => (at(), at(), schema::raw_column(), select(facets.collect::<Vec<_>>()))
            .prop_map(|(a, b, c, d)| AlterColumn(a, b, c, d)),
        2 => (at(), prop::option::of(vec(at(), 1..3))).prop_map(|(a, b)| Key(a, b)),
        2 => (at(), schema::raw_unique()).prop_map(|(a, b)| AddUnique(a, b)),
        1 => (at(), at()).prop_map(|(a, b)| DropUnique(a, b)),
        3 => (at(), schema::raw_foreign_key()).prop_map(|(a, b)| AddForeignKey(a, b)),
        1 => (at(), at(), select(actions.clone()), select(actions))
            .prop_map(|(a, b, c, d)| AlterForeignKey(a, b, c, d)),
        1 => (at(), at()).prop_map(|(a, b)| DropForeignKey(a, b)),
        2 => (at(), schema::raw_condition(), prop::bool::weighted(0.8))
            .prop_map(|(a, b, c)| AddCheck(a, b, c)),
        1 => (at(), at(), schema::raw_condition()).prop_map(|(a, b, c)| AlterCheck(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| DropCheck(a, b)),
        2 => (at(), schema::raw_index()).prop_map(|(a, b)| AddIndex(a, b)),
        1 => (at(), at(), schema::raw_index()).prop_map(|(a, b, c)| AlterIndex(a, b, c)),
        1 => (at(), at(), at()).prop_map(|(a, b, c)| MoveIndex(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| DropIndex(a, b)),
        2 => (at(), select(options)).prop_map(|(a, b)| SwitchOption(a, b)),
        2 => raw_object().prop_map(AddObject),
        2 => (at(), raw_object()).prop_map(|(a, b)| ChangeObject(a, b)),
        1 => at().prop_map(DropObject),
    ]
    .boxed()
}

fn new_name() -> BoxedStrategy<NewName> {
    prop_oneof![4 => name().prop_map(NewName::Other), 1 => Just(NewName::OtherCase)].boxed()
}
