--- Shortcuts: `ctx:reply`, `ctx:answer_callback_query` and the rest: methods of the Bot API whose
--- ids the update supplies, made of the facts in shortcut_facts.
---
--- Source: grammY's Context, positions included. The last argument, `other`, holds more parameters
--- of the method, or replaces those that were filled in.
local errors = require "tgrunner.errors"
local facts = require "tgrunner.shortcut_facts"
local fmt = require "tgrunner.fmt"
local host = require "tgrunner.host"
local methods = require "tgrunner.methods"
local suppliers = require "tgrunner.shortcut_ids"

local shortcuts = {}

local field = host.field

-- The parameters of a method: name → its kinds ("integer|string").
---@param method string
---@return table<string, string>
local function parameters_of(method)
  local kinds = {}
  for name, kind in methods.list[method]:gmatch("([%w_]+)%??:(%S+)") do kinds[name] = kind end
  return kinds
end

---@class tgrunner.Shortcut
---@field name string
---@field method string
---@field kinds table<string, string> the method's parameters
---@field supplies { supply: function, optional: boolean }[]
---@field positions { name: string, optional: boolean }[]
---@field text string? the parameter that `other` given as text stands for

local function parse(name, fact)
  local method, supplied, positions = fact:match("^(%w+) |([^|]*)|(.*)$")
  local kinds = parameters_of(method)
  local shortcut = { name = name, method = method, kinds = kinds, supplies = {}, positions = {} }
  for word, mark in supplied:gmatch("([%w_]+)(%??)") do
    table.insert(shortcut.supplies, { supply = suppliers[word], optional = mark == "?" })
  end
  for plus, word, mark in positions:gmatch("(%+?)([%w_]+)(%??)") do
    if plus == "+" then
      shortcut.text = word
    else
      table.insert(shortcut.positions, { name = word, optional = mark == "?" })
    end
  end
  return shortcut
end

local function usage(shortcut)
  local names = {}
  for i, position in ipairs(shortcut.positions) do
    names[i] = position.name .. (position.optional and "?" or "")
  end
  names[#names + 1] = shortcut.text and shortcut.text .. "_or_other?" or "other?"
  return ("ctx:%s(%s)"):format(shortcut.name, table.concat(names, ", "))
end

-- The API a context's calls go through: its own, once the script has asked for that, or the bot's.
local function api_of(shortcut, ctx)
  local api = field(ctx, "api")
  if api then return api end
  local bot = field(ctx, "_bot") or type(ctx) == "table" and ctx._bot
  if not bot then errors.usage("call %s with a colon", usage(shortcut)) end
  return bot.api
end

local function supply(shortcut, ctx)
  local payload = { _ = nil, __ = nil } -- with room for two: most have no more
  local supplies = shortcut.supplies
  for i = 1, #supplies do
    local it = supplies[i]
    if not it.supply(ctx, payload, shortcut.kinds) and not it.optional then
      errors.usage("ctx:%s: this update (%s) does not say what %s needs",
        shortcut.name, tostring(ctx.kind), shortcut.method)
    end
  end
  return payload
end

-- A value for a position, checked as far as a mistake is sure.
local function check_value(shortcut, name, value)
  local kind = type(value)
  if kind == "string" or shortcut.kinds[name] ~= "string" then return value end
  if kind == "number" then return tostring(value) end
  if fmt.is(value) then return value end
  errors.usage("ctx:%s: %s must be a string (got a %s): %s",
    shortcut.name, name, kind, usage(shortcut))
end

local function place(shortcut, payload, position, value)
  if value ~= nil then
    payload[position.name] = check_value(shortcut, position.name, value)
  elseif not position.optional then
    errors.usage("ctx:%s: %s is missing: %s", shortcut.name, position.name, usage(shortcut))
  end
end

local function overlay(shortcut, payload, other)
  if other == nil then return end
  local is_text = type(other) == "string" or fmt.is(other)
  if shortcut.text and is_text then other = { [shortcut.text] = other } end
  if type(other) ~= "table" or fmt.is(other) then
    errors.usage("ctx:%s: other must be a table of more parameters (got %s): %s",
      shortcut.name, fmt.is(other) and "formatted text" or "a " .. type(other), usage(shortcut))
  end
  for key, value in pairs(other) do payload[key] = value end
end

-- Fills in the arguments; most shortcuts have one position, and mostly a text is given for it.
local function fill(shortcut, payload, a, b, ...)
  local positions = shortcut.positions
  local count = #positions
  if count == 0 then return overlay(shortcut, payload, a) end
  if type(a) == "string" then
    payload[positions[1].name] = a
  else
    place(shortcut, payload, positions[1], a)
  end
  if count == 1 then
    if b ~= nil then overlay(shortcut, payload, b) end
    return
  end
  place(shortcut, payload, positions[2], b)
  for i = 3, count do place(shortcut, payload, positions[i], (select(i - 2, ...))) end
  overlay(shortcut, payload, (select(count - 1, ...)))
end

local function as_reaction(reaction)
  return type(reaction) == "string" and { type = "emoji", emoji = reaction } or reaction
end

-- `reaction` may be an emoji, a ReactionType or a list of these.
local function react(plain)
  return function(ctx, reaction, other)
    if reaction == nil then return plain(ctx, nil, other) end
    if type(reaction) ~= "string" and type(reaction) ~= "table" then
      errors.usage("ctx:react takes an emoji, a ReactionType or a list of these (got a %s)",
        type(reaction))
    end
    local is_one = type(reaction) == "string" or reaction.type ~= nil
    local list = {}
    for i, item in ipairs(is_one and { reaction } or reaction) do list[i] = as_reaction(item) end
    return plain(ctx, list, other)
  end
end

--- The shortcut of a name, made anew; nil when there is none. There are many, and few are used.
---@param name any
---@return (fun(ctx: tgrunner.Context, ...: any): any)?
function shortcuts.make(name)
  local fact = facts[name]
  if not fact then return nil end
  local shortcut = parse(name, fact)
  local function call(ctx, ...)
    local api = api_of(shortcut, ctx)
    local payload = supply(shortcut, ctx)
    fill(shortcut, payload, ...)
    return api[shortcut.method](payload)
  end
  return name == "react" and react(call) or call
end

--- All shortcuts, sorted by name, each with its method and how it is called.
---@return { name: string, method: string, usage: string, facts: tgrunner.Shortcut }[]
function shortcuts.all()
  local list = {}
  for name, fact in pairs(facts) do
    local it = parse(name, fact)
    list[#list + 1] = { name = name, method = it.method, usage = usage(it), facts = it }
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

return shortcuts
