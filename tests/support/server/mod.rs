//! Real database servers, which `tests/servers/run` starts, and a database for each test on them.

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "mysql")]
pub(crate) mod portrait;
#[cfg(feature = "postgres")]
mod postgres;

#[cfg(feature = "mysql")]
pub(crate) use self::mysql::certificates;
#[cfg(feature = "postgres")]
pub(crate) use self::postgres::query;

/// Why a server did not do something.
type Refused = Box<dyn std::error::Error>;

/// What a server speaks.
#[derive(Clone, Copy)]
enum Speaks {
    #[cfg(feature = "postgres")]
    Postgres,
    /// With the program that talks to it on a command line.
    #[cfg(feature = "mysql")]
    MySql { client: mysql::Client },
}

/// A server on which tests make databases.
#[derive(Clone)]
pub(crate) struct Server {
    url: String,
    speaks: Speaks,
}

impl Server {
    fn in_variable(variable: &str, speaks: Speaks) -> Server {
        match std::env::var(variable) {
            Ok(url) if !url.is_empty() => Server { url, speaks },
            _ => panic!(
                "this test needs the database server that `{variable}` names: \
                 run ./test, or tests/servers/run cargo nextest run"
            ),
        }
    }

    /// Where the server is, with the database in which others are made.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A new database with nothing in it, which goes when this value does.
    pub(crate) fn database(&self) -> Database {
        let name = format!("limbeck_test_{}", uuid::Uuid::new_v4().simple());
        let made = match self.speaks {
            #[cfg(feature = "postgres")]
            Speaks::Postgres => postgres::create(self, &name),
            #[cfg(feature = "mysql")]
            Speaks::MySql { .. } => self.execute(&format!("CREATE DATABASE {name}")),
        };
        made.unwrap_or_else(|err| panic!("{name} cannot be made: {err:?}"));
        Database { server: self.clone(), name }
    }

    /// Runs one statement in no database in particular, and outside a transaction.
    pub(crate) fn execute(&self, sql: &str) -> Result<(), Refused> {
        match self.speaks {
            #[cfg(feature = "postgres")]
            Speaks::Postgres => postgres::execute(&self.url, sql),
            #[cfg(feature = "mysql")]
            Speaks::MySql { .. } => mysql::execute(&self.url, sql),
        }
    }

    /// The address of another database on this server.
    fn with_database(&self, name: &str) -> String {
        let (address, options) = match self.url.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.url.as_str(), String::new()),
        };
        match address.rsplit_once('/') {
            Some((server, _)) if server.contains("://") => format!("{server}/{name}{options}"),
            _ => panic!("`scheme://person@host:port/database` is wanted, not `{}`", self.url),
        }
    }
}

/// Whether the person who runs the tests does without this server.
fn is_left_out(name: &str) -> bool {
    let without = std::env::var("LIMBECK_TEST_WITHOUT").unwrap_or_default();
    without.split_whitespace().any(|it| it == name)
}

/// A database of one test.
pub(crate) struct Database {
    server: Server,
    name: String,
}

impl Database {
    /// Its name, which no other has.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        self.server.with_database(&self.name)
    }

    /// The host and the port of its server, as they stand in its address.
    pub(crate) fn place(&self) -> String {
        let url = self.url();
        let place = url.split_once("://").map_or(url.as_str(), |it| it.1);
        let place = place.split(['/', '?']).next().unwrap_or_default();
        place.rsplit_once('@').map_or(place, |it| it.1).to_owned()
    }

    /// Everything one query gives, a line a row, over a connection of its own.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        match self.server.speaks {
            #[cfg(feature = "postgres")]
            Speaks::Postgres => query(&mut self.client(), sql),
            #[cfg(feature = "mysql")]
            Speaks::MySql { .. } => mysql::query(&mut self.mysql(), sql),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let gone = match self.server.speaks {
            #[cfg(feature = "postgres")]
            Speaks::Postgres => postgres::drop(&self.server, &self.name),
            #[cfg(feature = "mysql")]
            Speaks::MySql { .. } => mysql::drop(&self.server.url, &self.name),
        };
        match gone {
            Ok(()) => {}
            Err(err) if std::thread::panicking() => {
                eprintln!("{} cannot be dropped: {err:?}", self.name);
            }
            Err(err) => panic!("{} cannot be dropped: {err:?}", self.name),
        }
    }
}
