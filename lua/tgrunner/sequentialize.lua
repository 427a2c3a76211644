--- sequentialize: updates that share a key run one after another.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local sequentialize = {}

-- What a constraint returns; a list holds 64 at most (script/keys.h).
---@alias tgrunner.Keys string|integer|(string|integer)[]|nil
---@alias tgrunner.Constraint "chat"|"user"|("chat"|"user")[]|fun(ctx: any): tgrunner.Keys

-- "chat", "user" or "both" for the constraints that need no script.
local function native_name(constraint)
  if constraint == "chat" or constraint == "user" then return constraint end
  if type(constraint) ~= "table" then return nil end
  local by = {}
  for _, name in ipairs(constraint) do
    if name ~= "chat" and name ~= "user" then return nil end
    by[name] = true
  end
  if by.chat and by.user then return "both" end
  return by.chat and "chat" or by.user and "user" or nil
end

--- For options.check: whether a value is a constraint.
---@return boolean ok
---@return string text
function sequentialize.check(value)
  return type(value) == "function" or native_name(value) ~= nil,
    'must be "chat", "user", { "chat", "user" } or a function of ctx'
end

--- What the host's sink takes: a name, or the function itself.
---@param constraint tgrunner.Constraint?
---@return string|function|nil
function sequentialize.native(constraint)
  return native_name(constraint) or constraint
end

local key_of = {
  chat = function(ctx) return ctx.chat_id end,
  user = function(ctx) return ctx.user_id end,
  both = function(ctx) return ctx.chat_id, ctx.user_id end,
}

-- ---- who is in order ---------------------------------------------------------------------------

-- What a middleware has put an update in order by: `name`, or `keys`, at its `gate`; `outer`: of
-- the one before.
-- `mark` is used as it is by an update that has none yet.
local function note(ctx, mark)
  if type(ctx) ~= "table" then return end
  local outer = rawget(ctx, "_lane")
  if outer then mark = { name = mark.name, keys = mark.keys, gate = mark.gate, outer = outer } end
  rawset(ctx, "_lane", mark)
end

local function add_native(lanes, name, ctx)
  local chat, user
  if name ~= "user" then chat = ctx.chat_id end
  if name ~= "chat" then user = ctx.user_id end
  if chat ~= nil then lanes[chat] = true end
  if user ~= nil then lanes[user] = true end
end

local function add_keys(lanes, keys)
  for i = 1, keys.n do
    local key = keys[i]
    if type(key) == "table" then
      add_keys(lanes, { n = #key, table.unpack(key) })
    elseif key ~= nil then
      lanes[key] = true
    end
  end
end

--- The keys that keep an update behind earlier ones.
---@param ctx tgrunner.Context
---@param constraint tgrunner.Constraint? of the sink
---@return table<string|integer, true> keys
---@return boolean by_function whether a function of the script gave some of them
function sequentialize.lanes(ctx, constraint)
  local lanes, by_function = {}, false
  local name = constraint and native_name(constraint)
  if name then
    add_native(lanes, name, ctx)
  elseif constraint then
    add_keys(lanes, table.pack(constraint(ctx)))
    by_function = true
  end
  local lane = rawget(ctx, "_lane")
  while lane do
    if lane.name then
      add_native(lanes, lane.name, ctx)
    else
      add_keys(lanes, lane.keys)
      by_function = true
    end
    lane = lane.outer
  end
  return lanes, by_function
end

local function enter(lane, ctx)
  if lane.name then return lane.gate:enter(key_of[lane.name](ctx)) end
  return lane.gate:enter(table.unpack(lane.keys, 1, lane.keys.n))
end

local function pass(lane, ctx, fn)
  if not lane then return fn() end
  return pass(lane.outer, ctx, function()
    local _ <close> = enter(lane, ctx)
    fn()
  end)
end

--- Calls a function for an update that has ended, when it has passed the lanes of its middleware
--- once more.
---@param ctx tgrunner.Context
---@param fn fun()
function sequentialize.again(ctx, fn) return pass(rawget(ctx, "_lane"), ctx, fn) end

-- Functions that middleware made here.
local made = setmetatable({}, { __mode = "k" })

--- Whether a function is a middleware of this module's.
---@param fn function
---@return boolean
function sequentialize.is_middleware(fn) return made[fn] == true end

-- ---- the middleware ----------------------------------------------------------------------------

--- Middleware: an update waits for every earlier one that shares a key, in order
--- of arrival here. Keys are freed however the update ends. A constraint must not
--- wait. It returns one value: several keys are a list, of at most 64 (more are an
--- error of that update); further values are not looked at. Integers and strings
--- are different keys; "chat" and "user" stand for the ids as integers.
---@param constraint tgrunner.Constraint
---@return tgrunner.Middleware
function sequentialize.middleware(constraint)
  local ok, text = sequentialize.check(constraint)
  if not ok then errors.usage("sequentialize: the constraint %s", text) end
  local gate = host.gate()
  local name = native_name(constraint)
  local run
  if name then
    local keys, mark = key_of[name], { name = name, gate = gate }
    run = function(ctx, next)
      local _ <close> = gate:enter(keys(ctx))
      note(ctx, mark)
      next()
    end
  else
    run = function(ctx, next)
      local keys = table.pack(gate:constraint(constraint, ctx))
      local _ <close> = gate:enter(table.unpack(keys, 1, keys.n))
      note(ctx, { keys = keys, gate = gate })
      next()
    end
  end
  made[run] = true
  return run
end

return sequentialize
