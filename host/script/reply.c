/* What an API call came to, as Lua values. */
#include "script/reply.h"

#include "telegram/answer.h"
#include "json/decode.h"
#include "json/lazy.h"

#include <string.h>

/* Who failed. */
static const char *kind_of(enum tgr_status status) {
  switch (status) {
  case TGR_ETIMEOUT:
    return "timeout";
  case TGR_EIO:
  case TGR_ENOENT:
    return "file";
  case TGR_EINVAL:
  case TGR_ELIMIT:
  case TGR_EPROTO:
    return "protocol";
  default:
    return "network";
  }
}

/* Pushes false and { kind, description, sent, error_code? }. */
static void push_failure(lua_State *L, bool sent, const char *kind,
                         const char *description, lua_Integer error_code) {
  lua_pushboolean(L, 0);
  lua_createtable(L, 0, 5);
  lua_pushstring(L, kind);
  lua_setfield(L, -2, "kind");
  lua_pushstring(L, description);
  lua_setfield(L, -2, "description");
  lua_pushboolean(L, sent);
  lua_setfield(L, -2, "sent");
  if (error_code != 0) {
    lua_pushinteger(L, error_code);
    lua_setfield(L, -2, "error_code");
  }
}

static void set_integer(lua_State *L, const char *name, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

static void push_refusal(lua_State *L, const struct tgr_http_request *http,
                         const struct tgr_answer *answer) {
  push_failure(L, http->sent, "api", answer->description,
               answer->error_code != 0 ? answer->error_code
                                       : http->http_status);
  if (answer->retry_after_s == 0 && !answer->has_migrate_to_chat_id)
    return;
  lua_createtable(L, 0, 2);
  if (answer->retry_after_s != 0)
    set_integer(L, "retry_after", answer->retry_after_s);
  if (answer->has_migrate_to_chat_id)
    set_integer(L, "migrate_to_chat_id", answer->migrate_to_chat_id);
  lua_setfield(L, -2, "parameters");
}

static void push_no_answer(lua_State *L, const struct tgr_http_request *http,
                           const char *what) {
  lua_pushfstring(L, "%s (HTTP status %d)", what, http->http_status);
  const char *text = lua_tostring(L, -1);
  push_failure(L, http->sent, "protocol", text,
               http->http_status >= 400 ? http->http_status : 0);
  lua_remove(L, -3);
}

/* False, with nothing pushed, when the result is broken. An object is decoded
 * when the script looks at it; a File of getFile is sure to be looked at. */
static bool push_result(lua_State *L, const char *method,
                        struct tgr_json_slice result, struct tgr_error *error) {
  if (*result.at == '{' && strcmp(method, "getFile") != 0 &&
      tgr_json_lazy_is_installed(L)) {
    tgr_json_lazy_push(L, result.at, result.len);
    return true;
  }
  return tgr_json_decode(L, result.at, result.len, NULL, error) == TGR_OK;
}

void tgr_reply_push(lua_State *L, const char *method,
                    const struct tgr_http_request *http) {
  if (http->status != TGR_OK) {
    push_failure(L, http->sent, kind_of(http->status), http->error, 0);
    return;
  }
  struct tgr_answer answer;
  struct tgr_error error;
  if (tgr_answer_read(http->response.bytes, http->response.len, &answer,
                      NULL) != TGR_OK) {
    push_no_answer(L, http, "the server's answer is not that of a Bot API");
    return;
  }
  if (!answer.ok) {
    push_refusal(L, http, &answer);
    return;
  }
  if (answer.result.len == 0) {
    push_no_answer(L, http, "the server's answer has no result");
    return;
  }
  lua_pushboolean(L, 1);
  if (!push_result(L, method, answer.result, &error)) {
    lua_pop(L, 1);
    push_failure(L, http->sent, "protocol", error.text, 0);
  }
}

void tgr_reply_push_failure(lua_State *L, const struct tgr_http_request *http,
                            const char *bytes, size_t len) {
  struct tgr_answer answer;
  if (http->status != TGR_OK)
    push_failure(L, http->sent, kind_of(http->status), http->error, 0);
  else if (tgr_answer_read(bytes, len, &answer, NULL) == TGR_OK && !answer.ok)
    push_refusal(L, http, &answer);
  else
    push_no_answer(L, http, "the server does not give the file");
}

void tgr_reply_push_error(lua_State *L, const struct tgr_error *error) {
  push_failure(L, false, kind_of(error->status), error->text, 0);
}
