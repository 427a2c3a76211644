--- Session part: one session of an update, from its loading to its saving.
---
--- A slot is what an update has of it. Its value is made of the stored text when somebody first
--- looks, and lies then as a plain field in its holder (the ctx, or the table of a multi session).
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local session_order = require "tgrunner.session_order"
local storage_enhance = require "tgrunner.storage_enhance"
local storage_memory = require "tgrunner.storage_memory"
local storage_texts = require "tgrunner.storage_texts"

local session_part = {}

local spec = {
  type = '"single"',
  initial = "function",
  get_session_key = "function",
  prefix = "string",
  storage = storage_enhance.is_storage,
}

-- ---- storages ----------------------------------------------------------------------------------

-- A script's own storage keeps values; sessions speak texts. What it gives is copied by that.
local function texts_of(storage)
  return {
    read = function(key)
      local value = storage.read(key)
      if value == nil then return nil end
      local text, problem = storage_texts.encode("session", value)
      if not text then error("what the storage has read: " .. problem, 0) end
      return text
    end,
    write = function(key, _, value) storage.write(key, value) end,
    delete = function(key) storage.delete(key) end,
    where = function(key) return "the session " .. key end,
  }
end

-- ---- the value ---------------------------------------------------------------------------------

local Slot = {}
local slot_meta = { __index = Slot }

local function key_problem(slot)
  if slot.part.default_key then return "it has no chat, and the chat's id is the key" end
  return "get_session_key gave nil"
end

local function check_open(slot)
  if slot.key == nil then
    errors.usage("ctx.%s: this update has no session: %s", slot.path, key_problem(slot))
  end
end

--- Reads the stored text, once; a second coroutine waits for the first.
function Slot:load()
  if self.key == nil or self.loaded then return end
  if self.loading then
    self.loading:wait()
    return self:load()
  end
  local event = host.event()
  self.loading = event
  local _ <close> = setmetatable({}, { __close = function()
    self.loading = nil
    event:set()
  end })
  self.text = self.part.texts.read(self.key)
  self.loaded = true
end

local function first_value(slot)
  local part = slot.part
  if slot.text then return storage_texts.decode(part.texts.where(slot.key), slot.text) end
  local value = part.initial and part.initial()
  if value == nil then return nil end
  -- A copy, so that a table that initial gives again and again is nobody's.
  local text, problem = storage_texts.encode(slot.path, value)
  if not text then errors.usage("tg.session: what initial gave: %s", problem) end
  return storage_texts.decode("initial", text)
end

--- The value, when the holder has none: nobody has looked yet, or it was deleted.
function Slot:get()
  check_open(self)
  if self.closed then return self.value end
  if not self.touched then self:load() end
  if not self.touched then
    local value = first_value(self)
    self.touched = true
    if value ~= nil then rawset(self.holder, self.name, value) end
  end
  return rawget(self.holder, self.name)
end

--- Sets the value, when the holder has none.
function Slot:set(value)
  check_open(self)
  if self.closed then
    errors.usage("ctx.%s: its update has ended, and its session was saved by then", self.path)
  end
  self.touched = true
  rawset(self.holder, self.name, value)
end

-- ---- saving ------------------------------------------------------------------------------------

-- Members of a table have no order of their own: the same value can have another text.
local function is_unchanged(slot, text)
  if text == slot.text then return true end
  if not slot.text or #text ~= #slot.text then return false end
  local ok, value = host.try_decode(slot.text)
  return ok and host.try_encode(value) == text
end

local function write(slot, value)
  local text, problem = storage_texts.encode(slot.path, value)
  if not text then error(problem, 0) end
  if slot.part.renews or not is_unchanged(slot, text) then
    slot.part.texts.write(slot.key, text, value)
  end
end

--- Saves what has changed; reading stays possible behind it.
function Slot:save()
  if not self.touched or self.closed then return end
  local value = rawget(self.holder, self.name)
  if value ~= nil then
    write(self, value)
  elseif self.text or not self.loaded then
    self.part.texts.delete(self.key)
  end
  self.closed, self.value = true, value
  rawset(self.holder, self.name, nil)
end

--- The update begins to use it.
function Slot:enter(ctx)
  if self.key == nil then return end
  session_order.enter(self.part.watch, ctx, self.bare_key, self.key)
  self.entered = true
end

--- The update is over, however it ended.
function Slot:leave()
  self.left = true
  if self.entered then session_order.leave(self.part.watch, self.key) end
end

--- Whether its update is still at it.
function Slot:is_open() return not self.left end

slot_meta.__close = Slot.leave

-- ---- parts -------------------------------------------------------------------------------------

local function chat_key(ctx) return ctx.chat_id end

--- A checked description of one session.
---@param name string of the options, in messages
---@param opts table?
---@param place string where the script made it
---@return table
function session_part.new(name, opts, place)
  opts = options.check(name, opts, spec)
  local storage = opts.storage or storage_memory.new()
  return {
    initial = opts.initial,
    get_key = opts.get_session_key or chat_key,
    default_key = opts.get_session_key == nil,
    prefix = opts.prefix or "",
    storage = storage,
    texts = storage._texts or texts_of(storage),
    renews = storage._renews,
    watch = session_order.new(place, opts.get_session_key == nil),
  }
end

local function key_of(part, ctx)
  local key = part.get_key(ctx)
  if key == nil then return nil end
  if type(key) ~= "string" and math.type(key) ~= "integer" then
    errors.usage("tg.session: get_session_key must give a string, an integer or nil (got a %s)",
      type(key))
  end
  return tostring(key)
end

--- What an update has of a session. Its value is not read yet.
---@param path string its name in messages: "session.user"
---@return table
function session_part.slot(part, ctx, holder, name, path)
  local key = key_of(part, ctx)
  local slot = setmetatable({ part = part, holder = holder, name = name, path = path }, slot_meta)
  if key then slot.key, slot.bare_key = part.prefix .. key, key end
  return slot
end

return session_part
