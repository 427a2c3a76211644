--- Compose: turns a composer's nodes into one function, once.
---
--- Every node is compiled together with what follows it, `rest`: a node that does not apply is
--- one comparison and a tail call. A closure for `next` is made per update only for middleware
--- that can call it, that is, whose function has a second parameter.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local compose = {}

local getinfo = debug and debug.getinfo

---@alias tgrunner.Middleware fun(ctx: tgrunner.Context, next: fun())|tgrunner.Composer|table

---@alias tgrunner.Run fun(ctx: tgrunner.Context)

-- Whether a function can see `next`.
local function takes_next(fn)
  if type(fn) ~= "function" or not getinfo then return true end
  local info = getinfo(fn, "u")
  return info.isvararg or info.nparams >= 2
end

---@param fn function
---@param rest tgrunner.Run
---@return tgrunner.Run
local function compile_function(fn, rest)
  if not takes_next(fn) then return fn end
  return function(ctx)
    local called = false
    return fn(ctx, function()
      if called then errors.usage("next was already called by this middleware") end
      called = true
      return rest(ctx)
    end)
  end
end

--- Compiles a list of middleware (functions, composers) with what follows it.
---@param list tgrunner.Middleware[]
---@param rest tgrunner.Run
---@return tgrunner.Run
function compose.list(list, rest)
  for i = #list, 1, -1 do rest = compose.one(list[i], rest) end
  return rest
end

--- Compiles one middleware with what follows it.
---@param middleware tgrunner.Middleware
---@param rest tgrunner.Run
---@return tgrunner.Run
function compose.one(middleware, rest)
  local nodes = type(middleware) == "table" and middleware._nodes
  if not nodes then return compile_function(middleware, rest) end
  if middleware._composing then
    errors.usage("a composer is used by itself, directly or through others")
  end
  middleware._composed = true
  middleware._composing = true
  for i = #nodes, 1, -1 do rest = compose.node(nodes[i], rest) end
  middleware._composing = nil
  return rest
end

-- Node kind → how it is compiled.
local makers = {}

---@param node table
---@param rest tgrunner.Run
---@return tgrunner.Run
function compose.node(node, rest)
  return makers[node.type](node, rest)
end

function makers.use(node, rest)
  return compose.one(node.child, rest)
end

function makers.filter(node, rest)
  local predicate, inner = node.predicate, compose.one(node.child, rest)
  return function(ctx)
    if predicate(ctx) then return inner(ctx) end
    return rest(ctx)
  end
end

function makers.drop(node, rest)
  local predicate, inner = node.predicate, compose.one(node.child, rest)
  return function(ctx)
    if predicate(ctx) then return rest(ctx) end
    return inner(ctx)
  end
end

function makers.branch(node, rest)
  local predicate = node.predicate
  local yes, no = compose.list(node.yes, rest), compose.list(node.no, rest)
  return function(ctx)
    if predicate(ctx) then return yes(ctx) end
    return no(ctx)
  end
end

function makers.route(node, rest)
  local router, routes = node.router, {}
  local fallback = compose.list(node.fallback, rest)
  for key, list in pairs(node.routes) do routes[key] = compose.list(list, rest) end
  return function(ctx)
    local key = router(ctx)
    local route = key ~= nil and routes[key] or fallback
    return route(ctx)
  end
end

function makers.lazy(node, rest)
  local factory, as_list = node.factory, node.as_list
  -- Composers that a factory returns again are compiled once.
  local known = setmetatable({}, { __mode = "k" })
  return function(ctx)
    local made = factory(ctx)
    if not made then return rest(ctx) end
    local run = known[made]
    if not run then
      run = compose.list(as_list(made), rest)
      if type(made) == "table" and made._nodes then known[made] = run end
    end
    return run(ctx)
  end
end

-- Conversations stand outside of the chain: see conversations.lua.
function makers.conversation(_, rest) return rest end

local function stop() end

function makers.fork(node, rest)
  local forked = compose.one(node.child, stop)
  return function(ctx)
    local fork = host.spawn_child(host.event(), forked, ctx)
    local _ <close> = setmetatable({}, { __close = function() fork:cancel() end })
    rest(ctx)
    fork:wait()
  end
end

function makers.error_boundary(node, rest)
  local handler = node.handler
  -- The contexts whose protected part called next to the end.
  local passed = setmetatable({}, { __mode = "k" })
  local inner = compose.one(node.child, function(ctx) passed[ctx] = true end)
  return function(ctx)
    passed[ctx] = nil
    local ok, raised = xpcall(inner, errors.with_traceback, ctx)
    local go_on = passed[ctx]
    passed[ctx] = nil
    if not ok then
      go_on = false
      handler(errors.bot(raised.error, ctx, raised.traceback), function() go_on = true end)
    end
    if go_on then return rest(ctx) end
  end
end

return compose
