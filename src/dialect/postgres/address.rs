//! Where a server is, and who asks: the address, and what the environment and the password file
//! add to it, as for PostgreSQL's own clients.

mod options;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fmt};

use tokio_postgres::Config;
use tokio_postgres::config::{ChannelBinding, SslMode, SslNegotiation};

use super::password_file::{Found, Login, look_up};
use super::tls::{Mode, Roots, Security};
use crate::dialect::DbError;
use crate::dialect::url::Url;
use options::Options;

/// The port of a server unless it is told.
const PORT: u16 = 5432;
/// How long to wait for a server unless it is told, in seconds.
const PATIENCE: u64 = 30;
/// Folders in which a server's socket is, and the name in it.
const SOCKETS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// One server that may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Door {
    /// Its name, or the folder of its socket.
    pub(super) host: String,
    /// Its address, where the name need not be looked up.
    pub(super) address: Option<std::net::IpAddr>,
    pub(super) port: u16,
}

impl Door {
    /// Whether it is a socket of this machine.
    pub(super) fn is_socket(&self) -> bool {
        self.host.starts_with('/')
    }

    /// How a person writes it.
    pub(super) fn shown(&self) -> String {
        match self.is_socket() {
            true => format!("`{}/.s.PGSQL.{}`", self.host, self.port),
            false if self.host.contains(':') => format!("`[{}]:{}`", self.host, self.port),
            false => format!("`{}:{}`", self.host, self.port),
        }
    }
}

/// Which of several servers is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Any,
    /// One that takes changes.
    ReadWrite,
    ReadOnly,
    /// One that follows nobody.
    Primary,
    /// One that follows another.
    Standby,
    /// The same, and any other one where there is none.
    PreferStandby,
}

/// Everything that is needed to connect.
#[derive(Clone)]
pub(super) struct Address {
    /// The address as it may be printed.
    pub(super) place: String,
    /// The servers, in the order in which they are tried.
    pub(super) doors: Vec<Door>,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) security: Security,
    pub(super) target: Target,
    /// How long one server may take to answer; `None` is for ever.
    pub(super) patience: Option<Duration>,
    password: Option<String>,
    password_file: Option<PathBuf>,
    /// What is the same for all servers.
    shared: Config,
}

impl Address {
    /// Reads the address; a relative path in it counts from `folder`.
    ///
    /// # Errors
    /// When an option is unknown or its value makes no sense.
    pub(super) fn new(url: &Url, folder: &Path) -> Result<Address, DbError> {
        Address::read(url, folder, &|name| env::var(name).ok().filter(|it| !it.is_empty()))
    }

    fn read(
        url: &Url,
        folder: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Address, DbError> {
        let options = Options::new(url, folder, variable)?;
        let doors = doors(url, &options)?;
        let user = match url.user.clone().or(options.text("user")) {
            Some(user) => user,
            None => whoami::username().map_err(|_| {
                options.wrong("nobody is named who connects", "write `postgres://user@host/db`")
            })?,
        };
        let database = Some(url.path.clone()).filter(|it| !it.is_empty());
        let database = database.or(options.text("dbname")).unwrap_or_else(|| user.clone());
        let home_file = |name: &str| env::home_dir().map(|home| home.join(name));
        Ok(Address {
            place: format!("`{url}`"),
            doors,
            security: security(&options)?,
            target: target(&options)?,
            patience: patience(&options)?,
            password: url.password.clone().or(options.text("password")),
            password_file: options.file("passfile").or_else(|| home_file(".pgpass")),
            shared: shared(&options)?,
            user,
            database,
        })
    }

    /// What the driver must know to knock at a door in this way, and why the password file was
    /// passed over.
    pub(super) fn config(&self, door: &Door, mode: SslMode) -> (Config, Option<String>) {
        let mut config = self.shared.clone();
        config.host(&door.host).port(door.port).dbname(&self.database).user(&self.user);
        config.ssl_mode(if door.is_socket() { SslMode::Disable } else { mode });
        let found = match (&self.password, &self.password_file) {
            (Some(password), _) => Found { password: Some(password.clone()), ignored: None },
            (None, Some(path)) => {
                let Address { database, user, .. } = self;
                look_up(path, &Login { host: &door.host, port: door.port, database, user })
            }
            (None, None) => Found::default(),
        };
        if let Some(password) = found.password {
            config.password(password);
        }
        (config, found.ignored)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.place)
    }
}

/// The servers: those of the address, or of its options and the environment, or of this machine.
fn doors(url: &Url, options: &Options) -> Result<Vec<Door>, DbError> {
    let list = |name: &str| -> Vec<String> {
        let text = options.text(name).unwrap_or_default();
        text.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let ports = list("port").into_iter().map(|it| options.number("port", &it));
    let ports = ports.collect::<Result<Vec<u16>, DbError>>()?;
    let addresses = list("hostaddr").into_iter().map(|it| {
        it.parse().map_err(|_| {
            let hint = "`host` takes a name";
            options.wrong(&format!("`hostaddr={it}` is no address of the internet"), hint)
        })
    });
    let addresses = addresses.collect::<Result<Vec<std::net::IpAddr>, DbError>>()?;
    let first = (url.host.clone(), url.port);
    let named: Vec<_> = std::iter::once(first).chain(url.other_hosts.clone()).collect();
    let port_of = |at: usize| match ports[..] {
        [] => PORT,
        [one] => one,
        _ => ports.get(at).copied().unwrap_or(PORT),
    };
    let mut doors: Vec<Door> = match list("host") {
        // What stands in the options counts more than what stands before them.
        hosts if options.is_given("host") || url.host.is_empty() && !hosts.is_empty() => {
            let port = |at: usize| named.first().and_then(|it| it.1).unwrap_or(port_of(at));
            let door = |(at, host)| Door { host, address: None, port: port(at) };
            hosts.into_iter().enumerate().map(door).collect()
        }
        _ if url.host.is_empty() && !addresses.is_empty() => {
            let port = |at: usize| url.port.unwrap_or(port_of(at));
            let door = |(at, it): (usize, &std::net::IpAddr)| Door {
                host: it.to_string(),
                address: None,
                port: port(at),
            };
            addresses.iter().enumerate().map(door).collect()
        }
        _ => {
            let door = |(at, (host, port)): (usize, (String, Option<u16>))| {
                let port = port.unwrap_or(port_of(at));
                Door { host: if host.is_empty() { here(port) } else { host }, address: None, port }
            };
            named.into_iter().enumerate().map(door).collect()
        }
    };
    for (door, address) in doors.iter_mut().zip(addresses) {
        door.address = (!door.is_socket()).then_some(address);
    }
    Ok(doors)
}

/// The server of this machine: the folder of its socket, where there is one.
fn here(port: u16) -> String {
    let has_socket = |folder: &&str| Path::new(folder).join(format!(".s.PGSQL.{port}")).exists();
    SOCKETS.into_iter().find(has_socket).unwrap_or("localhost").to_owned()
}

/// Where an authority, a certificate and its key are unless it is told.
fn security(options: &Options) -> Result<Security, DbError> {
    let direct = match options.text("sslnegotiation").as_deref() {
        None | Some("postgres") => false,
        Some("direct") => true,
        Some(other) => return Err(options.one_of("sslnegotiation", other, "`postgres`, `direct`")),
    };
    let in_home = |name: &str| {
        let path = env::home_dir().map(|home| home.join(".postgresql").join(name));
        path.filter(|it| it.exists())
    };
    let roots = match options.file("sslrootcert") {
        Some(_) if options.text("sslrootcert").as_deref() == Some("system") => Roots::System,
        Some(path) => Roots::File(path),
        None => in_home("root.crt").map_or(Roots::None, Roots::File),
    };
    let mode = match options.text("sslmode").as_deref() {
        None if roots == Roots::System => Mode::VerifyFull,
        None if direct => Mode::Require,
        None | Some("prefer") => Mode::Prefer,
        Some("disable") => Mode::Disable,
        Some("allow") => Mode::Allow,
        Some("require") => Mode::Require,
        Some("verify-ca") => Mode::VerifyCa,
        Some("verify-full") => Mode::VerifyFull,
        Some(other) => {
            let all = "`disable`, `allow`, `prefer`, `require`, `verify-ca`, `verify-full`";
            return Err(options.one_of("sslmode", other, all));
        }
    };
    // An authority that anybody can be certified by says nothing without the name.
    if roots == Roots::System && mode < Mode::VerifyFull && mode != Mode::Disable {
        let hint = "write `sslmode=verify-full`, or name the file of an authority of your own";
        return Err(
            options.wrong("`sslrootcert=system` says nothing with a weaker `sslmode`", hint)
        );
    }
    if direct && mode < Mode::Require {
        let hint = "write `sslmode=require`";
        return Err(
            options.wrong("`sslnegotiation=direct` says nothing with a weaker `sslmode`", hint)
        );
    }
    let certificate = options.file("sslcert").or_else(|| in_home("postgresql.crt"));
    let key = options.file("sslkey").or_else(|| in_home("postgresql.key"));
    let identity = match (certificate, key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (Some(_), None) => {
            return Err(
                options.wrong("`sslcert` is without its key", "name it: `sslkey=client.key`")
            );
        }
        (None, _) => None,
    };
    Ok(Security { mode, roots, identity, direct })
}

fn target(options: &Options) -> Result<Target, DbError> {
    Ok(match options.text("target_session_attrs").as_deref() {
        None | Some("any") => Target::Any,
        Some("read-write") => Target::ReadWrite,
        Some("read-only") => Target::ReadOnly,
        Some("primary") => Target::Primary,
        Some("standby") => Target::Standby,
        Some("prefer-standby") => Target::PreferStandby,
        Some(other) => {
            let all = "`any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby`";
            return Err(options.one_of("target_session_attrs", other, all));
        }
    })
}

fn patience(options: &Options) -> Result<Option<Duration>, DbError> {
    let seconds = match options.text("connect_timeout") {
        Some(text) => options.number::<i64>("connect_timeout", &text)?,
        None => return Ok(Some(Duration::from_secs(PATIENCE))),
    };
    Ok(u64::try_from(seconds).ok().filter(|it| *it > 0).map(Duration::from_secs))
}

/// What is the same for all servers.
fn shared(options: &Options) -> Result<Config, DbError> {
    let mut config = Config::new();
    let own = || Some("limbeck".to_owned());
    let name = options.text("application_name");
    let name = name.or_else(|| options.text("fallback_application_name")).or_else(own);
    config.application_name(name.unwrap_or_default());
    let mut settings: Vec<String> = options.text("options").into_iter().collect();
    if let Some(path) = options.text("search_path") {
        // Blanks part the settings from each other.
        let path = path.replace('\\', "\\\\").replace(' ', "\\ ");
        settings.push(format!("-c search_path={path}"));
    }
    if !settings.is_empty() {
        config.options(settings.join(" "));
    }
    config.channel_binding(match options.text("channel_binding").as_deref() {
        None | Some("prefer") => ChannelBinding::Prefer,
        Some("disable") => ChannelBinding::Disable,
        Some("require") => ChannelBinding::Require,
        Some(other) => {
            return Err(options.one_of("channel_binding", other, "`disable`, `prefer`, `require`"));
        }
    });
    if options.text("sslnegotiation").as_deref() == Some("direct") {
        config.ssl_negotiation(SslNegotiation::Direct);
    }
    if let Some(text) = options.text("keepalives") {
        config.keepalives(options.number::<u8>("keepalives", &text)? != 0);
    }
    let seconds = |name: &str| -> Result<Option<Duration>, DbError> {
        let text = options.text(name);
        let number = text.map(|it| options.number::<u64>(name, &it)).transpose()?;
        Ok(number.filter(|it| *it > 0).map(Duration::from_secs))
    };
    if let Some(idle) = seconds("keepalives_idle")? {
        config.keepalives_idle(idle);
    }
    if let Some(interval) = seconds("keepalives_interval")? {
        config.keepalives_interval(interval);
    }
    if let Some(text) = options.text("keepalives_count") {
        config.keepalives_retries(options.number("keepalives_count", &text)?);
    }
    if let Some(text) = options.text("tcp_user_timeout") {
        let milliseconds = options.number("tcp_user_timeout", &text)?;
        config.tcp_user_timeout(Duration::from_millis(milliseconds));
    }
    Ok(config)
}

#[cfg(test)]
mod tests;
