--- Composer: collects middleware; a bot is one.
---
--- Source: grammY's Composer, in snake_case. Registering only notes what is wanted; compose.lua
--- makes functions of it before the first update. Middleware is `function(ctx, next)`: calling
--- `next()` runs the rest and returns when that is done, not calling it stops.
local checks = require "tgrunner.checks"
local compose = require "tgrunner.compose"
local errors = require "tgrunner.errors"
local library = require "tgrunner.library"
local options = require "tgrunner.options"
local registered = require "tgrunner.registered"

---@class tgrunner.Composer
---@field package _nodes table[]
---@field package _composed boolean? whether it is part of something that runs
local Composer = {}

local composer_meta = { __name = "tgrunner.Composer", __index = Composer }

local composer = { methods = Composer }

-- ---- arguments ---------------------------------------------------------------------------------

local function is_callable(value)
  if type(value) == "function" then return true end
  local meta = getmetatable(value)
  return type(meta) == "table" and meta.__call ~= nil
end

local function is_composer(value)
  return type(value) == "table" and rawget(value, "_nodes") ~= nil
end

-- Tables with a method `middleware`; an API has methods of all names.
local function makes_middleware(value)
  local meta = getmetatable(value)
  if type(meta) == "table" and meta.__name == "tgrunner.Api" then return false end
  return type(value) == "table" and is_callable(value.middleware)
end

local function check_keys(value, where)
  for key in pairs(value) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      errors.usage("%s: a list of handlers has no key '%s'", where, tostring(key))
    end
  end
end

local function add_middleware(list, value, where)
  if is_callable(value) or is_composer(value) then
    local mistake = library.mistake(value, "a handler")
    if mistake then errors.usage("%s: %s", where, mistake) end
    list[#list + 1] = value
  elseif makes_middleware(value) then
    add_middleware(list, value:middleware(), where)
  elseif type(value) == "table" and getmetatable(value) == nil then
    check_keys(value, where)
    for i = 1, #value do add_middleware(list, value[i], where) end
  else
    errors.usage("%s: a handler is a function, a composer or a list of these (got %s)",
      where, options.shown(value))
  end
end

-- The functions and composers among the arguments; a table with none is a mistake.
---@return tgrunner.Middleware[]
local function collect(where, ...)
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    if type(value) == "table" and next(value) == nil and getmetatable(value) == nil then
      errors.usage("%s: an empty list of handlers", where)
    end
  end
  local list = {}
  for i = 1, select("#", ...) do add_middleware(list, (select(i, ...)), where) end
  return list
end

local function check_function(value, where, what)
  if not is_callable(value) then
    errors.usage("%s: %s must be a function (got a %s)", where, what, type(value))
  end
  local mistake = what ~= "the error handler" and library.mistake(value, (what:gsub("^the", "a")))
  if mistake then errors.usage("%s: %s", where, mistake) end
end

-- ---- registering -------------------------------------------------------------------------------

local function add_node(self, node)
  if self._composed then
    errors.usage("%s: handlers cannot be added once updates are handled; add them before the "
      .. "first update, outside of handlers", node.name or node.type)
  end
  for _, inner in ipairs(node.child and node.child._nodes or {}) do
    if inner.child == self then
      errors.usage("%s: a composer cannot be used by itself", node.name or node.type)
    end
  end
  self._nodes[#self._nodes + 1] = node
end

local function new_child(list)
  local child = composer.new()
  for i, middleware in ipairs(list) do
    child._nodes[i] = { type = "use", child = middleware }
  end
  return child
end

local function add_filter(self, name, predicate, kinds, rule, ...)
  local child = new_child(collect(name, ...))
  add_node(self, {
    type = "filter", name = name, predicate = predicate, kinds = kinds, rule = rule, child = child,
  })
  return child
end

--- The composer as middleware: itself. Any table with such a method can be used as middleware.
---@return tgrunner.Middleware
function Composer:middleware() return self end

--- Registers middleware that gets every update.
---@param ... tgrunner.Middleware
---@return tgrunner.Composer # more middleware, behind what was given here
function Composer:use(...)
  local child = new_child(collect("use", ...))
  add_node(self, { type = "use", child = child })
  return child
end

--- Registers middleware for updates that match a filter query, or any of a list of them:
--- `"message"`, `"message:text"`, `":photo"`, `"::url"`. An unknown query raises.
---@param query string|string[]
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:on(query, ...)
  local predicate, kinds, rule = checks.filter_query(query)
  return add_filter(self, "on", predicate, kinds, rule, ...)
end

--- Registers middleware for commands: `/name`, `/name@ThisBot`, in messages and channel posts.
--- `ctx.match` is what follows the command, a deep link's payload included.
---@param name string|string[] without "/"
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:command(name, ...)
  local predicate, kinds, rule = checks.command(name)
  return add_filter(self, "command", predicate, kinds, rule, ...)
end

--- Registers middleware for messages and channel posts whose text or caption matches.
--- `ctx.match` is the text, or the captures of the pattern.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:hears(trigger, ...)
  local predicate, kinds, rule = checks.text(trigger, "hears")
  return add_filter(self, "hears", predicate, kinds, rule, ...)
end

--- Registers middleware for buttons of inline keyboards, by their callback data.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:callback_query(trigger, ...)
  local predicate, kinds, rule = checks.callback_query(trigger)
  return add_filter(self, "callback_query", predicate, kinds, rule, ...)
end

--- Registers middleware for game buttons, by the game's short name.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:game_query(trigger, ...)
  local predicate, kinds, rule = checks.game_query(trigger)
  return add_filter(self, "game_query", predicate, kinds, rule, ...)
end

--- Registers middleware for inline queries, by their text.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:inline_query(trigger, ...)
  local predicate, kinds, rule = checks.inline_query(trigger)
  return add_filter(self, "inline_query", predicate, kinds, rule, ...)
end

--- Registers middleware for chosen inline results, by the result's id.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:chosen_inline_result(trigger, ...)
  local predicate, kinds, rule = checks.chosen_inline_result(trigger)
  return add_filter(self, "chosen_inline_result", predicate, kinds, rule, ...)
end

--- Registers middleware for pre-checkout queries, by the invoice's payload.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:pre_checkout_query(trigger, ...)
  local predicate, kinds, rule = checks.pre_checkout_query(trigger)
  return add_filter(self, "pre_checkout_query", predicate, kinds, rule, ...)
end

--- Registers middleware for shipping queries, by the invoice's payload.
---@param trigger string|tgrunner.Pattern|fun(text: string, ctx: tgrunner.Context): any|table
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:shipping_query(trigger, ...)
  local predicate, kinds, rule = checks.shipping_query(trigger)
  return add_filter(self, "shipping_query", predicate, kinds, rule, ...)
end

--- Registers middleware for reactions that users add to messages. Telegram sends these updates
--- only when `allowed_updates` names "message_reaction", which registering a handler sees to.
---@param reaction string|table an emoji, a ReactionType, or a list of these
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:reaction(reaction, ...)
  local predicate, kinds, rule = checks.reaction(reaction)
  return add_filter(self, "reaction", predicate, kinds, rule, ...)
end

--- Registers middleware for updates from chats of some types.
---@param chat_type "private"|"group"|"supergroup"|"channel"|string[]
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:chat_type(chat_type, ...)
  return add_filter(self, "chat_type", checks.chat_type(chat_type), nil, nil, ...)
end

--- Registers middleware for updates that a function of ctx says true to. The function may call
--- the API.
---@param predicate tgrunner.Predicate
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:filter(predicate, ...)
  check_function(predicate, "filter", "the predicate")
  return add_filter(self, "filter", predicate, nil, nil, ...)
end

--- Registers middleware for updates that a function of ctx says false to.
---@param predicate tgrunner.Predicate
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function Composer:drop(predicate, ...)
  check_function(predicate, "drop", "the predicate")
  local child = new_child(collect("drop", ...))
  add_node(self, { type = "drop", predicate = predicate, child = child })
  return child
end

--- Registers two ways on: the first for updates that the function says true to, else the second.
---@param predicate tgrunner.Predicate
---@param yes tgrunner.Middleware
---@param no tgrunner.Middleware
---@return tgrunner.Composer
function Composer:branch(predicate, yes, no)
  check_function(predicate, "branch", "the predicate")
  local node = {
    type = "branch", predicate = predicate,
    yes = collect("branch", yes), no = collect("branch", no),
  }
  add_node(self, node)
  return self:_after()
end

--- Registers middleware by name: the function of ctx gives the name. Without a name, or with one
--- that is not in the table, the fallback runs, or what was registered later.
---@param router fun(ctx: tgrunner.Context): any
---@param routes table<any, tgrunner.Middleware>
---@param fallback tgrunner.Middleware?
---@return tgrunner.Composer
function Composer:route(router, routes, fallback)
  check_function(router, "route", "the router")
  if type(routes) ~= "table" then
    errors.usage("route: the routes must be a table of handlers (got a %s)", type(routes))
  end
  local lists = {}
  for key, middleware in pairs(routes) do lists[key] = collect("route", middleware) end
  local list = fallback == nil and {} or collect("route", fallback)
  add_node(self, { type = "route", router = router, routes = lists, fallback = list })
  return self:_after()
end

--- Registers middleware that runs beside what was registered later; `next` of earlier middleware
--- returns when both are done, however either ends. An error of either is raised then; of two, that
--- of what comes later, and the other is logged. An update that is cancelled cancels its forks.
---@param ... tgrunner.Middleware
---@return tgrunner.Composer # of the fork
function Composer:fork(...)
  local child = new_child(collect("fork", ...))
  add_node(self, { type = "fork", child = child })
  return child
end

--- Registers a function that gives each update its middleware: one, a list, or nil for none.
---@param factory fun(ctx: tgrunner.Context): tgrunner.Middleware|tgrunner.Middleware[]|nil
---@return tgrunner.Composer
function Composer:lazy(factory)
  check_function(factory, "lazy", "the factory")
  add_node(self, {
    type = "lazy", factory = factory,
    as_list = function(made)
      local is_empty = type(made) == "table" and next(made) == nil and getmetatable(made) == nil
      return is_empty and {} or collect("lazy", made)
    end,
  })
  return self:_after()
end

--- Registers a conversation: a function that may wait for updates, `conv:wait_for "message:text"`,
--- and goes on with them as if nothing had come between. It begins with `ctx:enter(name, …)`, which
--- hands over what else it is given. The bot needs `bot:use(tg.conversations())`.
---@param name string
---@param fn fun(conv: tgrunner.Conversation, ctx: tgrunner.Context, ...: any)
---@param opts { parallel: boolean? }? parallel: may be open more than once for the same key
function Composer:conversation(name, fn, opts)
  if type(name) ~= "string" or name == "" then
    errors.usage("conversation: the name must be a string (got %s)",
      name == "" and "an empty one" or "a " .. type(name))
  end
  if type(fn) ~= "function" then
    errors.usage("conversation '%s': takes a function of conv and ctx (got a %s)", name, type(fn))
  end
  opts = options.check("conversation options", opts, { parallel = "boolean" })
  add_node(self, { type = "conversation", id = name, fn = fn, parallel = opts.parallel })
end

--- Registers middleware whose errors do not get out: they go to the function, as a BotError and
--- with a `next` that goes on behind the boundary. Errors of the function itself do get out.
---@param handler fun(err: tgrunner.BotError, next: fun())
---@param ... tgrunner.Middleware
---@return tgrunner.Composer # protected too
function Composer:error_boundary(handler, ...)
  check_function(handler, "error_boundary", "the error handler")
  local child = new_child(collect("error_boundary", ...))
  add_node(self, { type = "error_boundary", handler = handler, child = child })
  return child
end

for name, method in pairs(Composer) do
  Composer[name] = function(self, ...)
    if type(self) ~= "table" or not self._nodes then
      errors.usage("call %s with a colon: composer:%s(…)", name, name)
    end
    return method(self, ...)
  end
end

-- A composer behind the last node, for methods whose node has no child of its own.
---@package
function Composer:_after()
  local child = composer.new()
  add_node(self, { type = "use", child = child })
  return child
end

-- ---- what is registered ------------------------------------------------------------------------

--- What the registered handlers listen to, for `allowed_updates`.
---@return string[] kinds that some handler names, sorted
---@return boolean any whether some handler is not behind a filter by kind
function Composer:_kinds() return registered.kinds(self) end

--- Calls `each` for every function that is registered, in composers within too.
---@param each fun(fn: function)
function Composer:_each_function(each) registered.visit(self, { each = each }) end

--- Calls `each` for everything that is registered, in composers within too.
---@param each fun(node: table)
function Composer:_each_node(each) registered.visit(self, { node = each }) end

--- One function of all that is registered; nothing can be added afterwards.
---@param rest tgrunner.Run?
---@return tgrunner.Run
function Composer:_run(rest)
  return compose.framed(compose.one(self, rest or function() end))
end

--- A composer with the middleware that is given, for `use` somewhere else.
---@param ... tgrunner.Middleware
---@return tgrunner.Composer
function composer.new(...)
  local self = setmetatable({ _nodes = {} }, composer_meta)
  for i, middleware in ipairs(collect("Composer", ...)) do
    self._nodes[i] = { type = "use", child = middleware }
  end
  return self
end

return composer
