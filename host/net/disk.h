/* Disk: whole small files, read and replaced by calls that block.
 *
 * For threads that may wait (loop/work.h). A loop's thread uses reader.h and
 * writer.h, which also take files of any size.
 *
 * Any thread. Statuses: TGR_ENOENT, TGR_EIO, TGR_ENOMEM, TGR_ELIMIT, each with
 * one line that names the path. */
#ifndef TGR_NET_DISK_H
#define TGR_NET_DISK_H

#include "base/buf.h"

/* A temporary file is named after the one that it is to become, with this and
 * six letters or digits behind: a name that nobody else gives a file, for it is
 * removed (leftovers.h). */
#define TGR_DISK_TEMPORARY ".tgrunner-"

/* Appends the content of a file. TGR_ENOENT when there is none of this name. */
TGR_MUST_CHECK enum tgr_status
tgr_disk_read(const char *path, struct tgr_buf *out, struct tgr_error *error);

/* Gives a file this content: written under a temporary name beside it, flushed
 * to the disk, and renamed, so that whoever reads, even after a power cut,
 * finds either what it was or all of this. Only the owner may read it. Folders
 * that are missing are made. */
TGR_MUST_CHECK enum tgr_status tgr_disk_replace(const struct tgr_mem *mem,
                                                const char *path,
                                                const char *bytes, size_t len,
                                                struct tgr_error *error);

/* Removes a file; none of this name is fine. */
TGR_MUST_CHECK enum tgr_status tgr_disk_remove(const char *path,
                                               struct tgr_error *error);

#endif
