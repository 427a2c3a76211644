/* The shape of a bot's token. */
#include "telegram/token.h"

#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS_MAX = 18, SECRET_MIN = 35 };

static const char secret_chars[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

enum tgr_status tgr_token_check(const char *token, struct tgr_error *error) {
  const size_t id_len = strspn(token, "0123456789");
  const bool has_colon = token[id_len] == ':';
  if (has_colon && id_len >= 1 && id_len <= ID_DIGITS_MAX) {
    const char *secret = token + id_len + 1;
    const size_t secret_len = strspn(secret, secret_chars);
    if (secret_len >= SECRET_MIN && secret[secret_len] == '\0')
      return TGR_OK;
  }
  return tgr_error_set(error, TGR_EAUTH,
                       "the bot token has the wrong shape: expected digits:35+ "
                       "characters (got %zu characters, %s colon); copy it "
                       "from @BotFather",
                       strlen(token),
                       strchr(token, ':') != NULL ? "with a" : "no");
}

int64_t tgr_token_bot_id(const char *token) {
  return strtoll(token, NULL, 10);
}
