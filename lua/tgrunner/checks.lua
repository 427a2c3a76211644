--- Checks: the predicates behind composer:command, :hears, :callback_query … and ctx:has_….
---
--- Each maker returns the predicate and the sorted kinds of update it can match (nil: any kind).
--- Source: grammY's Context.has.
local errors = require "tgrunner.errors"
local filter = require "tgrunner.filter"
local pattern = require "tgrunner.pattern"

local checks = {}

---@alias tgrunner.Predicate fun(ctx: tgrunner.Context): boolean

local text_kinds = { "channel_post", "message" }

--- Messages and channel posts whose text or caption matches.
---@param triggers string|tgrunner.Pattern|function|table
---@param where string?
---@return tgrunner.Predicate, string[]
function checks.text(triggers, where)
  local matches = pattern.compile(triggers, where or "hears")
  return function(ctx)
    local kind = ctx.kind
    if kind ~= "message" and kind ~= "channel_post" then return false end
    local msg = ctx.msg
    local text = msg.text or msg.caption
    return text ~= nil and matches(text, ctx)
  end, text_kinds
end

-- The names a command handler is for: with and without "@bot".
local function command_sets(commands)
  local plain, addressed = {}, {}
  for _, command in ipairs(type(commands) == "table" and commands or { commands }) do
    if type(command) ~= "string" or command == "" then
      errors.usage("command takes a command's name or a list of names (got %s)",
        command == "" and "an empty string" or "a " .. type(command))
    end
    if command:sub(1, 1) == "/" then
      errors.usage("commands are registered without '/': use '%s', not '%s'",
        command:sub(2), command)
    end
    local set = command:find("@", 1, true) and addressed or plain
    set[command] = true
  end
  if not next(plain) and not next(addressed) then
    errors.usage("command: an empty list of commands matches nothing")
  end
  return plain, addressed
end

--- Messages and channel posts that begin with one of the commands, as Telegram marked it. A
--- command that is addressed to another bot ("/start@OtherBot") does not count.
--- `ctx.match` is what follows the command.
---@param commands string|string[] without "/"; "name@bot" stands for exactly that
---@return tgrunner.Predicate, string[]
function checks.command(commands)
  local plain, addressed = command_sets(commands)
  return function(ctx)
    local kind = ctx.kind
    if kind ~= "message" and kind ~= "channel_post" then return false end
    local command = ctx._command
    if not command then return false end
    if not (plain[command.full] or addressed[command.full]) then
      local target = command.target
      if not target or not plain[command.name] then return false end
      if target:lower() ~= ctx.me.username:lower() then return false end
    end
    ctx.match = command.rest
    return true
  end, text_kinds
end

--- What a message begins with, as "/name@target rest"; false when with no command.
---@param msg table
---@return { full: string, name: string, target: string?, rest: string }|false
function checks.parse_command(msg)
  local text, entities = msg.text, msg.entities
  if not text or not entities or text:byte() ~= 47 then return false end -- "/"
  for i = 1, #entities do
    local entity = entities[i]
    if entity.type == "bot_command" and entity.offset == 0 then
      -- A command is ASCII: its length in UTF-16 units is its length in bytes.
      local full = text:sub(2, entity.length)
      local name, target = full:match("^([^@]*)@(.*)$")
      return {
        full = full,
        name = name or full,
        target = target,
        rest = text:sub(entity.length + 1):match("^%s*(.*)$"),
      }
    end
  end
  return false
end

-- Updates of one kind whose field (a text) matches.
local function of_field(kind, field, where)
  return function(triggers)
    local matches = pattern.compile(triggers, where)
    return function(ctx)
      if ctx.kind ~= kind then return false end
      local value = ctx[kind][field]
      return value ~= nil and matches(value, ctx)
    end, { kind }
  end
end

checks.callback_query = of_field("callback_query", "data", "callback_query")
checks.game_query = of_field("callback_query", "game_short_name", "game_query")
checks.inline_query = of_field("inline_query", "query", "inline_query")
checks.chosen_inline_result =
  of_field("chosen_inline_result", "result_id", "chosen_inline_result")
checks.pre_checkout_query =
  of_field("pre_checkout_query", "invoice_payload", "pre_checkout_query")
checks.shipping_query = of_field("shipping_query", "invoice_payload", "shipping_query")

-- ---- reactions ---------------------------------------------------------------------------------

-- One string for each reaction there is.
local function reaction_key(reaction)
  if type(reaction) == "string" then return "emoji:" .. reaction end
  if reaction.type == "emoji" then return "emoji:" .. reaction.emoji end
  if reaction.type == "custom_emoji" then return "custom:" .. reaction.custom_emoji_id end
  return reaction.type
end

--- Reactions that were added to a message by a user who can be told.
---@param reactions string|table an emoji, a ReactionType, or a list of these
---@return tgrunner.Predicate, string[]
function checks.reaction(reactions)
  local is_list = type(reactions) == "table" and reactions.type == nil
  local wanted = {}
  for _, reaction in ipairs(is_list and reactions or { reactions }) do
    local usable = type(reaction) == "string" or type(reaction) == "table" and reaction.type
    if not usable then
      errors.usage("reaction takes an emoji, a ReactionType or a list of these (got a %s)",
        type(reaction))
    end
    wanted[reaction_key(reaction)] = true
  end
  if not next(wanted) then errors.usage("reaction: an empty list matches nothing") end
  return function(ctx)
    if ctx.kind ~= "message_reaction" then return false end
    local change, old = ctx.message_reaction, {}
    for _, reaction in ipairs(change.old_reaction) do old[reaction_key(reaction)] = true end
    for _, reaction in ipairs(change.new_reaction) do
      local key = reaction_key(reaction)
      if wanted[key] and not old[key] then return true end
    end
    return false
  end, { "message_reaction" }
end

-- ---- the rest ----------------------------------------------------------------------------------

local chat_types = { private = true, group = true, supergroup = true, channel = true }

--- Updates from chats of some types.
---@param types string|string[] "private", "group", "supergroup", "channel"
---@return tgrunner.Predicate
function checks.chat_type(types)
  local wanted = {}
  for _, name in ipairs(type(types) == "table" and types or { types }) do
    if not chat_types[name] then
      errors.usage("chat_type: '%s' is not a type of chat (private, group, supergroup, channel)",
        tostring(name))
    end
    wanted[name] = true
  end
  return function(ctx)
    local chat = ctx.chat
    return chat ~= nil and wanted[chat.type] == true
  end
end

--- Updates that match a filter query.
---@param query string|string[]
---@return tgrunner.Predicate, string[]
function checks.filter_query(query)
  return filter.compile(query)
end

return checks
