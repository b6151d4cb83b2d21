//! Whose certificates are trusted.
//!
//! The driver trusts all public authorities beside the one that the address names, and has no option
//! against it: where names are not looked at, anybody who has a certificate of any of those would do.
//! But it checks signatures with the process's own cryptography, so that one is given which finds no
//! signature of a public authority good while it connects for an address that names another.

use std::cell::RefCell;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm,
};

thread_local! {
    /// The only authorities that count for what this thread connects to; `None` is all of them.
    static TRUSTED: RefCell<Option<Arc<RootCertStore>>> = const { RefCell::new(None) };
}

/// Authorities, and nobody else.
#[derive(Clone, Debug)]
pub(super) struct Authorities(Arc<RootCertStore>);

impl Authorities {
    /// Those of these certificates. `None` when none of them can be used.
    pub(super) fn new(certificates: Vec<CertificateDer<'static>>) -> Option<Authorities> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(certificates);
        (!roots.is_empty()).then(|| Authorities(Arc::new(roots)))
    }

    /// Does `work`, which trusts nobody else meanwhile. `None` when this process has a cryptography of
    /// its own, which does not follow.
    pub(super) fn alone<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        if !install() {
            return None;
        }
        TRUSTED.set(Some(Arc::clone(&self.0)));
        let outcome = work();
        TRUSTED.set(None);
        Some(outcome)
    }
}

/// Gives the process our cryptography, unless it has another one; whether it has ours. The driver would
/// give it its own.
pub(super) fn install() -> bool {
    let is_ours = || {
        let provider = CryptoProvider::get_default()?;
        let first = provider.signature_verification_algorithms.all.first()?;
        Some(format!("{first:?}").starts_with("Wary"))
    };
    if CryptoProvider::get_default().is_none() {
        let mut provider = ring::default_provider();
        provider.signature_verification_algorithms =
            wary(provider.signature_verification_algorithms);
        // Another thread may have been faster, with the same.
        let _ = provider.install_default();
    }
    is_ours().unwrap_or_default()
}

/// The same algorithms, but for public authorities that do not count. They live as long as the process.
fn wary(known: WebPkiSupportedAlgorithms) -> WebPkiSupportedAlgorithms {
    let one = |it: &&'static dyn SignatureVerificationAlgorithm| -> &'static dyn SignatureVerificationAlgorithm {
        Box::leak(Box::new(Wary(*it)))
    };
    let all: Vec<_> = known.all.iter().map(one).collect();
    let mapping = known.mapping.iter().map(|(scheme, algorithms)| {
        let algorithms: Vec<_> = algorithms.iter().map(one).collect();
        (*scheme, &*Box::leak(algorithms.into_boxed_slice()))
    });
    let mapping: Vec<_> = mapping.collect();
    WebPkiSupportedAlgorithms {
        all: Box::leak(all.into_boxed_slice()),
        mapping: Box::leak(mapping.into_boxed_slice()),
    }
}

/// An algorithm that finds no signature good of a public authority that does not count.
#[derive(Debug)]
struct Wary(&'static dyn SignatureVerificationAlgorithm);

impl SignatureVerificationAlgorithm for Wary {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        match is_trusted(public_key) {
            true => self.0.verify_signature(public_key, message, signature),
            false => Err(InvalidSignature),
        }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.0.public_key_alg_id()
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.0.signature_alg_id()
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

/// Whether what is signed with this key counts: it is no public authority's, or is named.
fn is_trusted(public_key: &[u8]) -> bool {
    TRUSTED.with_borrow(|trusted| {
        let Some(trusted) = trusted else { return true };
        let is_its = |info: &[u8]| info.ends_with(public_key);
        trusted.roots.iter().any(|it| is_its(&it.subject_public_key_info))
            || !webpki_roots::TLS_SERVER_ROOTS.iter().any(|it| is_its(&it.subject_public_key_info))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whom_the_address_names() {
        let [public, named] =
            [&webpki_roots::TLS_SERVER_ROOTS[0], &webpki_roots::TLS_SERVER_ROOTS[1]];
        let key = |it: &rustls::pki_types::TrustAnchor| it.subject_public_key_info.to_vec();
        let (public, named) = (key(public), key(&named.clone()));
        assert!(is_trusted(&public) && is_trusted(&named));
        let own = RootCertStore { roots: vec![webpki_roots::TLS_SERVER_ROOTS[1].clone()] };
        let authorities = Authorities(Arc::new(own));
        let outcome = authorities.alone(|| {
            let bits = public[public.len() - 60..].to_vec();
            (is_trusted(&public), is_trusted(&bits), is_trusted(&named), is_trusted(b"another"))
        });
        assert_eq!(outcome, Some((false, false, true, true)));
        assert!(is_trusted(&public));
    }
}
