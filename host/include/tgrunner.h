/* tgrunner.h: the public C API of the tgrunner host.
 *
 * A host runs Telegram bots written in Lua: it polls the Bot API, runs the
 * script's handlers as coroutines and sends what they ask for. A program
 * creates a host, loads a script into it and lets it run:
 *
 *   struct tgr_options options;
 *   tgr_options_init(&options);
 *   struct tgr_host *host = NULL;
 *   if (tgr_host_new(&options, &host) == TGR_OK &&
 *       tgr_host_load_file(host, "bot.lua", 0, NULL) == TGR_OK)
 *     status = tgr_host_run(host);
 *   tgr_host_free(host);
 *
 * Threads: every function on one host is called from one thread at a time.
 * Functions whose comment starts with "Any thread." may be called from any.
 * Strings are UTF-8; a `const char *` argument is borrowed for the call. */
#ifndef TGRUNNER_H
#define TGRUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TGR_API __attribute__((visibility("default")))
#else
#define TGR_API
#endif

#define TGR_VERSION_MAJOR 0
#define TGR_VERSION_MINOR 1
#define TGR_VERSION_PATCH 0
#define TGR_VERSION_STRING "0.1.0"

/* What a call came to: 0 or negative. tgr_strerror names each. */
enum tgr_status {
  TGR_OK = 0,
  TGR_ENOMEM = -1,    /* out of memory, or over a memory limit */
  TGR_EINVAL = -2,    /* an argument is not of the documented shape */
  TGR_ELIMIT = -3,    /* a size, count or depth limit was exceeded */
  TGR_ESYNTAX = -4,   /* text is not valid JSON, Lua, HTTP or URL */
  TGR_ENET = -5,      /* no connection, or it broke */
  TGR_ETIMEOUT = -6,  /* a deadline passed */
  TGR_ECANCELED = -7, /* cancelled by its owner */
  TGR_EPROTO = -8,    /* the server answered something unexpected */
  TGR_ESTATE = -9,    /* not possible in the present state */
  TGR_EIO = -10,      /* a file could not be read or written */
  TGR_ENOENT = -11,   /* no such file */
  TGR_EAUTH = -12,    /* the token is missing, malformed or refused */
  TGR_ECONFLICT = -13, /* another program polls this bot, or a webhook is set */
  TGR_ESCRIPT = -14   /* the script raised an error */
};

/* Any thread. A short English name of a status; never NULL. */
TGR_API const char *tgr_strerror(enum tgr_status status);

/* Any thread. The version of the library that is running. */
TGR_API const char *tgr_version(void);

#ifdef __cplusplus
}
#endif

#endif
