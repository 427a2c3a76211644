/* Salvage copy: what reads of a damaged journal, into a fresh one. A part of
 * salvage.c.
 *
 * Owner: one thread, which has the journal's lock. */
#ifndef TGR_JOURNAL_SALVAGE_COPY_H
#define TGR_JOURNAL_SALVAGE_COPY_H

#include "journal/store.h"

/* Copies in one transaction; `from` is only read. What it fails with is no
 * error: a table goes over from the front as far as it reads, then from its
 * end. `*count` of its updates and dead letters were copied. Errors are those
 * of `to`. */
TGR_MUST_CHECK enum tgr_status tgr_salvage_copy(struct tgr_store *from,
                                                struct tgr_store *to,
                                                int64_t *count,
                                                struct tgr_error *error);

#endif
