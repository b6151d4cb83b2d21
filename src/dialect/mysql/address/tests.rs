use super::*;

const HOME: &str = "/home/me/app";

fn read(url: &str, variables: &[(&str, &str)]) -> Address {
    let variable = |name: &str| {
        let found = variables.iter().find(|it| it.0 == name);
        found.map(|it| it.1.to_owned())
    };
    Address::read(&url.parse().unwrap(), Path::new(HOME), &variable).unwrap()
}

fn host(name: &str, port: u16) -> Door {
    Door::Host(name.to_owned(), port)
}

fn socket(path: &str) -> Door {
    Door::Socket(PathBuf::from(path))
}

#[test]
fn doors() {
    let environment = [("MYSQL_HOST", "db1"), ("MYSQL_TCP_PORT", "3307")];
    let own_socket = [("MYSQL_UNIX_PORT", "/run/own.sock")];
    for (url, variables, door) in [
        ("mysql://me@h/app", &[][..], host("h", 3306)),
        ("mysql://me@h/app", &environment, host("h", 3307)),
        ("mysql://me@h:1/app?port=2&host=other", &environment, host("other", 1)),
        ("mysql://me@/app", &environment, host("db1", 3307)),
        ("mysql://me@localhost/app", &own_socket, host("localhost", 3306)),
        ("mysql://me@[::1]:1/app", &[], host("::1", 1)),
        ("mysql://me@/app", &own_socket, socket("/run/own.sock")),
        ("mysql://me@:3306/app", &own_socket, host("localhost", 3306)),
        ("mysql://me@h/app?socket=run/s", &environment, socket("/home/me/app/run/s")),
        ("mysql://me@/app?unix_socket=/run/s", &environment, socket("/run/s")),
        ("mysql://me@%2Frun%2Fs/app", &environment, socket("/run/s")),
    ] {
        assert_eq!(read(url, variables).door, door, "{url}");
    }
}

#[test]
fn who_asks() {
    let environment = [("MYSQL_PWD", "secret"), ("USER", "login")];
    let address = read("mysql:///app", &environment);
    assert_eq!((address.user.as_str(), address.password.as_deref()), ("login", Some("secret")));
    let address = read("mysql://me:own@h/app", &environment);
    assert_eq!((address.user.as_str(), address.password.as_deref()), ("me", Some("own")));
    assert_eq!(address.database, "app");
    let url = "mysql://me:secret@h/app".parse().unwrap();
    let shown = format!("{:?}", Address::read(&url, Path::new(HOME), &|_| None));
    assert_eq!(shown, "Ok(Address(`mysql://me:***@h/app`))");
    let url = "mysql://h/app".parse().unwrap();
    let error = Address::read(&url, Path::new(HOME), &|_| None).unwrap_err();
    assert_eq!(error.to_string(), "cannot open `mysql://h/app`: nobody is named who connects");
}

#[test]
fn how_the_way_is_secured() {
    let security = |url: &str| read(url, &[]).security;
    for (options, mode) in [
        ("", Mode::Preferred),
        ("?ssl-mode=DISABLED", Mode::Disabled),
        ("?sslmode=preferred", Mode::Preferred),
        ("?ssl_mode=Required", Mode::Required),
        ("?ssl-ca=ca.pem", Mode::VerifyCa),
        ("?ssl_mode=VERIFY_CA&ssl_ca=ca.pem", Mode::VerifyCa),
        ("?ssl-mode=verify-identity", Mode::VerifyIdentity),
    ] {
        let url = format!("mysql://me@h/app{options}");
        assert_eq!(security(&url).mode, mode, "{url}");
    }
    let all = security("mysql://me@h/app?ssl-ca=ca.pem&ssl-cert=/etc/c.pem&ssl-key=k.pem");
    assert_eq!(all.authority, Some(PathBuf::from("/home/me/app/ca.pem")));
    let identity = (PathBuf::from("/etc/c.pem"), PathBuf::from("/home/me/app/k.pem"));
    assert_eq!(all.identity, Some(identity));
}

#[test]
fn patience() {
    let patience = |url: &str| read(url, &[]).patience;
    assert_eq!(patience("mysql://me@h/app"), Some(Duration::from_secs(30)));
    assert_eq!(patience("mysql://me@h/app?connect_timeout=3"), Some(Duration::from_secs(3)));
    assert_eq!(patience("mysql://me@h/app?connect-timeout=0"), None);
}
