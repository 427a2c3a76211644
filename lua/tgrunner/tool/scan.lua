--- Scan: mistakes that a script's text shows: methods and parameters that are nearly right. What
--- is in handlers is not run by a check.
local api = require "tgrunner.api"
local context = require "tgrunner.context"
local methods = require "tgrunner.methods"
local parameters = require "tgrunner.parameters"
local suggest = require "tgrunner.suggest"

local scan = {}

local ctx_methods = context.method_names()

-- ---- tokens ------------------------------------------------------------------------------------

---@class tgrunner.Token
---@field kind "name"|"text"|"other"
---@field text string
---@field line integer

-- Where a quoted string that begins at `i` ends.
local function string_end(text, i)
  local quote = text:sub(i, i)
  local at = i + 1
  while at <= #text do
    local c = text:sub(at, at)
    if c == "\\" then
      at = at + 1
    elseif c == quote or c == "\n" then
      return at
    end
    at = at + 1
  end
  return #text
end

-- Where a long bracket that begins at `i` ends; nil: none begins there.
local function long_end(text, i)
  local level = text:match("^%[(=*)%[", i)
  if not level then return nil end
  local _, last = text:find("]" .. level .. "]", i, true)
  return last or #text
end

-- The kind of what begins at `i`, and its end.
local function next_token(text, i)
  if text:find("^%-%-", i) then
    return "comment", long_end(text, i + 2) or (text:find("\n", i, true) or #text + 1) - 1
  end
  local last = long_end(text, i)
  if last then return "text", last end
  local c = text:sub(i, i)
  if c == '"' or c == "'" then return "text", string_end(text, i) end
  local _, name_end = text:find("^[%a_][%w_]*", i)
  if name_end then return "name", name_end end
  local _, number_end = text:find("^%d[%w.]*", i)
  return "other", number_end or i
end

---@param text string
---@return tgrunner.Token[]
local function tokens_of(text)
  local tokens, i, line = {}, 1, 1
  while true do
    local first = text:find("%S", i)
    if not first then return tokens end
    for _ in text:sub(i, first - 1):gmatch "\n" do line = line + 1 end
    local kind, last = next_token(text, first)
    local piece = text:sub(first, last)
    if kind ~= "comment" then
      tokens[#tokens + 1] = { kind = kind, text = piece, line = line }
    end
    for _ in piece:gmatch "\n" do line = line + 1 end
    i = last + 1
  end
end

-- ---- what is looked for ------------------------------------------------------------------------

local function is(token, text) return token ~= nil and token.text == text end

local opens = { ["{"] = 1, ["("] = 1, ["}"] = -1, [")"] = -1, ["["] = 1, ["]"] = -1 }

-- The names that the table constructor at `at` sets, with their lines.
local function fields_at(tokens, at)
  local fields, depth = {}, 0
  for i = at, #tokens do
    local token = tokens[i]
    depth = depth + (token.kind == "other" and opens[token.text] or 0)
    if depth == 0 then break end
    local before = tokens[i - 1]
    if depth == 1 and token.kind == "name" and is(tokens[i + 1], "=")
      and not is(tokens[i + 2], "=") and (is(before, "{") or is(before, ",") or is(before, ";"))
    then
      fields[#fields + 1] = token
    end
  end
  return fields
end

local function check_fields(method, tokens, at, report)
  local known = parameters.of(method)
  for _, field in ipairs(known and fields_at(tokens, at) or {}) do
    local nearest = not known[field.text] and suggest.nearest(field.text, known)
    if nearest then
      report(field.line, ("'%s' is not a parameter of %s; did you mean '%s'?"):format(
        field.text, method, nearest))
    end
  end
end

-- `api.NAME {`, `api.raw.NAME(`
local function check_method(tokens, i, report)
  if not is(tokens[i], "api") or not is(tokens[i + 1], ".") then return end
  if is(tokens[i + 2], "raw") and is(tokens[i + 3], ".") then i = i + 2 end
  local name, after = tokens[i + 2], tokens[i + 3]
  if not name or name.kind ~= "name" or not (is(after, "{") or is(after, "(")) then return end
  local method = api.wire_name(name.text)
  if methods.list[method] then
    local at = is(after, "(") and i + 4 or i + 3
    if is(tokens[at], "{") then check_fields(method, tokens, at, report) end
  elseif name.text ~= "config" then
    local nearest = suggest.nearest(method, methods.list)
    if nearest and name.text:find("_", 1, true) then nearest = api.snake_name(nearest) end
    report(name.line, ("'%s' is not a method of Bot API %s%s"):format(name.text, methods.bot_api,
      nearest and (", did you mean '%s'?"):format(nearest) or ""))
  end
end

-- `ctx:NAME(`, where the script has no such field of its own.
local function check_shortcut(tokens, i, own, report)
  if not is(tokens[i], "ctx") or not is(tokens[i + 1], ":") then return end
  local name, after = tokens[i + 2], tokens[i + 3]
  if not name or name.kind ~= "name" or not after then return end
  if not (after.kind == "text" or is(after, "(") or is(after, "{")) then return end
  if ctx_methods[name.text] or own[name.text] then return end
  local nearest = suggest.nearest(name.text, ctx_methods)
  if nearest then
    report(name.line, ("ctx has no method '%s', did you mean '%s'?"):format(name.text, nearest))
  end
end

-- Names that are set as fields of anything: ctx.NAME = …, function ctx:NAME().
local function own_names(tokens)
  local own = {}
  for i, token in ipairs(tokens) do
    if token.kind == "name" and (is(tokens[i - 1], ".") or is(tokens[i - 1], ":"))
      and (is(tokens[i + 1], "=") or is(tokens[i - 3], "function"))
    then
      own[token.text] = true
    end
  end
  return own
end

--- Looks through the text of a script.
---@param text string
---@param report fun(line: integer, message: string)
function scan.text(text, report)
  local tokens = tokens_of(text)
  local own = own_names(tokens)
  for i = 1, #tokens do
    check_method(tokens, i, report)
    check_shortcut(tokens, i, own, report)
  end
end

return scan
