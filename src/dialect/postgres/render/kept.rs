//! What belongs to a view and is no part of its definition: its owner, who may read it, comments,
//! the defaults of its columns, and the indexes of one whose rows are stored. It goes with the
//! view, and only the server knows it; so the server keeps it while the view is away.

use crate::dialect::postgres::types::{literal, name};
use crate::schema::Name;

/// Where it is kept.
const TABLE: &str = "_limbeck_kept";

/// The statement that keeps it, before the views go.
pub(super) fn keep(views: &[Name]) -> String {
    let views: Vec<_> =
        views.iter().map(|view| format!("({}::regclass)", literal(&name(view)))).collect();
    format!(
        "CREATE TEMPORARY TABLE {TABLE} AS\n{}",
        include_str!("kept.sql").trim_end().replace("{views}", &views.join(", "))
    )
}

/// The statements that bring it back. What was of a column that the view no longer has is left out.
pub(super) fn bring_back() -> [String; 2] {
    let block = format!(
        "DO $limbeck$\nDECLARE\n    it text;\nBEGIN\n    \
         FOR it IN SELECT sql FROM pg_temp.{TABLE} ORDER BY place LOOP\n        \
         BEGIN\n            EXECUTE it;\n        \
         EXCEPTION WHEN undefined_column THEN\n            NULL;\n        END;\n    \
         END LOOP;\nEND\n$limbeck$"
    );
    [block, format!("DROP TABLE pg_temp.{TABLE}")]
}
