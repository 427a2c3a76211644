--- Conversation list: the conversations of a bot that are open, by key; with a cap on how many,
--- and on how long one may wait.
---
--- Not here: the order in which they wait (waiting.lua).
local conversation = require "tgrunner.conversation"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local waiting = require "tgrunner.waiting"

local conversation_list = {}

local DAY_MS <const> = 24 * 60 * 60 * 1000

---@class tgrunner.ConversationList
---@field size integer how many are open
---@field package by_key table<string|integer, tgrunner.Conversation|tgrunner.Conversation[]> one,
---or several, oldest first
---@field package waiting tgrunner.Waiting
---@field package max integer
---@field package ttl_ms number
---@field package on_evict fun(conv: tgrunner.Conversation)?
---@field package on_expire fun(conv: tgrunner.Conversation)?
---@field package timer any of the one that has waited longest
---@field package is_full_told boolean?
local ConversationList = {}

local list_meta = { __index = ConversationList }

--- None is open.
---@param opts tgrunner.ConversationsOptions
---@return tgrunner.ConversationList
function conversation_list.new(opts)
  local ttl_ms = opts.ttl_ms or 7 * DAY_MS
  return setmetatable({
    size = 0, by_key = {}, waiting = waiting.new(),
    max = opts.max or 100000,
    ttl_ms = ttl_ms < math.huge and options.whole(ttl_ms) or ttl_ms,
    on_evict = opts.on_evict, on_expire = opts.on_expire,
  }, list_meta)
end

-- ---- by key ------------------------------------------------------------------------------------

local function is_several(there) return getmetatable(there) == nil end

--- Whether any is open for a key.
---@param key string|integer
---@return boolean
function ConversationList:has(key) return self.by_key[key] ~= nil end

--- The conversations of a key, newest first; a copy.
---@param key string|integer
---@return tgrunner.Conversation[]
function ConversationList:of(key)
  local there = self.by_key[key]
  if there == nil then return {} end
  if not is_several(there) then return { there } end
  local list = {}
  for i = #there, 1, -1 do list[#list + 1] = there[i] end
  return list
end

--- One more is open.
---@param conv tgrunner.Conversation
function ConversationList:add(conv)
  local by_key, key = self.by_key, conv.key
  local there = by_key[key]
  if there == nil then
    by_key[key] = conv
  elseif is_several(there) then
    there[#there + 1] = conv
  else
    by_key[key] = { there, conv }
  end
  self.size = self.size + 1
end

--- For conversation.lua: it has ended.
---@param conv tgrunner.Conversation
function ConversationList:remove(conv)
  self.waiting:remove(conv)
  local by_key, key = self.by_key, conv.key
  local there = by_key[key]
  if there == conv then
    by_key[key] = nil
  else
    for i = #there, 1, -1 do
      if there[i] == conv then table.remove(there, i) end
    end
    if #there == 1 then by_key[key] = there[1] end
  end
  self.size = self.size - 1
end

-- ---- the cap and the time-to-live --------------------------------------------------------------

-- Ends a waiting conversation and tells the script, in a task of its own.
local function take_away(conv, callback, why)
  conversation.finish(conv)
  host.log("debug", ("the %s ended: %s"):format(tostring(conv), why))
  if callback then host.spawn(callback, conv) end
end

local watch

local function expire(self)
  self.timer = nil
  local now = host.now_ms()
  local oldest = self.waiting.oldest
  while oldest and now - oldest._since >= self.ttl_ms do
    take_away(oldest, self.on_expire, "it has waited too long (ttl_ms)")
    oldest = self.waiting.oldest
  end
  if oldest then watch(self) end
end

function watch(self)
  local due = self.waiting.oldest._since + self.ttl_ms
  self.timer = host.timer(math.max(0, due - host.now_ms()), expire, self)
end

--- For conversation.lua: it waits from now on.
---@param conv tgrunner.Conversation
function ConversationList:rest(conv)
  self.waiting:add(conv, host.now_ms())
  if not self.timer and self.ttl_ms < math.huge then watch(self) end
end

--- Runs a conversation until it waits again or ends: see conversation.run.
---@param conv tgrunner.Conversation that waits, or has not begun
---@param ctx tgrunner.Context
---@param ... any
---@return boolean? pass
function ConversationList:run(conv, ctx, ...)
  self.waiting:remove(conv)
  return conversation.run(conv, ctx, ...)
end

--- Sees to it that there is room for one more.
function ConversationList:make_room()
  if self.size < self.max then return end
  local oldest = self.waiting.oldest
  if not oldest then
    errors.usage("ctx:enter: %d conversations are open and at work (the limit, max, of "
      .. "tg.conversations)", self.size)
  end
  if not self.is_full_told then
    self.is_full_told = true
    host.log("warn", ("%d conversations are open, the limit (max of tg.conversations): from now "
      .. "on each new one ends the one that has waited longest"):format(self.size))
  end
  take_away(oldest, self.on_evict, "there was no room (max)")
end

--- The script ends: those that wait are closed.
---@param has_died boolean it is a worker that died
function ConversationList:close(has_died)
  local count = self.size
  if count == 0 then return end
  host.log(has_died and "warn" or "debug", ("%d open conversation%s ended with the %s"):format(
    count, count == 1 and "" or "s", has_died and "worker that died" or "script"))
  while self.waiting.oldest do conversation.finish(self.waiting.oldest) end
end

return conversation_list
