//! TLS, with what PostgreSQL's own clients mean by `sslmode`:
//! <https://www.postgresql.org/docs/current/libpq-ssl.html>.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use sha2::{Digest, Sha256, Sha384, Sha512};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::Socket;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::password_file::others_may_read;
use super::verify::{Trust, Verifier};

/// Whether the way to the server is encrypted, and how much is known of who is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    /// Never encrypted.
    Disable,
    /// Only where the server wants it.
    Allow,
    /// Where the server can.
    Prefer,
    /// Always, with whoever answers.
    Require,
    /// Always, with a certificate of an authority that is trusted.
    VerifyCa,
    /// That, and it is of the host that was asked for.
    VerifyFull,
}

/// Whom to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// Nobody was named.
    None,
    /// Those whom the system trusts.
    System,
    /// Those in a file.
    File(PathBuf),
}

/// What is known of TLS before a connection is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Security {
    pub(super) mode: Mode,
    pub(super) roots: Roots,
    /// The certificate by which the server knows this client, and its key.
    pub(super) identity: Option<(PathBuf, PathBuf)>,
    /// TLS begins at once, without the question whether the server can.
    pub(super) direct: bool,
}

/// Why TLS cannot be prepared: what, and what to do.
pub(super) type Obstacle = (String, Option<String>);

/// Makes the TLS of a connection.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Reads the files and settles what is verified.
    ///
    /// # Errors
    /// What is wrong with a file.
    pub(super) fn new(security: &Security) -> Result<Tls, Obstacle> {
        let provider = Arc::new(crypto::ring::default_provider());
        let verifier = Verifier::new(trust(security)?, &provider);
        let builder = ClientConfig::builder_with_provider(Arc::<CryptoProvider>::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| (error.to_string(), None))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &security.identity {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => builder
                .with_client_auth_cert(certificates(certificate)?, private_key(key)?)
                .map_err(|error| {
                    let message = format!("`{}` cannot be used: {error}", certificate.display());
                    (message, Some("`sslkey` names the key of `sslcert`".to_owned()))
                })?,
        };
        if security.direct {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Tls(Arc::new(config)))
    }
}

fn trust(security: &Security) -> Result<Trust, Obstacle> {
    let mode = match (&security.roots, security.mode) {
        // Whoever names an authority wants it asked, as it has always been.
        (Roots::File(_), Mode::Require) => Mode::VerifyCa,
        (_, mode) => mode,
    };
    if mode < Mode::VerifyCa {
        return Ok(Trust::Anyone);
    }
    let certificates = match &security.roots {
        Roots::File(path) => certificates(path)?,
        Roots::System => system_certificates()?,
        Roots::None => {
            let word = if mode == Mode::VerifyCa { "verify-ca" } else { "verify-full" };
            let message = format!("`sslmode={word}` has no certificate to trust");
            let hint = "name the file of the authority, `sslrootcert=ca.crt`, or trust whom the \
                        system trusts, `sslrootcert=system`";
            return Err((message, Some(hint.to_owned())));
        }
    };
    let mut roots = RootCertStore::empty();
    let (_, odd) = roots.add_parsable_certificates(certificates.iter().cloned());
    if odd > 0 && roots.is_empty() {
        return Err(("no certificate to trust can be read".to_owned(), None));
    }
    let names_host = mode == Mode::VerifyFull;
    Ok(Trust::Roots { roots: Arc::new(roots), certificates, names_host })
}

fn system_certificates() -> Result<Vec<CertificateDer<'static>>, Obstacle> {
    let found = rustls_native_certs::load_native_certs();
    match (found.certs.is_empty(), found.errors.first()) {
        (false, _) => Ok(found.certs),
        (true, error) => {
            let why = error.map(|it| format!(": {it}")).unwrap_or_default();
            let hint = "install them (Debian's package is `ca-certificates`), or name a file, \
                        `sslrootcert=ca.crt`";
            Err((format!("the system has no certificates to trust{why}"), Some(hint.to_owned())))
        }
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Obstacle> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    let found: Vec<_> = read.map_err(|error| (unreadable(path, &error), None))?;
    match found.is_empty() {
        false => Ok(found),
        true => Err((
            format!("`{}` holds no certificate", path.display()),
            Some("it is a file of PEM, with `-----BEGIN CERTIFICATE-----` in it".to_owned()),
        )),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, Obstacle> {
    // Root may own a key that a group may read: <https://www.postgresql.org/docs/current/libpq-ssl.html>.
    if path.metadata().is_ok_and(|it| others_may_read(&it) && !is_of_root(&it)) {
        return Err((
            format!("others may read the key `{}`", path.display()),
            Some("`chmod 0600` mends that".to_owned()),
        ));
    }
    PrivateKeyDer::from_pem_file(path).map_err(|error| {
        let hint = "it is a file of PEM with a key without a password";
        (unreadable(path, &error), Some(hint.to_owned()))
    })
}

#[cfg(unix)]
fn is_of_root(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    metadata.uid() == 0 && metadata.permissions().mode() & 0o037 == 0
}

#[cfg(not(unix))]
fn is_of_root(_: &std::fs::Metadata) -> bool {
    false
}

fn unreadable(path: &Path, error: &tokio_rustls::rustls::pki_types::pem::Error) -> String {
    use tokio_rustls::rustls::pki_types::pem::Error;
    let why = match error {
        Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            "there is no such file".to_owned()
        }
        Error::Io(error) => error.to_string(),
        Error::NoItemsFound => "it holds none".to_owned(),
        other => other.to_string(),
    };
    format!("cannot read `{}`: {why}", path.display())
}

impl Tls {
    /// TLS with the server of this name, which is about to begin.
    ///
    /// # Errors
    /// When no server can have the name.
    pub(super) fn with(&self, host: &str) -> io::Result<Handshake> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| io::Error::other(format!("`{host}` can be no name of a server")))?;
        Ok(Handshake { tls: self.clone(), name, lingers: false })
    }
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Stream<TlsStream<Socket>>;
    type TlsConnect = Handshake;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<Handshake> {
        // A socket has no name, and no TLS for which it would be needed.
        self.with(if host.is_empty() { "localhost" } else { host })
    }
}

/// TLS with one server that is about to begin.
pub(super) struct Handshake {
    tls: Tls,
    name: ServerName<'static>,
    /// Of the stream that comes of it.
    pub(super) lingers: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> TlsConnect<S> for Handshake {
    type Stream = Stream<TlsStream<S>>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Stream>> + Send>>;

    fn connect(self, socket: S) -> Self::Future {
        let Handshake { tls, name, lingers } = self;
        Box::pin(async move {
            let way = TlsConnector::from(tls.0).connect(name, socket).await?;
            Ok(Stream { way, lingers })
        })
    }
}

/// A way to a server, as the driver wants it.
pub(super) struct Stream<S> {
    pub(super) way: S,
    /// Whether it is the other side that ends it: what is then shut down here waits for that.
    pub(super) lingers: bool,
}

impl<S> Stream<S> {
    pub(super) fn new(way: S) -> Stream<S> {
        Stream { way, lingers: false }
    }

    pub(super) fn lingering(way: S) -> Stream<S> {
        Stream { way, lingers: true }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> tokio_postgres::tls::TlsStream for Stream<TlsStream<S>> {
    fn channel_binding(&self) -> ChannelBinding {
        let certificates = self.way.get_ref().1.peer_certificates();
        match certificates.and_then(|it| it.first()).and_then(|it| end_point(it)) {
            Some(hash) => ChannelBinding::tls_server_end_point(hash),
            None => ChannelBinding::none(),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.way).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.way).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.way).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.lingers {
            let mut room = [0; 64];
            let mut buf = ReadBuf::new(&mut room);
            ready!(Pin::new(&mut self.way).poll_read(cx, &mut buf))?;
            self.lingers = !buf.filled().is_empty();
        }
        Pin::new(&mut self.way).poll_shutdown(cx)
    }
}

/// What binds a login to the server's certificate: its hash, by the function that its signature
/// uses, and never less than SHA-256 (RFC 5929, section 4.1). `None` where that is another one.
fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    Some(match signature(certificate)? {
        // MD5, SHA-1 and SHA-256 with RSA; SHA-1 and SHA-256 with ECDSA.
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x04 | 0x05 | 0x0b]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02] => Sha256::digest(certificate).to_vec(),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03] => Sha384::digest(certificate).to_vec(),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04] => Sha512::digest(certificate).to_vec(),
        _ => return None,
    })
}

/// The object identifier of the algorithm that signed a certificate:
/// `SEQUENCE { body SEQUENCE, algorithm SEQUENCE { OBJECT IDENTIFIER, ... }, ... }`.
fn signature(certificate: &[u8]) -> Option<&[u8]> {
    let (whole, _) = element(certificate, 0x30)?;
    let (_, rest) = element(whole, 0x30)?;
    let (algorithm, _) = element(rest, 0x30)?;
    Some(element(algorithm, 0x06)?.0)
}

/// The content of the element of DER with which `bytes` begin, and what is behind it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(2)?;
    if head[0] != tag {
        return None;
    }
    let (length, rest) = match head[1] {
        short @ 0..0x80 => (usize::from(short), rest),
        long => {
            let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            if digits.len() > 4 {
                return None;
            }
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
    };
    rest.split_at_checked(length)
}
