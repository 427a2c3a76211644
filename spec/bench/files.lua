-- Uploads and downloads large files and prints speed and peak memory. Run by files.sh:
-- files.lua PATH FILE_ID
local tg = require "tgrunner"
local path, file_id = ...
local bot = tg.Bot()
local copy = path .. ".copy"

local function size_of(name)
  local file <close> = assert(io.open(name, "rb"))
  return file:seek "end"
end

local function peak_kib()
  for line in io.lines "/proc/self/status" do
    local size = line:match "^VmHWM:%s+(%d+)"
    if size then return tonumber(size) end
  end
end

local bytes = size_of(path)

local function measure(name, fn)
  local host = require "tgrunner.host"
  local before, cpu = host.now_ms(), os.clock()
  fn()
  tg.sleep(0)
  local ms = host.now_ms() - before
  print(("%-22s %5.0f MB in %5.2f s, %4.0f MB/s, %5.2f s of CPU, peak so far %.1f MiB"):format(name,
    bytes / 1e6, ms / 1000, bytes / 1e3 / ms, os.clock() - cpu, peak_kib() / 1024))
end

print(("at rest: peak %.1f MiB"):format(peak_kib() / 1024))
-- First: the simulator forgets old files when new ones come.
measure("download", function() bot.api.get_file { file_id = file_id }:download(copy) end)
assert(size_of(copy) == bytes, size_of(copy))
os.remove(copy)
measure("upload of a path", function()
  bot.api.send_document { chat_id = 1, document = tg.InputFile(path) }
end)
measure("upload of an iterator", function()
  local piece, left = ("0123456789abcdef"):rep(4096), bytes
  bot.api.send_document { chat_id = 1, document = tg.InputFile(function()
    local now = math.min(left, #piece)
    left = left - now
    return now > 0 and piece:sub(1, now) or nil
  end) }
end)
