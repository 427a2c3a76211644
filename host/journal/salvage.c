/* Opens a journal's file, and saves what reads of a damaged one. */
#include "journal/salvage.h"

#include "journal/salvage_copy.h"
#include "journal/store_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_MAX_BYTES = 4096, ASIDE_MAX = 100 };

/* A file as SQLite has it. */
static const char *const tails[] = {"", "-wal", "-shm"};
enum { TAILS = sizeof tails / sizeof *tails };

static const char header[16] = "SQLite format 3";

/* What is being saved, and what was: whole, and on the disk. */
#define HALF_TAIL "-salvaging"
#define FRESH_TAIL "-salvaged"

/* ---- is it ours, is it whole -------------------------------------------- */

/* Whether the bytes could be the beginning of a database, if damaged: most of
 * its first bytes are right, or all are zero. */
static bool may_be_header(const char *bytes, size_t len) {
  int right = 0;
  int zero = 0;
  for (size_t i = 0; i < len && i < sizeof header; i++) {
    right += bytes[i] == header[i];
    zero += bytes[i] == 0;
  }
  return right >= (int)sizeof header / 2 || zero == (int)sizeof header;
}

static enum tgr_status check_is_ours(const char *path,
                                     struct tgr_error *error) {
  char bytes[sizeof header] = "";
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return TGR_OK; /* it is not there, or SQLite will say why it is not */
  const size_t len = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  if (len < sizeof bytes || may_be_header(bytes, len))
    return TGR_OK;
  return tgr_error_set(error, TGR_EINVAL, "it is a file of something else");
}

static enum tgr_status reject_damaged(void *user,
                                      const struct tgr_entry *entry) {
  struct tgr_error *error = user;
  return entry->intact
             ? TGR_OK
             : tgr_error_set(error, TGR_ESYNTAX, "the content has changed");
}

/* TGR_ESYNTAX for a file that is damaged in any way that shows. */
static enum tgr_status check_is_whole(struct tgr_store *store,
                                      struct tgr_error *error) {
  struct tgr_sqlite_stmt stmt;
  enum tgr_status status =
      tgr_sqlite_prepare(&store->sqlite, "PRAGMA quick_check(1)", &stmt, error);
  if (status != TGR_OK)
    return status;
  bool row = false;
  size_t len = 0;
  status = tgr_sqlite_step(&stmt, &row, error);
  if (status == TGR_OK) {
    const char *text = row ? tgr_sqlite_bytes(&stmt, 0, &len) : "";
    if (len != 2 || memcmp(text, "ok", 2) != 0)
      status = tgr_error_set(error, TGR_ESYNTAX, "%.*s", (int)len, text);
  }
  tgr_sqlite_finalize(&stmt);
  if (status == TGR_OK)
    status = tgr_store_each_update(store, false, reject_damaged, error, error);
  if (status == TGR_OK)
    status = tgr_store_each_dead(store, false, reject_damaged, error, error);
  return status;
}

/* ---- files -------------------------------------------------------------- */

static bool join(char out[PATH_MAX_BYTES], const char *path, const char *tail) {
  const int len = snprintf(out, PATH_MAX_BYTES, "%s%s", path, tail);
  return len >= 0 && len < PATH_MAX_BYTES;
}

static bool is_there(const char *path) {
  return access(path, F_OK) == 0;
}

static void remove_all(const char *path) {
  char name[PATH_MAX_BYTES];
  for (int i = 0; i < TAILS; i++)
    if (join(name, path, tails[i]))
      (void)unlink(name); /* it may not be there */
}

/* A name that nothing has yet, after when the fresh file was made: whoever goes
 * on with a salvage finds the same. */
static bool name_aside(char out[PATH_MAX_BYTES], const char *path,
                       const char *fresh) {
  char stamp[32] = "";
  struct tm made;
  struct stat stat_of;
  if (stat(fresh, &stat_of) == 0 && gmtime_r(&stat_of.st_mtime, &made) != NULL)
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &made);
  for (int i = 0; i < ASIDE_MAX; i++) {
    char tail[64];
    snprintf(tail, sizeof tail, i == 0 ? ".damaged-%s" : ".damaged-%s-%d",
             stamp, i);
    if (!join(out, path, tail))
      return false;
    if (!is_there(out))
      return true;
  }
  return false;
}

static enum tgr_status move(const char *from, const char *to,
                            struct tgr_error *error) {
  if (rename(from, to) == 0 || errno == ENOENT)
    return TGR_OK;
  return tgr_error_set(error, TGR_EIO, "cannot rename %s to %s: %s", from, to,
                       strerror(errno));
}

/* Flushes a file or folder to the disk. */
static enum tgr_status flush(const char *name, struct tgr_error *error) {
  const int fd = open(name, O_RDONLY | O_CLOEXEC);
  const bool is_flushed = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
  const int code = errno;
  if (fd >= 0)
    close(fd);
  return is_flushed ? TGR_OK
                    : tgr_error_set(error, TGR_EIO, "cannot flush %s: %s", name,
                                    strerror(code));
}

/* Names in the folder of `path` are as they are now after a power cut, too. */
static enum tgr_status flush_folder(const char *path, struct tgr_error *error) {
  char name[PATH_MAX_BYTES];
  const char *slash = strrchr(path, '/');
  const int len = slash == NULL ? 1 : (int)(slash - path) + 1;
  snprintf(name, sizeof name, "%.*s", len, slash == NULL ? "." : path);
  if (access(name, R_OK) != 0)
    return TGR_OK; /* it cannot be opened for that */
  return flush(name, error);
}

/* The damaged file goes aside; its tails first, so that they never meet the
 * fresh one. */
static enum tgr_status move_aside(const char *path, const char *aside,
                                  struct tgr_error *error) {
  for (int i = TAILS - 1; i >= 0; i--) {
    char from[PATH_MAX_BYTES];
    char to[PATH_MAX_BYTES];
    if (!join(from, path, tails[i]) || !join(to, aside, tails[i]))
      return tgr_error_set(error, TGR_EINVAL, "its path is too long");
    const enum tgr_status status = move(from, to, error);
    if (status != TGR_OK)
      return status;
  }
  return flush_folder(path, error);
}

/* The fresh file is whole, from its first appearance under its name on. What
 * follows can be cut off anywhere, and is done again by whoever comes next. */
static enum tgr_status replace(const char *path, const char *fresh,
                               char aside[PATH_MAX_BYTES],
                               struct tgr_error *error) {
  if (!name_aside(aside, path, fresh))
    return tgr_error_set(error, TGR_EINVAL,
                         "it is damaged, and there is no name to keep it "
                         "under");
  enum tgr_status status = move_aside(path, aside, error);
  if (status == TGR_OK)
    status = move(fresh, path, error);
  return status == TGR_OK ? flush_folder(path, error) : status;
}

/* One that a crash has cut off: what is whole takes its place, what is not
 * goes.
 */
static enum tgr_status finish_earlier(const char *path, const char *fresh,
                                      const struct tgr_log *log,
                                      struct tgr_error *error) {
  char half[PATH_MAX_BYTES];
  char aside[PATH_MAX_BYTES];
  if (join(half, path, HALF_TAIL) && is_there(half))
    remove_all(half);
  if (!is_there(fresh))
    return TGR_OK;
  const enum tgr_status status = replace(path, fresh, aside, error);
  if (status == TGR_OK && log != NULL && is_there(aside))
    tgr_log_write(log, TGR_LOG_ERROR,
                  "the journal %s was damaged: what could be read of it is "
                  "kept; the damaged file is now %s",
                  path, aside);
  return status;
}

/* ---- all together ------------------------------------------------------- */

static void close_quietly(struct tgr_store *store) {
  if (store->sqlite.db != NULL)
    tgr_store_close(store);
}

/* Copies what reads of the damaged `path` into `half`. */
static enum tgr_status save(const struct tgr_sqlite_options *options,
                            const char *half, int64_t *count,
                            struct tgr_error *error) {
  struct tgr_sqlite_options to_options = *options;
  to_options.path = half;
  struct tgr_sqlite_options from_options = *options;
  from_options.read_only = true;
  struct tgr_store from = {0};
  struct tgr_store to = {0};
  enum tgr_status status = tgr_store_open(&to, &to_options, error);
  if (status != TGR_OK)
    return status;
  if (tgr_store_open(&from, &from_options, NULL) == TGR_OK)
    status = tgr_salvage_copy(&from, &to, count, error);
  close_quietly(&from);
  tgr_store_close(&to);
  return status;
}

static void tell(const struct tgr_log *log, const char *path,
                 const char *reason, int64_t count, const char *aside) {
  if (log != NULL)
    tgr_log_write(log, TGR_LOG_ERROR,
                  "the journal %s is damaged (%s): %lld of its updates and "
                  "dead letters could be read and are kept; the damaged file "
                  "is now %s",
                  path, reason, (long long)count, aside);
}

/* What was saved is on the disk, in one file; then it gets its name. */
static enum tgr_status settle(const char *half, const char *fresh,
                              struct tgr_error *error) {
  char wal[PATH_MAX_BYTES];
  if (!join(wal, half, "-wal"))
    return tgr_error_set(error, TGR_EINVAL, "its path is too long");
  if (is_there(wal))
    return tgr_error_set(error, TGR_EIO, "%s cannot be closed", half);
  enum tgr_status status = flush(half, error);
  if (status == TGR_OK)
    status = move(half, fresh, error);
  return status == TGR_OK ? flush_folder(fresh, error) : status;
}

static enum tgr_status salvage(const struct tgr_sqlite_options *options,
                               const char *fresh, const char *reason,
                               const struct tgr_log *log,
                               struct tgr_error *error) {
  char half[PATH_MAX_BYTES];
  char aside[PATH_MAX_BYTES];
  int64_t count = 0;
  if (!join(half, options->path, HALF_TAIL))
    return tgr_error_set(error, TGR_EINVAL, "its path is too long");
  enum tgr_status status = save(options, half, &count, error);
  if (status == TGR_OK)
    status = settle(half, fresh, error);
  if (status == TGR_OK)
    status = replace(options->path, fresh, aside, error);
  if (status == TGR_OK)
    tell(log, options->path, reason, count, aside);
  return status;
}

static enum tgr_status open_whole(struct tgr_store *store,
                                  const struct tgr_sqlite_options *options,
                                  struct tgr_error *error) {
  enum tgr_status status = tgr_store_open(store, options, error);
  if (status != TGR_OK)
    return status;
  status = check_is_whole(store, error);
  if (status != TGR_OK)
    tgr_store_close(store);
  return status;
}

enum tgr_status tgr_salvage_open(struct tgr_store *store,
                                 const struct tgr_sqlite_options *options,
                                 const struct tgr_log *log,
                                 struct tgr_error *error) {
  struct tgr_error found = {.text = ""};
  char fresh[PATH_MAX_BYTES];
  if (!join(fresh, options->path, FRESH_TAIL))
    return tgr_error_set(error, TGR_EINVAL, "its path is too long");
  enum tgr_status status = finish_earlier(options->path, fresh, log, error);
  if (status == TGR_OK)
    status = check_is_ours(options->path, error);
  if (status != TGR_OK)
    return status;
  status = open_whole(store, options, &found);
  if (status == TGR_ESYNTAX) {
    status = salvage(options, fresh, found.text, log, error);
    return status == TGR_OK ? open_whole(store, options, error) : status;
  }
  if (status != TGR_OK && error != NULL)
    *error = found;
  return status;
}
