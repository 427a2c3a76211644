--- Fetch: requests to any HTTP API. Only the calling coroutine waits.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local json = require "tgrunner.json"
local options = require "tgrunner.options"

local fetch = {}

---@class tgrunner.FetchOptions
---@field method string? "GET", or "POST" with a body or json
---@field headers table<string, string|number>? a list as a value sends the header several times
---@field body string?
---@field json any? a value that is sent as JSON, instead of body
---@field timeout_ms number? for all of it (30,000)
---@field max_bytes integer? of the answer's body; more is an error (16 MiB)
---@field max_redirects integer? how many are followed (5); 0: a redirect is an answer

---@class tgrunner.FetchResponse
---@field status integer any status is a response, also 404 and 500
---@field ok boolean the status is 200 to 299
---@field headers table<string, string> names in any case; of a header that came several times the
---values, joined by ", "
---@field body string
local Response = {}
local response_meta = { __name = "tgrunner.FetchResponse", __index = Response }

--- The body, decoded from JSON; null is tg.null. Raises when it is no JSON.
---@return any
function Response:json()
  local ok, value = pcall(json.decode, self.body)
  if not ok then
    errors.usage("response:json: the body is no JSON (%s)",
      (tostring(value):gsub("^[^\n]-:%d+: ", "")))
  end
  return value
end

local spec = {
  method = "string",
  headers = "table",
  body = "string",
  json = "any",
  timeout_ms = "milliseconds",
  max_bytes = "count",
  max_redirects = function(value)
    return math.type(value) == "integer" and value >= 0, "must be an integer, 0 or more"
  end,
}

-- ---- what is sent ------------------------------------------------------------------------------

local function check_url(url)
  if type(url) ~= "string" then
    errors.usage("tg.fetch: url must be a string (got a %s)", type(url))
  end
  if url:find("[%c ]") then
    errors.usage "tg.fetch: url must not hold blanks or control characters; write them as %20 …"
  end
end

local function add_line(lines, name, value)
  local kind = type(value)
  if kind ~= "string" and kind ~= "number" then
    errors.usage("tg.fetch: headers[%q] must be a string (got a %s)", name, kind)
  end
  value = tostring(value)
  if value:find "[^\t%C]" then
    errors.usage("tg.fetch: headers[%q] must not hold control characters", name)
  end
  -- curl's way to send a header without a value.
  lines[#lines + 1] = value:find "%S" and name .. ": " .. value or name .. ";"
end

-- The lines of the headers, and the set of their names in lower case.
local function header_lines(headers)
  local lines, names = {}, {}
  for name, value in pairs(headers or {}) do
    if type(name) ~= "string" or not name:find "^[%w!#$%%&'*+.^_`|~-]+$" then
      errors.usage("tg.fetch: headers: %s is not the name of a header",
        type(name) == "string" and ("%q"):format(name) or "a " .. type(name))
    end
    names[name:lower()] = true
    for _, each in ipairs(type(value) == "table" and value or { value }) do
      add_line(lines, name, each)
    end
  end
  return lines, names
end

local function body_of(opts)
  if opts.json == nil then return opts.body, "text/plain; charset=utf-8" end
  if opts.body ~= nil then errors.usage "tg.fetch: give body or json, not both" end
  local ok, text = pcall(json.encode, opts.json)
  if not ok then
    errors.usage("tg.fetch: json: %s", (tostring(text):gsub("^[^\n]-:%d+: ", "")))
  end
  return text, "application/json"
end

-- "GET" with nothing to send and "POST" with something are the host's own: only these become GET
-- where a redirect says so.
local function method_of(opts, body)
  local method = opts.method and opts.method:upper() or body and "POST" or "GET"
  if not method:find "^%u+$" then
    errors.usage("tg.fetch: method must be a word like \"GET\" (got %q)", opts.method)
  end
  if body and (method == "GET" or method == "HEAD") then
    errors.usage("tg.fetch: a %s has no body", method)
  end
  local is_default = method == (body and "POST" or "GET")
  return not is_default and method or nil
end

local function percent(byte) return ("%%%02X"):format(byte:byte()) end

-- Bytes that a URL cannot hold as they are, percent-encoded behind the host.
local function as_ascii(url)
  local origin, rest = url:match "^(%a+://[^/?#]*)(.*)$"
  return origin and origin .. rest:gsub("[\x80-\xff]", percent) or url
end

local function request_of(url, opts)
  local body, content_type = body_of(opts)
  if opts.method and opts.method:upper() == "POST" then body = body or "" end
  local lines, names = header_lines(opts.headers)
  if body and not names["content-type"] then
    lines[#lines + 1] = "Content-Type: " .. content_type
  end
  return {
    url = as_ascii(url),
    method = method_of(opts, body),
    headers = lines,
    body = body,
    timeout_ms = math.max(1, math.ceil(math.min(opts.timeout_ms or 30000, 2 ^ 40))),
    max_bytes = opts.max_bytes or 16 * 1024 * 1024,
    max_redirects = opts.max_redirects or 5,
  }
end

-- ---- what comes back ---------------------------------------------------------------------------

local headers_meta = {
  __index = function(headers, name)
    return type(name) == "string" and rawget(headers, name:lower()) or nil
  end,
}

local function parse_headers(head)
  local headers = {}
  for name, value in head:gmatch "\n([^:\r\n]+):[ \t]*([^\r\n]*)" do
    name, value = name:lower(), value:gsub("[ \t]+$", "")
    headers[name] = headers[name] and headers[name] .. ", " .. value or value
  end
  return setmetatable(headers, headers_meta)
end

--- Sends a request to any HTTP server and waits for the answer, whatever its status. Raises a
--- tgrunner.FetchError when there is none: no connection, a timeout, too large an answer.
---
---     local answer = tg.fetch("https://api.example.org/items", { json = { name = "x" } })
---     if answer.ok then print(answer:json().id) end
---@param url string "http://…" or "https://…"
---@param opts tgrunner.FetchOptions?
---@return tgrunner.FetchResponse
function fetch.fetch(url, opts)
  check_url(url)
  opts = options.check("fetch options", opts, spec)
  local request = request_of(url, opts)
  local could, ok, status, head, body = pcall(host.fetch, request)
  if not could then
    if ok:find "^tg%.fetch" then errors.usage("%s", ok) end
    error(ok, 0)
  end
  if not ok then error(errors.fetch(status), 0) end
  return setmetatable({
    status = status,
    ok = status >= 200 and status < 300,
    headers = parse_headers(head),
    body = body,
  }, response_meta)
end

return fetch
