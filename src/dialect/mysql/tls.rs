//! How the way to a server is secured, with what its own clients mean by `ssl-mode`:
//! <https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#encrypted-connection-options>.

use std::io;
use std::path::{Path, PathBuf};

use mysql::{ClientIdentity, SslOpts};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::authority::Authorities;

/// How much is asked of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    /// Nothing is encrypted.
    Disabled,
    /// It is encrypted where the server can.
    Preferred,
    /// It is encrypted, whoever is at its end.
    Required,
    /// At its end is whom the authority has certified.
    VerifyCa,
    /// The same, under the name by which we connect.
    VerifyIdentity,
}

/// What the address says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Security {
    pub(super) mode: Mode,
    /// The file of the authority. Without one the public ones are trusted.
    pub(super) authority: Option<PathBuf>,
    /// The files of our own certificate and its key.
    pub(super) identity: Option<(PathBuf, PathBuf)>,
}

/// Why the way cannot be secured: what, and what to do.
pub(super) type Obstacle = (String, Option<String>);

impl Security {
    /// Looks at the files, and gives the authorities if only those of a file are trusted.
    ///
    /// # Errors
    /// What is wrong with a file.
    pub(super) fn authorities(&self) -> Result<Option<Authorities>, Obstacle> {
        if let Some((certificate, key)) = &self.identity {
            certificates(certificate)?;
            PrivateKeyDer::from_pem_file(key).map_err(|error| {
                let hint = "it is a file of PEM with a key without a password";
                (unreadable(key, &error), Some(hint.to_owned()))
            })?;
        }
        let Some(path) = self.authority.as_ref().filter(|_| self.mode >= Mode::VerifyCa) else {
            return Ok(None);
        };
        let found = Authorities::new(certificates(path)?);
        let odd = || (format!("`{}` holds no certificate that can be used", path.display()), None);
        found.ok_or_else(odd).map(Some)
    }

    /// What the driver must know to encrypt.
    pub(super) fn options(&self) -> SslOpts {
        let identity = self.identity.clone();
        SslOpts::default()
            .with_root_cert_path(self.authority.clone().filter(|_| self.mode >= Mode::VerifyCa))
            .with_client_identity(identity.map(|(it, key)| ClientIdentity::new(it, key)))
            .with_danger_accept_invalid_certs(self.mode < Mode::VerifyCa)
            .with_danger_skip_domain_validation(self.mode < Mode::VerifyIdentity)
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

fn unreadable(path: &Path, error: &pem::Error) -> String {
    let why = match error {
        pem::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            "there is no such file".to_owned()
        }
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "it holds none".to_owned(),
        other => other.to_string(),
    };
    format!("cannot read `{}`: {why}", path.display())
}
