--- Calls: what a bot under test asks of the Bot API, and what it is answered: no HTTP, but all
--- else as it is, transformers included.
local answers = require "tgrunner.testing.answers"
local api = require "tgrunner.api"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local methods = require "tgrunner.methods"
local options = require "tgrunner.options"
local refusals = require "tgrunner.testing.refusals"
local suggest = require "tgrunner.suggest"
local values = require "tgrunner.testing.values"

local calls = {}

--- A call that a bot made. Its parameters are its fields, too: `call.text`.
---@class tgrunner.testing.Call
---@field method string as the Bot API spells it: "sendMessage"
---@field params table what the server sees: plain tables; files are { filename, bytes, path? }
---@field result any what it was answered; nil while it waits, and of a failure
---@field failure table? { kind, error_code, description, parameters, sent } of one that failed
---@field at_ms integer the bot's time when it was made
---@field [string] any
local call_meta = { __name = "tgrunner.testing.Call" }

function call_meta.__index(call, name) return rawget(call, "params")[name] end

---@class tgrunner.testing.Calls
---@field list tgrunner.testing.Call[]
---@field world tgrunner.testing.World
local Calls = {}
local calls_meta = { __name = "tgrunner.testing.Calls", __index = Calls }

-- ---- failures ----------------------------------------------------------------------------------

local descriptions = {
  [400] = "Bad Request",
  [401] = "Unauthorized",
  [403] = "Forbidden: bot was blocked by the user",
  [404] = "Not Found",
  [409] = "Conflict",
  [429] = "Too Many Requests: retry after %d",
}

local failure_spec = {
  kind = '"api"|"network"|"timeout"|"protocol"|"file"',
  error_code = "integer",
  description = "string",
  parameters = "table",
  sent = "boolean",
}

--- A failure as the host tells it.
---@param name string of the function that was given it
---@param failure table|string|integer "network", "timeout", an error code, or a table
---@return table
function calls.failure(name, failure)
  if failure == nil then
    errors.usage('%s is missing: an error code, "network", "timeout" or a table', name)
  end
  if math.type(failure) == "integer" then failure = { error_code = failure } end
  if type(failure) == "string" then failure = { kind = failure } end
  local made = values.copy(options.check(name, failure, failure_spec))
  local code = made.error_code
  made.kind = made.kind or (code and "api" or "network")
  if made.sent == nil then made.sent = made.kind ~= "network" and made.kind ~= "file" end
  if code == 429 then
    made.parameters = made.parameters or {}
    made.parameters.retry_after = made.parameters.retry_after or 1
  end
  local after = made.parameters and made.parameters.retry_after or 0
  made.description = made.description
    or (code and (descriptions[code] or "Internal Server Error"):format(after))
    or ("%s error of the test"):format(made.kind)
  return made
end

-- ---- rules -------------------------------------------------------------------------------------

local rule_spec = { times = "count" }

--- A method's name as the Bot API spells it; one that does not exist is an error.
---@param name string
---@return string
function calls.method(name)
  local method = type(name) == "string" and api.wire_name(name) or nil
  if method and methods.list[method] then return method end
  errors.usage("'%s' is not a method of Bot API %s%s", tostring(name), methods.bot_api,
    suggest.hint(method or "", methods.list))
end

--- Says how calls of a method end from now on, or the next `times` of them.
---@param method string
---@param rule { result: any, failure: table?, gate: userdata? }?
---@param opts { times: integer? }?
function Calls:add_rule(method, rule, opts)
  opts = options.check("the third argument", opts, rule_spec)
  method = calls.method(method)
  local rules = self.rules[method] or {}
  self.rules[method] = rules
  if not opts.times then
    for i = 1, #rules do rules[i] = nil end
  end
  if not rule then return end
  rule.left = opts.times or math.huge
  table.insert(rules, rule)
end

-- Rules with `times` come before the one without, in the order in which they were given.
function Calls:_take_rule(method)
  local rules = self.rules[method]
  local found, at
  for i, rule in ipairs(rules or {}) do
    if not found or found.left == math.huge and rule.left ~= math.huge then found, at = rule, i end
  end
  if not found then return nil end
  found.left = found.left - 1
  if found.left == 0 then table.remove(rules, at) end
  return found
end

-- ---- calls -------------------------------------------------------------------------------------

local function default_answer(self, call)
  local result = answers.of(self.world, call.method, call.params)
  if result == nil then
    self.refuse(("%s: the test kit knows no answer; give one with t:answer(%q, …)"):format(
      call.method, call.method))
  end
  return result
end

-- Waits until the test gives the answer, but no longer than the bot's client does.
local function is_held_too_long(rule, call, timeout_s)
  rule.calls[#rule.calls + 1] = call
  return not rule.gate:wait(math.ceil(timeout_s * 1000), "an answer that t:hold holds back")
end

local function answer(self, call, timeout_s)
  local rule = self:_take_rule(call.method)
  if rule and rule.gate and is_held_too_long(rule, call, timeout_s) then
    return nil, calls.failure("a timeout", {
      kind = "timeout",
      description = ("no answer within %g s: t:hold has held it back"):format(timeout_s),
    })
  end
  if rule and rule.failure then return nil, values.copy(rule.failure) end
  local result = rule and rule.result
  if type(result) == "function" then
    local failure
    result, failure = result(call.params, call)
    if failure ~= nil then
      return nil, calls.failure("the failure of a t:answer function", failure)
    end
  end
  if result == nil then
    local refusal = refusals.of(self.world, call.method, call.params)
    if refusal then return nil, calls.failure("a refusal", refusal) end
    return default_answer(self, call)
  end
  self.world:learn(result, call.params.chat_id)
  return values.copy(result)
end

--- Makes a call: as the host's client does, but what is answered is the test's.
---@param method string
---@param payload table?
---@param timeout_s number how long the bot's client waits for an answer
---@return boolean ok
---@return any result or the failure
function Calls:call(method, payload, timeout_s)
  local could, params, problem = pcall(values.params, payload)
  if not could then error(("%s: %s"):format(method, tostring(params)), 0) end
  if not params then
    return false, calls.failure("a file", { kind = "file", description = problem })
  end
  local call = setmetatable({ method = method, params = params, at_ms = host.now_ms() }, call_meta)
  self.list[#self.list + 1] = call
  host.sleep(0) -- others run meanwhile, as during a real call
  call.result, call.failure = answer(self, call, timeout_s)
  if call.failure then return false, call.failure end
  return true, call.result
end

-- ---- files -------------------------------------------------------------------------------------

local function bytes_of(self, file_path)
  local bytes = self.world.bytes[file_path]
  if bytes then return bytes end
  return nil, calls.failure("a file", {
    error_code = 404, description = "Not Found: " .. file_path,
  })
end

function Calls:download(file_path, path)
  local bytes, failure = bytes_of(self, file_path)
  if not bytes then return false, failure end
  local file, problem = io.open(path, "wb")
  if not file then
    return false, calls.failure("a file", { kind = "file", description = problem })
  end
  file:write(bytes)
  file:close()
  return true
end

local stream_meta = { __name = "tgrunner.testing.Stream", __close = function() end }
stream_meta.__index = {
  next = function(stream)
    local bytes = stream.bytes
    stream.bytes = nil
    return bytes ~= "" and bytes or nil
  end,
}

function Calls:chunks(file_path)
  local bytes, failure = bytes_of(self, file_path)
  if not bytes then return nil, failure end
  return setmetatable({ bytes = bytes }, stream_meta)
end

-- ---- making one --------------------------------------------------------------------------------

---@param world tgrunner.testing.World
---@param refuse fun(text: string) raises a mistake of the test
---@return tgrunner.testing.Calls
function calls.new(world, refuse)
  return setmetatable({ list = {}, rules = {}, world = world, refuse = refuse }, calls_meta)
end

return calls
