/* Checkpoints beside whoever writes. */
#include "journal/checkpoint.h"

enum { PAGES = 1000 }; /* SQLite's own measure: 4 MB of 4 KiB pages */

static void run(struct tgr_work *work) {
  struct tgr_checkpoint *checkpoint =
      TGR_CONTAINER_OF(work, struct tgr_checkpoint, work);
  struct tgr_sqlite *sqlite = &checkpoint->sqlite;
  struct tgr_sqlite_options options;
  tgr_sqlite_options_init(&options);
  options.path = checkpoint->path;
  options.sync = TGR_SQLITE_SYNC_NORMAL;
  enum tgr_status status = TGR_OK;
  if (sqlite->db == NULL)
    status = tgr_sqlite_open(sqlite, &options, NULL);
  if (status == TGR_OK)
    status = tgr_sqlite_checkpoint(sqlite, NULL);
  if (status != TGR_OK) /* nothing is lost: the WAL has it all */
    tgr_sqlite_close(sqlite);
}

static void done(struct tgr_work *work) {
  struct tgr_checkpoint *checkpoint =
      TGR_CONTAINER_OF(work, struct tgr_checkpoint, work);
  checkpoint->busy = false;
  checkpoint->idle(checkpoint);
}

void tgr_checkpoint_init(struct tgr_checkpoint *checkpoint,
                         struct tgr_loop *loop, const char *path,
                         void (*idle)(struct tgr_checkpoint *checkpoint)) {
  *checkpoint = (struct tgr_checkpoint){.loop = loop,
                                        .path = path,
                                        .work = {.run = run, .done = done},
                                        .idle = idle};
}

void tgr_checkpoint_consider(struct tgr_checkpoint *checkpoint, int pages) {
  if (checkpoint->busy || pages < PAGES)
    return;
  checkpoint->busy = true;
  tgr_work_start(checkpoint->loop, &checkpoint->work);
}

void tgr_checkpoint_close(struct tgr_checkpoint *checkpoint) {
  tgr_sqlite_close(&checkpoint->sqlite);
}
