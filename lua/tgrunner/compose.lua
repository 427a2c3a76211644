--- Compose: turns a composer's nodes into one function, once.
---
--- Every node is compiled together with what follows it, `rest`: a node that does not apply is
--- one comparison and a tail call. A closure for `next` is made per update only for middleware
--- that can call it, that is, whose function has a second parameter.
---
--- Handlers are not called by tail calls: one that ends in a tail call itself leaves no frame, and
--- errors find it by the frame of what called it, which errors.runs has noted.
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

-- Functions of the script's that stand for themselves.
local bare = setmetatable({}, { __mode = "k" })

---@param fn function
---@param rest tgrunner.Run
---@return tgrunner.Run
local function compile_function(fn, rest)
  if not takes_next(fn) then
    bare[fn] = true
    return fn
  end
  local function run(ctx)
    local called = false
    fn(ctx, function()
      if called then errors.usage("next was already called by this middleware") end
      called = true
      return rest(ctx)
    end)
  end
  errors.runs(run, fn)
  return run
end

--- The same function with a frame around a bare handler.
---@param run tgrunner.Run
---@return tgrunner.Run
function compose.framed(run)
  if not bare[run] then return run end
  local function frame(ctx) run(ctx) end
  errors.runs(frame, run)
  return frame
end

local framed = compose.framed

-- One of two ways on.
local function choice(predicate, yes, no)
  no = framed(no)
  if not bare[yes] then
    return function(ctx)
      if predicate(ctx) then return yes(ctx) end
      return no(ctx)
    end
  end
  local function choose(ctx)
    if not predicate(ctx) then return no(ctx) end
    yes(ctx)
  end
  errors.runs(choose, yes)
  return choose
end

-- ---- filters that follow one another -----------------------------------------------------------

-- What runs a router's rules → { router, number of its first rule, what is behind the last }.
local routed = setmetatable({}, { __mode = "k" })

-- A function that goes by the rules of a router from `number` on, by the raw update. Once that is
-- decoded the filters are asked one by one: a script may have changed it.
local function by_rules(router, number, ask)
  local choose = router.choose
  return function(ctx)
    local raw = ctx._undecoded
    if not raw then return ask(ctx) end
    return choose(router, number, raw)(ctx)
  end
end

-- One of two ways on, by a filter that has a rule: those that follow one another share a router.
local function ruled(node, yes, rest)
  local ask = choice(node.predicate, yes, rest)
  local known = routed[rest]
  if not known or known.router:count() ~= known.number then
    known = { router = host.router(framed(rest)), number = 0, fallback = rest }
  end
  local number = known.router:add(node.rule, framed(yes), ask)
  local run = by_rules(known.router, number, ask)
  routed[run] = { router = known.router, number = number, fallback = known.fallback }
  return run
end

--- For the host, which goes by a router's rules without Lua: the router that `run` begins with.
---@param run tgrunner.Run
---@param last tgrunner.Run what stands behind all middleware
---@return { [1]: userdata, [2]: integer, ends: boolean }? # ends: behind the rules is `last`
function compose.router_of(run, last)
  local known = routed[run]
  return known and { known.router, known.number, ends = known.fallback == last }
end

--- Compiles a list of middleware (functions, composers) with what follows it.
---@param list tgrunner.Middleware[]
---@param rest tgrunner.Run
---@return tgrunner.Run
function compose.list(list, rest)
  for i = #list, 1, -1 do rest = compose.one(list[i], framed(rest)) end
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
  for i = #nodes, 1, -1 do rest = compose.node(nodes[i], framed(rest)) end
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
  local yes = compose.one(node.child, rest)
  return node.rule and ruled(node, yes, rest) or choice(node.predicate, yes, rest)
end

function makers.drop(node, rest)
  return choice(node.predicate, rest, compose.one(node.child, rest))
end

function makers.branch(node, rest)
  return choice(node.predicate, compose.list(node.yes, rest), compose.list(node.no, rest))
end

function makers.route(node, rest)
  local router, routes = node.router, {}
  local fallback = framed(compose.list(node.fallback, rest))
  for key, list in pairs(node.routes) do routes[key] = framed(compose.list(list, rest)) end
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
      run = framed(compose.list(as_list(made), rest))
      if type(made) == "table" and made._nodes then known[made] = run end
    end
    return run(ctx)
  end
end

-- Conversations stand outside of the chain: see conversations.lua.
function makers.conversation(_, rest) return rest end

local function stop() end

-- A fork whose update is cancelled is cancelled, too.
local fork_meta = { __close = function(forked) forked.task:cancel() end }

-- The rest has failed: the fork goes on to its end all the same, and then the error goes on.
local function raise_behind(task, ctx, raised)
  local ok, forked = pcall(task.wait, task)
  if not ok then
    host.log("error", "error in a fork, beside an update that failed: " .. errors.text(forked))
  end
  errors.note(ctx, raised.error, raised.traceback)
  error(raised.error, 0)
end

function makers.fork(node, rest)
  local forked = framed(compose.one(node.child, stop))
  return function(ctx)
    local task = host.spawn_child(host.event(), forked, ctx)
    local _ <close> = setmetatable({ task = task }, fork_meta)
    local ok, raised = xpcall(rest, errors.with_traceback, ctx)
    if not ok then raise_behind(task, ctx, raised) end
    task:wait()
  end
end

function makers.error_boundary(node, rest)
  local handler = node.handler
  -- The contexts whose protected part called next to the end.
  local passed = setmetatable({}, { __mode = "k" })
  local inner = framed(compose.one(node.child, function(ctx) passed[ctx] = true end))
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
