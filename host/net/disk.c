/* Whole small files, by libuv's blocking calls. */
#include "net/disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

enum { PIECE = 16 * 1024 };

static enum tgr_status fail(struct tgr_error *error, const char *what,
                            const char *path, ssize_t code) {
  char why[128];
  uv_strerror_r((int)code, why, sizeof why);
  return tgr_error_set(error,
                       code == UV_ENOENT   ? TGR_ENOENT
                       : code == UV_ENOMEM ? TGR_ENOMEM
                                           : TGR_EIO,
                       "cannot %s %s: %s", what, path, why);
}

/* What a blocking call came to: at least 0, or libuv's negative code. */
static ssize_t result_of(uv_fs_t *request) {
  const ssize_t result = request->result;
  uv_fs_req_cleanup(request);
  return result;
}

static ssize_t close_file(uv_file fd) {
  uv_fs_t request;
  uv_fs_close(NULL, &request, fd, NULL);
  return result_of(&request);
}

/* ---- reading ------------------------------------------------------------ */

static ssize_t read_piece(uv_file fd, char *bytes) {
  uv_fs_t request;
  const uv_buf_t piece = uv_buf_init(bytes, PIECE);
  uv_fs_read(NULL, &request, fd, &piece, 1, -1, NULL);
  return result_of(&request);
}

static enum tgr_status read_all(const char *path, uv_file fd,
                                struct tgr_buf *out, struct tgr_error *error) {
  ssize_t got = 0;
  do {
    const enum tgr_status status = tgr_buf_reserve(out, PIECE);
    if (status != TGR_OK)
      return tgr_error_set(error, status, "cannot read %s: %s", path,
                           status == TGR_ELIMIT ? "it is too large"
                                                : "out of memory");
    got = read_piece(fd, out->bytes + out->len);
    if (got < 0)
      return fail(error, "read", path, got);
    out->len += (size_t)got;
  } while (got > 0);
  return TGR_OK;
}

enum tgr_status tgr_disk_read(const char *path, struct tgr_buf *out,
                              struct tgr_error *error) {
  uv_fs_t request;
  uv_fs_open(NULL, &request, path, O_RDONLY | O_CLOEXEC, 0, NULL);
  const ssize_t fd = result_of(&request);
  if (fd < 0)
    return fail(error, "read", path, fd);
  const enum tgr_status status = read_all(path, (uv_file)fd, out, error);
  close_file((uv_file)fd); /* nothing was written: it cannot tell anything */
  return status;
}

/* ---- replacing ---------------------------------------------------------- */

static ssize_t write_all(uv_file fd, const char *bytes, size_t len) {
  size_t done = 0;
  while (done < len) {
    uv_fs_t request;
    const uv_buf_t rest =
        uv_buf_init((char *)bytes + done, (unsigned)(len - done));
    uv_fs_write(NULL, &request, fd, &rest, 1, -1, NULL);
    const ssize_t put = result_of(&request);
    if (put < 0)
      return put;
    done += (size_t)put;
  }
  return 0;
}

static ssize_t flush(uv_file fd) {
  uv_fs_t request;
  uv_fs_fsync(NULL, &request, fd, NULL);
  return result_of(&request);
}

static ssize_t move(const char *from, const char *to) {
  uv_fs_t request;
  uv_fs_rename(NULL, &request, from, to, NULL);
  return result_of(&request);
}

/* Makes the folders above the file `path`, which is `len` bytes long and is
 * left as it was. */
static ssize_t make_folders(char *path, size_t len) {
  for (size_t i = 1; i < len; i++) {
    if (path[i] != '/')
      continue;
    uv_fs_t request;
    path[i] = '\0';
    uv_fs_mkdir(NULL, &request, path, 0777, NULL);
    path[i] = '/';
    const ssize_t code = result_of(&request);
    if (code < 0 && code != UV_EEXIST)
      return code;
  }
  return 0;
}

/* Creates the temporary file; `pattern` becomes its name. */
static ssize_t create(char *pattern) {
  uv_fs_t request;
  uv_fs_mkstemp(NULL, &request, pattern, NULL);
  if (request.result >= 0)
    memcpy(pattern, request.path, strlen(pattern));
  return result_of(&request);
}

/* Fills the temporary file and gives it its name; removes it otherwise. */
static ssize_t fill(uv_file fd, const char *temporary, const char *path,
                    const char *bytes, size_t len) {
  ssize_t code = write_all(fd, bytes, len);
  if (code == 0)
    code = flush(fd);
  const ssize_t closed = close_file(fd);
  if (code == 0)
    code = closed;
  if (code == 0)
    code = move(temporary, path);
  if (code < 0) {
    uv_fs_t request;
    uv_fs_unlink(NULL, &request, temporary, NULL);
    uv_fs_req_cleanup(&request); /* the first error is the one to tell */
  }
  return code;
}

enum tgr_status tgr_disk_replace(const struct tgr_mem *mem, const char *path,
                                 const char *bytes, size_t len,
                                 struct tgr_error *error) {
  static const char format[] = "%s" TGR_DISK_TEMPORARY "XXXXXX";
  const size_t path_len = strlen(path);
  const size_t size = path_len + sizeof format;
  char *temporary = tgr_mem_new(mem, size);
  if (temporary == NULL)
    return fail(error, "write", path, UV_ENOMEM);
  snprintf(temporary, size, format, path);
  ssize_t code = create(temporary);
  if (code == UV_ENOENT) {
    snprintf(temporary, size, format, path);
    code = make_folders(temporary, path_len);
    if (code == 0)
      code = create(temporary);
  }
  if (code >= 0)
    code = fill((uv_file)code, temporary, path, bytes, len);
  tgr_mem_free(mem, temporary);
  return code < 0 ? fail(error, "write", path, code) : TGR_OK;
}

enum tgr_status tgr_disk_remove(const char *path, struct tgr_error *error) {
  uv_fs_t request;
  uv_fs_unlink(NULL, &request, path, NULL);
  const ssize_t code = result_of(&request);
  return code < 0 && code != UV_ENOENT ? fail(error, "remove", path, code)
                                       : TGR_OK;
}
