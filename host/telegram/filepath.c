/* From a file_path to a path or a URL. */
#include "telegram/filepath.h"

#include <string.h>

static const char scheme[] = "file://";

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Undoes %XX in place; false for %00 and what is no such escape. */
static bool unescape(char *text) {
  char *out = text;
  for (const char *at = text; *at != '\0'; at++) {
    char byte = *at;
    if (byte == '%') {
      const int high = hex_value(at[1]);
      const int low = high < 0 ? -1 : hex_value(at[2]);
      if (low < 0 || (high == 0 && low == 0))
        return false;
      byte = (char)(high * 16 + low);
      at += 2;
    }
    *out++ = byte;
  }
  *out = '\0';
  return true;
}

/* The path of "file:///path" and "file://localhost/path"; NULL for another
 * host's. */
static const char *path_of(const char *url) {
  static const char local[] = "localhost/";
  const char *rest = url + sizeof scheme - 1;
  if (strncmp(rest, local, sizeof local - 1) == 0)
    return rest + sizeof local - 2;
  return *rest == '/' ? rest : NULL;
}

static enum tgr_status set_local(struct tgr_filepath *filepath,
                                 const char *path, bool escaped,
                                 struct tgr_error *error) {
  filepath->local = tgr_mem_dup(filepath->mem, path, strlen(path));
  if (filepath->local == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for a download");
  if (!escaped || unescape(filepath->local))
    return TGR_OK;
  tgr_filepath_deinit(filepath);
  return tgr_error_set(error, TGR_EINVAL, "the file_path is a malformed URL");
}

/* Bytes that stand for themselves in a URL's path. */
static bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~/", c) != NULL);
}

static enum tgr_status append_escaped(struct tgr_buf *out, const char *text) {
  static const char digits[] = "0123456789ABCDEF";
  enum tgr_status status = TGR_OK;
  for (; status == TGR_OK && *text != '\0'; text++) {
    const unsigned char byte = (unsigned char)*text;
    const char escape[] = {'%', digits[byte >> 4], digits[byte & 15]};
    status = is_plain(*text) ? tgr_buf_append(out, text, 1)
                             : tgr_buf_append(out, escape, sizeof escape);
  }
  return status;
}

/* Steps upwards would leave the bot's own files. */
static bool climbs(const char *path) {
  for (const char *at = path; at != NULL; at = strchr(at, '/')) {
    at += *at == '/';
    if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
      return true;
  }
  return false;
}

static enum tgr_status set_url(struct tgr_filepath *filepath,
                               const struct tgr_api *api, const char *path,
                               struct tgr_error *error) {
  struct tgr_buf text;
  tgr_buf_init(&text, filepath->mem, SIZE_MAX);
  const char *whole = NULL;
  if (tgr_buf_append(&text, api->base, api->root_len) == TGR_OK &&
      tgr_buf_append_str(&text, "/file") == TGR_OK &&
      tgr_buf_append_str(&text, api->base + api->root_len) == TGR_OK &&
      append_escaped(&text, path) == TGR_OK)
    whole = tgr_buf_cstr(&text);
  const enum tgr_status status =
      whole == NULL
          ? TGR_ENOMEM
          : tgr_http_url_new(filepath->mem, whole, &filepath->url, NULL);
  tgr_buf_deinit(&text);
  return status == TGR_OK
             ? status
             : tgr_error_set(error, status, "not enough memory for a download");
}

enum tgr_status tgr_filepath_init(struct tgr_filepath *filepath,
                                  const struct tgr_api *api,
                                  const char *file_path,
                                  struct tgr_error *error) {
  *filepath = (struct tgr_filepath){.mem = api->mem};
  const bool is_url = strncmp(file_path, scheme, sizeof scheme - 1) == 0;
  const char *local = is_url ? path_of(file_path) : file_path;
  if (local == NULL)
    return tgr_error_set(error, TGR_EINVAL,
                         "the file_path names a file of another machine");
  if (*local == '/')
    return set_local(filepath, local, is_url, error);
  if (*local == '\0' || climbs(local))
    return tgr_error_set(error, TGR_EINVAL,
                         "the file_path is not one that getFile gives");
  return set_url(filepath, api, local, error);
}

void tgr_filepath_deinit(struct tgr_filepath *filepath) {
  tgr_mem_free(filepath->mem, filepath->local);
  tgr_http_url_free(filepath->url);
  filepath->local = NULL;
  filepath->url = NULL;
}
