/* TLS for the specs' server: a certificate for 127.0.0.1 that is made at the
 * start, and one session a connection. */
#ifndef SPEC_TLS_H
#define SPEC_TLS_H

#include <stddef.h>
#include <sys/types.h>

struct spec_tls;
struct spec_tls_session;

/* The certificate is in the file `spec_tls_path`, for a client to trust. */
struct spec_tls *spec_tls_new(void);
const char *spec_tls_path(const struct spec_tls *tls);

/* The certificate's name in a folder of certificates: "0a1b2c3d.0". */
const char *spec_tls_name(const struct spec_tls *tls);
/* Removes the file. */
void spec_tls_free(struct spec_tls *tls);

/* Shakes hands; NULL when that fails. The descriptor stays the caller's. */
struct spec_tls_session *spec_tls_accept(struct spec_tls *tls, int fd);
/* Says goodbye unless it is `broken`. NULL is fine. */
void spec_tls_end(struct spec_tls_session *session, int broken);
/* As recv and send. */
ssize_t spec_tls_recv(struct spec_tls_session *session, char *bytes,
                      size_t len);
ssize_t spec_tls_send(struct spec_tls_session *session, const char *bytes,
                      size_t len);

#endif
