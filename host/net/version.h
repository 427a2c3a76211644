/* Version: of the library that does HTTP. */
#ifndef TGR_NET_VERSION_H
#define TGR_NET_VERSION_H

/* Any thread. "libcurl/7.88.1 OpenSSL/3.0.17 …". */
const char *tgr_http_version(void);

#endif
