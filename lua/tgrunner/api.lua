--- API: `bot.api.send_message{…}` or `bot.api.sendMessage{…}`, any method of the Bot API, through
--- the transformers of `bot.api.config`.
---
--- Inside, a call answers a response as grammY's transformers know it: `{ ok = true, result = … }`
--- or `{ ok = false, error_code, description, parameters, kind, sent }`; outside, the result is
--- returned and a failure is raised.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local library = require "tgrunner.library"
local methods = require "tgrunner.methods"
local options = require "tgrunner.options"
local parameters = require "tgrunner.parameters"
local spread = require "tgrunner.spread"
local suggest = require "tgrunner.suggest"

local api = {}

---@class tgrunner.Response
---@field ok boolean
---@field result any of a call that succeeded
---@field kind "api"|"network"|"timeout"|"protocol"|"file"|nil of one that failed
---@field error_code integer?
---@field description string?
---@field parameters table? retry_after (seconds), migrate_to_chat_id
---@field sent boolean? whether the request may have reached the server
---@field consumed boolean? iterators of its files were used: it cannot be made again

---@alias tgrunner.Call fun(method: string, payload: table): tgrunner.Response
---@alias tgrunner.Transformer
---| fun(prev: tgrunner.Call, method: string, payload: table): tgrunner.Response

-- ---- names -------------------------------------------------------------------------------------

local by_snake_name ---@type table<string, string>?

--- "send_message" and "sendMessage" → "sendMessage". Unknown names are converted by the same rule.
---@param name string
---@return string
local function wire_name(name)
  if methods.list[name] then return name end
  if not by_snake_name then
    by_snake_name = {}
    for method in pairs(methods.list) do by_snake_name[api.snake_name(method)] = method end
  end
  return by_snake_name[name] or (name:gsub("_(%w)", string.upper))
end

api.wire_name = wire_name

--- "sendMessage" → "send_message".
---@param method string
---@return string
function api.snake_name(method)
  return (method:gsub("%u", function(letter) return "_" .. letter:lower() end))
end

-- The nearest method, spelled as the name was.
local function nearest_method(name)
  local nearest = suggest.nearest(wire_name(name), methods.list)
  if nearest and name:find("_", 1, true) then return api.snake_name(nearest) end
  return nearest
end

-- ---- calls -------------------------------------------------------------------------------------

-- What a transformer calls on with.
local function check_call(method, payload)
  if type(method) == "string" and type(payload) == "table" then return end
  errors.usage("prev takes the method's name and a table of parameters (got a %s and a %s)",
    type(method), type(payload))
end

-- Mistakes in the parameters of a known method: those that are beyond doubt are raised, names that
-- are nearly right are warned of, once for each method.
local function new_check()
  local warned = {}
  return function(method, payload)
    local problem, unknown, nearest = parameters.check(method, payload)
    if problem then errors.usage_of_call(("%s: %s"):format(method, problem)) end
    if unknown and not warned[method] then
      warned[method] = true
      host.log("warn", ("'%s' is not a parameter of %s in Bot API %s, did you mean '%s'?"):format(
        unknown, method, methods.bot_api, nearest))
    end
  end
end

-- The end of the chain: the call itself. What cannot be sent is the script's mistake, and told in
-- words that begin with the method; all else that is raised is of an iterator of a file. The
-- parameters are looked at here, as transformers may have filled them in.
local function base_call(client)
  local check = new_check()
  return function(method, payload)
    check(method, payload)
    local could, ok, answer = pcall(client.call, client, method, payload)
    if not could then
      if type(ok) == "string" and ok:find(method, 1, true) == 1 then errors.usage_of_call(ok) end
      error(ok, 0)
    end
    if ok then return { ok = true, result = answer } end
    return {
      ok = false,
      kind = answer.kind,
      error_code = answer.error_code,
      description = answer.description,
      parameters = answer.parameters,
      sent = answer.sent,
      consumed = answer.consumed,
    }
  end
end

local function check_response(response)
  if type(response) == "table" and type(response.ok) == "boolean" then return response end
  errors.usage("a transformer of bot.api.config must return a response, such as what prev "
    .. "returned: { ok = true, result = … } (got %s)", type(response))
end

local function warn_unknown(method, name)
  local nearest = nearest_method(name)
  host.log("warn", ("'%s' is not a method of Bot API %s%s; it is sent as it is"):format(
    method, methods.bot_api, nearest and (", did you mean '%s'?"):format(nearest) or ""))
end

local NAME_MAX <const> = 128
local API_NAME <const> = "tgrunner.Api"

--- What is said of a name that is none, as a format for it.
api.no_method_name =
  "'%s' is no name of a method: it consists of letters, digits and '_', " .. NAME_MAX .. " at most"

--- Whether a method can have this name, known or not.
---@param name string
---@return boolean
function api.is_method_name(name) return name:find "^[%w_]+$" ~= nil and #name <= NAME_MAX end

local function refuse_name(name)
  return function() errors.usage(api.no_method_name, name) end
end

-- Whether it is an API, of a bot or of a ctx: what a colon gives for the parameters.
local function is_api(payload)
  local meta = getmetatable(payload)
  return type(meta) == "table" and meta.__name == API_NAME
end

---@param self table the state of an api
---@param name string as the script spelled it
---@param method string as the Bot API spells it
---@return fun(payload: table?): any
local function caller(self, name, method)
  local is_known = methods.list[method] ~= nil
  local warned = is_known
  return function(payload)
    if payload == nil then
      payload = {}
    elseif type(payload) ~= "table" then
      errors.usage("%s takes one table of parameters (got a %s)", name, type(payload))
    elseif is_api(payload) then
      errors.usage("call api.%s with a dot, not with a colon", name)
    end
    if not warned then
      warned = true
      warn_unknown(method, name)
    end
    payload = spread.payload(method, payload)
    local response = self.enter(method, payload)
    if response.ok == true then return self.wrap(method, response.result) end
    check_response(response)
    local suggestion = not is_known and response.error_code == 404 and nearest_method(name) or nil
    local hint = response.error_code == 400 and parameters.missing(method, payload) or nil
    error(errors.api(method, payload, response, suggestion, hint), 0)
  end
end

errors.calls_begin_in(caller({}, "getMe", "getMe"))

---@param self table the state of an api
---@param name string as the script spelled it
---@return fun(payload: table?): any
local function new_method(self, name)
  if not api.is_method_name(name) then return refuse_name(name) end
  return caller(self, name, wire_name(name))
end

-- ---- transformers ------------------------------------------------------------------------------

--- Ways to change calls on their way.
---@class tgrunner.ApiConfig
local Config = {}
local config_meta = { __name = "tgrunner.ApiConfig", __index = Config }

-- State is kept apart, so that a config shows people only its methods.
local states = setmetatable({}, { __mode = "k" })

local function state_of(config, name)
  return states[config] or errors.usage("call %s with a colon: api.config:%s(…)", name, name)
end

-- Transformers of ours: they call on with what they were called with, and return what they got.
local trusted = setmetatable({}, { __mode = "k" })

--- Has a transformer of ours called without checks of what passes it: an echo costs 5 % less.
---@param transformer tgrunner.Transformer
function api.trust(transformer) trusted[transformer] = true end

-- A call in two forms: `call` for transformers, which may hand over anything, and `enter` for
-- whoever has checked what it hands over.
local function set_call(state, enter)
  state.enter = enter
  state.call = function(method, payload)
    check_call(method, payload)
    return enter(method, payload)
  end
end

local function install(state, transformer)
  state.transformers[#state.transformers + 1] = transformer
  local prev = trusted[transformer] and state.enter or state.call
  if trusted[transformer] then
    set_call(state, function(method, payload) return transformer(prev, method, payload) end)
  else
    set_call(state, function(method, payload)
      return check_response(transformer(prev, method, payload))
    end)
  end
end

--- Adds transformers: `function(prev, method, payload) return prev(method, payload) end`. The one
--- added last sees a call first. `method` is spelled as in the Bot API, `payload` may be changed
--- or replaced; what is returned is a response (see tgrunner.Response).
---@param ... tgrunner.Transformer
---@return tgrunner.ApiConfig self
function Config:use(...)
  local state = state_of(self, "use")
  for i = 1, select("#", ...) do
    local transformer = select(i, ...)
    if type(transformer) ~= "function" then
      errors.usage("api.config:use takes functions (prev, method, payload) (got a %s)",
        type(transformer))
    end
    local mistake = library.mistake(transformer, "a transformer")
    if mistake then errors.usage("api.config:use: %s", mistake) end
    install(state, transformer)
  end
  return self
end

--- The transformers that were added, in that order.
---@return tgrunner.Transformer[]
function Config:installed_transformers()
  return { table.unpack(state_of(self, "installed_transformers").transformers) }
end

-- ---- making one --------------------------------------------------------------------------------

--- All methods of the Bot API, of today and tomorrow, by both spellings. Each takes one table of
--- parameters, waits for the answer, returns its `result`, and raises a tgrunner.ApiError.
---@class tgrunner.Api: tgrunner.ApiMethods
---@field config tgrunner.ApiConfig
---@field [string] fun(payload: table?): any

local function new_config(state)
  local config = setmetatable({}, config_meta)
  states[config] = state
  return config
end

--- The API of a client of the host.
---@param client userdata|table anything with client:call(method, payload)
---@param wrap? fun(method: string, result: any): any what becomes of a result
---@return tgrunner.Api
function api.new(client, wrap)
  local state = {
    transformers = {},
    wrap = wrap or function(_, result) return result end,
  }
  set_call(state, base_call(client))
  local public = setmetatable({ config = new_config(state) }, {
    __name = API_NAME,
    __index = function(self, name)
      if type(name) ~= "string" then
        errors.usage("bot.api: a method's name is a string (got %s)", options.shown(name))
      end
      local method = new_method(state, name)
      rawset(self, name, method)
      return method
    end,
  })
  public.raw = public -- grammY's name for methods that take one table
  return public
end

--- What makes APIs for single contexts: transformers of theirs see only their own calls, before
--- those of the parent do. One that adds none is an empty table.
---@param parent tgrunner.Api
---@return fun(): tgrunner.Api
function api.children(parent)
  local parent_state = states[parent.config]
  local meta = { __name = API_NAME }
  local own = setmetatable({}, { __mode = "k" }) -- child → its state, once it has a config

  function meta.__index(self, name)
    local state = own[self]
    if name == "config" then
      state = { transformers = {}, wrap = parent_state.wrap }
      set_call(state, function(method, payload) return parent_state.enter(method, payload) end)
      own[self] = state
      self.config = new_config(state)
      return self.config
    end
    if name == "raw" then return self end
    if not state or type(name) ~= "string" then return parent[name] end
    local method = new_method(state, name)
    rawset(self, name, method)
    return method
  end

  return function() return setmetatable({}, meta) end
end

return api
