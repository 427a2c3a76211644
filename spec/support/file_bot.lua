--- A bot with a folder of its own for flow specs of files.
local flow = require "support.flow"
local uv = require "luv"

local file_bot = {}

---@class FileBot
---@field sim table of flow.sim
---@field folder string
local FileBot = {}

--- A folder, and a simulator.
---@return FileBot
function file_bot.new()
  return setmetatable({
    sim = flow.sim(), folder = assert(uv.fs_mkdtemp "/tmp/tgrunner-files-XXXXXX"),
  }, { __index = FileBot })
end

--- Ends what was started and removes the folder.
function FileBot:clean_up()
  flow.clean_up()
  for _, name in ipairs(self:names()) do uv.fs_unlink(self.folder .. "/" .. name) end
  assert(uv.fs_rmdir(self.folder))
end

--- The names of the folder's files, in order.
---@return string[]
function FileBot:names()
  local list = {}
  for name in uv.fs_scandir_next, uv.fs_scandir(self.folder) do list[#list + 1] = name end
  table.sort(list)
  return list
end

--- Writes a file of the folder; its path.
---@param name string
---@param bytes string
---@return string
function FileBot:write(name, bytes)
  local path = self.folder .. "/" .. name
  local file = assert(io.open(path, "wb"))
  file:write(bytes)
  file:close()
  return path
end

--- Gives bytes to the simulator; the file_id.
---@param bytes string
---@param token string?
---@return string
function FileBot:upload(bytes, token)
  local path = "/sim/files?name=a%20b.bin&type=x/y&token=" .. (token or self.sim.token)
  return self.sim:request("POST", path, bytes).file_id
end

--- The first document that the bot has sent, and the call it was in.
---@return table file
---@return table call
function FileBot:document()
  local call = self.sim:wait_calls("sendDocument", 1)[1]
  return call.files.document or call.files.file0, call
end

--- Runs a script in which `tg`, `bot`, `folder` and `file_id` are there, to its end.
---@param body string
---@param options { url: string?, environment: string?, timeout_s: number?, file_id: string? }?
---@return string out
---@return string err
---@return table process
function FileBot:run(body, options)
  options = options or {}
  local bot = flow.bot({ url = options.url or self.sim.url, token = self.sim.token }, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot(nil, { client = { environment = %q, timeout_s = %s } })
      local folder, file_id = %q, %q
      %s]]):format(options.environment or "prod", options.timeout_s or 500, self.folder,
    options.file_id or "", body))
  bot:wait()
  return bot:out(), bot:err(), bot
end

--- Bytes that are no text, and differ everywhere.
---@param len integer
---@return string
function file_bot.pattern(len)
  local parts, x = {}, 1
  for i = 1, len // 4 do
    x = x * 1103515245 + 12345 & 0xffffffff
    parts[i] = ("I4"):pack(x)
  end
  return table.concat(parts)
end

--- The simulator's digest of bytes.
---@param bytes string
---@return string
function file_bot.fnv1a(bytes)
  local hash = 0xcbf29ce484222325
  for i = 1, #bytes do hash = (hash ~ bytes:byte(i)) * 0x100000001b3 end
  return ("%016x"):format(hash)
end

--- What a file holds.
---@param path string
---@return string
function file_bot.read(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read "a"
  file:close()
  return bytes
end

return file_bot
