/* Journal: how a script gets a keeper for its updates, and what that needs of
 * the script. The files are not here: journal/ is to the right of script/, so
 * the host hands a script its keepers (env.keepers). */
#ifndef TGR_SCRIPT_JOURNAL_H
#define TGR_SCRIPT_JOURNAL_H

#include "base/buf.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

#include <lua.h>

struct tgr_keeper;
struct tgr_lua_source;
struct tgr_script;
struct tgr_script_env;
struct tgr_task;

/* What a commit outlives. */
enum tgr_durability {
  TGR_DURABLE_POWER,   /* a power cut */
  TGR_DURABLE_PROCESS, /* the end of the process */
  TGR_DURABLE_NONE     /* usually the end of the process */
};

struct tgr_journal_config {
  const char *path;
  enum tgr_durability durability;
  bool retries;  /* an error of a handler is not its end */
  int64_t owner; /* the bot's id; 0: any */
  /* A task's bytes and its source's key for it ("" for none) are appended to
   * the empty buffers; for tasks that hold no bytes of their own. TGR_ESCRIPT
   * with one line for one that has no such form: it is left out. */
  enum tgr_status (*encode)(void *user, const struct tgr_task *task,
                            struct tgr_buf *bytes, struct tgr_buf *key,
                            struct tgr_error *error);
  /* A task from bytes that were kept. */
  enum tgr_status (*make)(void *user, const char *bytes, size_t len,
                          struct tgr_task **task, struct tgr_error *error);
  void *user; /* there until the keeper is closed */
};

/* The implementer embeds it. The script's thread. */
struct tgr_keepers {
  enum tgr_status (*open)(struct tgr_keepers *keepers,
                          const struct tgr_script_env *env,
                          const struct tgr_journal_config *config,
                          struct tgr_keeper **out, struct tgr_error *error);
  void (*close)(struct tgr_keepers *keepers, struct tgr_keeper *keeper);
};

/* A runner's journal: sits between its source and what supplies that. */
struct tgr_lua_journal;

/* Opens the journal that the table at `index` asks for ({ path, durability =
 * "power" | "process" | "none", retries, owner }), and puts it in front of
 * `source`'s supplier. Raises when that cannot be done. */
struct tgr_lua_journal *tgr_lua_journal_open(lua_State *L, int index,
                                             struct tgr_script *script,
                                             struct tgr_lua_source *source);
/* The source is closed, and there still. NULL is fine. */
void tgr_lua_journal_close(struct tgr_lua_journal *journal);

#endif
