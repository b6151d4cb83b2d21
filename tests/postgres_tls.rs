//! TLS, passwords and certificates: every `sslmode` against a private server with certificates that
//! are made here.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use limbeck::dialect::postgres::PostgresConnection;
use limbeck::dialect::{Connection, DbError};

/// Debian's programs of PostgreSQL 15.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// The user and the group `nobody`: a server refuses to run as root.
const NOBODY: u32 = 65_534;

const ACCESS: &str = "\
local all all trust
hostssl all certified 127.0.0.1/32 cert
hostssl all secret 127.0.0.1/32 scram-sha-256
hostssl all encrypted 127.0.0.1/32 trust
hostnossl all plain 127.0.0.1/32 trust
host all anyhow 127.0.0.1/32 trust
";

/// A server of this test alone, stopped when dropped.
struct Private {
    folder: tempfile::TempDir,
    port: u16,
    process: Child,
}

impl Drop for Private {
    fn drop(&mut self) {
        // The program that started it has become it, so this is the server itself.
        let stop = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status();
        if stop.is_ok() {
            let _ = self.process.wait();
        }
    }
}

/// A program of PostgreSQL, as `nobody` where this is root.
fn program(name: &str, is_root: bool) -> Command {
    let path = Path::new(PROGRAMS).join(name);
    if !is_root {
        return Command::new(path);
    }
    let mut command = Command::new("setpriv");
    let id = NOBODY.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "--pdeathsig", "INT"]);
    command.arg(path);
    command
}

/// Runs a command to its end, which must be a good one.
fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Makes a key and a certificate of `subject` in `folder`: signed by `authority`, or by itself.
fn certificate(folder: &Path, name: &str, subject: &str, authority: Option<&str>, more: &[&str]) {
    let file = |name: &str, ending: &str| folder.join(format!("{name}.{ending}"));
    let mut command = Command::new("openssl");
    command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    command.args(["-nodes", "-days", "2", "-subj", subject]);
    command.arg("-keyout").arg(file(name, "key")).arg("-out").arg(file(name, "crt"));
    for extension in more {
        command.args(["-addext", extension]);
    }
    if let Some(authority) = authority {
        command.arg("-CA").arg(file(authority, "crt")).arg("-CAkey").arg(file(authority, "key"));
        command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    }
    run(&mut command);
    fs::set_permissions(file(name, "key"), PermissionsExt::from_mode(0o600)).unwrap();
}

impl Private {
    fn start() -> Private {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let is_root = path.metadata().unwrap().uid() == 0;
        fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
        certificate(path, "ca", "/CN=the authority", None, &[]);
        certificate(path, "other", "/CN=another authority", None, &[]);
        let host = ["subjectAltName=DNS:localhost"];
        certificate(path, "server", "/CN=localhost", Some("ca"), &host);
        certificate(path, "certified", "/CN=certified", Some("ca"), &[]);
        certificate(path, "stranger", "/CN=certified", Some("other"), &[]);
        certificate(path, "alone", "/CN=localhost", None, &host);

        let data = path.join("data");
        fs::create_dir(&data).unwrap();
        let owned = |path: &Path| {
            if is_root {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        };
        owned(&data);
        fs::set_permissions(&data, PermissionsExt::from_mode(0o700)).unwrap();
        run(program("initdb", is_root)
            .args(["-U", "postgres", "-A", "trust", "--no-sync", "-D"])
            .arg(&data));
        for ending in ["crt", "key"] {
            let copy = data.join(format!("server.{ending}"));
            fs::copy(path.join(format!("server.{ending}")), &copy).unwrap();
            fs::set_permissions(&copy, PermissionsExt::from_mode(0o600)).unwrap();
            owned(&copy);
        }
        fs::copy(path.join("ca.crt"), data.join("ca.crt")).unwrap();
        owned(&data.join("ca.crt"));
        fs::write(data.join("pg_hba.conf"), ACCESS).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = fs::File::create(path.join("log")).unwrap();
        let socket = format!("unix_socket_directories={}", data.display());
        let port_text = port.to_string();
        let settings = [
            "listen_addresses=127.0.0.1",
            &socket,
            "fsync=off",
            "ssl=on",
            "ssl_cert_file=server.crt",
            "ssl_key_file=server.key",
            "ssl_ca_file=ca.crt",
            "password_encryption=scram-sha-256",
        ];
        let mut server = program("postgres", is_root);
        server.arg("-D").arg(&data).args(["-p", &port_text]).stdin(Stdio::null());
        settings.iter().for_each(|it| {
            server.args(["-c", it]);
        });
        let process = server.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        fs::set_permissions(&data, PermissionsExt::from_mode(0o700)).unwrap();
        let server = Private { folder, port, process };
        server.wait();
        let roles = "CREATE ROLE certified LOGIN; CREATE ROLE encrypted LOGIN; CREATE ROLE plain LOGIN; \
                     CREATE ROLE anyhow LOGIN; CREATE ROLE secret LOGIN PASSWORD 'pass:word'";
        server.socket("postgres").unwrap().execute(roles).unwrap();
        server
    }

    fn wait(&self) {
        let begin = Instant::now();
        while let Err(error) = self.socket("postgres") {
            let log = fs::read_to_string(self.path("log")).unwrap();
            assert!(begin.elapsed() < Duration::from_secs(20), "{error}\n{log}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A session over the socket.
    fn socket(&self, user: &str) -> Result<PostgresConnection, DbError> {
        let folder = self.path("data");
        let folder = folder.display();
        self.open(&format!("postgres://{user}@/postgres?host={folder}&port={}", self.port))
    }

    /// A session of `user` with these options; paths count from the server's folder.
    fn open(&self, url: &str) -> Result<PostgresConnection, DbError> {
        PostgresConnection::open(&url.parse().unwrap(), self.folder.path())
    }

    /// Whether the session is encrypted, or why there is none; `PORT` and `DIR` stand for this server's.
    fn ask(
        &self,
        login: &str,
        host: &str,
        options: &str,
    ) -> Result<bool, (String, Option<String>)> {
        let url = format!("postgres://{login}@{host}:{}/postgres?{options}", self.port);
        let plain = |text: String| {
            let text = text.replace(&format!(":{}", self.port), ":PORT");
            let text = text.replace(&self.folder.path().display().to_string(), "DIR");
            assert!(!text.contains("pass:word"), "{text}");
            text.split_once("`: ").map_or(text.clone(), |it| it.1.to_owned())
        };
        match self.open(&url) {
            Ok(mut db) => {
                let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
                Ok(db.query(sql, &[]).unwrap()[0][0].as_deref() == Some("t"))
            }
            Err(error) => Err((plain(error.to_string()), error.hint().map(plain))),
        }
    }
}

fn told(message: &str, hint: &str) -> Result<bool, (String, Option<String>)> {
    Err((message.to_owned(), Some(hint.to_owned()).filter(|it| !it.is_empty())))
}

#[test]
fn every_mode_is_what_it_says() {
    let server = Private::start();
    let unknown = told(
        "the certificate of `localhost:PORT` is not trusted: no authority that is trusted has signed it",
        "`sslrootcert` names the file of the right one",
    );
    let not_for = told(
        "the certificate of `127.0.0.1:PORT` is not trusted: it is not for `127.0.0.1`",
        "connect by a name that it has as a `subjectAltName`, or write `sslmode=verify-ca`",
    );
    let hba = "the server's `pg_hba.conf` says who may connect, and how";
    let no_entry = |user: &str, how: &str| {
        let text = format!(
            "no pg_hba.conf entry for host \"127.0.0.1\", user \"{user}\", database \"postgres\", {how}"
        );
        told(&text, hba)
    };
    let no_root = |mode: &str| {
        told(
            &format!("`sslmode={mode}` has no certificate to trust"),
            "name the file of the authority, `sslrootcert=ca.crt`, or trust whom the system trusts, \
             `sslrootcert=system`",
        )
    };
    let cases = [
        ("anyhow", "localhost", "", Ok(true)),
        ("anyhow", "localhost", "sslmode=disable", Ok(false)),
        ("anyhow", "localhost", "sslmode=allow", Ok(false)),
        ("anyhow", "localhost", "sslmode=prefer", Ok(true)),
        ("anyhow", "127.0.0.1", "sslmode=require", Ok(true)),
        // What the server does not take one way is tried the other way, where that is left open.
        ("encrypted", "localhost", "sslmode=allow", Ok(true)),
        ("plain", "localhost", "sslmode=prefer", Ok(false)),
        ("encrypted", "localhost", "sslmode=disable", no_entry("encrypted", "no encryption")),
        ("plain", "localhost", "sslmode=require", no_entry("plain", "SSL encryption")),
        // Who names an authority has it asked.
        ("anyhow", "127.0.0.1", "sslmode=require&sslrootcert=ca.crt", Ok(true)),
        ("anyhow", "localhost", "sslmode=require&sslrootcert=other.crt", unknown.clone()),
        ("anyhow", "127.0.0.1", "sslmode=verify-ca&sslrootcert=ca.crt", Ok(true)),
        ("anyhow", "localhost", "sslmode=verify-ca&sslrootcert=other.crt", unknown.clone()),
        ("anyhow", "localhost", "sslmode=verify-full&sslrootcert=ca.crt", Ok(true)),
        ("anyhow", "localhost", "sslmode=verify-full&sslrootcert=other.crt", unknown.clone()),
        ("anyhow", "127.0.0.1", "sslmode=verify-full&sslrootcert=ca.crt", not_for),
        ("anyhow", "localhost", "sslrootcert=system", unknown),
        ("anyhow", "localhost", "sslmode=verify-ca", no_root("verify-ca")),
        ("anyhow", "localhost", "sslmode=verify-full", no_root("verify-full")),
        (
            "anyhow",
            "localhost",
            "sslmode=verify-full&sslrootcert=no_such.crt",
            told("cannot read `DIR/no_such.crt`: there is no such file", ""),
        ),
        (
            "anyhow",
            "localhost",
            "sslmode=verify-full&sslrootcert=ca.key",
            told(
                "`DIR/ca.key` holds no certificate",
                "it is a file of PEM, with `-----BEGIN CERTIFICATE-----` in it",
            ),
        ),
    ];
    for (user, host, options, expected) in cases {
        assert_eq!(server.ask(user, host, options), expected, "{user} {host} {options}");
    }

    let mine = "sslmode=verify-full&sslrootcert=ca.crt";
    let with = |name: &str| format!("{mine}&sslcert={name}.crt&sslkey={name}.key");
    assert_eq!(server.ask("certified", "localhost", &with("certified")), Ok(true));
    assert_eq!(
        server.ask("certified", "localhost", mine),
        told("connection requires a valid client certificate", hba)
    );
    assert_eq!(
        server.ask("certified", "localhost", &with("stranger")),
        told(
            "the server at `localhost:PORT` does not take our certificate",
            "`sslcert` and `sslkey` name one that its authority has signed"
        )
    );
    let mixed = format!("{mine}&sslcert=certified.crt&sslkey=stranger.key");
    assert_eq!(
        server.ask("certified", "localhost", &mixed),
        told(
            "`DIR/certified.crt` cannot be used: keys may not be consistent: KeyMismatch",
            "`sslkey` names the key of `sslcert`"
        )
    );
    fs::set_permissions(server.path("certified.key"), PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(
        server.ask("certified", "localhost", &with("certified")),
        told("others may read the key `DIR/certified.key`", "`chmod 0600` mends that")
    );

    // A password, bound to the server's certificate.
    let bound = "sslmode=require&channel_binding=require";
    assert_eq!(server.ask("secret:pass:word", "localhost", bound), Ok(true));
    assert_eq!(
        server.ask("secret:no", "localhost", bound),
        told(
            "password authentication failed for user \"secret\"",
            "the password is in the address, in `PGPASSWORD` or in `~/.pgpass`"
        )
    );
    let file = server.path("passwords");
    fs::write(&file, "*:*:*:secret:pass\\:word\n").unwrap();
    let mode = |mode| fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
    mode(0o644);
    let from_file = "sslmode=require&passfile=passwords";
    assert_eq!(
        server.ask("secret", "localhost", from_file),
        told(
            "the server asks for the password of `secret`",
            "`DIR/passwords` is passed over: others may read it (`chmod 0600` mends that)"
        )
    );
    mode(0o600);
    assert_eq!(server.ask("secret", "localhost", from_file), Ok(true));

    // A server that signed its own certificate is trusted by that.
    for ending in ["crt", "key"] {
        fs::copy(
            server.path(&format!("alone.{ending}")),
            server.path(&format!("data/server.{ending}")),
        )
        .unwrap();
    }
    let mut db = server.socket("postgres").unwrap();
    db.execute("SELECT pg_reload_conf()").unwrap();
    let own = "sslmode=verify-full&sslrootcert=alone.crt";
    let begin = Instant::now();
    while server.ask("anyhow", "localhost", own) != Ok(true) {
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            server.ask("anyhow", "localhost", own)
        );
        thread::sleep(Duration::from_millis(50));
    }
    assert!(server.ask("anyhow", "127.0.0.1", own).is_err());
    assert_eq!(
        server.ask("anyhow", "127.0.0.1", "sslmode=verify-ca&sslrootcert=alone.crt"),
        Ok(true)
    );
}
