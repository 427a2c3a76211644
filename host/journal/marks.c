/* Marks of running updates in a mapped file, which is also the lock. */
#include "journal/marks.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_MARKS = 512, MARKS_MAX = 1 << 20, PATH_MAX_BYTES = 4096 };

static const char magic[8] = "tgrlive1";

/* The first bytes of the file. */
struct head {
  char magic[sizeof magic];
  int64_t pid; /* of who has it */
  char rest[48];
};

static struct head *head_of(const struct tgr_marks *marks) {
  return (struct head *)(void *)marks->map;
}

/* ---- the file ----------------------------------------------------------- */

static enum tgr_status locked_by(int fd, struct tgr_error *error) {
  struct head head = {.pid = 0};
  char who[48] = "another process";
  const bool is_told =
      pread(fd, &head, sizeof head, 0) == (ssize_t)sizeof head &&
      memcmp(head.magic, magic, sizeof magic) == 0 && head.pid > 0;
  if (is_told && head.pid == (int64_t)getpid())
    snprintf(who, sizeof who, "another runner of this process");
  else if (is_told)
    snprintf(who, sizeof who, "process %" PRId64, head.pid);
  return tgr_error_set(error, TGR_ECONFLICT, "it is in use by %s", who);
}

static bool name_file(char out[PATH_MAX_BYTES], const char *path) {
  const int len = snprintf(out, PATH_MAX_BYTES, "%s-live", path);
  return len >= 0 && len < PATH_MAX_BYTES;
}

static int open_file(const char *name, bool *made) {
  int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  *made = fd >= 0;
  if (fd < 0 && errno == EEXIST)
    fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return fd;
}

/* Opens and locks the file once; it may be taken away in between. */
static enum tgr_status try_lock(struct tgr_marks *marks, const char *name,
                                struct tgr_error *error) {
  const int fd = open_file(name, &marks->made);
  if (fd < 0)
    return tgr_error_set(error, errno == EIO ? TGR_EIO : TGR_ENOENT,
                         "cannot open %s: %s", name, strerror(errno));
  enum tgr_status status = TGR_OK;
  if (flock(fd, LOCK_EX | LOCK_NB) != 0)
    status = errno == EWOULDBLOCK
                 ? locked_by(fd, error)
                 : tgr_error_set(error, TGR_EIO, "cannot lock %s: %s", name,
                                 strerror(errno));
  if (status != TGR_OK) {
    close(fd);
    return status;
  }
  marks->fd = fd;
  return TGR_OK;
}

static enum tgr_status lock(struct tgr_marks *marks, const char *path,
                            struct tgr_error *error) {
  char name[PATH_MAX_BYTES];
  if (!name_file(name, path))
    return tgr_error_set(error, TGR_EINVAL, "its path is too long");
  for (;;) {
    const enum tgr_status status = try_lock(marks, name, error);
    if (status != TGR_OK || !tgr_marks_are_moved(marks, path))
      return status;
    close(marks->fd);
    marks->fd = -1;
  }
}

/* Writes zeros to the file's end up to `bytes`: a mapped page without a block
 * on the disk would be a signal when the disk is full. */
static bool lengthen(int fd, size_t bytes) {
  static const char zeros[4096];
  off_t end = lseek(fd, 0, SEEK_END);
  while (end >= 0 && (size_t)end < bytes) {
    const size_t left = bytes - (size_t)end;
    const size_t part = left < sizeof zeros ? left : sizeof zeros;
    const ssize_t written = pwrite(fd, zeros, part, end);
    if (written <= 0)
      return false;
    end += written;
  }
  return end >= 0;
}

/* ---- the map ------------------------------------------------------------ */

/* Maps `count` marks; on failure all is as before. */
static enum tgr_status map(struct tgr_marks *marks, int count) {
  const size_t bytes =
      sizeof(struct head) + (size_t)count * sizeof(struct tgr_mark);
  if (!lengthen(marks->fd, bytes))
    return TGR_EIO;
  int *free = tgr_mem_resize(marks->mem, marks->free,
                             (size_t)count * sizeof *marks->free);
  if (free == NULL)
    return TGR_ENOMEM;
  marks->free = free;
  char *fresh =
      mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, marks->fd, 0);
  if (fresh == MAP_FAILED)
    return TGR_ENOMEM;
  if (marks->map != NULL)
    munmap(marks->map, marks->map_bytes);
  marks->map = fresh;
  marks->map_bytes = bytes;
  marks->marks = (struct tgr_mark *)(void *)(fresh + sizeof(struct head));
  for (int i = count; i > marks->count; i--)
    marks->free[marks->free_count++] = i - 1;
  marks->count = count;
  return TGR_OK;
}

/* As many marks as the file has room for, which may be longer than needed. */
static int marks_in_file(int fd) {
  const off_t end = lseek(fd, 0, SEEK_END);
  if (end < (off_t)sizeof(struct head))
    return FIRST_MARKS;
  const off_t count =
      (end - (off_t)sizeof(struct head)) / (off_t)sizeof(struct tgr_mark);
  return count < FIRST_MARKS ? FIRST_MARKS
         : count > MARKS_MAX ? MARKS_MAX
                             : (int)count;
}

enum tgr_status tgr_marks_open(struct tgr_marks *marks,
                               const struct tgr_mem *mem, const char *path,
                               struct tgr_error *error) {
  *marks = (struct tgr_marks){.mem = mem, .fd = -1};
  enum tgr_status status = lock(marks, path, error);
  if (status != TGR_OK)
    return status;
  status = map(marks, marks_in_file(marks->fd));
  if (status != TGR_OK) {
    tgr_marks_undo(marks, path);
    return tgr_error_set(error, status, "%s",
                         status == TGR_EIO ? "its marks cannot be written"
                                           : "not enough memory for its marks");
  }
  struct head *head = head_of(marks);
  if (memcmp(head->magic, magic, sizeof magic) != 0)
    tgr_marks_clear(marks);
  memcpy(head->magic, magic, sizeof magic);
  head->pid = (int64_t)getpid();
  return TGR_OK;
}

bool tgr_marks_are_moved(const struct tgr_marks *marks, const char *path) {
  char name[PATH_MAX_BYTES];
  struct stat ours;
  struct stat there;
  if (!name_file(name, path) || fstat(marks->fd, &ours) != 0)
    return false;
  if (stat(name, &there) != 0)
    return errno == ENOENT;
  return ours.st_ino != there.st_ino || ours.st_dev != there.st_dev;
}

void tgr_marks_close(struct tgr_marks *marks) {
  if (marks->map != NULL)
    munmap(marks->map, marks->map_bytes);
  tgr_mem_free(marks->mem, marks->free);
  if (marks->fd >= 0)
    close(marks->fd);
  *marks = (struct tgr_marks){.mem = marks->mem, .fd = -1};
}

void tgr_marks_undo(struct tgr_marks *marks, const char *path) {
  char name[PATH_MAX_BYTES];
  if (marks->fd >= 0 && marks->made && name_file(name, path) &&
      !tgr_marks_are_moved(marks, path))
    (void)unlink(name); /* while it is locked: it is nobody else's */
  tgr_marks_close(marks);
}

void tgr_marks_each(const struct tgr_marks *marks,
                    void (*each)(void *user, const struct tgr_mark *mark),
                    void *user) {
  for (int i = 0; i < marks->count; i++) {
    if (atomic_load(&marks->marks[i].seq) != 0)
      each(user, &marks->marks[i]);
  }
}

void tgr_marks_clear(struct tgr_marks *marks) {
  for (int i = 0; i < marks->count; i++)
    atomic_store(&marks->marks[i].seq, 0);
}

int tgr_marks_set(struct tgr_marks *marks, int64_t seq, int64_t epoch,
                  int64_t id, int64_t crashes) {
  assert(seq != 0);
  if (marks->free_count == 0 &&
      (marks->marks == NULL || marks->count >= MARKS_MAX ||
       map(marks, marks->count * 2) != TGR_OK))
    return -1;
  const int number = marks->free[--marks->free_count];
  struct tgr_mark *mark = &marks->marks[number];
  mark->epoch = epoch;
  mark->id = id;
  mark->crashes = crashes;
  atomic_store_explicit(&mark->seq, seq, memory_order_release);
  return number;
}

void tgr_marks_unset(struct tgr_marks *marks, int mark) {
  if (mark < 0 || marks->marks == NULL)
    return;
  atomic_store_explicit(&marks->marks[mark].seq, 0, memory_order_release);
  marks->free[marks->free_count++] = mark;
}
