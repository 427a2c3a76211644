--- Storage texts: what the storages of the box have in common. They keep JSON texts; scripts see
--- Lua values, sessions (session_part.lua) take the texts as they are.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local storage_texts = {}

---@class tgrunner.Storage a table of functions, each of which may wait
---@field read fun(key: string): any nil when there is nothing under this key
---@field write fun(key: string, value: any)
---@field delete fun(key: string) also when there is nothing

local advice = {
  ["a sequence with holes"] = "; for numbers that are no sequence, such as ids, use tostring(id) "
    .. "as the key",
}
local TOO_LONG <const> = "limit exceeded"

-- Where in the value it is; nil: the value itself, which the encoder calls "value".
local function place_of(path, value)
  if path == "" or path == "value" and (type(value) ~= "table" or value.value == nil) then
    return nil
  end
  return path
end

--- The JSON text of a value.
---@param name string of the value in messages: "session"
---@param value any
---@param key string? it is to be stored under
---@return string? text
---@return string? problem names the path: "session.cart[3].fn: a function cannot be stored"
function storage_texts.encode(name, value, key)
  local text, problem = host.try_encode(value)
  if text then return text end
  if problem:sub(-#TOO_LONG) == TOO_LONG then
    return nil, ("%s%s: its JSON text is longer than 64 MiB, the most that can be stored"):format(
      name, key and (" (key '%s')"):format(key) or "")
  end
  local path, reason = problem:match "^(.-): (cannot encode .*)$"
  if not path then path, reason = problem:match "^(.-): (nested deeper .*)$" end
  reason = reason or problem
  local what = reason:match "^cannot encode (.*)$"
  if what then reason = what .. " cannot be stored" .. (advice[what] or "") end
  path = path and place_of(path, value)
  if path and path:sub(1, 1) ~= "[" then path = "." .. path end
  return nil, ("%s%s: %s"):format(name, path or "", reason)
end

--- The value of a stored text; raises when it is damaged.
---@param where string names the place in the message: "the session file a/b.json"
function storage_texts.decode(where, text)
  local ok, value = host.try_decode(text)
  if not ok then error(("%s is damaged: %s; repair or remove it"):format(where, value), 0) end
  return value
end

--- A path without what changes nothing: "./a//b" is "a/b".
---@param path string
---@return string
function storage_texts.plain_path(path)
  local plain = path:gsub("//+", "/"):gsub("/%./", "/")
  return (plain:gsub("^%./", ""))
end

local function check_key(name, key)
  if type(key) ~= "string" and math.type(key) ~= "integer" then
    errors.usage("%s: a key is a string or an integer (got a %s)", name, type(key))
  end
  return tostring(key)
end

--- What scripts get of a storage that keeps texts.
---@param name string "storage.file"
---@param texts table read(key), write(key, text), delete(key), where(key); place: what tells it
---from others, when two may be the same
---@return tgrunner.Storage
function storage_texts.storage(name, texts)
  return {
    read = function(key)
      key = check_key(name, key)
      local text = texts.read(key)
      return text and storage_texts.decode(texts.where(key), text)
    end,
    write = function(key, value)
      key = check_key(name, key)
      if value == nil then errors.usage("%s: there is no value to write", name) end
      local text, problem = storage_texts.encode("value", value, key)
      if not text then errors.usage("%s: %s", name, problem) end
      texts.write(key, text)
    end,
    delete = function(key) texts.delete(check_key(name, key)) end,
    _texts = texts,
  }
end

return storage_texts
