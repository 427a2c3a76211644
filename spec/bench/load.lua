--- Load: the server of a bench and its runs; see load_server.c.
local cjson = require "cjson"
local http = require "socket.http"
local subjects = require "subjects"
local uv = require "luv"

local load = {}

---@class bench.Server
---@field url string
---@field process bench.Process
local Server = {}
Server.__index = Server

local function get(url)
  local body, status = http.request(url)
  assert(body and status == 200, ("%s: %s"):format(url, tostring(status)))
  return body
end

---@param build string build directory
---@return bench.Server
function load.server(build)
  local out, url = uv.new_pipe(), nil
  local process = subjects.start({ build .. "/spec/load_server" }, nil, uv.new_pipe(), out)
  out:read_start(function(_, text) url = url or text and text:match "%S+" end)
  while not url do
    subjects.pause(2)
    assert(not process.ended, "the load server does not start")
  end
  return setmetatable({ url = url, process = process }, Server)
end

--- Starts a bot, waits for its first poll; returns it and how long that took, in ms.
---@param start fun(): bench.Process
---@return bench.Process process
---@return number start_ms
function Server:start(start)
  get(self.url .. "/reset")
  local process = start()
  local polled_us
  repeat
    subjects.pause(2)
    assert(not process.ended, "a bot ended before its first poll")
    polled_us = tonumber(get(self.url .. "/polled"))
  until polled_us > 0
  return process, (polled_us - process.born_us) / 1000
end

---@class bench.Run
---@field count integer
---@field kind "text"|"mixed"|"heavy"|nil
---@field chats integer?
---@field delay_ms integer?
---@field gap_ms integer?
---@field is_echoed boolean whether the end is the last echo, or the last confirmation

--- Feeds one run to the bot and waits for its end.
---@param run bench.Run
---@param process bench.Process
---@return table figures of the server
function Server:feed(run, process)
  get(("%s/load?count=%d&kind=%s&chats=%d&delay_ms=%d&gap_ms=%d"):format(self.url, run.count,
    run.kind or "text", run.chats or 1000, run.delay_ms or 0, run.gap_ms or 0))
  local deadline = uv.hrtime() + 120e9
  while true do
    subjects.pause(10)
    local figures = cjson.decode(get(self.url .. "/stats"))
    if figures.echoed == run.count or (not run.is_echoed and figures.confirmed) then
      return figures
    end
    assert(not process.ended, "a bot ended in mid-run")
    assert(uv.hrtime() < deadline, "a run took more than two minutes")
  end
end

--- Feeds a run and measures: CPU in µs an update, latency in ms, updates/s.
---@param run bench.Run
---@param process bench.Process
function Server:measure(run, process)
  local before = subjects.cpu_us(process)
  local figures = self:feed(run, process)
  subjects.pause(50) -- what is left to do behind the last answer
  assert(figures.repeated == 0, "an update was answered twice")
  return {
    cpu_us = (subjects.cpu_us(process) - before) / run.count,
    p50_ms = figures.p50_us / 1000,
    p99_ms = figures.p99_us / 1000,
    rate = run.count / figures.took_us * 1e6,
    disordered = figures.disordered,
    bound = run.delay_ms and run.count / (figures.busiest * run.delay_ms / 1000) or nil,
  }
end

return load
