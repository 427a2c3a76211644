--- Call: `tgrunner-lua call METHOD [JSON]`, one call of the Bot API.
local api = require "tgrunner.api"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local methods = require "tgrunner.methods"
local say = require "tgrunner.tool.say"
local suggest = require "tgrunner.suggest"
local tg = require "tgrunner"

local call = {}

local EXIT_REFUSED <const>, EXIT_USAGE <const>, EXIT_NO_JSON <const>, EXIT_NETWORK <const>,
  EXIT_TOKEN <const> = 1, 2, 65, 69, 78

local function complain(status, message, ...)
  say.wrong(message, ...)
  return status
end

local function read_json(text)
  if text == "-" then text = io.read "a" end
  local ok, value = pcall(host.decode, text)
  if ok and type(value) == "table" and getmetatable(value) ~= host.array_meta and not value[1] then
    return text
  end
  local problem = ok and "it must be an object, such as {\"chat_id\": 1}"
    or tostring(value):gsub("^[^\n]-:%d+: ", ""):gsub("^cannot decode JSON: ", "")
  return nil, problem
end

-- The text of the result as the server sent it: an object's members keep their order.
local function result_text(body, answer)
  local text = body:match '^%s*{%s*"ok"%s*:%s*true%s*,%s*"result"%s*:%s*(.-)%s*}%s*$'
  if text and pcall(host.decode, text) then return text end
  return host.encode(answer.result)
end

local function refused(method, answer)
  local code = answer.error_code
  local nearest = code == 404 and not methods.list[method] and suggest.hint(method, methods.list)
  return complain(code == 401 and EXIT_TOKEN or EXIT_REFUSED, "%s: %s %s%s", method,
    tostring(code), tostring(answer.description), nearest or "")
end

-- Where the method is called; a slash at the end of --api-root counts as little as for a bot.
local function url_of(method)
  local settings = host.settings()
  local root = (settings.api_root or "https://api.telegram.org"):gsub("/+$", "")
  return ("%s/bot%s/%s"):format(root, settings.token, method)
end

--- Makes the call, prints what came of it.
---@param name string in either spelling
---@param json string? the parameters; "-": from standard input
---@return integer status of the program
function call.run(name, json)
  if not api.is_method_name(name) then
    return complain(EXIT_USAGE, api.no_method_name, name)
  end
  local method = api.wire_name(name)
  local text, problem = read_json(json or "{}")
  if not text then return complain(EXIT_NO_JSON, "the parameters of %s: %s", method, problem) end
  tg.Bot() -- without a token, or with a malformed one, it says so
  local ok, response = pcall(tg.fetch, url_of(method), {
    method = "POST", headers = { ["Content-Type"] = "application/json" }, body = text,
    timeout_ms = 120000,
  })
  if not ok then
    if not errors.is_fetch(response) then error(response, 0) end
    return complain(EXIT_NETWORK, "%s: %s", method, response.description)
  end
  local decoded, answer = pcall(host.decode, response.body)
  if not decoded or type(answer) ~= "table" or answer.ok == nil then
    return complain(EXIT_NETWORK, "%s: the server's answer is not that of a Bot API (status %d)",
      method, response.status)
  end
  if answer.ok ~= true then return refused(method, answer) end
  print(result_text(response.body, answer))
  return 0
end

return call
