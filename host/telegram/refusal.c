/* Refusals of the server, and answers that are none. */
#include "telegram/refusal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* No envelope: the transport failed, or the body is not what it should be. */
static void read_failure(struct tgr_refusal *refusal,
                         const struct tgr_updates_answer *answer,
                         enum tgr_status status) {
  char *reason = refusal->reason;
  if (answer->status != TGR_OK && answer->text != NULL)
    (void)snprintf(reason, TGR_REFUSAL_REASON_MAX, "%s", answer->text);
  else if (answer->status != TGR_OK || status == TGR_ENOMEM)
    (void)snprintf(reason, TGR_REFUSAL_REASON_MAX, "%s", tgr_strerror(status));
  else if (status == TGR_EINVAL)
    (void)snprintf(reason, TGR_REFUSAL_REASON_MAX,
                   "HTTP %d, and the answer is no JSON object",
                   answer->http_status);
  else if (status == TGR_ESYNTAX)
    (void)snprintf(reason, TGR_REFUSAL_REASON_MAX,
                   "HTTP %d, and the answer is not JSON", answer->http_status);
  else
    (void)snprintf(reason, TGR_REFUSAL_REASON_MAX,
                   "HTTP %d, and the answer is no Bot API answer",
                   answer->http_status);
}

static bool mentions_webhook(const char *description) {
  return strstr(description, "webhook") != NULL ||
         strstr(description, "Webhook") != NULL;
}

static void read_conflict(struct tgr_refusal *refusal,
                          const char *description) {
  refusal->cause = TGR_OUTAGE_CONFLICT;
  if (mentions_webhook(description))
    (void)tgr_error_set(&refusal->error, TGR_ECONFLICT,
                        "a webhook is set for this bot, so it cannot poll "
                        "(%s); remove it with the method deleteWebhook",
                        refusal->reason);
}

void tgr_refusal_read(struct tgr_refusal *refusal,
                      const struct tgr_updates_answer *answer,
                      enum tgr_status status,
                      const struct tgr_answer *envelope) {
  *refusal = (struct tgr_refusal){.cause = TGR_OUTAGE_LOSS};
  if (envelope->ok || envelope->error_code == 0) {
    read_failure(refusal, answer, status);
    return;
  }
  (void)snprintf(refusal->reason, sizeof refusal->reason, "%" PRId64 "%s%.230s",
                 envelope->error_code,
                 *envelope->description != '\0' ? " " : "",
                 envelope->description);
  switch (envelope->error_code) {
  case 401:
    (void)tgr_error_set(&refusal->error, TGR_EAUTH,
                        "the Bot API refused the token (%s); check it with "
                        "@BotFather",
                        refusal->reason);
    break;
  case 404:
    (void)tgr_error_set(&refusal->error, TGR_EAUTH,
                        "the Bot API knows no such bot (%s); check the token "
                        "and api_root",
                        refusal->reason);
    break;
  case 409:
    read_conflict(refusal, envelope->description);
    break;
  case 429:
    if (envelope->retry_after_s > 0)
      refusal->cause = TGR_OUTAGE_FLOOD;
    refusal->retry_after_s = (uint64_t)envelope->retry_after_s;
    break;
  default:
    break;
  }
}
