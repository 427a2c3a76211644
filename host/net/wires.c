/* The connections of ours. */
#include "net/wires.h"

#include "net/core.h"
#include "net/dial.h"
#include "net/url_inside.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

static const uint64_t KEPT_US = 118 * 1000 * 1000;

/* When an idle wire is to be closed: in time before the server does it. */
static uint64_t end_of(const struct tgr_wire *wire) {
  uint64_t kept_us = KEPT_US;
  const uint64_t said_us = (uint64_t)wire->frame.keep_s * 750 * 1000;
  if (said_us > 0 && said_us < kept_us)
    kept_us = said_us;
  return wire->idle_us + kept_us;
}

static void watch(struct tgr_wires *wires, uint64_t end_us) {
  struct tgr_timers *timers = &wires->http->loop->timers;
  if (tgr_timer_active(&wires->timer) && wires->timer.due_us <= end_us)
    return;
  const uint64_t now_us = timers->now_us;
  tgr_timer_start_us(timers, &wires->timer,
                     end_us > now_us ? end_us - now_us : 0);
}

/* Closes the site's wires whose time is up; the site goes with the last. */
static void sweep(struct tgr_wires *wires, struct tgr_site *site) {
  const uint64_t now_us = wires->http->loop->timers.now_us;
  struct tgr_link *link = site->idle.head.next;
  bool is_last = false;
  while (!is_last && link != &site->idle.head) {
    struct tgr_wire *wire = TGR_CONTAINER_OF(link, struct tgr_wire, link);
    link = link->next;
    is_last = site->wires == 1;
    if (end_of(wire) > now_us)
      watch(wires, end_of(wire));
    else
      tgr_wires_drop(wires, wire);
  }
}

static void on_due(struct tgr_timer *timer) {
  struct tgr_wires *wires = TGR_CONTAINER_OF(timer, struct tgr_wires, timer);
  struct tgr_link *link = wires->sites.head.next;
  while (link != &wires->sites.head) {
    struct tgr_site *site = TGR_CONTAINER_OF(link, struct tgr_site, link);
    link = link->next;
    sweep(wires, site);
  }
}

void tgr_wires_init(struct tgr_wires *wires, struct tgr_http *http,
                    unsigned most_idle) {
  *wires = (struct tgr_wires){.http = http, .most_idle = most_idle};
  tgr_list_init(&wires->sites);
  tgr_timer_init(&wires->timer, on_due);
}

void tgr_wires_deinit(struct tgr_wires *wires) {
  struct tgr_link *link = NULL;
  while ((link = tgr_list_first(&wires->sites)) != NULL) {
    struct tgr_site *site = TGR_CONTAINER_OF(link, struct tgr_site, link);
    struct tgr_link *wire = tgr_list_first(&site->idle);
    assert(wire != NULL && "a busy wire");
    tgr_wires_drop(wires, TGR_CONTAINER_OF(wire, struct tgr_wire, link));
  }
  tgr_timer_stop(&wires->http->loop->timers, &wires->timer);
}

static bool is_of(const struct tgr_site *site, const struct tgr_http_url *url) {
  return site->len == url->site_len &&
         memcmp(site->name, url->site, site->len) == 0;
}

/* Most bots have one server: the first is the one. */
static struct tgr_site *find(struct tgr_wires *wires,
                             const struct tgr_http_url *url) {
  for (struct tgr_link *link = wires->sites.head.next;
       link != &wires->sites.head; link = link->next) {
    struct tgr_site *site = TGR_CONTAINER_OF(link, struct tgr_site, link);
    if (is_of(site, url))
      return site;
  }
  return NULL;
}

static bool is_usable(struct tgr_wire *wire) {
  return end_of(wire) > wire->http->loop->timers.now_us &&
         tgr_wire_is_still_quiet(wire);
}

struct tgr_wire *tgr_wires_take(struct tgr_wires *wires,
                                const struct tgr_http_url *url) {
  struct tgr_site *site = NULL;
  while ((site = find(wires, url)) != NULL && !tgr_list_empty(&site->idle)) {
    struct tgr_wire *wire =
        TGR_CONTAINER_OF(site->idle.head.prev, struct tgr_wire, link);
    if (is_usable(wire)) {
      tgr_list_remove(&wire->link);
      wires->idle--;
      return wire;
    }
    tgr_wires_drop(wires, wire);
  }
  return NULL;
}

static struct tgr_site *obtain(struct tgr_wires *wires,
                               const struct tgr_http_url *url) {
  struct tgr_site *site = find(wires, url);
  if (site != NULL)
    return site;
  site = tgr_mem_new0(wires->http->mem, sizeof *site + url->site_len);
  if (site == NULL)
    return NULL;
  tgr_list_init(&site->idle);
  site->len = url->site_len;
  memcpy(site->name, url->site, url->site_len);
  tgr_list_append(&wires->sites, &site->link);
  return site;
}

static void release(struct tgr_wires *wires, struct tgr_site *site) {
  if (site->wires > 0)
    return;
  tgr_list_remove(&site->link);
  tgr_mem_free(wires->http->mem, site);
}

enum tgr_status tgr_wires_add(struct tgr_wires *wires,
                              const struct tgr_http_url *url,
                              struct tgr_http_handle *handle,
                              void (*act)(struct tgr_wire *wire, int events),
                              struct tgr_wire **out) {
  const int fd = tgr_dial_fd(wires->http, handle, url->secure);
  if (fd < 0)
    return TGR_ENET;
  struct tgr_site *site = obtain(wires, url);
  enum tgr_status status = site != NULL ? TGR_OK : TGR_ENOMEM;
  if (status == TGR_OK) {
    status =
        tgr_wire_new(wires->http, fd, url->secure ? handle : NULL, act, out);
    if (status == TGR_OK)
      site->wires++;
    else
      release(wires, site);
  }
  if (status != TGR_OK) {
    if (!url->secure)
      close(fd);
    return status;
  }
  (*out)->site = site;
  if (!url->secure) /* curl closes its descriptor of the two */
    tgr_dial_put(wires->http, handle);
  return TGR_OK;
}

void tgr_wires_put(struct tgr_wires *wires, struct tgr_wire *wire) {
  if (wires->idle >= wires->most_idle) {
    tgr_wires_drop(wires, wire);
    return;
  }
  wire->idle_us = wires->http->loop->timers.now_us;
  tgr_list_append(&wire->site->idle, &wire->link);
  wires->idle++;
  watch(wires, end_of(wire));
}

void tgr_wires_drop(struct tgr_wires *wires, struct tgr_wire *wire) {
  struct tgr_site *site = wire->site;
  if (tgr_link_in_list(&wire->link))
    wires->idle--;
  tgr_wire_close(wire);
  site->wires--;
  release(wires, site);
}
