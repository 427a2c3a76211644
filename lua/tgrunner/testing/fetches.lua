--- Fetches: what tg.fetch asks for in a test, and what it is answered. There is no network.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local pattern = require "tgrunner.pattern"

local fetches = {}

--- A request of tg.fetch.
---@class tgrunner.testing.Request
---@field url string
---@field method string
---@field headers table<string, string> names in lower case
---@field body string?
local Request = {}
local request_meta = { __name = "tgrunner.testing.Request", __index = Request }

--- The body, decoded from JSON.
---@return any
function Request:json() return host.decode(self.body or "") end

---@class tgrunner.testing.Fetches
---@field list tgrunner.testing.Request[]
local Fetches = {}
local fetches_meta = { __name = "tgrunner.testing.Fetches", __index = Fetches }

-- ---- rules -------------------------------------------------------------------------------------

local answer_spec = {
  status = "integer",
  headers = "table",
  body = "string",
  json = "any",
  kind = '"network"|"timeout"|"protocol"',
  description = "string",
  delay_ms = "milliseconds",
}

local function check_answer(answer)
  if type(answer) == "string" then return { body = answer } end
  if math.type(answer) == "integer" then return { status = answer } end
  return options.check("the answer of t:fetch", answer, answer_spec)
end

local function matches(wanted, url)
  if type(wanted) == "string" then return url:sub(1, #wanted) == wanted end
  return url:find(wanted.text) ~= nil
end

--- Says what requests are answered; what was said last comes first.
---@param url string|tgrunner.Pattern URLs that begin so, or match so
---@param answer string|integer|table|fun(request: tgrunner.testing.Request): any
function Fetches:add_rule(url, answer)
  if type(url) ~= "string" and not pattern.is(url) then
    errors.usage("t:fetch takes what URLs begin with, or a tg.pattern (got a %s)", type(url))
  end
  if type(answer) ~= "function" then answer = check_answer(answer) end
  table.insert(self.rules, 1, { url = url, answer = answer })
end

-- ---- requests ----------------------------------------------------------------------------------

local function read_headers(lines)
  local headers = {}
  for _, line in ipairs(lines) do
    local name, value = line:match "^([^:;]+)[:;]%s*(.*)$"
    if name then headers[name:lower()] = value end
  end
  return headers
end

local function write_head(answer)
  local lines = { ("HTTP/1.1 %d"):format(answer.status or 200) }
  if answer.json ~= nil then lines[2] = "Content-Type: application/json" end
  for name, value in pairs(answer.headers or {}) do
    lines[#lines + 1] = ("%s: %s"):format(name, tostring(value))
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

local function find_rule(self, url)
  for _, rule in ipairs(self.rules) do
    if matches(rule.url, url) then return rule.answer end
  end
  self.refuse(("tg.fetch: no answer is known for %s, and there is no network in a test; give one "
    .. "with t:fetch(%q, …)"):format(url, url))
end

local function fail(answer)
  return false, {
    kind = answer.kind,
    description = answer.description or answer.kind .. " error of the test",
    sent = answer.kind ~= "network",
  }
end

--- In place of host.fetch.
---@param options_of_request table see tgrunner.fetch
function Fetches:fetch(options_of_request)
  local sent = options_of_request
  local request = setmetatable({
    url = sent.url,
    method = sent.method or (sent.body and "POST" or "GET"),
    headers = read_headers(sent.headers),
    body = sent.body,
  }, request_meta)
  self.list[#self.list + 1] = request
  host.sleep(0) -- others run meanwhile, as during a real request
  local answer = find_rule(self, request.url)
  if type(answer) == "function" then answer = check_answer(answer(request)) end
  local delay = answer.delay_ms or 0
  if delay > sent.timeout_ms then
    host.sleep(sent.timeout_ms)
    return fail { kind = "timeout", description = "no answer in time" }
  end
  if delay > 0 then host.sleep(delay) end
  if answer.kind then return fail(answer) end
  local body = answer.json ~= nil and host.encode(answer.json) or answer.body or ""
  return true, answer.status or 200, write_head(answer), body
end

---@param refuse fun(text: string) raises a mistake of the test
---@return tgrunner.testing.Fetches
function fetches.new(refuse)
  return setmetatable({ list = {}, rules = {}, refuse = refuse }, fetches_meta)
end

return fetches
