//! Prints the entities as models.

mod entities;

use entities::{follower, post, user};
use limbeck::models::StatementError;
use limbeck::schema::Schema;
use sea_orm::{DbBackend, Schema as Entities};

fn main() -> Result<(), StatementError> {
    // Of the backend only enums take notice.
    let entities = Entities::new(DbBackend::Postgres);
    macro_rules! statements {
        ($($entity:expr),+) => {
            [$((
                entities.create_table_from_entity($entity),
                entities.create_index_from_entity($entity),
            )),+]
        };
    }
    let statements = statements!(user::Entity, post::Entity, follower::Entity);
    print!("{}", Schema::from_statements(&statements)?.to_models());
    Ok(())
}
