--- Instructions: what one update costs, counted by valgrind's callgrind, held against a recorded
--- budget. It counts instructions of the bot's process, not time, so a busy machine does not
--- matter; the kernel's part is not counted.
--- Run: lua5.4 spec/bench/instructions.lua BUILD_DIR [--record]
---
--- Two runs of different length; their difference is free of start and end. The budget is in
--- instructions.txt, for the packages of Debian 12 on amd64; 5 % more fails.
local here = arg[0]:match "^(.*)/" or "."
package.path = here .. "/?.lua;" .. package.path

local load = require "load"
local subjects = require "subjects"

local build, is_recording = arg[1], arg[2] == "--record"
local SLACK = 1.05
local runs = {
  { name = "route", kind = "mixed", is_echoed = false, few = 1000, many = 9000 },
  { name = "echo", kind = "text", is_echoed = true, few = 500, many = 2500 },
  { name = "heavy", kind = "heavy", is_echoed = true, few = 100, many = 600 },
}

-- Instructions of a whole process that handles `count` updates.
local function count_instructions(server, run, count)
  local out = os.tmpname()
  local process = server:start(function()
    return subjects.start({
      "valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" .. out, "--",
      build .. "/tgrunner-lua", "-q", "--api-root", server.url, here .. "/bot.lua", run.name,
    }, { BOT_TOKEN = subjects.token })
  end)
  server:feed({ count = count, kind = run.kind, is_echoed = run.is_echoed }, process)
  subjects.stop(process)
  local total
  for line in io.lines(out) do total = tonumber(line:match "^totals: (%d+)") or total end
  os.remove(out)
  return assert(total, "callgrind has counted nothing")
end

local function read_budget()
  local budget = {}
  for line in io.lines(here .. "/instructions.txt") do
    local name, count = line:match "^(%w+) (%d+)$"
    if name then budget[name] = tonumber(count) end
  end
  return budget
end

local server = load.server(build)
local measured, failed = {}, false
local budget = is_recording and {} or read_budget()
for _, run in ipairs(runs) do
  local few = count_instructions(server, run, run.few)
  local each = (count_instructions(server, run, run.many) - few) / (run.many - run.few)
  measured[#measured + 1] = ("%s %.0f"):format(run.name, each)
  local allowed = budget[run.name]
  local is_over = allowed and each > allowed * SLACK
  failed = failed or is_over
  print(("%s: %.0f instructions an update%s%s"):format(run.name, each,
    allowed and (", budget %d"):format(allowed) or "", is_over and ": over budget" or ""))
end
subjects.stop(server.process)
if is_recording then
  local file = assert(io.open(here .. "/instructions.txt", "w"))
  file:write("Instructions an update, user space; see instructions.lua.\n",
    table.concat(measured, "\n"), "\n")
  file:close()
end
os.exit(not failed)
