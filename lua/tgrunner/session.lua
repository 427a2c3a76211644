--- Session: what a bot remembers of a chat, or of whatever else the key says, from one update to
--- the next: ctx.session.
---
--- Source: grammY's session, lazySession and multi sessions. Ours: written only when it changed;
--- not written when the handler failed; values are JSON.
local errors = require "tgrunner.errors"
local session_part = require "tgrunner.session_part"
local suggest = require "tgrunner.suggest"

local session = {}

-- ---- ctx.session -------------------------------------------------------------------------------

-- Metatable of contexts → the same with `session`.
local metas = setmetatable({}, { __mode = "k" })

local plain = {} -- of contexts that a script has made of a table

local function new_meta(base)
  local meta = {}
  for name, value in pairs(base) do meta[name] = value end
  local index = base.__index
  function meta.__index(ctx, name)
    if name == "session" then return rawget(ctx, "_session"):get() end
    if type(index) == "function" then return index(ctx, name) end
    return index and index[name]
  end
  function meta.__newindex(ctx, name, value)
    if name == "session" then return rawget(ctx, "_session"):set(value) end
    rawset(ctx, name, value)
  end
  metas[base], metas[meta] = meta, meta
  return meta
end

-- From here on ctx.session is `face`: its get and set.
local function put(ctx, face)
  local present = rawget(ctx, "_session")
  if present and present:is_open() then
    error(face:place() .. "tg.session: this update has a session already; for several sessions "
      .. 'there is type = "multi"', 0)
  end
  rawset(ctx, "_session", face)
  rawset(ctx, "session", nil) -- of one that is over
  local base = getmetatable(ctx) or plain
  setmetatable(ctx, metas[base] or new_meta(base))
end

local function run(ctx, next, face, is_lazy)
  local _ <close> = face
  face.is_lazy = is_lazy
  face:enter(ctx)
  if not is_lazy then face:load() end
  put(ctx, face)
  next()
  face:prepare()
  face:save()
end

--- Calls a function with a ctx.session of its own, read and saved anew, on a ctx whose update has
--- ended; when that is not so, or there was no session, just calls it.
---@param ctx tgrunner.Context
---@param fn fun()
function session.again(ctx, fn)
  local face = rawget(ctx, "_session")
  if not face or face:is_open() then return fn() end
  return run(ctx, fn, face:renew(ctx), face.is_lazy)
end

-- ---- several sessions --------------------------------------------------------------------------

-- What an update has of several sessions.
local Multi = {}
local multi_meta = { __index = Multi }

local function slot_of(multi, name)
  local slot = multi.slots[name]
  if not slot then
    errors.usage("ctx.session has no part '%s'%s", tostring(name),
      suggest.hint(name, multi.slots))
  end
  return slot
end

-- The metatable of a multi session's table, which so has no fields but its parts. They are there
-- once somebody has looked at them.
local function parts_meta(multi)
  return {
    __name = "tgrunner.Session",
    __index = function(_, name) return slot_of(multi, name):get() end,
    __newindex = function(_, name, value) slot_of(multi, name):set(value) end,
    __pairs = function(parts)
      local i, names = 0, multi.names
      return function()
        repeat i = i + 1 until not names[i] or multi.slots[names[i]].key
        local name = names[i]
        if name then return name, parts[name] end
      end
    end,
  }
end

function Multi:get() return self.parts end

function Multi:set()
  errors.usage("ctx.session has parts: assign those, such as ctx.session.%s", self.names[1])
end

function Multi:each(method, ...)
  for _, name in ipairs(self.names) do
    local slot = self.slots[name]
    slot[method](slot, ...)
  end
end

function Multi:enter(ctx) self:each("enter", ctx) end
function Multi:load() self:each "load" end
function Multi:prepare() self:each "prepare" end
function Multi:save() self:each "save" end
function Multi:leave() self:each "leave" end
function Multi:place() return self.slots[self.names[1]]:place() end
function Multi:is_open() return self.slots[self.names[1]]:is_open() end

multi_meta.__close = Multi.leave

local new_multi

function Multi:renew(ctx) return new_multi(ctx, self.names, self.kinds) end

-- Two parts under one key of one storage would overwrite each other.
local function check_distinct(multi)
  for i, name in ipairs(multi.names) do
    local slot = multi.slots[name]
    for j = 1, i - 1 do
      local other = multi.slots[multi.names[j]]
      if slot.key and session_part.is_same_place(slot, other) then
        errors.usage("tg.session: %s and %s have the same key '%s' in the same storage; give each "
          .. "a prefix", other.path, slot.path, slot.key)
      end
    end
  end
end

function new_multi(ctx, names, parts)
  local multi = setmetatable({ names = names, kinds = parts, slots = {} }, multi_meta)
  local table_of_parts = setmetatable({}, parts_meta(multi))
  multi.parts = table_of_parts
  for _, name in ipairs(names) do
    multi.slots[name] =
      session_part.slot(parts[name], ctx, table_of_parts, name, "session." .. name)
  end
  check_distinct(multi)
  return multi
end

local function multi_middleware(opts, name, place, is_lazy)
  local parts, names = {}, {}
  for part_name, part_opts in pairs(opts) do
    if part_name ~= "type" then
      if type(part_name) ~= "string" or type(part_opts) ~= "table" then
        errors.usage('%s: the sessions of type "multi" are tables by name (got a %s for %s)',
          name, type(part_opts), tostring(part_name))
      end
      local where = ("%s options.%s"):format(name, part_name)
      parts[part_name] = session_part.new(where, part_opts, place)
      names[#names + 1] = part_name
    end
  end
  if #names == 0 then errors.usage('%s: type "multi" needs at least one session', name) end
  table.sort(names)
  return function(ctx, next)
    return run(ctx, next, new_multi(ctx, names, parts), is_lazy)
  end
end

-- ---- one session -------------------------------------------------------------------------------

-- `bot:use(tg.session)` gives it an update.
local function middleware(name, opts, is_lazy, given)
  if type(given) == "function" then
    errors.usage("%s makes a middleware, and is called for that: bot:use(%s())", name, name)
  end
  local place = errors.place()
  if type(opts) == "table" and opts.type ~= nil and opts.type ~= "single" then
    if opts.type ~= "multi" then
      errors.usage('%s options.type must be "single" or "multi" (got %s)', name,
        tostring(opts.type))
    end
    return multi_middleware(opts, name, place, is_lazy)
  end
  local part = session_part.new(name .. " options", opts, place)
  return function(ctx, next)
    return run(ctx, next, session_part.slot(part, ctx, ctx, "session", "session"), is_lazy)
  end
end

---@class tgrunner.SessionOptions
---@field type? "single"|"multi" "multi": the other fields are the options of a session each, and
---  ctx.session a table of them
---@field initial? fun(): any the first value of a session; without it, nil
---@field get_session_key? fun(ctx: tgrunner.Context): string|integer|nil the chat's id; nil: this
---  update has no session, and touching ctx.session is an error
---@field storage? tgrunner.Storage in memory, gone with the process
---@field prefix? string in front of the keys in the storage
---@field [string] any

--- Middleware that gives handlers behind it ctx.session: what they left there at the last update
--- with the same key. It is read before they run, and written when they are done and it has
--- changed; nothing is written when they failed or were cancelled. `ctx.session = nil` deletes.
---
--- It may hold strings, numbers, booleans, and tables of these: sequences, or with string keys.
---
--- Put tg.sequentialize on the same key before it: of two updates that use a session at the same
--- time, the later write undoes the earlier one.
---@param opts tgrunner.SessionOptions?
---@param next nil
---@return tgrunner.Middleware
function session.session(opts, next) return middleware("tg.session", opts, false, next) end

--- The same, read when a handler first touches ctx.session (which may wait then), and not at all
--- when none does.
---@param opts tgrunner.SessionOptions?
---@param next nil
---@return tgrunner.Middleware
function session.lazy(opts, next) return middleware("tg.lazy_session", opts, true, next) end

return session
