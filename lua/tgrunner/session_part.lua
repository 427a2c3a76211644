--- Session part: one session of an update, from its loading to its saving.
---
--- A slot is what an update has of it. Its value is made of the stored text when somebody first
--- looks, and lies then as a plain field in its holder (the ctx, or the table of a multi session).
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local session_late = require "tgrunner.session_late"
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

-- Does a slot's work, which may wait, unless it is done; a second coroutine waits for the first.
local function once(slot, done, work)
  while not slot[done] and slot.loading do slot.loading:wait() end
  if slot[done] then return end
  local event = host.event()
  slot.loading = event
  local _ <close> = setmetatable({}, { __close = function()
    slot.loading = nil
    event:set()
  end })
  work(slot)
end

local function read(slot)
  slot.text = slot.part.texts.read(slot.key)
  slot.loaded = true
end

--- Reads the stored text, once.
function Slot:load()
  if self.key ~= nil and not self.loaded then once(self, "loaded", read) end
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

local function put_first(slot)
  local value = first_value(slot)
  if slot.touched then return end -- set meanwhile
  slot.touched = true
  if slot.closed then
    slot.value = value
  elseif value ~= nil then
    rawset(slot.holder, slot.name, value)
  end
end

-- A function `initial` may wait; decoding does not.
local function make(slot)
  if slot.text or not slot.part.initial then return put_first(slot) end
  once(slot, "touched", put_first)
end

--- The value, when the holder has none: nobody has looked yet, or it was deleted.
function Slot:get()
  check_open(self)
  if not self.touched then self:load() end
  if not self.touched then make(self) end
  if not self.closed then return rawget(self.holder, self.name) end
  session_late.look(true)
  return self.value
end

--- Sets the value, when the holder has none.
function Slot:set(value)
  check_open(self)
  if self.closed then
    errors.usage("ctx.%s: its update has ended, and what is set now would not be saved", self.path)
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

local function write(slot)
  local text = slot.new_text
  if slot.part.renews or not is_unchanged(slot, text) then
    slot.part.texts.write(slot.key, text, rawget(slot.holder, slot.name))
  end
end

-- Reading stays possible behind it; what is set would be lost, and is an error.
local function close(slot)
  if slot.closed then return end
  slot.closed = true
  if not slot.touched then return end
  slot.value = rawget(slot.holder, slot.name)
  rawset(slot.holder, slot.name, nil)
  if slot.begun and slot.begun ~= session_late.count() then
    session_late.keep(slot.value, slot.begun, slot.new_text,
      { watch = slot.part.watch, path = slot.path, key = slot.key })
  end
end

--- Encodes what there is to save; raises when that is not possible.
function Slot:prepare()
  if not self.touched or self.closed then return end
  local value = rawget(self.holder, self.name)
  if value == nil then return end
  local text, problem = storage_texts.encode(self.path, value, self.key)
  if not text then error(problem, 0) end
  self.new_text = text
end

--- Saves what has changed since, as `prepare` found it.
function Slot:save()
  if self.touched and not self.closed then
    if self.new_text then
      write(self)
    elseif self.text or not self.loaded then
      self.part.texts.delete(self.key)
    end
  end
  close(self)
end

--- The update begins to use it.
function Slot:enter(ctx)
  if self.key == nil then return end
  session_late.look()
  session_order.enter(self.part.watch, ctx, self.bare_key, self.key)
  self.begun = session_late.count()
  self.entered = true
end

--- The update is over, however it ended.
function Slot:leave()
  self.left = true
  close(self)
  if self.entered then session_order.leave(self.part.watch, self.key) end
end

--- Where the script made it: "bot.lua:12: ".
function Slot:place() return self.part.watch.place end

--- Whether its update is still at it.
function Slot:is_open() return not self.left end

--- The same session of the same ctx anew.
function Slot:renew(ctx) return session_part.slot(self.part, ctx, ctx, self.name, self.path) end

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
    watch = session_order.new(place, opts.get_session_key == nil, storage._in_memory == true),
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

--- Whether two slots with keys are stored at the same place.
---@return boolean
function session_part.is_same_place(slot, other)
  if slot.key ~= other.key then return false end
  local part, other_part = slot.part, other.part
  if part.storage == other_part.storage then return true end
  return part.texts.place ~= nil and part.texts.place == other_part.texts.place
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
