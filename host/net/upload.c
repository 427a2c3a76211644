/* A multipart body.
 *
 * curl asks for bytes by a callback. Bytes of a file or a pull that are not
 * there yet pause the transfer; when they are, the reader or the pull has the
 * request's job run, which lets curl go on. */
#include "net/upload.h"

#include "base/log.h"
#include "net/failure.h"
#include "net/pull.h"
#include "net/reader.h"

#include <stdio.h>
#include <string.h>

struct piece {
  const struct tgr_http_part *part;
  struct tgr_http_request *request;
  struct tgr_reader *reader; /* NULL: bytes */
  size_t taken;              /* of bytes */
};

struct tgr_http_upload {
  curl_mime *mime;
  size_t count;
  struct piece pieces[];
};

static void on_changed(void *user) {
  struct tgr_http_request *request = user;
  tgr_ready_put(&request->http->loop->ready, &request->job);
}

enum tgr_status tgr_upload_new(struct tgr_http_request *request) {
  struct tgr_http *http = request->http;
  const size_t count = request->part_count;
  struct tgr_http_upload *upload =
      tgr_mem_new0(http->mem, sizeof *upload + count * sizeof(struct piece));
  if (upload == NULL)
    return TGR_ENOMEM;
  request->upload = upload;
  for (size_t i = 0; i < count; i++) {
    struct piece *piece = &upload->pieces[i];
    upload->count++;
    piece->part = &request->parts[i];
    piece->request = request;
    if (piece->part->pull != NULL)
      piece->part->pull->request = request;
    if (piece->part->path != NULL &&
        tgr_reader_new(http->loop, piece->part->path, on_changed, request,
                       &piece->reader) != TGR_OK)
      return TGR_ENOMEM;
  }
  return TGR_OK;
}

void tgr_upload_free(struct tgr_http_request *request) {
  struct tgr_http_upload *upload = request->upload;
  if (upload == NULL)
    return;
  request->upload = NULL;
  curl_mime_free(upload->mime);
  for (size_t i = 0; i < upload->count; i++)
    tgr_reader_free(upload->pieces[i].reader);
  tgr_mem_free(request->http->mem, upload);
}

static void fail(struct tgr_http_request *request,
                 const struct tgr_reader *reader) {
  const struct tgr_error *error = tgr_reader_error(reader);
  request->failure = error->status;
  snprintf(request->error, sizeof request->error, "%s", error->text);
  const size_t len = tgr_log_redact(request->error, strlen(request->error));
  request->error[len] = '\0'; /* a local Bot API server's paths hold tokens */
}

bool tgr_upload_is_open(struct tgr_http_request *request) {
  const struct tgr_http_upload *upload = request->upload;
  for (size_t i = 0; i < upload->count; i++) {
    const struct tgr_reader *reader = upload->pieces[i].reader;
    if (reader == NULL || tgr_reader_state(reader) == TGR_READER_OPEN)
      continue;
    if (tgr_reader_state(reader) == TGR_READER_FAILED)
      fail(request, reader);
    return false;
  }
  return true;
}

bool tgr_upload_note_stall(struct tgr_http_request *request) {
  const struct tgr_http_upload *upload = request->upload;
  for (size_t i = 0; upload != NULL && i < upload->count; i++) {
    const struct tgr_reader *reader = upload->pieces[i].reader;
    if (reader == NULL || !tgr_reader_is_waiting(reader))
      continue;
    tgr_failure_note_disk(request, upload->pieces[i].part->path);
    return true;
  }
  return false;
}

/* ---- for curl ----------------------------------------------------------- */

static size_t on_read_bytes(char *out, size_t size, size_t count, void *user) {
  struct piece *piece = user;
  const size_t left = piece->part->len - piece->taken;
  const size_t len = left < size * count ? left : size * count;
  if (len > 0)
    memcpy(out, piece->part->bytes + piece->taken, len);
  piece->taken += len;
  return len;
}

static int on_seek_bytes(void *user, curl_off_t offset, int origin) {
  struct piece *piece = user;
  if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > piece->part->len)
    return CURL_SEEKFUNC_CANTSEEK;
  piece->taken = (size_t)offset;
  return CURL_SEEKFUNC_OK;
}

static size_t on_read_file(char *out, size_t size, size_t count, void *user) {
  struct piece *piece = user;
  struct tgr_http_request *request = piece->request;
  size_t got = 0;
  if (tgr_reader_read(piece->reader, out, size * count, &got))
    return got;
  if (tgr_reader_state(piece->reader) == TGR_READER_FAILED) {
    fail(request, piece->reader);
    return CURL_READFUNC_ABORT;
  }
  request->paused |= CURLPAUSE_SEND;
  return CURL_READFUNC_PAUSE;
}

static int on_seek_file(void *user, curl_off_t offset, int origin) {
  const struct piece *piece = user;
  return origin == SEEK_SET && tgr_reader_seek(piece->reader, offset)
             ? CURL_SEEKFUNC_OK
             : CURL_SEEKFUNC_CANTSEEK;
}

static size_t on_read_pull(char *out, size_t size, size_t count, void *user) {
  const struct piece *piece = user;
  size_t got = 0;
  if (tgr_http_pull_read(piece->part->pull, out, size * count, &got))
    return got;
  /* The job comes behind what `want` had put on the ready list: the piece may
   * be there by then. */
  piece->request->awaits_pull = true;
  on_changed(piece->request);
  piece->request->paused |= CURLPAUSE_SEND;
  return CURL_READFUNC_PAUSE;
}

static const char *name_of_file(const struct tgr_http_part *part) {
  if (part->filename != NULL || part->path == NULL)
    return part->filename;
  const char *slash = strrchr(part->path, '/');
  return slash != NULL ? slash + 1 : part->path;
}

/* Where curl gets the piece's bytes; a size of -1 has it send them chunked. */
static CURLcode set_bytes(curl_mimepart *it, struct piece *piece) {
  const struct tgr_http_part *part = piece->part;
  if (part->pull != NULL)
    return curl_mime_data_cb(it, -1, on_read_pull, NULL, NULL, piece);
  if (piece->reader != NULL)
    return curl_mime_data_cb(it, tgr_reader_size(piece->reader), on_read_file,
                             on_seek_file, NULL, piece);
  return curl_mime_data_cb(it, (curl_off_t)part->len, on_read_bytes,
                           on_seek_bytes, NULL, piece);
}

static CURLcode add_piece(curl_mime *mime, struct piece *piece) {
  const struct tgr_http_part *part = piece->part;
  curl_mimepart *it = curl_mime_addpart(mime);
  if (it == NULL)
    return CURLE_OUT_OF_MEMORY;
  CURLcode code = curl_mime_name(it, part->name);
  if (code == CURLE_OK)
    code = curl_mime_filename(it, name_of_file(part));
  if (code == CURLE_OK && part->content_type != NULL)
    code = curl_mime_type(it, part->content_type);
  return code == CURLE_OK ? set_bytes(it, piece) : code;
}

enum tgr_status tgr_upload_attach(struct tgr_http_request *request,
                                  CURL *easy) {
  struct tgr_http_upload *upload = request->upload;
  upload->mime = curl_mime_init(easy);
  if (upload->mime == NULL)
    return TGR_ENOMEM;
  for (size_t i = 0; i < upload->count; i++) {
    if (add_piece(upload->mime, &upload->pieces[i]) != CURLE_OK)
      return TGR_ENOMEM;
    /* What cannot be repeated must not meet a connection that has died. */
    if (upload->pieces[i].part->pull != NULL)
      curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  }
  return curl_easy_setopt(easy, CURLOPT_MIMEPOST, upload->mime) == CURLE_OK
             ? TGR_OK
             : TGR_ENOMEM;
}
