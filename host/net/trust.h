/* Trust: the certificates that servers are checked by. They are in a file, in a
 * folder with a file for each, or in both, which then hold the same, as on
 * Debian.
 *
 * To read all of the system's file takes 21 ms of CPU and 0.9 MiB, on each
 * thread that connects: more than all else of a bot's start. In the folder
 * OpenSSL finds the one that is wanted by its name, so connections of ours look
 * there first, and only for a server that is unknown there in the file. */
#ifndef TGR_NET_TRUST_H
#define TGR_NET_TRUST_H

#include "net/core.h"

#include <curl/curl.h>

/* Has `easy` trust the file, and the folder where that adds something. */
CURLcode tgr_trust_set(const struct tgr_http *http, CURL *easy);

/* Has `easy`, which is new, trust the folder alone. False: it is not to, and
 * trusts what it did. */
bool tgr_trust_set_folder(const struct tgr_http *http, CURL *easy);

#endif
