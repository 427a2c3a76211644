/* Host: what the files of app share about a host; host.c makes it, load.c gives
 * it a script, drive.c lets it run, talk.c is the program's way in. */
#ifndef TGR_APP_HOST_H
#define TGR_APP_HOST_H

#include "base/buf.h"
#include "base/log.h"
#include "journal/journal.h"
#include "loop/loop.h"
#include "loop/shared.h"
#include "net/http.h"
#include "pool/pool.h"
#include "script/native.h"
#include "script/state.h"

#include <stdatomic.h>

enum { TGR_HOST_SCRIPT_MAX = 64 << 20 }; /* bytes of a script's text */

struct tgr_source_text;

struct tgr_host {
  struct tgr_mem mem;
  struct tgr_log log;
  void (*on_event)(void *user, const struct tgr_host_event *event);
  void *event_user;
  struct tgr_loop loop;
  struct tgr_http *http;
  struct tgr_script *script; /* NULL until one is loaded */
  struct tgr_script_env env;
  struct tgr_pools pools;
  struct tgr_journals journals;
  struct tgr_shared *shared; /* tg.shared */
  struct tgr_native *natives;
  char *token;
  char *api_root;
  char *journal;
  char *script_dir;
  /* tgr_host_stop, from any thread: the deadline and a mail to tell of it. */
  _Atomic uint64_t stop_deadline_ms;
  struct tgr_mail stop_mail;
  atomic_bool stop_posted;
  bool stop_waits; /* it was asked for when there was no script */
  struct tgr_mail wakeup_mail;
  atomic_bool wakeup_posted;
  _Atomic(struct tgr_fed *) fed; /* a stack, the newest on top (talk.c) */
  struct tgr_mail fed_mail;
  atomic_bool fed_posted;
  struct tgr_list fed_early;      /* tasks that came before the script */
  atomic_uint fed_waiting;        /* updates that were fed and wait */
  _Atomic enum tgr_state state;   /* what tgr_host_state says */
  _Atomic uint64_t last_poll_us;  /* clock of the last one; 0: none yet */
  struct tgr_source_text *source; /* to load the script anew (rebuild.c) */
  int inside;       /* calls of the program's that may call it back */
  bool free_wanted; /* when the outermost of them is about to return */
  bool ended;
  int exit_code;
  enum tgr_status end_status;
  struct tgr_buf message; /* of tgr_host_errmsg */
};

/* What tgr_host_errmsg says next; tokens in it are replaced. */
void tgr_host_set_message(struct tgr_host *host, const char *text);

/* Around what may call the program back, which may free the host within: then
 * the outermost leave does so, and returns true. */
void tgr_host_enter(struct tgr_host *host);
bool tgr_host_leave(struct tgr_host *host);

/* Changes the state, and tells of it. */
void tgr_host_set_state(struct tgr_host *host, enum tgr_state state);

/* Starts a script; nothing is left of it when that fails. */
TGR_MUST_CHECK enum tgr_status
tgr_host_start_script(struct tgr_host *host, const char *name, const char *text,
                      size_t len, int argc, char *const argv[],
                      struct tgr_error *error);

/* For states that may be given up: keeps a script's text. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_host_keep_source(struct tgr_host *host, const char *name, const char *text,
                     size_t len, int argc, char *const argv[]);
void tgr_host_forget_source(struct tgr_host *host);

/* The script's state has broken: loads the script into a fresh one (or ends the
 * host, when it cannot be loaded any more). False, with nothing done, when it
 * has broken too often. */
bool tgr_host_rebuild(struct tgr_host *host);

/* The host's end, told. */
void tgr_host_end(struct tgr_host *host, const struct tgr_script_end *end);

/* For mails: a stop was asked for; somebody wants a turn; updates were fed. */
void tgr_host_open_stop(struct tgr_mail *mail);
void tgr_host_open_wakeup(struct tgr_mail *mail);
void tgr_host_open_fed(struct tgr_mail *mail);

/* Hands the script what was fed before it was there. */
void tgr_host_hand_early(struct tgr_host *host);

/* For env.on_contact; `user` is the host. */
void tgr_host_note_contact(void *user, bool ok);

#endif
