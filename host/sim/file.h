/* File: what bots uploaded, kept for download.
 *
 * Every file is hashed; its bytes are kept up to the cap, so that an upload of
 * any size costs bounded memory. The newest TGR_SIM_FILES_MAX files are kept,
 * and of those the newest whose bytes fit into the total.
 *
 * Owner: the simulator's thread. */
#ifndef TGR_SIM_FILE_H
#define TGR_SIM_FILE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { TGR_SIM_FILES_MAX = 4096, TGR_SIM_FILE_NAME_MAX = 128 };

struct tgr_sim_file {
  uint64_t id;
  uint64_t size;       /* all bytes that arrived */
  uint64_t fnv1a;      /* 64-bit FNV-1a of all of them */
  struct tgr_buf kept; /* the first bytes, up to the cap */
  char name[TGR_SIM_FILE_NAME_MAX];
  char type[64]; /* content type, may be empty */
};

struct tgr_sim_files {
  const struct tgr_mem *mem;
  struct tgr_sim_file **slots; /* file id % TGR_SIM_FILES_MAX */
  uint64_t next_id;
  uint64_t oldest_id;
  size_t total;
  size_t total_max;
  size_t cap; /* bytes kept of one file */
};

TGR_MUST_CHECK enum tgr_status tgr_sim_files_init(struct tgr_sim_files *files,
                                                  const struct tgr_mem *mem);
void tgr_sim_files_deinit(struct tgr_sim_files *files);

/* A new empty file; NULL without memory. It belongs to `files`. */
struct tgr_sim_file *tgr_sim_files_new(struct tgr_sim_files *files,
                                       const char *name, const char *type);
/* Adds bytes to the file of this id, if it is still kept. */
TGR_MUST_CHECK enum tgr_status tgr_sim_files_append(struct tgr_sim_files *files,
                                                    uint64_t id,
                                                    const char *bytes,
                                                    size_t len);
/* NULL when there is none, or no longer. */
struct tgr_sim_file *tgr_sim_files_get(const struct tgr_sim_files *files,
                                       uint64_t id);

/* The number in a file_id the simulator made ("sim-file-12", "sim-file-12-m");
 * 0 for any other text. */
uint64_t tgr_sim_file_number(const char *file_id);

#endif
