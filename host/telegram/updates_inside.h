/* What the fetcher's files share; for them only. */
#ifndef TGR_TELEGRAM_UPDATES_INSIDE_H
#define TGR_TELEGRAM_UPDATES_INSIDE_H

#include "telegram/updates.h"

/* What the present request, or its next try, is for. */
enum purpose {
  FOR_NOTHING,
  FOR_ME,    /* getMe, at init */
  FOR_SKIP,  /* getUpdates with offset -1: finds the end of the queue */
  FOR_BATCH, /* getUpdates for the source */
  FOR_CONFIRM
};

/* Sends the request for updates->purpose. */
void tgr_updates_request(struct tgr_updates *updates);

/* A try has failed: another one later, or the end. */
void tgr_updates_failed(struct tgr_updates *updates,
                        enum tgr_outage_cause cause, const char *reason,
                        uint64_t retry_after_s);

/* No more tries: the source gets the error. */
void tgr_updates_fatal(struct tgr_updates *updates,
                       const struct tgr_error *error);

/* A request has succeeded, or will be tried again. */
void tgr_updates_contact(struct tgr_updates *updates, bool ok);

/* The server knows the offset of the last getUpdates. */
void tgr_updates_note_told(struct tgr_updates *updates);

/* Before the source gets its answer, or when it wants none any more. Returns
 * the source. */
struct tgr_source *tgr_updates_settle(struct tgr_updates *updates);

#endif
