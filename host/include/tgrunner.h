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
 * Strings are UTF-8; a `const char *` argument is borrowed for the call. A
 * host's functions answer TGR_EINVAL to NULL where something is needed (the
 * host itself is not looked at), and to a value that its enum does not have. */
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

/* Any thread. Replaces the secret of whatever looks like a bot token in `text`,
 * in place ("123456:***"), and returns the new length: for lines of your own
 * that may hold one. What a host reports has been through it. */
TGR_API size_t tgr_redact(char *text, size_t len);

/* ---- hosts -------------------------------------------------------------- */

struct tgr_host;
struct lua_State; /* Lua's own; only open_libs below meets it */

/* Levels of log lines, from chatty to quiet. */
enum tgr_level {
  TGR_LEVEL_DEBUG,
  TGR_LEVEL_INFO,
  TGR_LEVEL_WARN,
  TGR_LEVEL_ERROR,
  TGR_LEVEL_NONE
};

/* Where a host is. */
enum tgr_state {
  TGR_STATE_IDLE,     /* no script is loaded */
  TGR_STATE_STARTING, /* the script is loaded; no bot has reached its server */
  TGR_STATE_RUNNING,  /* a bot gets updates: the last request succeeded */
  TGR_STATE_RETRYING, /* the last request failed; it is tried again */
  TGR_STATE_STOPPING, /* a stop was asked for */
  TGR_STATE_ENDED     /* nothing runs any more */
};

enum tgr_event_kind {
  TGR_EVENT_LOG,   /* a line: `level`, `text`; tokens in it are replaced */
  TGR_EVENT_STATE, /* the host's state is now `state`; `text` is its name */
  TGR_EVENT_FATAL  /* the script ended with `status` because of `text` */
};

struct tgr_host_event {
  enum tgr_event_kind kind;
  enum tgr_level level;
  enum tgr_state state;
  enum tgr_status status;
  const char *text; /* not NUL-terminated */
  size_t len;
};

/* What scripts can reach. A sandbox keeps an honest mistake, or a script that a
 * player brings along, from files, processes and other servers; it is no wall
 * against somebody who knows a fault in Lua itself: for that, a process of its
 * own. It does not hide the bot's token. What one call of a C function does is
 * not interrupted: a pathological pattern (string.find, gsub) holds its thread
 * until it is done. */
enum tgr_sandbox {
  /* All of Lua's libraries. */
  TGR_SANDBOX_FULL,
  /* No io; of os and debug only what tells the time, os.exit and traceback; no
   * loading of files, C modules and bytecode; no __gc; no paths in the API's
   * uploads and downloads, no tg.distribute. `require` finds tgrunner and what
   * open_libs has opened; print writes to the log. */
  TGR_SANDBOX_NO_OS,
  /* Besides: no tg.fetch, no other server than the host's, no control of the
   * collector, and no string or table longer than `block_max`. */
  TGR_SANDBOX_PURE
};

/* What a host is made with. tgr_options_init first; then set what differs.
 * Everything pointed to is copied by tgr_host_new, functions and their `user`
 * kept. */
struct tgr_options {
  size_t struct_size; /* set by tgr_options_init */
  /* The bot's token, for scripts that call tg.Bot() without one; NULL. */
  const char *token;
  /* "https://api.telegram.org" when NULL. */
  const char *api_root;
  /* Whether api_root is a simulator (tgr_sim_start). */
  bool sim;
  /* A journal for runs of the script that name none: a file in which updates
   * that are fetched are kept until they have ended; NULL: none. */
  const char *journal;
  /* Told of log lines, changes of state and a fatal end; NULL: nobody is. Log
   * lines come on every thread of the host (workers have their own), the others
   * on the thread that runs it. The event is borrowed; of the host's functions
   * it may call those marked "Any thread." only, and tgr_host_free as that
   * says. */
  void (*on_event)(void *user, const struct tgr_host_event *event);
  void *event_user;
  /* Log lines below this level are not made; TGR_LEVEL_INFO. */
  enum tgr_level log_level;
  /* As realloc; size 0 frees. NULL: the C library's. Called on every thread of
   * the host. What libcurl and libuv allocate does not come through here. */
  void *(*resize)(void *user, void *ptr, size_t size);
  void *resize_user;
  /* Called in every Lua state that the host makes, workers' (on their threads)
   * included, before a script is loaded into it: the place to open libraries
   * and make metatables. NULL: none. It may raise Lua errors; loading fails. */
  void (*open_libs)(struct lua_State *L, void *user);
  void *open_libs_user;
  /* No bot asks a server for updates; they come by tgr_host_feed_update. */
  bool no_polling;
  /* The host does not end when its script has nothing left to do, so that it
   * can be called and fed later. */
  bool stays;
  /* CPU time that an update may use without a pause, in milliseconds; what
   * exceeds it is stopped with an error. 0, the default: no limit, unless the
   * script sets one (max_cpu_milliseconds); in a sandbox it cannot raise it.
   * Without cpu_signal a limit costs hot loops up to a half of their speed. */
  unsigned cpu_ms;
  /* Bytes that a Lua state may hold; 0: no limit. Above `memory_soft`, when a
   * collection does not help, a script that asks for more gets Lua's memory
   * error. Above `memory_hard` the state is given up: the script is stopped and
   * loaded anew into a fresh one (updates whose handlers run are lost; those
   * that were fed, or wait with the script's first bot, go over); a host whose
   * script does that three times within a second each ends with TGR_ENOMEM. Not
   * counted: bodies of requests under way. */
  size_t memory_soft;
  size_t memory_hard;
  enum tgr_sandbox sandbox;
  /* The longest string, in bytes, and the largest table's memory, in
   * TGR_SANDBOX_PURE, Lua's header of some 30 bytes included; 0: 1 MiB. */
  size_t block_max;
  /* A signal that the host may use for scripts' CPU limits, on the thread that
   * runs it, and on those of workers, where cancels and stops end code that
   * never waits. 0: none is used; a limit costs a standing hook instead, and
   * without a limit such code in a worker goes on. The process's handler for it
   * is replaced as long as a host with a script uses it; the last one puts it
   * back, unless the program has set another. */
  int cpu_signal;
  /* Tracebacks show the host's own frames too. */
  bool all_frames;
};

TGR_API void tgr_options_init(struct tgr_options *options);

/* A host without a script. `*host` is set on success only. TGR_EINVAL,
 * TGR_ENOMEM; TGR_ELIMIT: the process may open no more files. */
TGR_API enum tgr_status tgr_host_new(const struct tgr_options *options,
                                     struct tgr_host **host);

/* Ends what still runs (to-be-closed variables of scripts do run), frees all. A
 * worker thread that is stuck (in a long C call, or in a loop of its main
 * chunk) is not waited for: after half a second it is left behind, reported in
 * the log, and what it may still look at is not freed: some kilobytes, and the
 * values of tg.shared. It ends by itself when it comes back; until then it may
 * call `resize` and `on_event`. NULL is fine.
 *
 * From within a callback, on the thread that runs the host, it takes effect
 * when the outermost call of the host is about to return: that returns soon
 * (TGR_ECANCELED, or false), and the host is gone then; until then callbacks
 * may still come. Never from within a callback on a worker's thread. */
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

/* Runs until the script has nothing left to do, or was stopped. TGR_ESTATE
 * without a script, and from within a callback of this host's. TGR_OK; or
 * TGR_ESCRIPT, TGR_EAUTH, TGR_ECONFLICT, TGR_ENET …: why it ended, with the
 * text in tgr_host_errmsg. */
TGR_API enum tgr_status tgr_host_run(struct tgr_host *host);

/* ---- in a program's own loop --------------------------------------------
 *
 * Instead of tgr_host_run, on one thread:
 *
 *   a frame loop   each frame: tgr_host_step(host, 500)
 *   a poll loop    poll tgr_host_fd for tgr_host_timeout_ms, then step
 *
 * until tgr_host_state is TGR_STATE_ENDED; tgr_host_run then returns at once
 * what it came to. */

/* Does what is to be done now, without waiting, for up to `budget_us`; the
 * last piece of work may exceed it. True when work is left: step again soon. */
TGR_API bool tgr_host_step(struct tgr_host *host, uint64_t budget_us);

/* A descriptor to poll for reading (never read it): it is readable when a step
 * has something to do. -1 where the system has none. */
TGR_API int tgr_host_fd(const struct tgr_host *host);

/* How long to poll at most: 0 while work is left, -1 for as long as the
 * descriptor is silent, and behind the end. Ask anew behind each step. */
TGR_API int tgr_host_timeout_ms(struct tgr_host *host);

/* Any thread. Where the host is now. */
TGR_API enum tgr_state tgr_host_state(const struct tgr_host *host);

/* Any thread. "idle", "starting", …; never NULL. */
TGR_API const char *tgr_state_name(enum tgr_state state);

/* Any thread. Milliseconds since a request of a bot for updates (or for who it
 * is) last succeeded; -1 when none has. For watchdogs. */
TGR_API int64_t tgr_host_since_poll_ms(const struct tgr_host *host);

/* Any thread. Makes a thread that sleeps in tgr_host_run, or on tgr_host_fd,
 * take a turn. */
TGR_API void tgr_host_wakeup(struct tgr_host *host);

/* Any thread. Hands the script an update (one JSON object with an update_id),
 * as if it had been fetched: a bot that runs takes it as soon as it has room. A
 * host holds up to 10,000 updates that wait; it forgets them when it ends.
 * TGR_ESYNTAX, TGR_EINVAL (no update_id), TGR_ELIMIT (too many wait),
 * TGR_ENOMEM; TGR_ESTATE when the host has ended. */
TGR_API enum tgr_status tgr_host_feed_update(struct tgr_host *host,
                                             const char *json, size_t len);

/* Any thread. Asks a graceful stop: polling ends at once, updates that were
 * fetched are finished for up to `deadline_ms` (UINT64_MAX: as long as it
 * takes; tasks that are left then end when they have only slept for 5 s, or
 * after 60 s; a script without a run ends when it has only slept for 60 s),
 * then the run returns. A stop that comes before the script is
 * loaded stops it when it starts. Again with a shorter deadline: hurries. Code
 * of a script that does not pause holds its thread and hears of no stop: what
 * ends it is a CPU limit. */
TGR_API void tgr_host_stop(struct tgr_host *host, uint64_t deadline_ms);

/* ---- functions, both ways ----------------------------------------------- */

enum tgr_type {
  TGR_NIL,
  TGR_BOOLEAN,
  TGR_INTEGER,
  TGR_NUMBER,
  TGR_STRING, /* `text`, `len`: any bytes */
  TGR_JSON    /* `text`, `len`: the JSON of a table, an object or a list */
};

/* A value on its way from or to a script. Text is borrowed. */
struct tgr_value {
  enum tgr_type type;
  bool boolean;
  int64_t integer;
  double number;
  const char *text;
  size_t len;
};

/* A function for scripts. Called on the thread of the state that calls it
 * (workers have their own), with at most 16 arguments; `result` is nil when it
 * does not set it, and its text is copied behind the return. A status other
 * than TGR_OK raises an error: `result`'s text if it is a string, else the name
 * of the status. It must not call functions of a host but those marked "Any
 * thread.", and tgr_host_free as that says. */
typedef enum tgr_status (*tgr_function)(void *user,
                                        const struct tgr_value *args,
                                        size_t arg_count,
                                        struct tgr_value *result);

/* Makes `function` a global of every state, under `name`: "roll", or
 * "game.roll" for a member of the table `game`. Before a script is loaded:
 * TGR_ESTATE later. TGR_EINVAL for a name that is no such path, is taken, or
 * leads through another function's ("roll" and "roll.dice"). */
TGR_API enum tgr_status tgr_host_register(struct tgr_host *host,
                                          const char *name,
                                          tgr_function function, void *user);

/* How a call of a script's function ended. TGR_OK: `values` are its results.
 * TGR_ESCRIPT: it raised; values[0] is the text, with a traceback.
 * TGR_ECANCELED: the script ended before, or its state was given up; further
 * calls are refused from within (TGR_ESTATE). All is borrowed. It must not run
 * the host; freeing it there takes effect later (tgr_host_free). */
typedef void (*tgr_call_done)(void *user, enum tgr_status status,
                              const struct tgr_value *values, size_t count);

/* Calls a global function of the script ("on_hit", or "game.on_hit") from the
 * coming step or run on: behind the main chunk's first wait, if that has not
 * begun yet. It
 * may wait, as handlers may; `done` (may be NULL: an error is logged then) is
 * told once, on the thread that runs the host. Arguments are copied. TGR_EINVAL
 * for more than 16 of them, TGR_ENOMEM, TGR_ESTATE without a script or behind
 * its end. */
TGR_API enum tgr_status tgr_host_call(struct tgr_host *host, const char *name,
                                      const struct tgr_value *args,
                                      size_t arg_count, tgr_call_done done,
                                      void *user);

/* ---- the end ------------------------------------------------------------ */

/* What os.exit was given, or the integer the main chunk returned; 1 after an
 * error; else 0. */
TGR_API int tgr_host_exit_code(const struct tgr_host *host);

/* One line (and a traceback, for TGR_ESCRIPT) about the last failed call or
 * run; "" when there was none. Valid until the next call on this host. */
TGR_API const char *tgr_host_errmsg(const struct tgr_host *host);

/* ---- Journals ----
 *
 * The file that tgr_options.journal, or a script's run, names. What follows is
 * for tools; a host that uses the file need not be stopped to read it. */

/* An update in a journal. */
struct tgr_journal_entry {
  int64_t number;    /* in this file */
  int64_t update_id; /* 0: it has none */
  int64_t time_ms;   /* when it came, or was given up; Unix */
  int64_t attempts;  /* runs that failed */
  int64_t crashes;   /* ends of the process while it ran */
  const char *error; /* of the last run that failed; not NUL-terminated */
  size_t error_len;
  const char *json; /* the update; not NUL-terminated */
  size_t json_len;
};

/* Any thread. Calls `each` for the updates that have not ended (`dead` false)
 * or were given up, in order of arrival; the entry is borrowed. Nothing is
 * written. On failure `error` (may be NULL when `error_size` is 0) gets one
 * line. TGR_ENOENT: there is no such file. TGR_EINVAL: it is no journal. */
TGR_API enum tgr_status tgr_journal_read(
    const char *path, bool dead,
    void (*each)(void *user, const struct tgr_journal_entry *entry), void *user,
    char *error, size_t error_size);

/* Any thread. Dead letters by their numbers (NULL: all of them): requeue makes
 * them updates that have just come, drop forgets them. `*changed` is how many
 * there were. TGR_ECONFLICT: a host uses the file. */
TGR_API enum tgr_status tgr_journal_requeue(const char *path,
                                            const int64_t *numbers,
                                            size_t count, size_t *changed,
                                            char *error, size_t error_size);
TGR_API enum tgr_status tgr_journal_drop(const char *path,
                                         const int64_t *numbers, size_t count,
                                         size_t *changed, char *error,
                                         size_t error_size);

/* ---- The Bot API simulator ----
 *
 * A Bot API server on 127.0.0.1 for trying and testing bots offline: it keeps
 * the real server's rules and answers every method plausibly. It runs on a
 * thread of its own. What it can be told over HTTP (updates, faults, delays)
 * and asked (every call it got) is in host/sim/README.md. */

struct tgr_sim;

struct tgr_sim_options {
  uint16_t port; /* 0: any free one */
  /* What a bot sends to the console user: text and captions, edits too; of
   * messages without any what they are ("[photo]", "[dice 4]"), and "[draft]
   * …", "[notification] …" and "[alert] …" (answers to a pressed button).
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
 * the inline button of that text in the newest message that has one; while the
 * bot may still send it, what was said waits for up to two seconds; then it is
 * a text like any other. Bytes that are no UTF-8 become question marks.
 * TGR_EINVAL for empty text, TGR_ENOMEM. */
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
