//! Where a server is, and who asks: the address, the environment and the password file.

use std::path::Path;

use postgres::Config;

use crate::dialect::DbError;
use crate::dialect::url::Url;

/// What the driver needs to know to connect.
///
/// # Errors
/// When an option is unknown or its value makes no sense.
pub(super) fn config(url: &Url, _: &Path) -> Result<Config, DbError> {
    let mut config = Config::new();
    config.host(&url.host).port(url.port.unwrap_or(5432)).dbname(url.path.as_str());
    config.user(url.user.as_deref().unwrap_or("postgres"));
    if let Some(password) = &url.password {
        config.password(password);
    }
    Ok(config)
}
