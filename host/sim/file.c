/* What bots uploaded, kept for download. */
#include "sim/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FNV_OFFSET UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)
#define FILE_ID_PREFIX "sim-file-"

enum { CAP_DEFAULT = 8 << 20, TOTAL_DEFAULT = 256 << 20 };

enum tgr_status tgr_sim_files_init(struct tgr_sim_files *files,
                                   const struct tgr_mem *mem) {
  *files = (struct tgr_sim_files){.mem = mem,
                                  .next_id = 1,
                                  .oldest_id = 1,
                                  .total_max = TOTAL_DEFAULT,
                                  .cap = CAP_DEFAULT};
  files->slots =
      tgr_mem_new0(mem, TGR_SIM_FILES_MAX * sizeof(struct tgr_sim_file *));
  return files->slots == NULL ? TGR_ENOMEM : TGR_OK;
}

static void drop_oldest(struct tgr_sim_files *files) {
  struct tgr_sim_file **slot =
      &files->slots[files->oldest_id++ % TGR_SIM_FILES_MAX];
  if (*slot == NULL)
    return;
  files->total -= (*slot)->kept.len;
  tgr_buf_deinit(&(*slot)->kept);
  tgr_mem_free(files->mem, *slot);
  *slot = NULL;
}

void tgr_sim_files_deinit(struct tgr_sim_files *files) {
  if (files->slots == NULL)
    return;
  while (files->oldest_id < files->next_id)
    drop_oldest(files);
  tgr_mem_free(files->mem, files->slots);
  files->slots = NULL;
}

struct tgr_sim_file *tgr_sim_files_new(struct tgr_sim_files *files,
                                       const char *name, const char *type) {
  struct tgr_sim_file *file = tgr_mem_new0(files->mem, sizeof *file);
  if (file == NULL)
    return NULL;
  if (files->next_id - files->oldest_id >= TGR_SIM_FILES_MAX)
    drop_oldest(files);
  file->id = files->next_id++;
  file->fnv1a = FNV_OFFSET;
  tgr_buf_init(&file->kept, files->mem, SIZE_MAX);
  snprintf(file->name, sizeof file->name, "%s", name == NULL ? "" : name);
  snprintf(file->type, sizeof file->type, "%s", type == NULL ? "" : type);
  files->slots[file->id % TGR_SIM_FILES_MAX] = file;
  return file;
}

static uint64_t hash_on(uint64_t hash, const char *bytes, size_t len) {
  for (size_t i = 0; i < len; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * FNV_PRIME;
  return hash;
}

enum tgr_status tgr_sim_files_append(struct tgr_sim_files *files, uint64_t id,
                                     const char *bytes, size_t len) {
  struct tgr_sim_file *file = tgr_sim_files_get(files, id);
  if (file == NULL)
    return TGR_OK;
  const size_t room =
      file->kept.len < files->cap && file->size == file->kept.len
          ? files->cap - file->kept.len
          : 0;
  const size_t keep = len < room ? len : room;
  const enum tgr_status status = tgr_buf_append(&file->kept, bytes, keep);
  if (status != TGR_OK)
    return status;
  file->size += len;
  file->fnv1a = hash_on(file->fnv1a, bytes, len);
  files->total += keep;
  while (files->total > files->total_max && files->oldest_id < id)
    drop_oldest(files);
  return TGR_OK;
}

struct tgr_sim_file *tgr_sim_files_get(const struct tgr_sim_files *files,
                                       uint64_t id) {
  if (id < files->oldest_id || id >= files->next_id)
    return NULL;
  return files->slots[id % TGR_SIM_FILES_MAX];
}

uint64_t tgr_sim_file_number(const char *file_id) {
  const size_t prefix = strlen(FILE_ID_PREFIX);
  if (strncmp(file_id, FILE_ID_PREFIX, prefix) != 0)
    return 0;
  return strtoull(file_id + prefix, NULL, 10);
}
