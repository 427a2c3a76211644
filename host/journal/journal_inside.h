/* What the journal's files share; for them only. */
#ifndef TGR_JOURNAL_JOURNAL_INSIDE_H
#define TGR_JOURNAL_JOURNAL_INSIDE_H

#include "base/rng.h"
#include "engine/intake.h"
#include "engine/task.h"
#include "journal/journal.h"
#include "journal/marks.h"
#include "journal/store.h"

#include <pthread.h>

/* A kept result of ctx:once; never changes. */
struct tgr_kept_once {
  struct tgr_kept_once *next; /* the one kept before it */
  size_t name_len;
  size_t value_len;
  char bytes[]; /* the name, then the value */
};

/* What shall be so in the file. */
struct tgr_wanted {
  bool done; /* it is in no table */
  bool dead; /* it is among the dead */
  unsigned attempts;
  struct tgr_kept_once *once; /* the newest */
};

/* One update's place in the journal. */
struct tgr_record {
  struct tgr_link link; /* under the mutex, in journal->records */
  /* The loop's thread. */
  struct tgr_link turn; /* in journal->waiting or journal->held */
  struct tgr_journal *journal;
  struct tgr_task *task; /* what the engine has, one hold; NULL: none yet */
  struct tgr_sink *sink; /* where it rests */
  struct tgr_timer timer;
  int mark; /* -1 while it does not run */
  struct tgr_share
      *share; /* what workers have of it (share.c); NULL: nothing */
  bool redelivered;
  bool over; /* it has ended: nothing more is wanted of it */
  /* Never change. */
  struct tgr_task *origin; /* whose bytes it keeps, one hold; NULL: */
  char *bytes;             /* its own */
  size_t len;
  char *key; /* of its source; NULL for none */
  size_t key_len;
  int64_t seq;
  int64_t epoch;
  int64_t id;
  int64_t at_ms;
  unsigned crashes;
  /* Under the mutex. */
  struct tgr_wanted want;
  char *error; /* of the last failed run; NULL for none */
  bool is_dirty;
  bool is_busy; /* the writer has it */
  /* The writer's, while it has it; else under the mutex. */
  struct tgr_link dirty;
  struct tgr_link busy;
  struct tgr_wanted now; /* what it makes so */
  char *now_error;       /* its own copy */
  bool now_known;
  bool saw;    /* its key was new when a try looked; that try may have failed */
  bool stored; /* it is in the file, alive or dead */
  bool maybe;  /* it may be: the file is not the one it was written to */
  struct tgr_wanted was; /* what is so, as far as it is stored */
  bool known;            /* its key had been seen before it came */
};

/* Someone who waits until what was wanted so far is so. */
struct tgr_waiter {
  struct tgr_link link; /* under the mutex, in journal->waiters */
  uint64_t ticket;
  struct tgr_inbox *inbox; /* of the thread that waits */
  struct tgr_mail mail;
  /* NULL: the mail is posted. Else this is called instead, under the mutex. */
  void (*tell)(struct tgr_waiter *waiter, bool is_safe);
};

struct tgr_journal {
  struct tgr_keeper keeper;
  struct tgr_link link; /* in struct tgr_journals, once it is closed */
  struct tgr_journal_options options;
  struct tgr_journal_config config;
  char *path;
  struct tgr_marks marks;
  struct tgr_rng rng;
  /* The loop's thread. */
  struct tgr_list waiting; /* kept, and in nobody's hands */
  struct tgr_list held;    /* of the batch that waits to be looked up */
  struct tgr_intake *intake;
  struct tgr_position position; /* behind what was kept last */
  struct tgr_position safe;     /* behind what is safe */
  int64_t last_seq;
  struct tgr_list suspects; /* struct tgr_suspect (replay.h) */
  struct tgr_waiter kept;
  struct tgr_waiter flushed;
  struct tgr_list once_waiters; /* once.c */
  struct tgr_gate *gate;        /* share.c */
  int mails_out;                /* waiters of its own that are not answered */
  bool flushing;
  bool flush_again;
  bool closed;
  /* Under the mutex. */
  pthread_mutex_t mutex;
  pthread_cond_t bell;
  struct tgr_list records; /* all of them, in order of arrival */
  struct tgr_list dirty;
  struct tgr_list finished; /* records to be freed, by `busy` */
  struct tgr_list waiters;
  struct tgr_position want_position;
  uint64_t ticket; /* of what was wanted last */
  bool urgent;
  bool quit;
  uint64_t dirty_since_us; /* 0: nothing is dirty */
  /* The writer's. */
  pthread_t thread;
  struct tgr_store store;
  struct tgr_list busy;
  struct tgr_position now_position;
  struct tgr_position was_position;
  uint64_t done_ticket;
  bool failing;
  uint64_t pause_ms; /* before the next try, while failing */
  int64_t keys_forgotten_ms;
};

/* The mutex. Unlocking on the loop's thread also frees the records whose end
 * was written meanwhile. */
void tgr_journal_lock(struct tgr_journal *journal);
void tgr_journal_unlock(struct tgr_journal *journal);

/* keeper.keep, .flush, .position and .forget; the waiters' mails. */
void tgr_keep_init(struct tgr_journal *journal);
/* keeper.started, .ended, .dropped and .note_error. */
void tgr_runs_init(struct tgr_journal *journal);
/* keeper.once_get, .once_put and .once_forget. */
void tgr_once_init(struct tgr_journal *journal);
/* Those that still wait are not told any more; their mails are forgotten. */
void tgr_once_free(struct tgr_journal *journal);
/* The value kept under a name, which stays as long as the record does. Any
 * thread. */
const char *tgr_once_find(struct tgr_record *record, const char *name,
                          size_t name_len, size_t *len);
/* Under the mutex: takes over `once`. */
void tgr_once_add(struct tgr_record *record, struct tgr_kept_once *once);
struct tgr_kept_once *tgr_once_new(const struct tgr_mem *mem, const char *name,
                                   size_t name_len, const char *value,
                                   size_t len);

/* keeper.share. */
void tgr_share_init(struct tgr_journal *journal);
/* How shares reach the journal; TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_gate_new(struct tgr_journal *journal);
/* The writer's thread is gone: shares reach nothing from now on, and who waits
 * is told. */
void tgr_gate_shut(struct tgr_journal *journal);
/* The record has ended, for shares. */
void tgr_share_end(struct tgr_record *record);

/* A waiter of the journal's own has been told; true when the journal is closed
 * and nothing of it may be touched. */
bool tgr_journal_is_late(struct tgr_journal *journal);

/* Records, on the loop's thread. */
struct tgr_record *tgr_record_new(struct tgr_journal *journal);
/* Lets go of its task. It is in no list of the writer's. */
void tgr_record_free(struct tgr_record *record);

/* The bytes to be kept. */
const char *tgr_record_bytes(const struct tgr_record *record, size_t *len);

/* Under the mutex: the writer shall look at it. */
void tgr_record_touch(struct tgr_record *record);

/* What is left from earlier: fills the journal from its store, before there is
 * a thread. */
TGR_MUST_CHECK enum tgr_status tgr_replay_load(struct tgr_journal *journal,
                                               struct tgr_error *error);
/* How often the process has ended while an update ran that was not in the file
 * yet; forgets it. */
unsigned tgr_replay_suspect(struct tgr_journal *journal, int64_t epoch,
                            int64_t id);
void tgr_replay_free(struct tgr_journal *journal);
/* keeper.take. */
int tgr_replay_take(struct tgr_keeper *keeper, struct tgr_list *tasks,
                    int limit);

/* Says that the record's update is given up, and why. */
void tgr_journal_tell_dead(const struct tgr_record *record, const char *error);
/* Gives up an update that nobody runs now; so it will never run. */
void tgr_journal_give_up(struct tgr_record *record, const char *error);
/* Puts it among those that are in nobody's hands, by order of arrival. */
void tgr_replay_put(struct tgr_record *record);

/* The writer's thread: runs until journal->quit, then makes a last try. */
void *tgr_writer_run(void *journal);
/* Any thread, with the mutex: asks for what is wanted to be written now, and
 * for `waiter` (set up but for its ticket) to be told. */
void tgr_writer_ask(struct tgr_journal *journal, struct tgr_waiter *waiter);

static inline struct tgr_journal *
tgr_journal_of(const struct tgr_keeper *keeper) {
  return TGR_CONTAINER_OF(keeper, struct tgr_journal, keeper);
}

/* How the journal's file is opened. */
void tgr_journal_sqlite_options(const struct tgr_journal *journal,
                                struct tgr_sqlite_options *options);

/* Unix time. */
int64_t tgr_journal_now_ms(void);

#endif
