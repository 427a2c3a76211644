--- Checks: the predicates behind composer:command, :hears, :callback_query … and ctx:has_….
---
--- Each maker returns the predicate and the sorted kinds of update it can match (nil: any kind).
--- Source: grammY's Context.has.
local choices = require "tgrunner.choices"
local errors = require "tgrunner.errors"
local filter = require "tgrunner.filter"
local options = require "tgrunner.options"
local pattern = require "tgrunner.pattern"
local suggest = require "tgrunner.suggest"

local checks = {}

---@alias tgrunner.Predicate fun(ctx: tgrunner.Context): boolean

--- Which raw updates a predicate can be true of, for the host's router: of a kind all, those with
--- one of the members `names`, or those whose text begins with one of the commands. Sure: then it
--- is true. Kinds that the host does not know are always asked about.
---@alias tgrunner.Rule
---  { kind: string, sure: boolean?, names: string[]?, commands: string[]? }[]

local text_kinds = { "channel_post", "message" }

-- Updates of these kinds may match when they have one of the members.
---@return tgrunner.Rule
local function rule_of(kinds, names)
  local rule = {}
  for i, kind in ipairs(kinds) do rule[i] = { kind = kind, names = names, sure = false } end
  return rule
end

local text_rule = rule_of(text_kinds, { "text", "caption" })

--- Messages and channel posts whose text or caption matches.
---@param triggers string|tgrunner.Pattern|function|table
---@param where string?
---@return tgrunner.Predicate, string[], tgrunner.Rule
function checks.text(triggers, where)
  local matches = pattern.compile(triggers, where or "hears")
  return function(ctx)
    local kind = ctx.kind
    if kind ~= "message" and kind ~= "channel_post" then return false end
    local msg = ctx.msg
    local text = msg and (msg.text or msg.caption)
    return type(text) == "string" and matches(text, ctx)
  end, text_kinds, text_rule
end

local COMMAND_MAX = 64

local function is_text(value) return type(value) == "string" end

local function check_command(command)
  if command == "" then errors.usage("command: an empty string is no command's name") end
  if command:sub(1, 1) == "/" then
    errors.usage("commands are registered without '/': use '%s', not '%s'", command:sub(2), command)
  end
  local name = command:match "^([%w_]+)$" or command:match "^([%w_]+)@[%w_]+$"
  if not name then
    errors.usage("command: '%s' is no command: a name has letters, digits and '_', and may be "
      .. "followed by '@' and a bot's username", command)
  end
  if #name > COMMAND_MAX then
    errors.usage("command: the name '%s…' has %d characters; Telegram takes at most %d",
      name:sub(1, 20), #name, COMMAND_MAX)
  end
end

-- The names a command handler is for: with and without "@bot".
local function command_sets(commands)
  local plain, addressed = {}, {}
  for _, command in ipairs(choices.read("command", commands, "a command's name", is_text)) do
    check_command(command)
    local set = command:find("@", 1, true) and addressed or plain
    set[command] = true
  end
  return plain, addressed
end

-- Messages may match that begin with one of the commands.
local function command_rule(plain, addressed)
  local names, rule = {}, {}
  for command in pairs(plain) do names[#names + 1] = command end
  for command in pairs(addressed) do names[#names + 1] = command end
  for i, kind in ipairs(text_kinds) do rule[i] = { kind = kind, commands = names } end
  return rule
end

--- Messages and channel posts that begin with one of the commands, as Telegram marked it. A
--- command that is addressed to another bot ("/start@OtherBot") does not count.
--- `ctx.match` is what follows the command.
---@param commands string|string[] without "/"; "name@bot" stands for exactly that
---@return tgrunner.Predicate, string[], tgrunner.Rule
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
      local username = ctx.me.username
      if not username or target:lower() ~= username:lower() then return false end
    end
    ctx.match = command.rest
    return true
  end, text_kinds, command_rule(plain, addressed)
end

---@alias tgrunner.Command { full: string, name: string, target: string?, rest: string }

--- The parts of a text that begins with a command, as "/name@target rest".
---@param text string
---@param length integer of the command with its slash, in UTF-16 units
---@return tgrunner.Command
function checks.split_command(text, length)
  -- A command is ASCII: its length in UTF-16 units is its length in bytes.
  local full = text:sub(2, length)
  local name, target = full:match("^([^@]*)@(.*)$")
  return {
    full = full,
    name = name or full,
    target = target,
    rest = text:sub(length + 1):match("^%s*(.*)$"),
  }
end

--- The command that a message begins with; false when with none.
---@param msg table?
---@return tgrunner.Command|false
function checks.parse_command(msg)
  local text, entities = msg and msg.text, msg and msg.entities
  if not text or not entities or text:byte() ~= 47 then return false end -- "/"
  for i = 1, #entities do
    local entity = entities[i]
    if entity.type == "bot_command" and entity.offset == 0 then
      return checks.split_command(text, entity.length)
    end
  end
  return false
end

-- Updates of one kind whose field (a text) matches.
local function of_field(kind, field, where)
  local kinds = { kind }
  local rule = rule_of(kinds, { field })
  return function(triggers)
    local matches = pattern.compile(triggers, where)
    return function(ctx)
      if ctx.kind ~= kind then return false end
      local object = ctx[kind]
      local value = object and object[field]
      return type(value) == "string" and matches(value, ctx)
    end, kinds, rule
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

-- Type → the field that says which one.
local reaction_fields = { emoji = "emoji", custom_emoji = "custom_emoji_id", paid = false }

-- One string for each reaction there is.
local function reaction_key(reaction)
  if type(reaction) == "string" then return "emoji:" .. reaction end
  local field = reaction_fields[reaction.type]
  return field and ("%s:%s"):format(reaction.type, reaction[field]) or reaction.type
end

local function is_reaction(value)
  return type(value) == "string" or type(value) == "table" and value.type ~= nil
end

local function check_reaction(reaction)
  if type(reaction) == "string" then return end
  local field = reaction_fields[reaction.type]
  if field == nil then
    errors.usage("reaction: '%s' is not a type of reaction (emoji, custom_emoji, paid)%s",
      tostring(reaction.type), suggest.hint(reaction.type, reaction_fields))
  end
  if field and type(reaction[field]) ~= "string" then
    errors.usage('reaction: a reaction of type "%s" needs the field %s, a string (got %s)',
      reaction.type, field, options.shown(reaction[field]))
  end
end

--- Reactions that were added to a message by a user who can be told.
---@param reactions string|table an emoji, a ReactionType, or a list of these
---@return tgrunner.Predicate, string[], tgrunner.Rule
function checks.reaction(reactions)
  local list = choices.read("reaction", reactions, "an emoji or a ReactionType", is_reaction)
  local wanted = {}
  for _, reaction in ipairs(list) do
    check_reaction(reaction)
    wanted[reaction_key(reaction)] = true
  end
  return function(ctx)
    if ctx.kind ~= "message_reaction" then return false end
    local change, old = ctx.message_reaction, {}
    if not change or not change.old_reaction or not change.new_reaction then return false end
    for _, reaction in ipairs(change.old_reaction) do old[reaction_key(reaction)] = true end
    for _, reaction in ipairs(change.new_reaction) do
      local key = reaction_key(reaction)
      if wanted[key] and not old[key] then return true end
    end
    return false
  end, { "message_reaction" }, { { kind = "message_reaction", sure = false } }
end

-- ---- the rest ----------------------------------------------------------------------------------

local chat_types = { private = true, group = true, supergroup = true, channel = true }

--- Updates from chats of some types.
---@param types string|string[] "private", "group", "supergroup", "channel"
---@return tgrunner.Predicate
function checks.chat_type(types)
  local wanted = {}
  for _, name in ipairs(choices.read("chat_type", types, "a type of chat", is_text)) do
    if not chat_types[name] then
      errors.usage("chat_type: '%s' is not a type of chat (private, group, supergroup, channel)%s",
        name, suggest.hint(name, chat_types))
    end
    wanted[name] = true
  end
  return function(ctx)
    local chat = ctx.chat
    return type(chat) == "table" and wanted[chat.type] == true
  end
end

--- Updates that match a filter query.
---@param query string|string[]
---@param where string?
---@return tgrunner.Predicate, string[], tgrunner.Rule
function checks.filter_query(query, where)
  return filter.compile(query, where)
end

return checks
