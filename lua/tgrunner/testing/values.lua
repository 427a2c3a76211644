--- Values: what a bot sends, as the server would see it.
local host = require "tgrunner.host"

local values = {}

--- A deep copy without JSON's null, which is nil where a bot reads it.
---@param value any
---@return any
function values.copy(value)
  if value == host.null then return nil end
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, item in pairs(value) do copy[key] = values.copy(item) end
  return copy
end

--- A copy of the first table with the fields of the second in front.
---@param base table
---@param over table?
---@return table
function values.merged(base, over)
  local merged = values.copy(base)
  for key, value in pairs(over or {}) do merged[key] = values.copy(value) end
  return merged
end

local function is_file(value)
  return type(value) == "table" and getmetatable(value) == host.input_file_meta
end

local function holds_file(value)
  if type(value) ~= "table" then return false end
  if is_file(value) then return true end
  for _, item in pairs(value) do
    if holds_file(item) then return true end
  end
  return false
end

-- ---- files -------------------------------------------------------------------------------------

local function read_path(path)
  local file, problem = io.open(path, "rb")
  local bytes = file and file:read "a"
  if file then file:close() end
  if not bytes then return nil, ("cannot open %s"):format(problem or path) end
  return bytes
end

local function read_iterator(file)
  if rawget(file, "used") then
    error("the iterator of this InputFile was used up by an earlier call; make a new one for each "
      .. "call", 0)
  end
  file.used = true
  local pieces = {}
  for piece in file.next do
    if type(piece) ~= "string" then
      error(("the iterator of an InputFile must return a string, or nil at the end (got a %s)")
        :format(type(piece)), 0)
    end
    pieces[#pieces + 1] = piece
  end
  return table.concat(pieces)
end

--- A file that a bot has sent.
---@class tgrunner.SentFile
---@field filename string
---@field bytes string
---@field path string? where it was read from

---@return tgrunner.SentFile?
---@return string? problem
local function read_file(file)
  local bytes, problem = file.bytes, nil
  if file.path then
    bytes, problem = read_path(file.path)
  elseif not bytes then
    bytes = read_iterator(file)
  end
  if not bytes then return nil, problem end
  return { filename = file.filename, path = file.path, bytes = bytes }
end

-- ---- parameters --------------------------------------------------------------------------------

local mark = "tgrunner.testing.file"

-- A copy in which files are replaced by marks; what holds none stays itself.
local function lift(value, found)
  if not holds_file(value) then return value end
  if is_file(value) then
    if value.url then return value.url end
    found[#found + 1] = value
    return { [mark] = #found }
  end
  local copy = setmetatable({}, getmetatable(value))
  for key, item in pairs(value) do copy[key] = lift(item, found) end
  return copy
end

local function put_back(value, files)
  if value == host.null then return nil end
  if type(value) ~= "table" then return value end
  if value[mark] then return files[value[mark]] end
  local copy = {}
  for key, item in pairs(value) do copy[key] = put_back(item, files) end
  return copy
end

--- The parameters of a call as the server sees them: plain tables, files read. Raises what cannot
--- be sent.
---@param payload table?
---@return table? params nil when a file cannot be read
---@return string? problem
function values.params(payload)
  local found, files = {}, {}
  local lifted = lift(payload or {}, found)
  local text = host.encode(next(lifted) and lifted or setmetatable({}, host.object_meta))
  for i, file in ipairs(found) do
    local read, problem = read_file(file)
    if not read then return nil, problem end
    files[i] = read
  end
  return put_back(host.decode(text), files)
end

return values
