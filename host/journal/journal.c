/* Opens and closes journals. */
#include "journal/journal_inside.h"

#include "journal/salvage.h"
#include "script/state.h"

#include <signal.h>
#include <string.h>

enum { WRITE_RETRY_MS = 100 };

void tgr_journal_lock(struct tgr_journal *journal) {
  pthread_mutex_lock(&journal->mutex);
}

void tgr_journal_unlock(struct tgr_journal *journal) {
  struct tgr_list finished;
  tgr_list_init(&finished);
  tgr_list_append_all(&finished, &journal->finished);
  for (struct tgr_link *link = finished.head.next; link != &finished.head;
       link = link->next)
    tgr_list_remove(&TGR_CONTAINER_OF(link, struct tgr_record, busy)->link);
  pthread_mutex_unlock(&journal->mutex);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&finished)) != NULL)
    tgr_record_free(TGR_CONTAINER_OF(link, struct tgr_record, busy));
}

void tgr_journal_sqlite_options(const struct tgr_journal *journal,
                                struct tgr_sqlite_options *options) {
  tgr_sqlite_options_init(options);
  options->path = journal->path;
  options->vfs = journal->options.vfs;
  switch (journal->config.durability) {
  case TGR_DURABLE_POWER:
    options->sync = TGR_SQLITE_SYNC_FULL;
    break;
  case TGR_DURABLE_PROCESS:
    options->sync = TGR_SQLITE_SYNC_NORMAL;
    break;
  case TGR_DURABLE_NONE:
    options->sync = TGR_SQLITE_SYNC_OFF;
    break;
  }
}

static struct tgr_journal *
new_journal(const struct tgr_journal_options *options,
            const struct tgr_journal_config *config) {
  struct tgr_journal *journal = tgr_mem_new0(options->mem, sizeof *journal);
  if (journal == NULL)
    return NULL;
  journal->options = *options;
  if (journal->options.write_retry_ms == 0)
    journal->options.write_retry_ms = WRITE_RETRY_MS;
  journal->pause_ms = journal->options.write_retry_ms;
  journal->config = *config;
  journal->path = tgr_mem_dup(options->mem, config->path, strlen(config->path));
  if (journal->path == NULL) {
    tgr_mem_free(options->mem, journal);
    return NULL;
  }
  journal->config.path = journal->path;
  journal->keeper.take = tgr_replay_take;
  tgr_keep_init(journal);
  tgr_runs_init(journal);
  tgr_once_init(journal);
  tgr_share_init(journal);
  struct tgr_list *lists[] = {&journal->records, &journal->waiting,
                              &journal->held,    &journal->suspects,
                              &journal->dirty,   &journal->finished,
                              &journal->waiters, &journal->busy};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    tgr_list_init(lists[i]);
  tgr_link_init(&journal->link);
  journal->marks.fd = -1;
  journal->marks.mem = options->mem;
  tgr_rng_init(&journal->rng, options->seed);
  return journal;
}

/* All but what an answer on its way needs. */
static void let_go(struct tgr_journal *journal) {
  tgr_gate_shut(journal);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&journal->records)) != NULL)
    tgr_record_free(TGR_CONTAINER_OF(link, struct tgr_record, link));
  tgr_replay_free(journal);
  tgr_store_close(&journal->store);
  tgr_marks_close(&journal->marks);
  tgr_mem_free(journal->options.mem, journal->path);
  journal->path = NULL;
}

void tgr_journal_free(struct tgr_journal *journal) {
  tgr_list_remove(&journal->link);
  tgr_once_free(journal);
  tgr_mem_free(journal->options.mem, journal);
}

bool tgr_journal_is_late(struct tgr_journal *journal) {
  journal->mails_out--;
  if (!journal->closed)
    return false;
  if (journal->mails_out == 0)
    tgr_journal_free(journal);
  return true;
}

static enum tgr_status check_owner(struct tgr_journal *journal,
                                   struct tgr_error *error) {
  const int64_t wanted = journal->config.owner;
  int64_t owner = 0;
  const enum tgr_status status =
      tgr_store_owner(&journal->store, &owner, error);
  if (status != TGR_OK || wanted == 0 || owner == wanted)
    return status;
  if (owner != 0)
    return tgr_error_set(error, TGR_ECONFLICT,
                         "it is of bot %lld, and this is bot %lld",
                         (long long)owner, (long long)wanted);
  return tgr_store_set_owner(&journal->store, wanted, error);
}

static enum tgr_status start_thread(struct tgr_journal *journal,
                                    struct tgr_error *error) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_mutex_init(&journal->mutex, NULL);
  pthread_cond_init(&journal->bell, &attributes);
  pthread_condattr_destroy(&attributes);
  sigset_t all;
  sigset_t saved;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &saved);
  const int failure =
      pthread_create(&journal->thread, NULL, tgr_writer_run, journal);
  pthread_sigmask(SIG_SETMASK, &saved, NULL);
  if (failure == 0)
    return TGR_OK;
  pthread_cond_destroy(&journal->bell);
  pthread_mutex_destroy(&journal->mutex);
  return tgr_error_set(error, TGR_ENOMEM, "there is no thread for it");
}

/* The whole text names the file. */
static enum tgr_status open_failed(const struct tgr_journal_config *config,
                                   enum tgr_status status, const char *text,
                                   struct tgr_error *error) {
  return tgr_error_set(error, status, "cannot use the journal %s: %s",
                       config->path,
                       text[0] != '\0' ? text : tgr_strerror(status));
}

enum tgr_status tgr_journal_open(const struct tgr_journal_options *options,
                                 const struct tgr_journal_config *config,
                                 struct tgr_journal **out,
                                 struct tgr_error *error) {
  struct tgr_error found = {.text = ""};
  struct tgr_journal *journal = new_journal(options, config);
  if (journal == NULL)
    return open_failed(config, TGR_ENOMEM, "", error);
  struct tgr_sqlite_options sqlite;
  tgr_journal_sqlite_options(journal, &sqlite);
  enum tgr_status status =
      tgr_marks_open(&journal->marks, options->mem, journal->path, &found);
  if (status == TGR_OK)
    status = tgr_salvage_open(&journal->store, &sqlite, options->log, &found);
  if (status == TGR_OK)
    status = check_owner(journal, &found);
  if (status == TGR_OK)
    status = tgr_replay_load(journal, &found);
  if (status == TGR_OK)
    status = tgr_gate_new(journal);
  if (status == TGR_OK)
    status = start_thread(journal, &found);
  if (status != TGR_OK) {
    tgr_marks_undo(&journal->marks, journal->path);
    let_go(journal);
    tgr_journal_free(journal);
    return open_failed(config, status, found.text, error);
  }
  *out = journal;
  return TGR_OK;
}

bool tgr_journal_close(struct tgr_journal *journal) {
  tgr_journal_lock(journal);
  journal->quit = true;
  pthread_cond_signal(&journal->bell);
  tgr_journal_unlock(journal);
  pthread_join(journal->thread, NULL);
  tgr_gate_shut(journal);
  pthread_cond_destroy(&journal->bell);
  pthread_mutex_destroy(&journal->mutex);
  /* Waiters that were not told never will be. */
  while (tgr_list_take(&journal->waiters) != NULL)
    journal->mails_out--;
  journal->closed = true;
  let_go(journal);
  if (journal->mails_out > 0)
    return false;
  tgr_journal_free(journal);
  return true;
}

struct tgr_keeper *tgr_journal_keeper(struct tgr_journal *journal) {
  return &journal->keeper;
}

/* ---- for scripts -------------------------------------------------------- */

static enum tgr_status open_for_script(struct tgr_keepers *keepers,
                                       const struct tgr_script_env *env,
                                       const struct tgr_journal_config *config,
                                       struct tgr_keeper **out,
                                       struct tgr_error *error) {
  (void)keepers;
  const struct tgr_journal_options options = {.mem = env->mem,
                                              .log = env->log,
                                              .loop = env->loop,
                                              .seed = tgr_loop_clock_us() | 1};
  struct tgr_journal *journal = NULL;
  const enum tgr_status status =
      tgr_journal_open(&options, config, &journal, error);
  if (status == TGR_OK)
    *out = &journal->keeper;
  return status;
}

static void close_for_script(struct tgr_keepers *keepers,
                             struct tgr_keeper *keeper) {
  struct tgr_journals *journals =
      TGR_CONTAINER_OF(keepers, struct tgr_journals, keepers);
  struct tgr_journal *journal = tgr_journal_of(keeper);
  if (!tgr_journal_close(journal))
    tgr_list_append(&journals->closed, &journal->link);
}

void tgr_journals_init(struct tgr_journals *journals) {
  journals->keepers =
      (struct tgr_keepers){.open = open_for_script, .close = close_for_script};
  tgr_list_init(&journals->closed);
}

void tgr_journals_deinit(struct tgr_journals *journals) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&journals->closed)) != NULL)
    tgr_journal_free(TGR_CONTAINER_OF(link, struct tgr_journal, link));
}
