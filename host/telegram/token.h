/* Token: the shape of a bot's token, checked before any network.
 *
 * "123456789:AAHd…": the bot's id, a colon, at least 35 characters of
 * A-Za-z0-9_-. Any thread. */
#ifndef TGR_TELEGRAM_TOKEN_H
#define TGR_TELEGRAM_TOKEN_H

#include "base/status.h"

/* TGR_EAUTH when `token` has another shape; `error` (may be NULL) says what was
 * got without showing it. */
TGR_MUST_CHECK enum tgr_status tgr_token_check(const char *token,
                                               struct tgr_error *error);

/* The bot's id of a token that passed the check. */
int64_t tgr_token_bot_id(const char *token);

#endif
