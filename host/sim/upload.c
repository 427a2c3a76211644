/* Takes in a request's body. */
#include "sim/upload.h"

#include "sim/param.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
  BODY_MAX = 256 << 20,   /* of a JSON or form body */
  SPLITTER_BYTES = 65536, /* room for a part's head */
};

static bool starts_with(const char *text, const char *prefix) {
  return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/* A text field is complete. */
static void end_field(struct tgr_sim_upload *upload) {
  if (upload->field[0] == '\0')
    return;
  char empty[1] = "";
  char *value = upload->bytes.bytes == NULL ? empty : upload->bytes.bytes;
  if (!tgr_sim_param_add(upload->call->params, upload->field, value,
                         upload->bytes.len))
    upload->broken = true;
  tgr_buf_clear(&upload->bytes);
  upload->field[0] = '\0';
}

static void set_field(struct tgr_sim_upload *upload, const char *key) {
  snprintf(upload->field, sizeof upload->field, "%s", key);
  tgr_sim_text_make_utf8(upload->field, strlen(upload->field));
}

static void start_file(struct tgr_sim_upload *upload, const char *key,
                       const char *name, const char *type) {
  struct tgr_sim_file *file =
      tgr_sim_files_new(&upload->call->world->files, name, type);
  upload->file_id = file == NULL ? 0 : file->id;
  upload->broken = upload->broken || file == NULL;
  set_field(upload, key);
  if (file == NULL)
    return;
  tgr_sim_text_make_utf8(file->name, strlen(file->name));
  tgr_sim_text_make_utf8(file->type, strlen(file->type));
}

/* A file is complete: describes it. */
static void end_file(struct tgr_sim_upload *upload) {
  const struct tgr_sim_file *file =
      tgr_sim_files_get(&upload->call->world->files, upload->file_id);
  json_t *described =
      file == NULL
          ? NULL
          : json_pack("{s:s,s:s,s:s,s:I,s:o,s:o}", "field", upload->field,
                      "name", file->name, "content_type", file->type, "size",
                      (json_int_t)file->size, "fnv1a",
                      json_sprintf("%016" PRIx64, file->fnv1a), "file_id",
                      json_sprintf("sim-file-%" PRIu64, file->id));
  if (json_object_set_new(upload->call->files, upload->field, described) != 0)
    upload->broken = true;
  upload->file_id = 0;
  upload->field[0] = '\0';
}

static void end_part(struct tgr_sim_upload *upload) {
  if (upload->file_id != 0)
    end_file(upload);
  else
    end_field(upload);
}

/* microhttpd hands a piece of a part. */
static enum MHD_Result on_part(void *user, enum MHD_ValueKind kind,
                               const char *key, const char *filename,
                               const char *type, const char *encoding,
                               const char *bytes, uint64_t offset, size_t len) {
  struct tgr_sim_upload *upload = user;
  (void)kind;
  (void)encoding;
  if (offset == 0) {
    end_part(upload);
    if (filename != NULL)
      start_file(upload, key, filename, type);
    else
      set_field(upload, key);
  }
  const enum tgr_status status =
      upload->file_id != 0 ? tgr_sim_files_append(&upload->call->world->files,
                                                  upload->file_id, bytes, len)
                           : tgr_buf_append(&upload->bytes, bytes, len);
  upload->call->too_large = upload->call->too_large || status == TGR_ELIMIT;
  upload->broken = upload->broken || status == TGR_ENOMEM;
  return upload->broken || upload->call->too_large ? MHD_NO : MHD_YES;
}

void tgr_sim_upload_init(struct tgr_sim_upload *upload,
                         struct tgr_sim_call *call,
                         struct MHD_Connection *connection,
                         const char *content_type) {
  *upload = (struct tgr_sim_upload){.call = call, .connection = connection};
  tgr_buf_init(&upload->bytes, call->world->mem, BODY_MAX);
  if (content_type == NULL)
    return;
  if (starts_with(content_type, "application/x-www-form-urlencoded"))
    upload->kind = TGR_SIM_BODY_FORM;
  if (!starts_with(content_type, "multipart/form-data"))
    return;
  upload->kind = TGR_SIM_BODY_MULTIPART;
  upload->splitter =
      MHD_create_post_processor(connection, SPLITTER_BYTES, on_part, upload);
  call->bad_body = upload->splitter == NULL;
}

void tgr_sim_upload_deinit(struct tgr_sim_upload *upload) {
  if (upload->splitter != NULL)
    MHD_destroy_post_processor(upload->splitter);
  upload->splitter = NULL;
  tgr_buf_deinit(&upload->bytes);
}

void tgr_sim_upload_take(struct tgr_sim_upload *upload, const char *bytes,
                         size_t len) {
  struct tgr_sim_call *call = upload->call;
  if (upload->broken || call->bad_body || call->too_large)
    return;
  if (upload->kind == TGR_SIM_BODY_MULTIPART) {
    if (MHD_post_process(upload->splitter, bytes, len) == MHD_NO)
      call->bad_body = !upload->broken && !call->too_large;
    return;
  }
  const enum tgr_status status = tgr_buf_append(&upload->bytes, bytes, len);
  call->too_large = status == TGR_ELIMIT;
  upload->broken = status == TGR_ENOMEM;
}

static enum MHD_Result on_query(void *user, enum MHD_ValueKind kind,
                                const char *key, const char *value) {
  struct tgr_sim_upload *upload = user;
  (void)kind;
  struct tgr_buf *bytes = &upload->bytes;
  tgr_buf_clear(bytes);
  set_field(upload, key);
  if (value != NULL && tgr_buf_append_str(bytes, value) != TGR_OK) {
    upload->broken = true;
    return MHD_NO;
  }
  char empty[1] = "";
  if (json_object_get(upload->call->params, upload->field) == NULL &&
      !tgr_sim_param_add(upload->call->params, upload->field,
                         bytes->len == 0 ? empty : bytes->bytes, bytes->len))
    upload->broken = true;
  return MHD_YES;
}

static void parse_json(struct tgr_sim_upload *upload) {
  struct tgr_sim_call *call = upload->call;
  json_t *parsed =
      json_loadb(upload->bytes.bytes, upload->bytes.len, JSON_ALLOW_NUL, NULL);
  if (json_is_object(parsed))
    upload->broken = json_object_update(call->params, parsed) != 0;
  else
    call->bad_body = true;
  json_decref(parsed);
}

static void parse_form(struct tgr_sim_upload *upload) {
  if (tgr_buf_cstr(&upload->bytes) == NULL ||
      !tgr_sim_param_add_form(upload->call->params, upload->bytes.bytes,
                              upload->bytes.len))
    upload->broken = true;
}

bool tgr_sim_upload_end(struct tgr_sim_upload *upload, bool keep_bytes) {
  if (upload->kind == TGR_SIM_BODY_MULTIPART) {
    end_part(upload);
  } else if (!keep_bytes && upload->bytes.len > 0 && !upload->broken) {
    if (upload->kind == TGR_SIM_BODY_FORM)
      parse_form(upload);
    else
      parse_json(upload);
  }
  struct tgr_buf kept = upload->bytes;
  tgr_buf_init(&upload->bytes, kept.mem, kept.max);
  MHD_get_connection_values(upload->connection, MHD_GET_ARGUMENT_KIND, on_query,
                            upload);
  tgr_buf_deinit(&upload->bytes);
  upload->bytes = kept;
  return !upload->broken;
}
