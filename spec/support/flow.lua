--- Runs real programs in flow specs: tgrunner-lua and the simulator as processes
-- of their own, spoken to over pipes and HTTP.
local cjson = require "cjson"
local http = require "socket.http"
local ltn12 = require "ltn12"
local uv = require "luv"

local flow = {}

local build = assert(os.getenv "TGRUNNER_BUILD", "TGRUNNER_BUILD names the build folder")

--- How long a spec waits for something that should happen soon. Generous: a
--- slow machine must not fail a spec, nor a sanitizer, and the 5 s of CPU that
--- the guard lets pass take a minute where 20 others compute. A wait ends as
--- soon as it can.
flow.PATIENCE_MS = 120000

-- How long the event loop sleeps at most before a wait looks again.
local LOOK_MS <const> = 50

--- Runs the event loop until `done()` is true or `ms` have passed.
---@return boolean happened also when it did with the last look
function flow.wait_until(done, ms)
  local deadline = uv.hrtime() // 1000000 + (ms or flow.PATIENCE_MS)
  local timer = uv.new_timer()
  local happened = done()
  while not happened do
    local left = deadline - uv.hrtime() // 1000000
    if left <= 0 then break end
    -- From now, not from the loop's last turn. And libuv fires what is due before it polls: the
    -- poll must not sleep behind that.
    uv.update_time()
    timer:start(math.min(left, LOOK_MS), 0, uv.stop)
    uv.run "once"
    happened = done()
  end
  timer:stop()
  timer:close()
  return happened
end

--- Lets `ms` pass, reading what processes print.
function flow.pause(ms)
  flow.wait_until(function() return false end, ms)
end

local Process = {}
Process.__index = Process

local live = {} ---@type table<table, boolean>

--- Everything printed so far.
function Process:out() return table.concat(self.chunks.stdout) end
function Process:err() return table.concat(self.chunks.stderr) end

function Process:write(text) self.stdin:write(text) end

function Process:close_stdin()
  if not self.stdin:is_closing() then self.stdin:shutdown(function() self.stdin:close() end) end
end

--- Stops reading what it prints.
function Process:close_stdout()
  self.stdout:read_stop()
  self.stdout:close()
  self.open = self.open - 1
end

function Process:kill(signal) self.handle:kill(signal or "sigterm") end

--- Waits for the end of the process and of its output.
---@return integer code 128 + the signal's number for a process that a signal ended
---@return integer signal
function Process:wait(ms)
  local ended = flow.wait_until(function() return self.code and self.open == 0 end, ms)
  if not ended then
    self.handle:kill "sigkill"
    error("the process did not end; stderr:\n" .. self:err(), 2)
  end
  return self.code, self.signal
end

--- Waits until a stream holds a Lua pattern; fails with what was printed.
---@param stream "out"|"err"
function Process:wait_for(stream, pattern, ms)
  local happened = flow.wait_until(function()
    return self[stream](self):find(pattern) or (self.code and self.open == 0)
  end, ms)
  if not happened or not self[stream](self):find(pattern) then
    error(("no %q on std%s; stdout:\n%s\nstderr:\n%s"):format(
      pattern, stream, self:out(), self:err()), 2)
  end
end

local function read_stream(process, name, pipe)
  process.open = process.open + 1
  pipe:read_start(function(err, chunk)
    if chunk then
      table.insert(process.chunks[name], chunk)
    else
      assert(not err or err == "ECONNRESET", err)
      process.open = process.open - 1
      pipe:close()
    end
  end)
end

local function environment(changes)
  local env = uv.os_environ()
  env.BOT_TOKEN = nil
  for name, value in pairs(changes or {}) do env[name] = value or nil end
  local list = {}
  for name, value in pairs(env) do
    if value then list[#list + 1] = name .. "=" .. value end
  end
  return list
end

--- The path of a program in the build folder.
---@param name string
---@return string
function flow.program(name) return build .. "/" .. name end

--- Starts a program with pipes for its streams.
---@param program string a name in the build folder, or a path
---@param args? string[]
---@param options? { env?: table<string, string|false>, cwd?: string, stdin?: string }
function flow.start(program, args, options)
  options = options or {}
  local path = program:sub(1, 1) == "/" and program or flow.program(program)
  local process = setmetatable({
    chunks = { stdout = {}, stderr = {} },
    open = 0,
    stdin = uv.new_pipe(),
  }, Process)
  local stdout, stderr = uv.new_pipe(), uv.new_pipe()
  local handle, err = uv.spawn(path, {
    args = args or {},
    stdio = { process.stdin, stdout, stderr },
    env = environment(options.env),
    cwd = options.cwd,
  }, function(code, signal)
    process.code, process.signal = signal > 0 and 128 + signal or code, signal
    process.handle:close()
    live[process] = nil
  end)
  process.handle = assert(handle, err)
  process.pid = err
  process.stdout = stdout
  live[process] = true
  read_stream(process, "stdout", stdout)
  read_stream(process, "stderr", stderr)
  if options.stdin then
    process:write(options.stdin)
    process:close_stdin()
  end
  return process
end

--- Runs tgrunner-lua to its end.
---@return { code: integer, signal: integer, out: string, err: string }
function flow.run(args, options)
  options = options or {}
  options.stdin = options.stdin or ""
  local process = flow.start("tgrunner-lua", args, options)
  local code, signal = process:wait()
  return { code = code, signal = signal, out = process:out(), err = process:err() }
end

--- Runs a script, given as text, that must end well; what it printed.
---@param script string
---@return string out
---@return string err
function flow.prints(script)
  local result = flow.run { flow.file(script) }
  if result.code ~= 0 then
    error(("the script ended with %d; stderr:\n%s"):format(result.code, result.err), 2)
  end
  return result.out, result.err
end

--- Ends what a spec left running and closes all pipes. Call it in after_each.
function flow.clean_up()
  for process in pairs(live) do process.handle:kill "sigkill" end
  flow.wait_until(function() return next(live) == nil end)
  uv.walk(function(handle)
    if not handle:is_closing() then handle:close() end
  end)
  uv.run()
end

local Sim = {}
Sim.__index = Sim

--- One request to the simulator; the answer's text.
function Sim:text(method, path, body)
  local text = body and (type(body) == "string" and body or cjson.encode(body))
  local answer = {}
  local ok, status = http.request {
    method = method,
    url = self.url .. path,
    headers = text and { ["content-type"] = "application/json", ["content-length"] = #text } or nil,
    source = text and ltn12.source.string(text) or nil,
    sink = ltn12.sink.table(answer),
  }
  assert(ok and status == 200, ("%s %s: %s %s"):format(method, path, status, table.concat(answer)))
  return table.concat(answer)
end

--- The same; the decoded result.
function Sim:request(method, path, body)
  return cjson.decode(self:text(method, path, body)).result
end

--- Queues updates: one, or a list.
function Sim:update(updates) return self:request("POST", "/sim/updates", updates) end

--- Adds an answer rule; see host/sim/README.md.
function Sim:answer(rule) return self:request("POST", "/sim/answers", rule) end

function Sim:settings(settings) return self:request("POST", "/sim/settings", settings) end

function Sim:stats() return self:request("GET", "/sim/stats") end

--- The counters of one method.
function Sim:method(name) return self:stats().methods[name] end

--- The record of calls, of one method if given.
function Sim:calls(method)
  return self:request("GET", "/sim/calls?limit=100000" .. (method and "&method=" .. method or ""))
end

--- Waits until `method` was called `count` times and answered; returns the calls.
--- Patient as long as more come.
function Sim:wait_calls(method, count, ms)
  local seen, before = 0
  local function is_there()
    flow.pause(5)
    local counts = self:method(method)
    seen = counts and counts.calls or 0
    return seen >= count
  end
  repeat
    before = seen
    if flow.wait_until(is_there, ms) then return self:calls(method) end
  until seen == before
  error(("%d calls of %s came, %d were expected"):format(seen, method, count), 2)
end

local next_message = 0

--- A text message update.
---@param text string
---@param fields? table chat, from: ids
function flow.message(text, fields)
  fields = fields or {}
  next_message = next_message + 1
  local chat, from = fields.chat or 42, fields.from or fields.chat or 42
  local message = {
    message_id = next_message,
    date = 1700000000,
    chat = { id = chat, type = chat < 0 and "supergroup" or "private" },
    from = { id = from, is_bot = false, first_name = "Ann" },
    text = text,
  }
  local command = text:match "^/[%w_@]+"
  if command then
    message.entities = { { type = "bot_command", offset = 0, length = #command } }
  end
  return { message = message }
end

--- A simulator process of its own.
function flow.sim()
  local process = flow.start("spec/sim", {})
  process:wait_for("out", "\n.+\n")
  local url, token = process:out():match "^(%S+)\n(%S+)\n"
  return setmetatable({ process = process, url = url, token = token }, Sim)
end

--- Starts tgrunner-lua against a simulator with a script given as text.
function flow.bot(sim, script, args, options)
  options = options or {}
  options.env = options.env or {}
  options.env.BOT_TOKEN = options.env.BOT_TOKEN or sim.token
  local path = flow.file(script)
  local all = { "--api-root", sim.url }
  for _, arg in ipairs(args or {}) do all[#all + 1] = arg end
  all[#all + 1] = path
  for _, arg in ipairs(options.args or {}) do all[#all + 1] = arg end
  return flow.start("tgrunner-lua", all, options)
end

local folder

--- Writes a script into a folder of its own; returns its path.
function flow.file(text, name)
  folder = folder or assert(uv.fs_mkdtemp "/tmp/tgrunner-spec-XXXXXX")
  local path = folder .. "/" .. (name or "bot.lua")
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  return path
end

--- Removes the folder of flow.file. Call it in teardown.
function flow.remove_files()
  if not folder then return end
  for name in uv.fs_scandir_next, uv.fs_scandir(folder) do uv.fs_unlink(folder .. "/" .. name) end
  uv.fs_rmdir(folder)
  folder = nil
end

return flow
