pub mod follower;
pub mod post;
pub mod user;
