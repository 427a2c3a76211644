/* TLS by OpenSSL, with a certificate of its own. */
#include "support/spec_tls.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct spec_tls {
  SSL_CTX *context;
  char path[64];
  char name[16];
};

struct spec_tls_session {
  SSL *ssl;
};

static void add_extension(X509 *cert, int nid, const char *value) {
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
  if (extension == NULL || X509_add_ext(cert, extension, -1) != 1)
    abort();
  X509_EXTENSION_free(extension);
}

static X509 *make_certificate(EVP_PKEY *key) {
  X509 *cert = X509_new();
  X509_set_version(cert, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
  X509_gmtime_adj(X509_getm_notAfter(cert), 24L * 3600);
  X509_set_pubkey(cert, key);
  X509_NAME *name = X509_get_subject_name(cert);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             (const unsigned char *)"127.0.0.1", -1, -1, 0);
  X509_set_issuer_name(cert, name);
  add_extension(cert, NID_subject_alt_name, "IP:127.0.0.1");
  add_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
  if (X509_sign(cert, key, EVP_sha256()) == 0)
    abort();
  return cert;
}

static void save(struct spec_tls *tls, X509 *cert) {
  snprintf(tls->path, sizeof tls->path, "/tmp/spec_tls.XXXXXX");
  const int fd = mkstemp(tls->path);
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (file == NULL || PEM_write_X509(file, cert) != 1 || fclose(file) != 0)
    abort();
}

struct spec_tls *spec_tls_new(void) {
  struct spec_tls *tls = calloc(1, sizeof *tls);
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *cert = make_certificate(key);
  tls->context = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate(tls->context, cert) != 1 ||
      SSL_CTX_use_PrivateKey(tls->context, key) != 1)
    abort();
  save(tls, cert);
  snprintf(tls->name, sizeof tls->name, "%08lx.0",
           X509_subject_name_hash(cert) & 0xffffffffUL);
  X509_free(cert);
  EVP_PKEY_free(key);
  return tls;
}

const char *spec_tls_path(const struct spec_tls *tls) {
  return tls->path;
}

const char *spec_tls_name(const struct spec_tls *tls) {
  return tls->name;
}

void spec_tls_free(struct spec_tls *tls) {
  unlink(tls->path);
  SSL_CTX_free(tls->context);
  free(tls);
}

struct spec_tls_session *spec_tls_accept(struct spec_tls *tls, int fd) {
  SSL *ssl = SSL_new(tls->context);
  SSL_set_fd(ssl, fd);
  if (SSL_accept(ssl) != 1) {
    SSL_free(ssl);
    return NULL;
  }
  struct spec_tls_session *session = calloc(1, sizeof *session);
  session->ssl = ssl;
  return session;
}

void spec_tls_end(struct spec_tls_session *session, int broken) {
  if (session == NULL)
    return;
  if (!broken)
    SSL_shutdown(session->ssl);
  SSL_free(session->ssl);
  free(session);
}

ssize_t spec_tls_recv(struct spec_tls_session *session, char *bytes,
                      size_t len) {
  return SSL_read(session->ssl, bytes, (int)len);
}

ssize_t spec_tls_send(struct spec_tls_session *session, const char *bytes,
                      size_t len) {
  return SSL_write(session->ssl, bytes, (int)len);
}
