/* Keeper: who keeps updates until they have ended, beyond the end of the
 * process. The seam between the engine and host/journal.
 *
 * The intake hands it each batch before the next one is asked for; the sink
 * tells it how each kept task ended, and is told whether that was the end.
 *
 * Owner: the thread of the loop, for all of it but a share. */
#ifndef TGR_ENGINE_KEEPER_H
#define TGR_ENGINE_KEEPER_H

#include "base/buf.h"
#include "base/list.h"
#include "base/status.h"
#include "loop/inbox.h"

struct tgr_intake;
struct tgr_sink;
struct tgr_task;

/* A batch as it came. */
struct tgr_batch {
  struct tgr_list *tasks; /* in order; stays the intake's */
  bool numbered;          /* the next two mean something */
  int64_t asked; /* the offset of the request that it answers; 0: none */
  int64_t next;  /* the offset behind it */
};

/* Something that is kept with an update; one is embedded by who waits. */
struct tgr_keeper_call {
  void *waiter; /* the keeper's own; NULL: it waits for nothing */
  /* It is safe. Not before once_put returns. */
  void (*done)(struct tgr_keeper_call *call);
};

/* The same for another thread. */
struct tgr_share_call {
  struct tgr_mail mail; /* set up by who waits: posted to `inbox` when it is
                           over */
  struct tgr_inbox *inbox;
  bool is_safe; /* false: it was not written in time */
  void *waiter; /* the keeper's own */
};

/* What another thread (a worker's) has of a kept update; counted. Any thread,
 * for all of it. */
struct tgr_share {
  /* Appends the value that was kept under a name. */
  enum tgr_status (*once_get)(struct tgr_share *share, const char *name,
                              size_t name_len, struct tgr_buf *value,
                              bool *found);
  /* As the keeper's. TGR_ENOENT: the update has ended, nothing is kept. */
  enum tgr_status (*once_put)(struct tgr_share *share, const char *name,
                              size_t name_len, const char *value, size_t len,
                              struct tgr_share_call *call);
  /* Nobody waits for the call any longer. False: its mail is posted already,
   * and is opened all the same. */
  bool (*forget)(struct tgr_share *share, struct tgr_share_call *call);
  void (*hold)(struct tgr_share *share);
  void (*release)(struct tgr_share *share);
};

/* What follows when a task's run has ended. */
enum tgr_verdict {
  TGR_VERDICT_ENDED, /* it leaves the sink, and is the keeper's no more */
  TGR_VERDICT_RESTS  /* it keeps its keys, without a slot, until the keeper
                        calls tgr_sink_again */
};

/* The implementer embeds it. */
struct tgr_keeper {
  /* Begins to keep a batch: sets task->keeper of those it takes. Answers once
   * by tgr_intake_kept when all of it is safe, never before this returns.
   * `*hold` tells whether the tasks may not run before that. Tasks that are not
   * to run at all (they are known already, say) are taken out of the list they
   * are in, at once or before tgr_intake_kept.
   * TGR_ENOMEM with nothing kept; any other, with one line, for a task that
   * cannot be kept. */
  enum tgr_status (*keep)(struct tgr_keeper *keeper, struct tgr_intake *intake,
                          const struct tgr_batch *batch, bool *hold,
                          struct tgr_error *error);
  /* Appends up to `limit` tasks that were kept earlier and are in nobody's
   * hands, in order of arrival; returns how many. 0: there are none. */
  int (*take)(struct tgr_keeper *keeper, struct tgr_list *tasks, int limit);
  /* Writes down what is known by now; answers once by tgr_intake_flushed. */
  void (*flush)(struct tgr_keeper *keeper, struct tgr_intake *intake);
  /* The offset behind everything that is safe; 0: unknown. */
  int64_t (*position)(const struct tgr_keeper *keeper);
  /* The intake goes away, or wants no answers any more. */
  void (*forget)(struct tgr_keeper *keeper, struct tgr_intake *intake);

  /* From the sink: a kept task takes its slot. */
  void (*started)(struct tgr_keeper *keeper, struct tgr_task *task);
  /* From the sink: its run has ended, or it was given up; `outcome` is an enum
   * tgr_outcome. Only a task with a slot may rest. After an end the keeper has
   * let go of it (task->keeper is NULL). */
  enum tgr_verdict (*ended)(struct tgr_keeper *keeper, struct tgr_sink *sink,
                            struct tgr_task *task, int outcome);
  /* From the sink, which goes away with the task in it. */
  void (*dropped)(struct tgr_keeper *keeper, struct tgr_task *task);
  /* From the port, before the run has ended: why it failed. */
  void (*note_error)(struct tgr_keeper *keeper, struct tgr_task *task,
                     const char *text, size_t len);

  /* A value that was kept with the update under a name; NULL: none. Borrowed
   * until the update has ended. */
  const char *(*once_get)(struct tgr_keeper *keeper,
                          const struct tgr_task *task, const char *name,
                          size_t name_len, size_t *len);
  /* Keeps a value; `call` is done when it is safe. TGR_ENOMEM. */
  enum tgr_status (*once_put)(struct tgr_keeper *keeper, struct tgr_task *task,
                              const char *name, size_t name_len,
                              const char *value, size_t len,
                              struct tgr_keeper_call *call);
  /* Nobody waits for the call any longer. Not after done; the keeper may be
   * gone. */
  void (*once_forget)(struct tgr_keeper_call *call);
  /* A hold on what another thread may have of the task. NULL: no memory. */
  struct tgr_share *(*share)(struct tgr_keeper *keeper, struct tgr_task *task);
};

#endif
