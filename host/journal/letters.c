/* What tools do with a journal: tgrunner.h's functions. */
#include "include/tgrunner.h"

#include "journal/marks.h"
#include "journal/salvage.h"
#include "journal/store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A dead letter, copied: the table changes while they are gone through. */
struct letter {
  struct letter *next;
  struct tgr_entry entry;
  char bytes[];
};

struct letters {
  const int64_t *numbers; /* NULL: all */
  size_t count;
  struct letter *first;
  struct letter **last;
};

static enum tgr_status tell(const char *path, enum tgr_status status,
                            const struct tgr_error *found, char *error,
                            size_t error_size) {
  if (error_size > 0)
    snprintf(error, error_size, "the journal %s: %s", path,
             found->text[0] != '\0' ? found->text : tgr_strerror(status));
  return status;
}

/* SQLite takes an empty file for a database without tables, as it is for a
 * moment when a journal begins; then its log is there. */
static bool has_log(const char *path) {
  char log[PATH_MAX];
  return snprintf(log, sizeof log, "%s-wal", path) < (int)sizeof log &&
         access(log, F_OK) == 0;
}

static enum tgr_status find_file(const char *path, struct tgr_error *error) {
  struct stat found;
  if (stat(path, &found) != 0)
    return errno == ENOENT
               ? tgr_error_set(error, TGR_ENOENT, "there is no such file")
               : tgr_error_set(error, TGR_EIO, "%s", strerror(errno));
  if (S_ISDIR(found.st_mode))
    return tgr_error_set(error, TGR_EINVAL, "it is a folder");
  if (found.st_size == 0 && !has_log(path))
    return tgr_error_set(error, TGR_EINVAL, "it is empty, and no journal");
  return TGR_OK;
}

/* ---- reading ------------------------------------------------------------ */

struct reading {
  void (*each)(void *user, const struct tgr_journal_entry *entry);
  void *user;
};

static enum tgr_status read_entry(void *user, const struct tgr_entry *entry) {
  const struct reading *reading = user;
  const struct tgr_journal_entry shown = {.number = entry->seq,
                                          .update_id = entry->id,
                                          .time_ms = entry->at_ms,
                                          .attempts = entry->attempts,
                                          .crashes = entry->crashes,
                                          .error = entry->error,
                                          .error_len = entry->error_len,
                                          .json = entry->raw,
                                          .json_len = entry->len};
  reading->each(reading->user, &shown);
  return TGR_OK;
}

enum tgr_status tgr_journal_read(
    const char *path, bool dead,
    void (*each)(void *user, const struct tgr_journal_entry *entry), void *user,
    char *error, size_t error_size) {
  struct tgr_error found = {.text = ""};
  struct tgr_store store = {0};
  struct tgr_sqlite_options options;
  struct reading reading = {each, user};
  tgr_sqlite_options_init(&options);
  options.path = path;
  options.read_only = true;
  enum tgr_status status = find_file(path, &found);
  if (status == TGR_OK)
    status = tgr_store_open(&store, &options, &found);
  if (status == TGR_OK) {
    status =
        dead ? tgr_store_each_dead(&store, false, read_entry, &reading, &found)
             : tgr_store_each_update(&store, false, read_entry, &reading,
                                     &found);
    tgr_store_close(&store);
  }
  return status == TGR_OK ? TGR_OK
                          : tell(path, status, &found, error, error_size);
}

/* ---- changing ----------------------------------------------------------- */

static bool is_asked_for(const struct letters *letters, int64_t number) {
  if (letters->numbers == NULL)
    return true;
  for (size_t i = 0; i < letters->count; i++)
    if (letters->numbers[i] == number)
      return true;
  return false;
}

static enum tgr_status take_letter(void *user, const struct tgr_entry *entry) {
  struct letters *letters = user;
  if (!is_asked_for(letters, entry->seq))
    return TGR_OK;
  struct letter *letter =
      tgr_mem_new(&tgr_mem_libc, sizeof *letter + entry->len + 1);
  if (letter == NULL)
    return TGR_ENOMEM;
  memcpy(letter->bytes, entry->raw, entry->len);
  letter->next = NULL;
  letter->entry = *entry;
  letter->entry.raw = letter->bytes;
  letter->entry.error = "";
  letter->entry.error_len = 0;
  *letters->last = letter;
  letters->last = &letter->next;
  return TGR_OK;
}

static void free_letters(struct letters *letters) {
  while (letters->first != NULL) {
    struct letter *next = letters->first->next;
    tgr_mem_free(&tgr_mem_libc, letters->first);
    letters->first = next;
  }
}

static int64_t now_ms(void) {
  return (int64_t)time(NULL) * 1000;
}

/* Within a transaction. */
static enum tgr_status change(struct tgr_store *store, struct letters *letters,
                              bool requeue, size_t *changed,
                              struct tgr_error *error) {
  int64_t seq = 0;
  enum tgr_status status = tgr_store_last_seq(store, &seq, error);
  if (status == TGR_OK)
    status = tgr_store_each_dead(store, false, take_letter, letters, error);
  for (const struct letter *it = letters->first; status == TGR_OK && it != NULL;
       it = it->next) {
    struct tgr_entry entry = it->entry;
    ++seq;
    status = tgr_store_drop_dead(store, entry.seq, requeue ? seq : 0, error);
    entry.seq = seq;
    entry.at_ms = now_ms();
    entry.attempts = entry.crashes = 0;
    if (status == TGR_OK && requeue)
      status = tgr_store_append(store, &entry, error);
    ++*changed;
  }
  return status;
}

static enum tgr_status change_store(struct tgr_store *store,
                                    struct letters *letters, bool requeue,
                                    size_t *changed, struct tgr_error *error) {
  enum tgr_status status = tgr_store_begin(store, error);
  if (status == TGR_OK)
    status = change(store, letters, requeue, changed, error);
  if (status == TGR_OK)
    status = tgr_store_commit(store, error);
  if (status != TGR_OK)
    tgr_store_rollback(store);
  return status;
}

static enum tgr_status change_file(const char *path, const int64_t *numbers,
                                   size_t count, bool requeue, size_t *changed,
                                   char *error, size_t error_size) {
  struct tgr_error found = {.text = ""};
  struct tgr_store store = {0};
  struct tgr_marks marks = {.mem = &tgr_mem_libc, .fd = -1};
  struct tgr_sqlite_options options;
  struct letters letters = {.numbers = numbers, .count = count};
  letters.last = &letters.first;
  tgr_sqlite_options_init(&options);
  options.path = path;
  *changed = 0;
  enum tgr_status status = find_file(path, &found);
  if (status == TGR_OK)
    status = tgr_marks_open(&marks, &tgr_mem_libc, path, &found);
  if (status == TGR_OK)
    status = tgr_salvage_open(&store, &options, NULL, &found);
  if (status == TGR_OK) {
    status = change_store(&store, &letters, requeue, changed, &found);
    tgr_store_close(&store);
    tgr_marks_close(&marks);
  }
  tgr_marks_undo(&marks, path);
  free_letters(&letters);
  return status == TGR_OK ? TGR_OK
                          : tell(path, status, &found, error, error_size);
}

enum tgr_status tgr_journal_requeue(const char *path, const int64_t *numbers,
                                    size_t count, size_t *changed, char *error,
                                    size_t error_size) {
  return change_file(path, numbers, count, true, changed, error, error_size);
}

enum tgr_status tgr_journal_drop(const char *path, const int64_t *numbers,
                                 size_t count, size_t *changed, char *error,
                                 size_t error_size) {
  return change_file(path, numbers, count, false, changed, error, error_size);
}
