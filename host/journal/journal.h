/* Journal: the durable inbox. A keeper (engine/keeper.h) on an SQLite file.
 *
 *   keep → record → writer's thread → one transaction → kept
 *   ended → record marked → written with the next transaction, or in 50 ms
 *
 * A record is one update's place in the journal, from its arrival until its end
 * is written. The loop's thread changes what is wanted of it, the writer's
 * thread makes the file agree; they meet under one mutex. What runs is marked
 * in a mapped file (marks.h), so that starting an update writes nothing.
 *
 * Owner: the thread of the loop, but for what says "Any thread.".
 * Not here: the file's content (store.c), writing it (writer.c), what is left
 *        from earlier (replay.c). */
#ifndef TGR_JOURNAL_JOURNAL_H
#define TGR_JOURNAL_JOURNAL_H

#include "journal/sqlite.h"
#include "loop/loop.h"
#include "script/journal.h"

struct tgr_journal;

enum {
  TGR_JOURNAL_ATTEMPTS = 5, /* runs that fail; then it is a dead letter */
  TGR_JOURNAL_CRASHES = 3,  /* ends of the process while it runs */
  TGR_JOURNAL_DONE_MS = 50, /* an end is written at the latest after */
  TGR_JOURNAL_REST_MAX_S = 100
};

struct tgr_journal_options {
  const struct tgr_mem *mem;
  const struct tgr_log *log;
  struct tgr_loop *loop;
  const char *vfs;         /* of SQLite; NULL: the default */
  uint64_t seed;           /* of the jitter of retries; 0: none */
  unsigned write_retry_ms; /* first pause after a failed write; 100 */
};

/* Opens the journal that `config` asks for, and its thread. Takes over
 * `config`'s callbacks, copies its texts. TGR_ECONFLICT: in use by another
 * process, or another bot's; all errors with one line that names the file. */
TGR_MUST_CHECK enum tgr_status
tgr_journal_open(const struct tgr_journal_options *options,
                 const struct tgr_journal_config *config,
                 struct tgr_journal **out, struct tgr_error *error);

/* Writes what is known, ends the thread, lets go of all tasks: they are
 * nobody's from now on. What is not written (the disk is full, say) is told in
 * the log; those updates will come again. The struct itself stays as long as an
 * answer to it is on its way through the loop's inbox: true when it is freed
 * already, else tgr_journal_free does that once the loop is gone. */
bool tgr_journal_close(struct tgr_journal *journal);
void tgr_journal_free(struct tgr_journal *journal);

struct tgr_keeper *tgr_journal_keeper(struct tgr_journal *journal);

/* The journals of one host: hand `&journals->keepers` to a script's env. */
struct tgr_journals {
  struct tgr_keepers keepers;
  struct tgr_list closed; /* whose last answers were not opened */
};

void tgr_journals_init(struct tgr_journals *journals);
/* All are closed, and the loop is gone. */
void tgr_journals_deinit(struct tgr_journals *journals);

#endif
