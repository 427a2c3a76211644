--- Files: what getFile answers can be downloaded.
local errors = require "tgrunner.errors"
local options = require "tgrunner.options"

local files = {}

--- A File with a method; its fields are the Bot API's.
---@class telegram.File
local File = {}

-- File → the client that got it: kept apart, so that a File shows only Telegram's fields.
local clients = setmetatable({}, { __mode = "k" })

local file_meta = { __name = "tgrunner.File", __index = File }

local function check_path(file, name)
  if not file.file_path then
    errors.usage("file:%s: Telegram gave no file_path (is the file larger than 20 MB?)", name)
  end
end

-- The server's word: fewer bytes are a transfer that was cut.
local function size_of(file)
  local size = file.file_size
  return math.type(size) == "integer" and size or nil
end

local function fail(file, failure)
  error(errors.api("getFile", { file_id = file.file_id }, failure), 0)
end

--- Downloads the file, streamed to disk: under a temporary name beside `path`, which it gets when
--- it is complete. Waits; raises a tgrunner.ApiError (method "getFile") on failure.
---@param path string
---@return string path
function File:download(path)
  if type(path) ~= "string" then
    errors.usage("file:download takes a path (got a %s)", type(path))
  end
  options.check_path("file:download", path)
  check_path(self, "download")
  local ok, failure = clients[self]:download(self.file_path, path, size_of(self))
  if not ok then fail(self, failure) end
  return path
end

--- Goes through the file's bytes without a disk: `for chunk in file:chunks() do … end`, or
--- `tg.InputFile(file:chunks())` to send them on. Waits for each piece, which are of any size;
--- raises a tgrunner.ApiError (method "getFile") on failure. Leaving the loop ends the transfer.
---@return fun(): string? next
---@return nil
---@return nil
---@return any closing ends the transfer when it is closed
function File:chunks()
  check_path(self, "chunks")
  local stream, refused = clients[self]:chunks(self.file_path, size_of(self))
  if not stream then fail(self, refused) end
  return function()
    local could, chunk, failure = pcall(stream.next, stream)
    if not could then
      if chunk:find "^file:chunks" then errors.usage("%s", chunk) end
      error(chunk, 0)
    end
    if chunk == false then fail(self, failure) end
    return chunk
  end, nil, nil, stream
end

--- What makes Files of the answers of getFile.
---@param client table|userdata with client:download(file_path, path, size)
---@return fun(method: string, result: any): any
function files.wrapper(client)
  return function(method, result)
    if method ~= "getFile" or type(result) ~= "table" then return result end
    local file = setmetatable(result, file_meta)
    clients[file] = client
    return file
  end
end

return files
