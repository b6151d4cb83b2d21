# Certificates of this run: `ca` signed `server`, which is for `localhost` by its name only.

make_certificates() {
    certificates=$run/certificates
    mkdir "$certificates"
    make_certificate ca '/CN=the authority'
    make_certificate server /CN=localhost -addext subjectAltName=DNS:localhost \
        -addext basicConstraints=critical,CA:FALSE -CA "$certificates/ca.crt" -CAkey "$certificates/ca.key"
}

make_certificate() {
    local name=$1 subject=$2
    shift 2
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "$subject" \
        -keyout "$certificates/$name.key" -out "$certificates/$name.crt" "$@" >"$certificates/log" 2>&1 || {
        cat "$certificates/log" >&2
        fail "no certificate can be made"
    }
}
