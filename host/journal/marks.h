/* Marks: which updates are running, for whoever comes after a crash; and the
 * lock that a journal is used by one process only.
 *
 * A file beside the journal's, FILE-live, mapped into memory: a mark is a few
 * stores, and the system keeps what was stored when the process is killed. It
 * is no matter of a power cut: then nothing is known of who ran.
 *
 * Owner: one thread. The lock goes with the process. */
#ifndef TGR_JOURNAL_MARKS_H
#define TGR_JOURNAL_MARKS_H

#include "base/mem.h"
#include "base/status.h"

#include <stdatomic.h>
#include <stdbool.h>

/* One running update; all zero: none. */
struct tgr_mark {
  int64_t epoch;
  int64_t id;
  int64_t crashes;     /* it has seen already */
  _Atomic int64_t seq; /* written last, cleared first */
};

struct tgr_marks {
  const struct tgr_mem *mem;
  int fd;    /* -1: closed */
  bool made; /* there was none before */
  char *map;
  size_t map_bytes;
  struct tgr_mark *marks; /* within `map`; NULL: nothing is marked */
  int count;
  int *free; /* indexes of marks that are not in use */
  int free_count;
};

/* Locks `path` ("bot.journal") by its file beside it. TGR_ECONFLICT when
 * another process has it (the text says which, if that can be told) or another
 * one of this process, TGR_ENOENT
 * or TGR_EIO when there can be no such file, TGR_ENOMEM. The marks of the
 * process before are there until tgr_marks_clear. */
TGR_MUST_CHECK enum tgr_status tgr_marks_open(struct tgr_marks *marks,
                                              const struct tgr_mem *mem,
                                              const char *path,
                                              struct tgr_error *error);
/* Any thread. Whether the file is not the one at its path any more: then it
 * locks nothing. Costs two system calls. */
bool tgr_marks_are_moved(const struct tgr_marks *marks, const char *path);
/* Marks that are set stay set. Harmless when closed. */
void tgr_marks_close(struct tgr_marks *marks);
/* The same, for a journal that could not be opened: no file stays behind that
 * was not there before. */
void tgr_marks_undo(struct tgr_marks *marks, const char *path);

/* The process before has left: calls `each` for every mark that is set. */
void tgr_marks_each(const struct tgr_marks *marks,
                    void (*each)(void *user, const struct tgr_mark *mark),
                    void *user);
void tgr_marks_clear(struct tgr_marks *marks);

/* Marks an update; the number of its mark, or -1 when there is no room (no disk
 * space, no memory): then its crash will not be counted. */
int tgr_marks_set(struct tgr_marks *marks, int64_t seq, int64_t epoch,
                  int64_t id, int64_t crashes);
/* -1 is fine. */
void tgr_marks_unset(struct tgr_marks *marks, int mark);

#endif
