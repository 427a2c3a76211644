/* What the store's files share; for them only. */
#ifndef TGR_JOURNAL_STORE_INSIDE_H
#define TGR_JOURNAL_STORE_INSIDE_H

#include "journal/store.h"

/* The sum over an entry's id and raw bytes. */
int64_t tgr_store_sum(const struct tgr_entry *entry);

/* The integer that a query gives: its first column, `*answer` unchanged when
 * there is no row. */
TGR_MUST_CHECK enum tgr_status tgr_store_ask(struct tgr_store *store,
                                             const char *sql, int64_t *answer,
                                             struct tgr_error *error);

#endif
