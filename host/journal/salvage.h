/* Salvage: opens a journal's file, and saves what reads of a damaged one.
 *
 * Damage is what SQLite's quick_check finds, and any row whose sum is wrong.
 * Then all rows that read go into a fresh file that takes the damaged one's
 * place; that is kept beside it, as FILE.damaged-DATE-TIME. A crash or a power
 * cut in between loses nothing:
 *
 *   save into FILE-salvaging → flush, rename to FILE-salvaged → the damaged
 *   file and its WAL go aside → FILE-salvaged becomes FILE
 *
 * Before it has its second name the fresh file is worth nothing, and the
 * damaged one is untouched; behind that whoever opens the journal goes on.
 *
 * A file that is something else (a script, say) is left alone.
 *
 * Owner: one thread, which has the journal's lock. */
#ifndef TGR_JOURNAL_SALVAGE_H
#define TGR_JOURNAL_SALVAGE_H

#include "base/log.h"
#include "journal/store.h"

/* Opens or makes the journal of `options->path`. One line of `log` (may be
 * NULL) tells of damage and what was saved. Errors are those of
 * tgr_store_open; TGR_ESYNTAX is none of them any more. */
TGR_MUST_CHECK enum tgr_status
tgr_salvage_open(struct tgr_store *store,
                 const struct tgr_sqlite_options *options,
                 const struct tgr_log *log, struct tgr_error *error);

#endif
