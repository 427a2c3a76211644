/* Reading ahead.
 *
 * One request is with libuv at a time: open, fstat, a read, close. Two buffers
 * go round: the front one is being taken from, the back one is being filled. A
 * seek while a read is under way marks it stale; it is repeated when it comes
 * back.
 *
 * Regular files only: one of libuv's few threads would wait for what a pipe's
 * other end does, and all other work on disk behind it. */
#include "net/reader.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

struct chunk {
  char *bytes;
  size_t len;
};

struct tgr_reader {
  struct tgr_loop *loop;
  void (*changed)(void *user);
  void *user;
  enum tgr_reader_state state;
  struct tgr_error error;
  uv_fs_t request;
  bool busy;      /* `request` is with libuv */
  bool abandoned; /* freed by its owner */
  bool stale;     /* the read under way is for a place left since */
  bool wanted;    /* somebody found nothing to read */
  bool at_end;    /* the back buffer's read found the end */
  uv_file fd;     /* -1 while closed */
  int64_t size;
  int64_t offset; /* of the next read */
  struct chunk front;
  struct chunk back;
  size_t taken; /* of front */
  char path[];
};

static void destroy(struct tgr_reader *reader) {
  const struct tgr_mem *mem = reader->loop->mem;
  tgr_mem_free(mem, reader->front.bytes);
  tgr_mem_free(mem, reader->back.bytes);
  tgr_mem_free(mem, reader);
}

static void on_closed(uv_fs_t *request) {
  uv_fs_req_cleanup(request);
  destroy(TGR_CONTAINER_OF(request, struct tgr_reader, request));
}

/* Closes the file and frees all; nothing is with libuv. */
static void close_and_destroy(struct tgr_reader *reader) {
  if (reader->fd < 0 || uv_fs_close(&reader->loop->uv, &reader->request,
                                    reader->fd, on_closed) != 0)
    destroy(reader);
}

static void fail(struct tgr_reader *reader, enum tgr_status status,
                 const char *what, const char *why) {
  tgr_error_set(&reader->error, status, "cannot %s %s: %s", what, reader->path,
                why);
  reader->state = TGR_READER_FAILED;
}

static void fail_uv(struct tgr_reader *reader, const char *what, int code) {
  char why[128];
  uv_strerror_r(code, why, sizeof why);
  fail(reader,
       code == UV_ENOENT   ? TGR_ENOENT
       : code == UV_ENOMEM ? TGR_ENOMEM
                           : TGR_EIO,
       what, why);
}

/* Takes libuv's answer. False when the reader was abandoned: it is gone. */
static bool take_result(uv_fs_t *request, ssize_t *result) {
  struct tgr_reader *reader =
      TGR_CONTAINER_OF(request, struct tgr_reader, request);
  *result = request->result;
  uv_fs_req_cleanup(request);
  reader->busy = false;
  if (!reader->abandoned)
    return true;
  if (request->fs_type == UV_FS_OPEN && *result >= 0)
    reader->fd = (uv_file)*result;
  close_and_destroy(reader);
  return false;
}

/* ---- reading ------------------------------------------------------------ */

static void fill(struct tgr_reader *reader);

static void on_read(uv_fs_t *request) {
  struct tgr_reader *reader =
      TGR_CONTAINER_OF(request, struct tgr_reader, request);
  ssize_t got = 0;
  if (!take_result(request, &got))
    return;
  if (reader->stale) {
    reader->stale = false;
    fill(reader);
    return;
  }
  if (got < 0)
    fail_uv(reader, "read", (int)got);
  else if (got == 0 && reader->offset < reader->size)
    fail(reader, TGR_EIO, "read", "it has become shorter");
  else if (got == 0)
    reader->at_end = true;
  else
    reader->back.len = (size_t)got;
  if (got > 0)
    reader->offset += got;
  if (reader->wanted) {
    reader->wanted = false;
    reader->changed(reader->user);
  }
}

/* Has the back buffer filled, unless that is done or under way. */
static void fill(struct tgr_reader *reader) {
  if (reader->busy || reader->back.len > 0 || reader->at_end ||
      reader->state != TGR_READER_OPEN)
    return;
  if (reader->back.bytes == NULL)
    reader->back.bytes = tgr_mem_new(reader->loop->mem, TGR_READER_AHEAD);
  if (reader->back.bytes == NULL) {
    fail_uv(reader, "read", UV_ENOMEM);
    return;
  }
  const uv_buf_t buf = uv_buf_init(reader->back.bytes, TGR_READER_AHEAD);
  const int code = uv_fs_read(&reader->loop->uv, &reader->request, reader->fd,
                              &buf, 1, reader->offset, on_read);
  if (code != 0)
    fail_uv(reader, "read", code);
  reader->busy = code == 0;
}

/* Makes the back buffer the front one and has the other filled. */
static void swap(struct tgr_reader *reader) {
  const struct chunk used = reader->front;
  reader->front = reader->back;
  reader->back = (struct chunk){.bytes = used.bytes};
  reader->taken = 0;
  fill(reader);
}

bool tgr_reader_read(struct tgr_reader *reader, char *bytes, size_t len,
                     size_t *got) {
  if (reader->taken == reader->front.len && reader->back.len > 0)
    swap(reader);
  const size_t left = reader->front.len - reader->taken;
  if (left == 0 && !reader->at_end) {
    fill(reader);
    reader->wanted = reader->state != TGR_READER_FAILED;
    return false;
  }
  *got = left < len ? left : len;
  if (*got > 0)
    memcpy(bytes, reader->front.bytes + reader->taken, *got);
  reader->taken += *got;
  return true;
}

bool tgr_reader_seek(struct tgr_reader *reader, int64_t offset) {
  if (reader->state != TGR_READER_OPEN)
    return false;
  reader->offset = offset;
  reader->front.len = reader->back.len = reader->taken = 0;
  reader->at_end = false;
  reader->stale = reader->busy;
  return true;
}

/* ---- opening ------------------------------------------------------------ */

static void on_stat(uv_fs_t *request) {
  struct tgr_reader *reader =
      TGR_CONTAINER_OF(request, struct tgr_reader, request);
  const uint64_t mode = request->statbuf.st_mode;
  const uint64_t size = request->statbuf.st_size;
  ssize_t result = 0;
  if (!take_result(request, &result))
    return;
  if (result < 0) {
    fail_uv(reader, "read", (int)result);
  } else if (!S_ISREG(mode)) {
    fail(reader, TGR_EIO, "read",
         S_ISDIR(mode) ? "it is a directory" : "it is no regular file");
  } else {
    reader->size = (int64_t)size;
    reader->state = TGR_READER_OPEN;
  }
  reader->changed(reader->user);
}

static void on_open(uv_fs_t *request) {
  struct tgr_reader *reader =
      TGR_CONTAINER_OF(request, struct tgr_reader, request);
  ssize_t result = 0;
  if (!take_result(request, &result))
    return;
  int code = result < 0 ? (int)result : 0;
  if (code == 0) {
    reader->fd = (uv_file)result;
    code =
        uv_fs_fstat(&reader->loop->uv, &reader->request, reader->fd, on_stat);
    reader->busy = code == 0;
  }
  if (code != 0) {
    fail_uv(reader, "open", code);
    reader->changed(reader->user);
  }
}

enum tgr_status tgr_reader_new(struct tgr_loop *loop, const char *path,
                               void (*changed)(void *user), void *user,
                               struct tgr_reader **out) {
  const size_t size = strlen(path) + 1;
  struct tgr_reader *reader = tgr_mem_new0(loop->mem, sizeof *reader + size);
  if (reader == NULL)
    return TGR_ENOMEM;
  memcpy(reader->path, path, size);
  reader->loop = loop;
  reader->changed = changed;
  reader->user = user;
  reader->fd = -1;
  reader->busy = true;
  if (uv_fs_open(&loop->uv, &reader->request, path,
                 O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0, on_open) != 0) {
    destroy(reader);
    return TGR_ENOMEM;
  }
  *out = reader;
  return TGR_OK;
}

void tgr_reader_free(struct tgr_reader *reader) {
  if (reader == NULL)
    return;
  reader->abandoned = true;
  if (reader->busy)
    uv_cancel((uv_req_t *)&reader->request);
  else
    close_and_destroy(reader);
}

enum tgr_reader_state tgr_reader_state(const struct tgr_reader *reader) {
  return reader->state;
}

bool tgr_reader_is_waiting(const struct tgr_reader *reader) {
  return reader->state == TGR_READER_OPENING ||
         (reader->state == TGR_READER_OPEN && reader->wanted);
}

const struct tgr_error *tgr_reader_error(const struct tgr_reader *reader) {
  return &reader->error;
}

int64_t tgr_reader_size(const struct tgr_reader *reader) {
  return reader->size;
}
