/* A small blocking HTTP client for specs, on plain sockets: what it sends and
 * reads is in the spec's hand. One request at a time a connection. */
#ifndef SPEC_HTTP_H
#define SPEC_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spec_http {
  int fd;     /* -1 when closed */
  int status; /* of the last answer */
  char *head; /* the last answer's status line and headers */
  char *body; /* the last answer's body, NUL behind it */
  size_t len;
};

/* Connects to 127.0.0.1:port. */
bool spec_http_open(struct spec_http *http, uint16_t port);
void spec_http_close(struct spec_http *http);

/* Sends bytes as they are. */
bool spec_http_send(struct spec_http *http, const char *bytes, size_t len);
/* Sends a request; `type` NULL for one without a body. */
bool spec_http_request(struct spec_http *http, const char *verb,
                       const char *path, const char *type, const char *body,
                       size_t len);
/* Reads an answer with a Content-Length. False when the connection ends
 * before, or nothing comes for 20 s. */
bool spec_http_read(struct spec_http *http);
/* Whether something can be read (an answer, or the end) within `ms`. */
bool spec_http_readable(struct spec_http *http, int ms);

/* The port of "http://127.0.0.1:PORT". */
uint16_t spec_http_port(const char *url);

#endif
