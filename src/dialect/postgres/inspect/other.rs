//! What is not modelled: named, so that nobody thinks that it is not there.

use super::Found;
use crate::schema::{Name, Other};

/// Something of this kind.
pub(super) fn add(found: &mut Found, kind: &str, name: Name) {
    found.schema.others.push(Other { kind: kind.to_owned(), name });
}
