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
  TGR_ENOMEM = -1,     /* out of memory, or over a memory limit */
  TGR_EINVAL = -2,     /* an argument is not of the documented shape */
  TGR_ELIMIT = -3,     /* a size, count or depth limit was exceeded */
  TGR_ESYNTAX = -4,    /* text is not valid JSON, Lua, HTTP or URL */
  TGR_ENET = -5,       /* no connection, or it broke */
  TGR_ETIMEOUT = -6,   /* a deadline passed */
  TGR_ECANCELED = -7,  /* cancelled by its owner */
  TGR_EPROTO = -8,     /* the server answered something unexpected */
  TGR_ESTATE = -9,     /* not possible in the present state */
  TGR_EIO = -10,       /* a file could not be read or written */
  TGR_ENOENT = -11,    /* no such file */
  TGR_EAUTH = -12,     /* the token is missing, malformed or refused */
  TGR_ECONFLICT = -13, /* another program polls this bot, or a webhook is set */
  TGR_ESCRIPT = -14    /* the script raised an error */
};

/* Any thread. A short English name of a status; never NULL. */
TGR_API const char *tgr_strerror(enum tgr_status status);

/* Any thread. The version of the library that is running. */
TGR_API const char *tgr_version(void);

/* Any thread. The versions of the library, of the Bot API it knows and of what
 * it runs on, one a line: "tgrunner 0.1.0\nBot API 10.3\nLua 5.4.4\n
 * libcurl/7.88.1 …". Never NULL. */
TGR_API const char *tgr_build_info(void);

/* ---- hosts -------------------------------------------------------------- */

struct tgr_host;

/* Levels of log lines, from chatty to quiet. */
enum tgr_level {
  TGR_LEVEL_DEBUG,
  TGR_LEVEL_INFO,
  TGR_LEVEL_WARN,
  TGR_LEVEL_ERROR,
  TGR_LEVEL_NONE
};

/* What a host is made with. tgr_options_init first; then set what differs.
 * Everything pointed to is copied by tgr_host_new, functions and `user` kept.
 */
struct tgr_options {
  size_t struct_size; /* set by tgr_options_init */
  /* The bot's token, for scripts that call tg.Bot() without one; NULL. */
  const char *token;
  /* "https://api.telegram.org" when NULL. */
  const char *api_root;
  /* Whether api_root is a simulator (tgr_sim_start). */
  bool sim;
  /* Where log lines go; NULL: nowhere. Called on the host's threads, `text` is
   * not NUL-terminated, tokens in it are replaced. */
  void (*log)(void *user, enum tgr_level level, const char *text, size_t len);
  void *log_user;
  enum tgr_level log_level; /* TGR_LEVEL_INFO */
  /* As realloc; size 0 frees. NULL: the C library's. Called on every thread of
   * the host. */
  void *(*resize)(void *user, void *ptr, size_t size);
  void *resize_user;
  /* A signal that the host may use for scripts' CPU limits, on the thread that
   * runs it (the process's handler for it is replaced); 0: none is used, and a
   * limit costs a standing hook instead. */
  int cpu_signal;
  /* Tracebacks show the host's own frames too. */
  bool all_frames;
};

TGR_API void tgr_options_init(struct tgr_options *options);

/* A host without a script. `*host` is set on success only. */
TGR_API enum tgr_status tgr_host_new(const struct tgr_options *options,
                                     struct tgr_host **host);

/* Ends what still runs (to-be-closed variables of scripts do run), frees all. A
 * worker thread that is stuck outside of Lua is not waited for: after half a
 * second it is left behind, reported in the log, and the few kilobytes it may
 * still look at are not freed; it ends by itself when it comes back, and may
 * then call `resize`. NULL is fine. */
TGR_API void tgr_host_free(struct tgr_host *host);

/* Loads a script; it starts with the next run or step. argv[0 … argc-1] are its
 * arguments (`...` and `arg`). One script a host: TGR_ESTATE after the first.
 * TGR_ENOENT, TGR_EIO, TGR_ESYNTAX: tgr_host_errmsg says where. */
TGR_API enum tgr_status tgr_host_load_file(struct tgr_host *host,
                                           const char *path, int argc,
                                           char *const argv[]);

/* The same for text in memory. `name` stands for it in messages: a path, "-"
 * for standard input, "-e" for a command line. */
TGR_API enum tgr_status tgr_host_load_string(struct tgr_host *host,
                                             const char *name, const char *text,
                                             size_t len, int argc,
                                             char *const argv[]);

/* Runs until the script has nothing left to do, or was stopped. TGR_OK; or
 * TGR_ESCRIPT, TGR_EAUTH, TGR_ECONFLICT, TGR_ENET …: why it ended, with the
 * text in tgr_host_errmsg. */
TGR_API enum tgr_status tgr_host_run(struct tgr_host *host);

/* Any thread. Asks a graceful stop: polling ends at once, updates that were
 * fetched are finished for up to `deadline_ms` (UINT64_MAX: as long as it
 * takes), then the run returns. Again with a shorter deadline: hurries. */
TGR_API void tgr_host_stop(struct tgr_host *host, uint64_t deadline_ms);

/* What os.exit was given, or the integer the main chunk returned; 1 after an
 * error; else 0. */
TGR_API int tgr_host_exit_code(const struct tgr_host *host);

/* One line (and a traceback, for TGR_ESCRIPT) about the last failed call or
 * run; "" when there was none. Valid until the next call on this host. */
TGR_API const char *tgr_host_errmsg(const struct tgr_host *host);

/* ---- The Bot API simulator ----
 *
 * A Bot API server on 127.0.0.1 for trying and testing bots offline: it keeps
 * the real server's rules and answers every method plausibly. It runs on a
 * thread of its own. What it can be told over HTTP (updates, faults, delays)
 * and asked (every call it got) is in host/sim/README.md. */

struct tgr_sim;

struct tgr_sim_options {
  uint16_t port; /* 0: any free one */
  /* Text of what a bot sends to the console user: messages, captions, edits.
   * `text` is borrowed, UTF-8, not NUL-terminated. Called on the simulator's
   * thread, which waits for it; it may call the functions marked "Any
   * thread." only. NULL: none. */
  void (*on_reply)(void *user, const char *text, size_t len);
  void *user; /* handed to on_reply */
  /* The text given to on_reply ends with a line "[Yes] [No]" for each row of
   * the message's inline keyboard. */
  bool draw_buttons;
  /* The one token that is known. NULL: every well-formed token is, and the
   * console user talks to the first bot that calls. */
  const char *token;
};

/* Any thread. Sets every option to its default. */
TGR_API void tgr_sim_options_init(struct tgr_sim_options *options);

/* Starts a simulator; it is ready for connections when this returns. Options
 * and their strings are copied. On failure `error` (may be NULL when
 * `error_size` is 0) gets one line for people, NUL-terminated, cut to its size.
 * TGR_ENET: the port is taken. TGR_EINVAL: the token is malformed. */
TGR_API enum tgr_status tgr_sim_start(const struct tgr_sim_options *options,
                                      struct tgr_sim **out, char *error,
                                      size_t error_size);

/* Any thread. "http://127.0.0.1:PORT", for a bot's api_root. Good until
 * tgr_sim_stop. */
TGR_API const char *tgr_sim_url(const struct tgr_sim *sim);

/* Any thread. A token the simulator knows. Good until tgr_sim_stop. */
TGR_API const char *tgr_sim_token(const struct tgr_sim *sim);

/* Any thread. The console user (user and private chat 1000) sends the bot a
 * text message; "/start" and the like get bot_command entities. "[Yes]" presses
 * the inline button of that text in the newest message that has one; what was
 * said waits up to two seconds for it, then it is a text like any other. Bytes
 * that are no UTF-8 become question marks. TGR_EINVAL for empty text,
 * TGR_ENOMEM. */
TGR_API enum tgr_status tgr_sim_say(struct tgr_sim *sim, const char *text,
                                    size_t len);

/* Any thread. Queues `count` synthetic text messages for the console's bot,
 * from users 5000000 on in `chats` private chats by turns. They take no memory
 * until they are fetched. */
TGR_API enum tgr_status tgr_sim_load(struct tgr_sim *sim, uint64_t count,
                                     uint64_t chats);

/* Any thread. How many updates no getUpdates offset has confirmed yet, over
 * all bots, with those that were said before any bot called. */
TGR_API size_t tgr_sim_unconfirmed(const struct tgr_sim *sim);

/* Closes all connections, joins the thread and frees. NULL is fine. Not from
 * within on_reply. */
TGR_API void tgr_sim_stop(struct tgr_sim *sim);

#ifdef __cplusplus
}
#endif

#endif
