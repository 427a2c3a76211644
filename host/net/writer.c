/* Writing behind.
 *
 * One request is with libuv at a time. When it comes back, go_on decides what
 * is next, from what is true then:
 *
 *   write what was put → close → stat → rename  (finish was called)
 *   close → unlink                              (failed, or freed)
 *
 * Two buffers go round: one is put into, the other one is being written. */
#include "net/writer.h"

#include "base/buf.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct tgr_writer {
  struct tgr_loop *loop;
  void (*changed)(void *user);
  void *user;
  enum tgr_writer_state state;
  struct tgr_error error;
  uv_fs_t request;
  bool busy;      /* `request` is with libuv */
  bool abandoned; /* freed by its owner */
  bool finishing; /* no more bytes come */
  bool exists;    /* the temporary file is there */
  bool looked;    /* at what stands at `path` */
  uv_file fd;     /* -1 while closed */
  struct tgr_buf filling;
  struct tgr_buf writing;
  size_t written;   /* of writing */
  unsigned answers; /* of libuv */
  char *path;       /* behind `temporary`, in the same block */
  char temporary[];
};

static void go_on(struct tgr_writer *writer);

static void destroy(struct tgr_writer *writer) {
  tgr_buf_deinit(&writer->filling);
  tgr_buf_deinit(&writer->writing);
  tgr_mem_free(writer->loop->mem, writer);
}

static void fail_as(struct tgr_writer *writer, enum tgr_status status,
                    const char *why) {
  if (writer->state == TGR_WRITER_FAILED)
    return;
  tgr_error_set(&writer->error, status, "cannot write %s: %s", writer->path,
                why);
  writer->state = TGR_WRITER_FAILED;
}

static void fail(struct tgr_writer *writer, int code) {
  char why[128];
  uv_strerror_r(code, why, sizeof why);
  fail_as(writer,
          code == UV_ENOENT   ? TGR_ENOENT
          : code == UV_ENOMEM ? TGR_ENOMEM
                              : TGR_EIO,
          why);
}

/* Takes libuv's answer, notes what it means, and goes on. */
static void on_result(uv_fs_t *request) {
  struct tgr_writer *writer =
      TGR_CONTAINER_OF(request, struct tgr_writer, request);
  const ssize_t result = request->result;
  const uv_fs_type type = request->fs_type;
  const uint64_t mode = request->statbuf.st_mode;
  uv_fs_req_cleanup(request);
  writer->busy = false;
  writer->answers++;
  if (type == UV_FS_OPEN && result >= 0) {
    writer->fd = (uv_file)result;
    writer->exists = true;
  } else if (type == UV_FS_WRITE && result >= 0) {
    writer->written += (size_t)result;
  } else if (type == UV_FS_RENAME && result >= 0) {
    writer->exists = false;
    writer->state = TGR_WRITER_DONE;
  } else if (type == UV_FS_STAT) {
    writer->looked = true;
    if (result >= 0 && !S_ISREG(mode)) /* a device, say, must not be replaced */
      fail_as(writer, TGR_EIO, "what stands there is no regular file");
  }
  if (result < 0 && type != UV_FS_UNLINK && type != UV_FS_STAT)
    fail(writer, (int)result);
  go_on(writer);
}

/* What start_… return: 0 when libuv has it. */
static int start_write(struct tgr_writer *writer) {
  const uv_buf_t buf =
      uv_buf_init(writer->writing.bytes + writer->written,
                  (unsigned)(writer->writing.len - writer->written));
  return uv_fs_write(&writer->loop->uv, &writer->request, writer->fd, &buf, 1,
                     -1, on_result);
}

static int start_close(struct tgr_writer *writer) {
  const uv_file fd = writer->fd;
  writer->fd = -1;
  return uv_fs_close(&writer->loop->uv, &writer->request, fd, on_result);
}

static int start_unlink(struct tgr_writer *writer) {
  writer->exists = false;
  return uv_fs_unlink(&writer->loop->uv, &writer->request, writer->temporary,
                      on_result);
}

static int start_stat(struct tgr_writer *writer) {
  return uv_fs_stat(&writer->loop->uv, &writer->request, writer->path,
                    on_result);
}

static int start_rename(struct tgr_writer *writer) {
  return uv_fs_rename(&writer->loop->uv, &writer->request, writer->temporary,
                      writer->path, on_result);
}

static void swap_when_written(struct tgr_writer *writer) {
  if (writer->written < writer->writing.len)
    return;
  const struct tgr_buf written = writer->writing;
  writer->writing = writer->filling;
  writer->filling = written;
  tgr_buf_clear(&writer->filling);
  writer->written = 0;
}

/* The next request, if any; UV_EAGAIN when there is nothing to do. */
static int start_next(struct tgr_writer *writer) {
  if (writer->abandoned || writer->state == TGR_WRITER_FAILED) {
    if (writer->fd >= 0)
      return start_close(writer);
    return writer->exists ? start_unlink(writer) : UV_EAGAIN;
  }
  swap_when_written(writer);
  if (writer->fd >= 0 && writer->writing.len > 0)
    return start_write(writer);
  if (!writer->finishing)
    return UV_EAGAIN;
  if (writer->fd >= 0)
    return start_close(writer);
  if (!writer->exists)
    return UV_EAGAIN;
  return writer->looked ? start_rename(writer) : start_stat(writer);
}

static void go_on(struct tgr_writer *writer) {
  int code = start_next(writer);
  while (code != 0 && code != UV_EAGAIN) {
    fail(writer, code);
    code = start_next(writer);
  }
  writer->busy = code == 0;
  if (writer->abandoned && !writer->busy)
    destroy(writer);
  else if (!writer->abandoned)
    writer->changed(writer->user);
}

enum tgr_status tgr_writer_new(struct tgr_loop *loop, const char *path,
                               void (*changed)(void *user), void *user,
                               struct tgr_writer **out) {
  enum { SUFFIX_MAX = 32 };
  const size_t len = strlen(path);
  struct tgr_writer *writer =
      tgr_mem_new0(loop->mem, sizeof *writer + 2 * (len + 1) + SUFFIX_MAX);
  if (writer == NULL)
    return TGR_ENOMEM;
  writer->loop = loop;
  writer->changed = changed;
  writer->user = user;
  writer->fd = -1;
  tgr_buf_init(&writer->filling, loop->mem, SIZE_MAX);
  tgr_buf_init(&writer->writing, loop->mem, SIZE_MAX);
  snprintf(writer->temporary, len + SUFFIX_MAX, "%s.%" PRIx64 ".part", path,
           uv_hrtime());
  writer->path = writer->temporary + len + SUFFIX_MAX;
  memcpy(writer->path, path, len + 1);
  if (uv_fs_open(&loop->uv, &writer->request, writer->temporary,
                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666,
                 on_result) != 0) {
    destroy(writer);
    return TGR_ENOMEM;
  }
  writer->busy = true;
  *out = writer;
  return TGR_OK;
}

void tgr_writer_free(struct tgr_writer *writer) {
  if (writer == NULL)
    return;
  writer->abandoned = true;
  if (!writer->busy)
    go_on(writer);
}

enum tgr_status tgr_writer_put(struct tgr_writer *writer, const char *bytes,
                               size_t len) {
  const enum tgr_status status = tgr_buf_append(&writer->filling, bytes, len);
  if (status == TGR_OK && !writer->busy)
    go_on(writer);
  return status;
}

const char *tgr_writer_path(const struct tgr_writer *writer) {
  return writer->path;
}

unsigned tgr_writer_answers(const struct tgr_writer *writer, bool *waits) {
  *waits = writer->busy;
  return writer->answers;
}

size_t tgr_writer_backlog(const struct tgr_writer *writer) {
  return writer->filling.len + writer->writing.len - writer->written;
}

void tgr_writer_finish(struct tgr_writer *writer) {
  writer->finishing = true;
  if (!writer->busy)
    go_on(writer);
}

enum tgr_writer_state tgr_writer_state(const struct tgr_writer *writer) {
  return writer->state;
}

const struct tgr_error *tgr_writer_error(const struct tgr_writer *writer) {
  return &writer->error;
}
