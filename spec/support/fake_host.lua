--- A stand-in for `tgrunner.host` in pure Lua: it records what it is asked, and answers API calls
--- from a table. Time stands still but for `sleep`, which moves it.
local cjson = require("cjson").new()

---@class FakeHost
---@field calls table[] { method, params } of every API call, in order
---@field answers table<string, any> method → result, or function(params, call_number) → ok, answer
---@field logged table[] { level, text }
---@field slept number[] ms
---@field clients table[] options of every client
---@field files table<string, any> of disk_… and databases; false: it cannot be read or written
---@field swept string[] folders of disk_sweep
---@field timers table[] { ms, fn, a, b, is_stopped } of host.timer; fire() calls it
---@field closers function[] what host.at_close was given
---@field decoded integer how many updates were decoded
local fake = {}

local function drop_null(value)
  if value == cjson.null then return nil end
  if type(value) == "table" then
    local kept = {}
    for key, item in pairs(value) do kept[key] = drop_null(item) end
    return kept
  end
  -- cjson of Lua 5.4 reads every number as a float.
  if math.type(value) == "float" then return math.tointeger(value) or value end
  return value
end

local chat_paths = { callback_query = { "message", "chat", "id" } }

local function follow(value, path)
  for _, name in ipairs(path) do value = type(value) == "table" and value[name] or nil end
  return value
end

--- A raw update: a table with the methods of the host's userdata.
local Raw = {}
local raw_meta = { __name = "tgrunner.Update", __index = Raw }

function Raw:id() return self.value.update_id end
function Raw:json() return self.text end

function Raw:kind()
  for key in pairs(self.value) do
    if key ~= "update_id" and self.host.known_kinds[key] then return key end
  end
end

function Raw:chat_id()
  local kind = self:kind()
  return kind and follow(self.value[kind], chat_paths[kind] or { "chat", "id" })
end

function Raw:user_id()
  local kind = self:kind()
  local object = kind and self.value[kind]
  return follow(object, { "from", "id" }) or follow(object, { "user", "id" })
end

function Raw:has(name)
  local kind = self:kind()
  if not kind then return nil end
  return self.value[kind][name] ~= nil
end

function Raw:glance()
  local kind = self:kind()
  local object = kind and self.value[kind]
  if not object then return nil end
  local is_plain = not (object.is_topic_message or object.business_connection_id
    or object.direct_messages_topic)
  return object.text or false, is_plain
end

function Raw:command() end -- left to the decoder

function Raw:decode()
  self.host.decoded = self.host.decoded + 1
  return drop_null(cjson.decode(self.text))
end

--- A router that tells nothing by the raw update: it has each filter asked.
local Router = {}
Router.__index = Router

function Router:add(_, _, ask)
  table.insert(self.asks, ask)
  return #self.asks
end

function Router:count() return #self.asks end

function Router:choose(number) return self.asks[number] end

--- An event whose waiters look again whenever they are resumed.
local Event = {}
Event.__index = Event

function Event:set() self.is_set = true end
function Event:clear() self.is_set = false end

function Event:wait()
  while not self.is_set do coroutine.yield() end
end

--- A child that runs when it is waited for.
local Child = {}
Child.__index = Child

function Child:cancel() self.is_done = true end

function Child:status() return "done" end

function Child:wait()
  if self.is_done then return end
  self.is_done = true
  return self.fn(table.unpack(self.arguments, 1, self.arguments.n))
end

--- A key that nobody else holds.
local Seat = {}
Seat.__index = Seat
Seat.__close = function() end
function Seat:leave() self.is_left = true end

--- A timer that a spec fires by hand.
local Timer = {}
Timer.__index = Timer
function Timer:stop() self.is_stopped = true end

function Timer:fire()
  assert(not self.is_stopped, "the timer was stopped")
  self.is_stopped = true
  self.fn(self.a, self.b)
end

local Client = {}
Client.__index = Client

function Client:call(method, params)
  local host = self.host
  host.calls[#host.calls + 1] = { method = method, params = params }
  local answer = host.answers[method]
  if type(answer) == "function" then
    host.counts[method] = (host.counts[method] or 0) + 1
    return answer(params, host.counts[method])
  end
  if answer ~= nil then return true, answer end
  return true, true
end

function Client:download(file_path, path)
  self.host.downloads[#self.host.downloads + 1] = { file_path = file_path, path = path }
  if self.host.download_failure then return false, self.host.download_failure end
  return true
end

function Client:chunks(file_path)
  local stream = self.host.streams[file_path]
  if not stream then return nil, self.host.download_failure end
  return stream
end

local function new_client(host, options)
  host.clients[#host.clients + 1] = options
  if not options.token:find("^%d+:[%w_-]+$") then
    error("bot token has the wrong shape: expected digits:35+ characters", 0)
  end
  local bot_id = math.tointeger(tonumber(options.token:match("^%d+")))
  return setmetatable({ host = host, bot_id = bot_id }, Client)
end

-- Names the place of a function as the host does.
local function find_function(value, path)
  if type(value) == "function" then return path end
  if type(value) ~= "table" then return nil end
  for key, item in pairs(value) do
    local step = type(key) == "string" and (path == "" and key or "." .. key)
      or ("[%d]"):format(key)
    local found = find_function(item, path .. step)
    if found then return found end
  end
end

local function try_encode(value)
  local place = find_function(value, "")
  if not place then return cjson.encode(value) end
  return nil, (place == "" and "" or place .. ": ") .. "cannot encode a function"
end

local function add_disk(host)
  local function refuse(path) return false, ("cannot open %s: it is broken"):format(path) end
  host.disk_read = function(path)
    if host.files[path] == false then return refuse(path) end
    return host.files[path]
  end
  host.disk_replace = function(path, bytes)
    if host.files[path] == false then return refuse(path) end
    host.files[path] = bytes
    return true
  end
  host.disk_sweep = function(folder) table.insert(host.swept, folder) end
  host.disk_remove = function(path)
    host.files[path] = nil
    return true
  end
end

-- A database is a field of files: a table, or false.
local Storage = {}
Storage.__index = Storage

function Storage:read(key)
  local values = self.host.files[self.path]
  if not values then return false, self.path .. ": it is broken" end
  return values[key]
end

function Storage:write(key, text)
  local values = self.host.files[self.path]
  if not values then return false, self.path .. ": it is broken" end
  values[key] = text
  return true
end

function Storage:delete(key) return self:write(key, nil) end

local function new_storage(host, path)
  if host.files[path] == nil then host.files[path] = {} end
  return setmetatable({ host = host, path = path }, Storage)
end

--- A new fake host, as package.loaded["tgrunner.host"].
---@return FakeHost
function fake.new()
  local host = {
    version = "0.0.0-fake",
    null = cjson.null,
    array_meta = { __name = "array" },
    object_meta = { __name = "object" },
    input_file_meta = { __name = "tgrunner.InputFile" },
    calls = {}, counts = {}, logged = {}, slept = {}, clients = {}, downloads = {}, streams = {},
    files = {}, swept = {}, timers = {}, closers = {},
    answers = { getMe = { id = 42, is_bot = true, first_name = "Bot", username = "TheBot" } },
    decoded = 0,
    now = 0,
    config = { token = "42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", sim = false, script_dir = "." },
    known_kinds = {},
  }
  for kind in pairs(require("tgrunner.queries").kinds) do host.known_kinds[kind] = true end
  host.log = function(level, text)
    host.logged[#host.logged + 1] = { level = level, text = text }
  end
  host.sleep = function(ms)
    host.slept[#host.slept + 1] = ms
    host.now = host.now + ms
  end
  host.now_ms = function() return math.floor(host.now) end
  host.field = function(value, name)
    if type(value) == "table" then return rawget(value, name) end
  end
  -- No quick look: all is left to the Lua side.
  host.is_plain = function() return false end
  host.fits = function() end
  host.router = function() return setmetatable({ asks = {} }, Router) end
  host.event = function() return setmetatable({ is_set = false }, Event) end
  host.spawn_child = function(_, fn, ...)
    return setmetatable({ fn = fn, arguments = table.pack(...) }, Child)
  end
  host.spawn = function(fn, ...) fn(...) end
  host.limit_cpu = function() end
  host.current = coroutine.running
  host.gate = function()
    return {
      enter = function() return setmetatable({}, Seat) end,
      by = function(_, fn, ctx) return fn(ctx) end,
    }
  end
  host.timer = function(ms, fn, a, b)
    local timer = setmetatable({ ms = ms, fn = fn, a = a, b = b }, Timer)
    table.insert(host.timers, timer)
    return timer
  end
  host.at_close = function(fn) table.insert(host.closers, fn) end
  host.note_auth = function(text) host.auth_note = text end
  host.kinds = function() return host.known_kinds end
  host.delivered = function() end -- nothing is kept
  host.worker = function() end -- a main state
  host.settings = function() return host.config end
  host.encode = cjson.encode
  host.decode = cjson.decode
  host.try_encode = try_encode
  host.try_decode = function(text)
    local ok, value = pcall(cjson.decode, text)
    return ok, ok and drop_null(value) or value
  end
  host.wall_ms = function() return 1700000000000 + math.floor(host.now) end
  add_disk(host)
  host.sqlite_storage = function(path) return new_storage(host, path) end
  host.client = function(options) return new_client(host, options) end
  host.raw = function(value)
    local text = type(value) == "string" and value or cjson.encode(value)
    local could, decoded = pcall(cjson.decode, text)
    decoded = could and drop_null(decoded)
    if type(decoded) ~= "table" or decoded[1] ~= nil then
      error("cannot take this update: the update is not a JSON object", 0)
    end
    return setmetatable({ host = host, text = text, value = decoded }, raw_meta)
  end
  return host
end

--- Loads the library anew on a new fake host. `tgrunner.run` and `tgrunner.tasks`, which are the
--- engine's, are replaced by what is given.
---@param parts { run: table?, tasks: table? }?
---@return table tg
---@return FakeHost host
function fake.load(parts)
  for name in pairs(package.loaded) do
    if name:find("^tgrunner") then package.loaded[name] = nil end
  end
  local host = fake.new()
  for name in pairs(package.loaded) do
    if name:find("^tgrunner") then package.loaded[name] = nil end
  end
  package.loaded["tgrunner.host"] = host
  package.loaded["tgrunner.run"] = parts and parts.run or { run = function() end }
  package.loaded["tgrunner.tasks"] = parts and parts.tasks or {}
  return require "tgrunner", host
end

return fake
