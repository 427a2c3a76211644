/* A reader on one side, a writer on the other; the reader waits when the writer
 * is behind. */
#include "net/copy.h"

#include "base/log.h"
#include "net/reader.h"
#include "net/writer.h"

#include <string.h>

enum { BACKLOG_MAX = 1024 * 1024, PIECE = 16 * 1024 };

void tgr_copy_cancel(struct tgr_copy *copy) {
  if (copy->loop == NULL)
    return;
  tgr_ready_drop(&copy->job);
  tgr_reader_free(copy->reader);
  tgr_writer_free(copy->writer);
  copy->reader = NULL;
  copy->writer = NULL;
  copy->loop = NULL;
}

static void finish(struct tgr_copy *copy) {
  tgr_copy_cancel(copy);
  copy->done(copy);
}

static void fail(struct tgr_copy *copy, const struct tgr_error *error) {
  copy->error = *error;
  char *text = copy->error.text;
  text[tgr_log_redact(text, strlen(text))] = '\0';
  finish(copy);
}

static void fail_memory(struct tgr_copy *copy) {
  tgr_error_set(&copy->error, TGR_ENOMEM, "out of memory for a copy");
  finish(copy);
}

/* Moves what has been read. TGR_ENOMEM. */
static enum tgr_status move(struct tgr_copy *copy) {
  char piece[PIECE];
  size_t got = 0;
  while (!copy->read && tgr_writer_backlog(copy->writer) <= BACKLOG_MAX &&
         tgr_reader_read(copy->reader, piece, sizeof piece, &got)) {
    copy->read = got == 0;
    const enum tgr_status status = tgr_writer_put(copy->writer, piece, got);
    if (status != TGR_OK)
      return status;
    if (copy->read)
      tgr_writer_finish(copy->writer);
  }
  return TGR_OK;
}

/* Whatever has changed: what does it mean? */
static void look(struct tgr_job *job) {
  struct tgr_copy *copy = TGR_CONTAINER_OF(job, struct tgr_copy, job);
  if (copy->reader == NULL || copy->writer == NULL) {
    fail_memory(copy);
    return;
  }
  if (tgr_reader_state(copy->reader) == TGR_READER_OPEN && move(copy) != TGR_OK)
    fail_memory(copy);
  else if (tgr_reader_state(copy->reader) == TGR_READER_FAILED)
    fail(copy, tgr_reader_error(copy->reader));
  else if (tgr_writer_state(copy->writer) == TGR_WRITER_FAILED)
    fail(copy, tgr_writer_error(copy->writer));
  else if (tgr_writer_state(copy->writer) == TGR_WRITER_DONE)
    finish(copy);
}

static void on_changed(void *user) {
  struct tgr_copy *copy = user;
  tgr_ready_put(&copy->loop->ready, &copy->job);
}

void tgr_copy_init(struct tgr_copy *copy, void (*done)(struct tgr_copy *copy)) {
  *copy = (struct tgr_copy){.done = done};
  tgr_job_init(&copy->job, look);
}

void tgr_copy_start(struct tgr_loop *loop, struct tgr_copy *copy,
                    const char *from, const char *to) {
  copy->loop = loop;
  copy->read = false;
  copy->error = (struct tgr_error){.status = TGR_OK};
  if (tgr_reader_new(loop, from, on_changed, copy, &copy->reader) != TGR_OK ||
      tgr_writer_new(loop, to, on_changed, copy, &copy->writer) != TGR_OK)
    tgr_ready_put(&loop->ready, &copy->job);
}
