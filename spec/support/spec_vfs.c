#include "support/spec_vfs.h"

#include <string.h>

struct file {
  sqlite3_file base;
  struct spec_vfs *it;
  sqlite3_file *real; /* behind this struct */
};

static int refuses(struct spec_vfs *it) {
  const long call = atomic_fetch_add(&it->calls, 1) + 1;
  const long first = atomic_load(&it->fail_at);
  return first > 0 && call >= first &&
         call < first + atomic_load(&it->fail_count);
}

static struct file *file_of(sqlite3_file *file) {
  return (struct file *)(void *)file;
}

#define CALL(file, method, ...)                                                \
  struct file *own = file_of(file);                                            \
  if (refuses(own->it))                                                        \
    return own->it->code;                                                      \
  return own->real->pMethods->method(own->real __VA_ARGS__)

static int x_close(sqlite3_file *file) {
  struct file *own = file_of(file);
  return own->real->pMethods->xClose(own->real);
}
static int x_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at) {
  CALL(file, xRead, , to, n, at);
}
static int x_write(sqlite3_file *file, const void *from, int n,
                   sqlite3_int64 at) {
  CALL(file, xWrite, , from, n, at);
}
static int x_truncate(sqlite3_file *file, sqlite3_int64 size) {
  CALL(file, xTruncate, , size);
}
static int x_sync(sqlite3_file *file, int flags) {
  CALL(file, xSync, , flags);
}
static int x_size(sqlite3_file *file, sqlite3_int64 *size) {
  CALL(file, xFileSize, , size);
}
static int x_lock(sqlite3_file *file, int level) {
  CALL(file, xLock, , level);
}
static int x_unlock(sqlite3_file *file, int level) {
  struct file *own = file_of(file);
  return own->real->pMethods->xUnlock(own->real, level);
}
static int x_reserved(sqlite3_file *file, int *out) {
  CALL(file, xCheckReservedLock, , out);
}
static int x_control(sqlite3_file *file, int what, void *arg) {
  struct file *own = file_of(file);
  return own->real->pMethods->xFileControl(own->real, what, arg);
}
static int x_sector(sqlite3_file *file) {
  struct file *own = file_of(file);
  return own->real->pMethods->xSectorSize(own->real);
}
static int x_device(sqlite3_file *file) {
  struct file *own = file_of(file);
  return own->real->pMethods->xDeviceCharacteristics(own->real);
}
static int x_shm_map(sqlite3_file *file, int page, int size, int extend,
                     void volatile **out) {
  CALL(file, xShmMap, , page, size, extend, out);
}
static int x_shm_lock(sqlite3_file *file, int at, int n, int flags) {
  struct file *own = file_of(file);
  return own->real->pMethods->xShmLock(own->real, at, n, flags);
}
static void x_shm_barrier(sqlite3_file *file) {
  struct file *own = file_of(file);
  own->real->pMethods->xShmBarrier(own->real);
}
static int x_shm_unmap(sqlite3_file *file, int remove) {
  struct file *own = file_of(file);
  return own->real->pMethods->xShmUnmap(own->real, remove);
}

static const sqlite3_io_methods methods = {.iVersion = 2,
                                           .xClose = x_close,
                                           .xRead = x_read,
                                           .xWrite = x_write,
                                           .xTruncate = x_truncate,
                                           .xSync = x_sync,
                                           .xFileSize = x_size,
                                           .xLock = x_lock,
                                           .xUnlock = x_unlock,
                                           .xCheckReservedLock = x_reserved,
                                           .xFileControl = x_control,
                                           .xSectorSize = x_sector,
                                           .xDeviceCharacteristics = x_device,
                                           .xShmMap = x_shm_map,
                                           .xShmLock = x_shm_lock,
                                           .xShmBarrier = x_shm_barrier,
                                           .xShmUnmap = x_shm_unmap};

static struct spec_vfs *vfs_of(sqlite3_vfs *vfs) {
  return (struct spec_vfs *)vfs->pAppData;
}

static int x_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                  int flags, int *out_flags) {
  struct spec_vfs *it = vfs_of(vfs);
  struct file *own = file_of(file);
  own->base.pMethods = NULL;
  if (refuses(it))
    return SQLITE_CANTOPEN;
  own->it = it;
  own->real = (sqlite3_file *)(void *)(own + 1);
  if (atomic_load(&it->protects) && (flags & SQLITE_OPEN_MAIN_DB) != 0)
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) |
            SQLITE_OPEN_READONLY;
  const int code = it->real->xOpen(it->real, name, own->real, flags, out_flags);
  if (code == SQLITE_OK)
    own->base.pMethods = &methods;
  return code;
}
static int x_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  struct spec_vfs *it = vfs_of(vfs);
  return refuses(it) ? SQLITE_IOERR_DELETE
                     : it->real->xDelete(it->real, name, sync);
}
static int x_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  struct spec_vfs *it = vfs_of(vfs);
  return refuses(it) ? SQLITE_IOERR_ACCESS
                     : it->real->xAccess(it->real, name, flags, out);
}
static int x_full(sqlite3_vfs *vfs, const char *name, int n, char *out) {
  struct spec_vfs *it = vfs_of(vfs);
  return it->real->xFullPathname(it->real, name, n, out);
}
static int x_random(sqlite3_vfs *vfs, int n, char *out) {
  struct spec_vfs *it = vfs_of(vfs);
  return it->real->xRandomness(it->real, n, out);
}
static int x_sleep(sqlite3_vfs *vfs, int us) {
  struct spec_vfs *it = vfs_of(vfs);
  return it->real->xSleep(it->real, us);
}
static int x_time(sqlite3_vfs *vfs, double *out) {
  struct spec_vfs *it = vfs_of(vfs);
  return it->real->xCurrentTime(it->real, out);
}
static int x_error(sqlite3_vfs *vfs, int n, char *out) {
  struct spec_vfs *it = vfs_of(vfs);
  return it->real->xGetLastError(it->real, n, out);
}

void spec_vfs_register(struct spec_vfs *it) {
  memset(it, 0, sizeof *it);
  it->real = sqlite3_vfs_find(NULL);
  it->vfs =
      (sqlite3_vfs){.iVersion = 1,
                    .szOsFile = (int)sizeof(struct file) + it->real->szOsFile,
                    .mxPathname = it->real->mxPathname,
                    .zName = SPEC_VFS_NAME,
                    .pAppData = it,
                    .xOpen = x_open,
                    .xDelete = x_delete,
                    .xAccess = x_access,
                    .xFullPathname = x_full,
                    .xRandomness = x_random,
                    .xSleep = x_sleep,
                    .xCurrentTime = x_time,
                    .xGetLastError = x_error};
  sqlite3_vfs_register(&it->vfs, 0);
}

void spec_vfs_arm(struct spec_vfs *it, long fail_at, long fail_count,
                  int code) {
  atomic_store(&it->code, code);
  atomic_store(&it->fail_count, fail_count);
  atomic_store(&it->calls, 0);
  atomic_store(&it->fail_at, fail_at);
}
