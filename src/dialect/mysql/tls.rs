//! How the way to a server is secured.

use std::path::{Path, PathBuf};

use mysql::{ClientIdentity, SslOpts};

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
    /// The file of the authority.
    pub(super) authority: Option<PathBuf>,
    /// The files of our own certificate and its key.
    pub(super) identity: Option<(PathBuf, PathBuf)>,
}

impl Security {
    /// What the driver must know to encrypt.
    pub(super) fn options(&self) -> SslOpts {
        let own = |path: &Path| path.to_path_buf();
        let identity = self.identity.as_ref();
        SslOpts::default()
            .with_root_cert_path(self.authority.clone())
            .with_client_identity(identity.map(|(it, key)| ClientIdentity::new(own(it), own(key))))
            .with_danger_accept_invalid_certs(self.mode < Mode::VerifyCa)
            .with_danger_skip_domain_validation(self.mode < Mode::VerifyIdentity)
    }
}
