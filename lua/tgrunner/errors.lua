--- Errors: the objects that failed API calls and failed handlers raise, and messages that point
--- at the script's own line.
local errors = {}

-- Scripts can replace globals and the functions of string, in sandboxes too: what is made here,
-- over stacks with the host's own functions on them, is made by Lua's own.
local error, getmetatable, rawequal, rawget = error, getmetatable, rawequal, rawget
local rawset, select, setmetatable, tostring, type = rawset, select, setmetatable, tostring, type
local concat = table.concat
local find, format, gmatch, gsub = string.find, string.format, string.gmatch, string.gsub
local match, sub = string.match, string.sub

-- debug is missing in the strictest sandbox; then messages carry no place.
local getinfo = debug and debug.getinfo
local stack_text = debug and debug.traceback

-- Where the host's own Lua files live: their frames are not the script's.
local own = getinfo and match(getinfo(1, "S").source, "^(.*[/\\%]])errors%.lua$")

local FRAMES_MAX = 60

-- The function that calls of the Bot API begin in, as getinfo tells it.
local call ---@type table?

--- Names the function that a script calls a method of the Bot API with: the script is outside of
--- it, and transformers are inside.
---@param fn function
function errors.calls_begin_in(fn) call = getinfo and getinfo(fn, "S") end

-- The level of the innermost call of the Bot API; `level` itself outside of one.
local function outside_of_call(level)
  for i = level + 1, level + FRAMES_MAX do
    local frame = getinfo(i, "S")
    if not frame then break end
    if frame.linedefined == call.linedefined and frame.source == call.source then return i end
  end
  return level
end

-- What runs a handler → the handler. It is asked about every function on the stack, so it stays
-- out of scripts' reach.
---@type table<function, function>
local handlers = setmetatable({}, { __mode = "k" })

--- Notes what runs a handler. A handler that ends in a tail call has no frame of its own.
---@param run function
---@param handler function
function errors.runs(run, handler) handlers[run] = handler end

-- Where the handler on the stack was defined: "bot.lua:12".
local function handler_place(level)
  for i = level + 1, level + FRAMES_MAX do
    local frame = getinfo(i, "f")
    if not frame then return nil end
    local handler = rawget(handlers, frame.func)
    if type(handler) == "function" then
      local info = getinfo(handler, "S")
      return format("%s:%d", info.short_src, info.linedefined)
    end
  end
end

-- The line of the script: "bot.lua:12"; nil when no frame of it is on the stack.
local function line_place(level)
  for i = level + 1, level + FRAMES_MAX do
    local frame = getinfo(i, "Sl")
    if not frame then return nil end
    local is_own = own and sub(frame.source, 1, #own) == own
    if frame.currentline > 0 and not is_own then
      return format("%s:%d", frame.short_src, frame.currentline)
    end
  end
end

---@param level integer counted from the caller
---@return string # "bot.lua:12: "; after a tail call "in the handler at bot.lua:12: "; or ""
local function place(level)
  if not getinfo then return "" end
  local line = line_place(level + 1)
  if line then return line .. ": " end
  local handler = handler_place(level + 1)
  return handler and format("in the handler at %s: ", handler) or ""
end

--- The line of the script that has called into the library.
---@return string # "bot.lua:12: ", or "" when there is none
function errors.place() return (place(1)) end

--- Raises a message at the line of the script that called into the library, however deep the
--- library is by then.
---@param message string may hold string.format's directives when more arguments follow
---@param ... any
function errors.usage(message, ...)
  if select("#", ...) > 0 then message = format(message, ...) end
  error(place(2) .. message, 0)
end

--- The same for a mistake in a call of the Bot API that is found behind the transformers.
---@param message string
function errors.usage_of_call(message)
  error((getinfo and place(outside_of_call(1)) or "") .. message, 0)
end

local function one_line(text)
  return (gsub(tostring(text), "%s*[\r\n]+%s*", " "))
end

local own_path = own and gsub(own, "^[@=]", "")

local function is_own_frame(line)
  return own and (find(line, own_path, 1, true) or find(line, "[tgrunner]", 1, true))
end

local function is_noise(line)
  return find(line, "%[C%]: in function '[xe]%a+'") or find(line, "(...tail calls...)", 1, true)
end

local function without_own_frames(text)
  local lines = {}
  for line in gmatch(text, "[^\n]+") do
    if not is_own_frame(line) and not is_noise(line) then
      lines[#lines + 1] = line
    end
  end
  return concat(lines, "\n")
end

--- A traceback of the caller without the library's own frames.
---@param level integer? as in debug.traceback
---@return string? # nil where there is no debug library
function errors.traceback(level)
  if not stack_text then return nil end
  return without_own_frames(stack_text("", (level or 1) + 1))
end

--- The same of a coroutine that is suspended or has failed.
---@param co thread
---@return string?
function errors.traceback_of(co)
  if not stack_text then return nil end
  return without_own_frames(stack_text(co, ""))
end

--- Notes where the error of an update was raised, when what raises it on has lost that.
---@param ctx tgrunner.Context
---@param err any
---@param traceback string?
function errors.note(ctx, err, traceback)
  rawset(ctx, "_raised", { error = err, traceback = traceback })
end

--- A message handler for xpcall: what was raised, and where.
---@param err any
---@return { error: any, traceback: string? }
function errors.with_traceback(err)
  return { error = err, traceback = errors.traceback(2) }
end

--- A refused or failed call of a Bot API method.
---@class tgrunner.ApiError
---@field kind "api"|"network"|"timeout"|"protocol"|"file" who failed: Telegram's answer, the way to
---it, or a file of this machine
---@field method string the method's name as the Bot API spells it: "sendMessage"
---@field error_code integer? Telegram's code, such as 400, 403, 429; nil without an answer
---@field description string Telegram's description, or what went wrong on the way
---@field parameters table? ResponseParameters: retry_after (seconds), migrate_to_chat_id
---@field payload table what was sent
---@field sent boolean whether the request may have reached the server
---@field suggestion string? the nearest method's name, when the server does not know this one
---@field hint string? what the call lacks, and where it is: "bot.lua:12: text is missing"
---@field handler string? where the handler that ended in this call was defined: "bot.lua:12"
local api_error_meta = { __name = "tgrunner.ApiError" }

function api_error_meta.__tostring(err)
  local description = one_line(err.description)
  if err.suggestion then
    description = format("%s (did you mean '%s'?)", description, err.suggestion)
  end
  if err.hint then description = format("%s (%s)", description, err.hint) end
  if err.error_code then
    return format("%s: %d %s", err.method, err.error_code, description)
  end
  return format("%s: %s error: %s", err.method, err.kind, description)
end

--- An error object for a failed call. It never holds the token.
---@param method string
---@param payload table
---@param failure table as client:call gives it
---@param suggestion string?
---@param hint string? what the call lacks; the place of the call is put in front
---@return tgrunner.ApiError
function errors.api(method, payload, failure, suggestion, hint)
  return setmetatable({
    kind = failure.kind or "api",
    method = method,
    error_code = failure.error_code,
    description = failure.description or "no description",
    parameters = failure.parameters,
    payload = payload,
    sent = failure.sent ~= false,
    suggestion = suggestion,
    hint = hint and place(2) .. hint,
    handler = getinfo and not line_place(2) and handler_place(2) or nil,
  }, api_error_meta)
end

--- Whether a value is the error object of a failed API call.
---@param value any
---@return boolean
function errors.is_api(value)
  return getmetatable(value) == api_error_meta
end

--- A request of tg.fetch without an answer.
---@class tgrunner.FetchError
---@field kind "network"|"timeout"|"protocol"
---@field description string what went wrong, without the URL
---@field sent boolean whether the request may have reached the server
local fetch_error_meta = { __name = "tgrunner.FetchError" }

function fetch_error_meta.__tostring(err)
  return format("tg.fetch: %s error: %s", err.kind, one_line(err.description))
end

--- An error object for a request without an answer.
---@param failure table as host.fetch gives it
---@return tgrunner.FetchError
function errors.fetch(failure)
  return setmetatable({
    kind = failure.kind,
    description = failure.description,
    sent = failure.sent,
  }, fetch_error_meta)
end

--- Whether a value is what tg.fetch raises when there is no answer.
---@param value any
---@return boolean
function errors.is_fetch(value)
  return getmetatable(value) == fetch_error_meta
end

--- What an error handler gets: grammY's BotError.
---@class tgrunner.BotError
---@field error any what was raised
---@field ctx tgrunner.Context
---@field traceback string?
local bot_error_meta = { __name = "tgrunner.BotError" }

--- One line (or what was raised says otherwise) for any raised value.
---@param value any
---@return string
function errors.text(value)
  if type(value) == "string" then return value end
  local meta = getmetatable(value)
  if type(meta) == "table" and meta.__tostring then return tostring(value) end
  return format("(error object is a %s value)", type(value))
end

function bot_error_meta.__tostring(err)
  return "error in a handler: " .. errors.text(err.error)
end

---@param err any
---@param ctx tgrunner.Context
---@param traceback string?
---@return tgrunner.BotError
function errors.bot(err, ctx, traceback)
  local raised = type(ctx) == "table" and rawget(ctx, "_raised")
  if raised and raised.traceback and rawequal(raised.error, err) then
    local outer = traceback and find(traceback, "\n") and "\n" .. traceback or ""
    traceback = raised.traceback .. outer
  end
  return setmetatable({ error = err, ctx = ctx, traceback = traceback }, bot_error_meta)
end

--- Whether a value is what bot:catch and error boundaries are given.
---@param value any
---@return boolean
function errors.is_bot(value)
  return getmetatable(value) == bot_error_meta
end

return errors
