--- Conversation offer: hands an update to the conversation that waits for it.
---
--- Per key one fiber at a time has to do with conversations: an update that finds its key held
--- waits, in order of arrival, and is then offered to what waits by then; newest conversation
--- first. What no conversation wants goes on at once. So answers that come faster than the
--- conversation works are neither lost nor overtaken, with and without sequentialize.
local conversation = require "tgrunner.conversation"

local conversation_offer = {}

-- Whether it is a command that the bot has a handler for.
local function is_handled_command(store, ctx)
  local kind = ctx.kind
  if kind ~= "message" and kind ~= "channel_post" then return false end
  if not ctx._command then return false end
  for _, predicate in ipairs(store._commands) do
    if predicate(ctx) then return true end
  end
  return false
end

-- Whether a waiting conversation takes the update. A predicate may wait.
local function wants(store, conv, ctx)
  local wait = conv._now
  if not wait or conversation.is_running(conv) then return false end
  if not wait.commands and is_handled_command(store, ctx) then return false end
  return wait.wants(ctx) and conv._now == wait
end

-- Hands an update to the conversation that wants it. True when nobody else is to see it, or who
-- is.
---@return boolean handled
---@return fun(ctx: tgrunner.Context)? otherwise
local function offer(store, ctx, key)
  local hold <close> = store._holds:begin(key)
  hold:take(ctx)
  local list, otherwise = store._open:of(key), nil
  for _, conv in ipairs(list) do
    if wants(store, conv, ctx) then return not store._open:run(conv, ctx, ctx) end
    local wait = not conversation.is_running(conv) and conv._now
    otherwise = otherwise or wait and wait.otherwise or nil
  end
  if otherwise and is_handled_command(store, ctx) then otherwise = nil end
  return false, otherwise
end

--- Middleware that offers each update to the conversations of its key.
---@param store tgrunner.Conversations
---@return tgrunner.Middleware
function conversation_offer.middleware(store)
  local open, holds, key_of = store._open, store._holds, store._keys.of
  return function(ctx, next)
    if open.size == 0 and not holds:any() then return next() end
    local key = key_of(ctx)
    if key == nil or not (open:has(key) or holds:wanted(key)) then return next() end
    local handled, otherwise = offer(store, ctx, key)
    if otherwise then return otherwise(ctx) end
    if not handled then return next() end
  end
end

return conversation_offer
