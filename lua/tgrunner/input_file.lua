--- Input file: a file to upload, anywhere in the parameters of a method.
---
--- The host reads it when the call is made: a regular file is streamed from disk, an iterator is
--- asked for one piece after another, in the coroutine that makes the call. It may wait; it serves
--- one call.
--- At most 16 uploads and downloads are under way at once, others wait for their turn; an upload
--- whose iterator waits does not count meanwhile.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local input_file = {}

---@class tgrunner.InputFile
---@field kind "path"|"bytes"|"url"|"iterator"
---@field path string?
---@field bytes string?
---@field url string? fetched by Telegram
---@field next (fun(): string?)? gives the next piece; nil at the end
---@field filename string what Telegram calls the file

local function base_name(path)
  return path:match("([^/\\]+)[/\\]*$")
end

local function url_name(url)
  local path = url:match("^%w+://[^/?#]+/([^?#]+)")
  return path and base_name(path)
end

local function is_callable(value)
  local meta = getmetatable(value)
  return type(value) == "function" or type(meta) == "table" and meta.__call ~= nil
end

local function from_path(path)
  options.check_path("tg.InputFile", path)
  return { kind = "path", path = path, filename = base_name(path) }
end

-- Exactly one of these says where the bytes come from.
local sources = {
  path = from_path,
  bytes = function(value) return { kind = "bytes", bytes = value } end,
  url = function(value) return { kind = "url", url = value, filename = url_name(value) } end,
}

local fields = { path = true, bytes = true, url = true, filename = true }

local function from_table(source)
  local file
  for field in pairs(source) do
    if not fields[field] then
      errors.usage("unknown field '%s' in tg.InputFile%s", tostring(field),
        suggest.hint(field, fields))
    end
  end
  for field, make in pairs(sources) do
    local value = source[field]
    if value ~= nil then
      if type(value) ~= "string" then
        errors.usage("tg.InputFile: %s must be a string (got a %s)", field, type(value))
      end
      if file then errors.usage("tg.InputFile: give one of path, bytes and url") end
      file = make(value)
    end
  end
  if not file then
    errors.usage("tg.InputFile: the table must have one of path, bytes and url")
  end
  return file
end

--- A file to upload.
---@param source string|{ bytes: string, filename: string? }|{ url: string }|fun(): string? a
---path, the bytes, a URL that Telegram fetches, or an iterator that gives strings
---@param filename string? otherwise the last part of the path or URL, or "file"
---@return tgrunner.InputFile
function input_file.new(source, filename)
  local file
  if type(source) == "string" then
    file = sources.path(source)
  elseif is_callable(source) then
    file = { kind = "iterator", next = source }
  elseif type(source) == "table" then
    file = from_table(source)
    filename = filename or source.filename
  else
    errors.usage("tg.InputFile takes a path, { bytes = … }, { url = … } or an iterator (got a %s)",
      type(source))
  end
  if filename ~= nil and type(filename) ~= "string" then
    errors.usage("tg.InputFile: the filename must be a string (got a %s)", type(filename))
  end
  file.filename = filename or file.filename or "file"
  return setmetatable(file, host.input_file_meta)
end

return input_file
