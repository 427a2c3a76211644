--- Subjects: the programs that are measured, as processes.
local socket = require "socket"
local uv = require "luv"

local subjects = {}

subjects.token = "42:AABBCCDDEEFFGGHHIIJJKKLLMMNNOOPPQQR"

---@class bench.Process
---@field pid integer
---@field handle userdata
---@field born_us number
---@field ended boolean?

--- Starts a program; what it prints to stderr is shown, stdout too unless `on_line` takes it.
---@param argv string[]
---@param env? table<string, string>
---@param stdin? userdata
---@param stdout? userdata
---@return bench.Process
function subjects.start(argv, env, stdin, stdout)
  local list = {}
  for key, value in pairs(uv.os_environ()) do
    if not (env and env[key]) then list[#list + 1] = key .. "=" .. value end
  end
  for key, value in pairs(env or {}) do list[#list + 1] = key .. "=" .. value end
  local process = { born_us = uv.hrtime() / 1000 }
  local handle, pid = uv.spawn(argv[1], {
    args = { table.unpack(argv, 2) },
    env = list,
    stdio = { stdin, stdout or 2, 2 },
  }, function()
    process.ended = true
    process.handle:close()
  end)
  assert(handle, ("cannot start %s: %s"):format(argv[1], tostring(pid)))
  process.handle, process.pid = handle, pid
  return process
end

--- Lets libuv look for `ms`.
function subjects.pause(ms)
  uv.run "nowait"
  socket.sleep(ms / 1000)
  uv.run "nowait"
end

--- Ends a process and waits for it.
---@param process bench.Process
function subjects.stop(process)
  for _, signal in ipairs { "sigterm", "sigkill" } do
    if process.ended then return end
    process.handle:kill(signal)
    local deadline = uv.hrtime() + 5e9
    while not process.ended and uv.hrtime() < deadline do subjects.pause(5) end
  end
end

local ticks_per_s = 100

--- CPU a process has used so far, in µs, all of its threads.
---@param process bench.Process
---@return number
function subjects.cpu_us(process)
  local file = assert(io.open(("/proc/%d/stat"):format(process.pid)))
  local text = file:read "a"
  file:close()
  local fields = {}
  for field in text:match "%) (.*)$":gmatch "%S+" do fields[#fields + 1] = field end
  return (tonumber(fields[12]) + tonumber(fields[13])) * 1e6 / ticks_per_s
end

--- A size of /proc/PID/status in MiB.
---@param process bench.Process
---@param name "VmHWM"|"VmRSS"
---@return number
function subjects.memory_mib(process, name)
  for line in io.lines(("/proc/%d/status"):format(process.pid)) do
    local kib = line:match("^" .. name .. ":%s+(%d+)")
    if kib then return tonumber(kib) / 1024 end
  end
  error "no such line in /proc/PID/status"
end

---@class bench.Target
---@field api_root string
---@field workload string
---@field workers integer?
---@field ca_file string? trusted besides the system's

--- The programs, each with a function that starts it.
---@param build string build directory
---@param here string folder of this file
---@return { name: string, start: fun(target: bench.Target): bench.Process }[]
function subjects.all(build, here)
  local function node(file)
    return function(target)
      return subjects.start({ "node", here .. "/peers/" .. file, target.workload }, {
        BOT_TOKEN = subjects.token,
        API_ROOT = target.api_root,
        NODE_EXTRA_CA_CERTS = target.ca_file or "",
        NODE_ENV = "production",
      })
    end
  end
  return {
    {
      name = "tgrunner-lua",
      start = function(target)
        return subjects.start({ build .. "/tgrunner-lua", "-q", "--api-root", target.api_root,
          here .. "/bot.lua", target.workload, tostring(target.workers or 0) },
          { BOT_TOKEN = subjects.token, SSL_CERT_FILE = target.ca_file })
      end,
    },
    { name = "grammY + runner", start = node "grammy.js" },
    { name = "telegraf", start = node "telegraf.js" },
  }
end

return subjects
