/* The collector under the budget of a step. */
#include "script/collect.h"

#include "script/state.h"

/* A slice is what Lua itself does each SLICE_BYTES that are taken; a cycle
 * begins when the bytes in use have doubled. */
enum { SLICE_BYTES = 8192, NOTICE_BYTES = 65536, BASE_MIN = 1 << 18 };

/* Notes what was taken since it last looked, and when to look again. */
static void look(struct tgr_collect *it, struct tgr_heap *heap) {
  const size_t used = heap->used;
  if (it->in_cycle) {
    it->debt += used > it->seen ? used - it->seen : 0;
  } else if (used / 2 >= it->base) {
    it->in_cycle = true;
    it->debt = SLICE_BYTES;
  }
  it->seen = used;
  heap->notice_at = it->in_cycle ? used + NOTICE_BYTES : it->base * 2;
}

/* One slice; more only when steps leave it so little time that it falls behind
 * by a quarter of what is in use. */
static void work(struct tgr_job *job) {
  struct tgr_collect *it = TGR_CONTAINER_OF(job, struct tgr_collect, job);
  struct tgr_script *script = TGR_CONTAINER_OF(it, struct tgr_script, collect);
  struct tgr_heap *heap = &script->heap;
  bool over = false;
  look(it, heap);
  do {
    over = lua_gc(script->L, LUA_GCSTEP, 0) != 0;
    it->debt -= it->debt < SLICE_BYTES ? it->debt : SLICE_BYTES;
  } while (!over && it->debt > it->base / 4);
  it->was_first = true;
  if (over) {
    it->in_cycle = false;
    it->base = heap->used < BASE_MIN ? BASE_MIN : heap->used;
  } else if (it->debt > 0) {
    tgr_ready_put(&script->env.loop->ready, job);
  }
  it->seen = heap->used;
  look(it, heap);
}

/* Within a long step. */
static void on_notice(struct tgr_heap *heap) {
  struct tgr_script *script = TGR_CONTAINER_OF(heap, struct tgr_script, heap);
  look(&script->collect, heap);
  if (script->collect.in_cycle)
    tgr_ready_put(&script->env.loop->ready, &script->collect.job);
}

void tgr_collect_init(struct tgr_collect *collect) {
  *collect = (struct tgr_collect){.base = BASE_MIN};
  tgr_job_init(&collect->job, work);
}

void tgr_collect_begin_step(struct tgr_script *script) {
  struct tgr_collect *it = &script->collect;
  if (!it->paced) {
    lua_gc(script->L, LUA_GCSTOP, 0);
    script->heap.noticed = on_notice;
    it->paced = true;
  }
  look(it, &script->heap);
  struct tgr_ready *ready = &script->env.loop->ready;
  const bool others_wait = it->was_first && !tgr_ready_empty(ready);
  it->was_first = false;
  if (it->in_cycle && !others_wait)
    tgr_ready_put_first(ready, &it->job);
}

void tgr_collect_release(struct tgr_script *script) {
  if (!script->collect.paced)
    return;
  script->collect.paced = false;
  script->heap.notice_at = 0;
  tgr_ready_drop(&script->collect.job);
  lua_gc(script->L, LUA_GCRESTART, 0);
}
