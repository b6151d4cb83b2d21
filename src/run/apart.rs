//! Operations in pieces of which each can be done, or looked at, by itself.

use crate::dialect::Dialect;
use crate::operation::{Operation, TableChange};

/// The operation, or a change of a table in pieces:
/// * Where one of its changes cannot stand in a transaction and others can, that one is by itself: it
///   takes no other along.
/// * Where DDL commits by itself, one change does not hide another: after a cut it is looked which of
///   them were carried out.
pub(super) fn apart(dialect: &dyn Dialect, operation: &Operation) -> Vec<Operation> {
    let Operation::AlterTable { table, changes } = operation else {
        return vec![operation.clone()];
    };
    let with = |changes: &[TableChange]| Operation::AlterTable {
        table: table.clone(),
        changes: changes.to_vec(),
    };
    let is_alone = |change: &TableChange| dialect.stands_alone(&with(std::slice::from_ref(change)));
    if !dialect.features().transactional_ddl {
        return visible(changes).into_iter().map(with).collect();
    }
    if dialect.stands_alone(operation) {
        return changes.chunk_by(|a, b| !is_alone(a) && !is_alone(b)).map(with).collect();
    }
    vec![operation.clone()]
}

/// The changes in pieces within which none hides another.
fn visible(changes: &[TableChange]) -> Vec<&[TableChange]> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for at in 1..changes.len() {
        if changes[begin..at].iter().any(|earlier| hides(&changes[at], earlier)) {
            pieces.push(&changes[begin..at]);
            begin = at;
        }
    }
    pieces.push(&changes[begin..]);
    pieces
}

/// Whether the table does not show any more, behind a later change, that an earlier one was done.
fn hides(later: &TableChange, earlier: &TableChange) -> bool {
    use TableChange::*;
    match (earlier, later) {
        (RenameColumn { .. }, _) | (_, RenameColumn { .. }) => true,
        (SetComment { .. }, SetComment { .. }) => true,
        (SetOption { name: a, .. }, SetOption { name: b, .. }) => a == b,
        (AddColumn(a) | AlterColumn { to: a, .. }, DropColumn(b) | AlterColumn { from: b, .. }) => {
            a.name == b.name
        }
        _ => *later == earlier.reverse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, Type};

    #[test]
    fn no_change_hides_another() {
        use TableChange::*;
        let column = |name: &str| Column::new(name, Type::INTEGER);
        let text = |name: &str| Column::new(name, Type::String(Some(9)));
        let rename = |from: &str, to: &str| RenameColumn { from: from.into(), to: to.into() };
        let alter = |from: Column, to: Column| AlterColumn { from, to };
        for (changes, expected) in [
            (vec![], vec![0]),
            (vec![AddColumn(column("a")), AddColumn(column("b"))], vec![2]),
            (vec![DropColumn(column("a")), AddColumn(text("a"))], vec![2]),
            (vec![DropColumn(column("a")), AddColumn(column("a"))], vec![1, 1]),
            (vec![rename("a", "c"), rename("b", "a"), rename("c", "b")], vec![1, 1, 1]),
            (
                vec![alter(column("a"), text("a")), rename("a", "b"), AddColumn(column("a"))],
                vec![1, 1, 1],
            ),
            (
                vec![
                    alter(column("a"), text("a")),
                    alter(column("b"), text("b")),
                    alter(text("a"), column("a")),
                ],
                vec![2, 1],
            ),
        ] {
            let lengths: Vec<_> = visible(&changes).into_iter().map(<[_]>::len).collect();
            assert_eq!(lengths, expected, "{changes:?}");
        }
    }
}
