//! TLS: every `ssl-mode` against real servers, one with a certificate and one without.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use limbeck::dialect::mysql::MySqlConnection;
use limbeck::dialect::{Connection, DbError};
use support::server::{Database, Server, certificates};

fn open(url: &str, folder: &Path) -> Result<MySqlConnection, DbError> {
    MySqlConnection::open(&url.parse().unwrap(), folder)
}

/// Whether the way of a session is encrypted.
fn is_encrypted(url: &str, folder: &Path) -> bool {
    let mut db = open(url, folder).unwrap_or_else(|error| panic!("{url}: {error}"));
    let rows = db.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'", &[]).unwrap();
    rows[0][1].as_deref() != Some("")
}

/// The message behind the address, and the hint.
fn refused(url: &str, folder: &Path) -> (String, String) {
    let Err(error) = open(url, folder) else { panic!("{url} was opened") };
    let message = error.to_string();
    let start = format!("cannot open `{url}`: ");
    let message = message.strip_prefix(&start).unwrap_or_else(|| panic!("{message}"));
    (message.to_owned(), error.hint().unwrap_or_default())
}

/// The addresses of a database by the name and by the number of its host, with its port.
fn addresses(database: &Database) -> (String, String, String) {
    let (place, name) = (database.place(), database.name());
    let port = place.rsplit_once(':').unwrap().1.to_owned();
    (
        format!("mysql://root@localhost:{port}/{name}"),
        format!("mysql://root@127.0.0.1:{port}/{name}"),
        port,
    )
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Makes a key and a certificate: `NAME.key`, `NAME.crt`.
fn certificate(folder: &Path, name: &str, subject: &str, authority: Option<&Path>) {
    let file = |ending: &str| folder.join(format!("{name}.{ending}"));
    let mut command = Command::new("openssl");
    command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    command.args(["-nodes", "-days", "2", "-subj", subject]);
    command.arg("-keyout").arg(file("key")).arg("-out").arg(file("crt"));
    if let Some(authority) = authority {
        command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        command
            .arg("-CA")
            .arg(authority.join("ca.crt"))
            .arg("-CAkey")
            .arg(authority.join("ca.key"));
    }
    run(&mut command);
}

#[test]
fn a_server_without_tls() {
    let database = Server::mariadb().database();
    let (_, url, port) = addresses(&database);
    let folder = tempfile::tempdir().unwrap();
    for mode in ["", "?ssl-mode=disabled", "?ssl-mode=preferred"] {
        assert!(!is_encrypted(&format!("{url}{mode}"), folder.path()), "{mode}");
    }
    for mode in ["required", "verify-identity"] {
        assert_eq!(
            refused(&format!("{url}?ssl-mode={mode}"), folder.path()),
            (
                format!("the server at `127.0.0.1:{port}` has no TLS"),
                "`ssl-mode=disabled` or `preferred` goes without".to_owned()
            )
        );
    }
}

#[test]
fn a_server_with_tls() {
    let Some(server) = Server::mysql() else { return };
    let database = server.database();
    let (named, numbered, port) = addresses(&database);
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::copy(certificates().join("ca.crt"), here.join("ca.crt")).unwrap();
    certificate(here, "other", "/CN=another authority", None);

    assert!(!is_encrypted(&format!("{numbered}?ssl-mode=disabled"), here));
    for url in [
        named.clone(),
        format!("{numbered}?ssl-mode=preferred"),
        format!("{numbered}?ssl-mode=REQUIRED"),
        format!("{numbered}?sslmode=required&ssl-ca=other.crt"),
        format!("{numbered}?ssl-ca=ca.crt"),
        format!("{numbered}?ssl_mode=VERIFY_CA&ssl_ca=ca.crt"),
        format!("{named}?ssl-mode=verify-identity&ssl-ca=ca.crt"),
    ] {
        assert!(is_encrypted(&url, here), "{url}");
    }
    assert_eq!(
        refused(&format!("{numbered}?ssl-mode=verify-identity&ssl-ca=ca.crt"), here),
        (
            format!(
                "the certificate of `127.0.0.1:{port}` is not trusted: it is not for `127.0.0.1`"
            ),
            "connect by a name that it has as a `subjectAltName`, or write `ssl-mode=verify-ca`"
                .to_owned()
        )
    );
    for url in [
        format!("{named}?ssl-mode=verify-ca&ssl-ca=other.crt"),
        format!("{named}?ssl-mode=verify-identity"),
    ] {
        assert_eq!(
            refused(&url, here),
            (
                format!(
                    "the certificate of `localhost:{port}` is not trusted: \
                     no authority that is trusted has signed it"
                ),
                "`ssl-ca` names the file of the right one".to_owned()
            )
        );
    }
}

#[test]
fn files_that_are_wrong() {
    let Some(server) = Server::mysql() else { return };
    let database = server.database();
    let (url, _, _) = addresses(&database);
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    certificate(here, "own", "/CN=someone", None);
    fs::write(here.join("text"), "nothing").unwrap();
    let shown = |name: &str| here.join(name).display().to_string();
    let pem = "it is a file of PEM, with `-----BEGIN CERTIFICATE-----` in it";
    let key = "it is a file of PEM with a key without a password";
    for (options, message, hint) in [
        ("ssl-ca=no.crt", format!("cannot read `{}`: there is no such file", shown("no.crt")), ""),
        ("ssl-ca=text", format!("`{}` holds no certificate", shown("text")), pem),
        (
            "ssl-cert=own.crt&ssl-key=text",
            format!("cannot read `{}`: it holds none", shown("text")),
            key,
        ),
        (
            "ssl-cert=no.crt&ssl-key=own.key",
            format!("cannot read `{}`: there is no such file", shown("no.crt")),
            "",
        ),
    ] {
        assert_eq!(refused(&format!("{url}?{options}"), here), (message, hint.to_owned()));
    }
    // Where nothing is encrypted no file is read.
    assert!(!is_encrypted(&format!("{url}?ssl-mode=disabled&ssl-ca=no.crt"), here));
}

/// A user whom the server knows by a certificate.
#[test]
fn certificates_of_clients() {
    let Some(server) = Server::mysql() else { return };
    let database = server.database();
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let authority = certificates();
    certificate(here, "client", "/CN=someone", Some(&authority));
    fs::copy(authority.join("ca.crt"), here.join("ca.crt")).unwrap();
    let name = database.name();
    let user = &name[..28];
    server.execute(&format!("CREATE USER {user} IDENTIFIED BY 'secret' REQUIRE X509")).unwrap();
    server.execute(&format!("GRANT ALL ON {name}.* TO {user}")).unwrap();
    let url = database.url().replace("root@", &format!("{user}:secret@"));
    assert!(is_encrypted(&format!("{url}?ssl-cert=client.crt&ssl-key=client.key"), here));
    let all = "ssl-ca=ca.crt&ssl-cert=client.crt&ssl-key=client.key";
    assert!(is_encrypted(&format!("{url}?{all}"), here));
    let Err(error) = open(&url, here) else { panic!("it was opened") };
    assert!(error.to_string().contains("Access denied for user"), "{error}");
    assert!(!format!("{error:?}").contains("secret"));
    server.execute(&format!("DROP USER {user}")).unwrap();
}
