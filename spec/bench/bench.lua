--- Bench: every workload beside the peers, side by side against one server process.
--- Run: ./dev bench [--quick], which builds all and writes into spec/bench/results.
---   lua5.4 spec/bench/bench.lua BUILD_DIR [--quick] [--only WORKLOAD] [--rounds N] [--no-results]
---
--- The programs take turns within a round; the figures are the medians of the rounds. CPU is user
--- and system time of the bot's process.
local here = arg[0]:match "^(.*)/" or "."
package.path = here .. "/?.lua;" .. package.path

local load = require "load"
local report = require "report"
local subjects = require "subjects"
local tls = require "tls"
local workloads = require "workloads"

local build, options = arg[1], { rounds = 3 }
for i = 2, #arg do
  if arg[i] == "--quick" then options.quick, options.rounds = true, 1 end
  if arg[i] == "--only" then options.only = arg[i + 1] end
  if arg[i] == "--rounds" then options.rounds = tonumber(arg[i + 1]) end
  if arg[i] == "--no-results" then options.no_results = true end
end

local WARM = 3000 -- updates until caches are filled and code is compiled

local function say(...) io.stderr:write(string.format(...), "\n") end

-- One program's figures of one run of a workload.
---@param server bench.Server
---@param workload bench.Workload
---@param subject table
---@param target bench.Target
local function measure(server, workload, subject, target)
  local process, start_ms = server:start(function() return subject.start(target) end)
  local run, figures = workload.run(options.quick), {}
  if run then
    if not run.gap_ms and run.is_echoed or workload.bot == "route" then
      server:feed({ count = WARM, kind = run.kind, is_echoed = run.is_echoed }, process)
      subjects.pause(100)
    end
    figures = server:measure(run, process)
  else
    subjects.pause(300)
    figures.idle_mib = subjects.memory_mib(process, "VmRSS")
  end
  figures.start_ms = start_ms
  figures.peak_mib = subjects.memory_mib(process, "VmHWM")
  if workload.bot == "suspended" then process.handle:kill "sigkill" end
  subjects.stop(process)
  return figures
end

-- The rows of a workload: programs, or ours with so many workers.
local function rows_of(workload, all)
  local rows = {}
  for _, workers in ipairs(workload.workers or {}) do
    rows[#rows + 1] = {
      name = ("%d worker%s"):format(workers, workers == 1 and "" or "s"),
      subject = all[1],
      workers = workers,
    }
  end
  for i, subject in ipairs(workload.workers and {} or all) do
    if i == 1 or not workload.peers or workload.peers[subject.name] then
      rows[#rows + 1] = { name = subject.name, subject = subject }
    end
  end
  for _, row in ipairs(rows) do row.rounds = {} end
  return rows
end

local function median(rounds, figure)
  local values = {}
  for i, figures in ipairs(rounds) do values[i] = figures[figure] end
  table.sort(values)
  return values[(#values + 1) // 2]
end

local function run_all(server, secure)
  local all, results = subjects.all(build, here), {}
  for _, workload in ipairs(workloads) do
    if not options.only or options.only == workload.name then
      results[#results + 1] = { workload = workload, rows = rows_of(workload, all) }
    end
  end
  for round = 1, options.rounds do
    for _, result in ipairs(results) do
      for _, row in ipairs(result.rows) do
        local workload = result.workload
        local figures = measure(server, workload, row.subject, {
          api_root = workload.tls and secure.url or server.url,
          ca_file = workload.tls and secure.ca_file or nil,
          workload = workload.bot,
          workers = row.workers,
        })
        row.rounds[round] = figures
        local texts = {}
        for i, column in ipairs(workload.columns) do
          texts[i] = ("%s " .. column[3]):format(column[2], figures[column[1]])
        end
        say("%d/%d %-30s %-16s %s", round, options.rounds, workload.name, row.name,
          table.concat(texts, ", "))
      end
    end
  end
  for _, result in ipairs(results) do
    for _, row in ipairs(result.rows) do
      row.figures = {}
      for _, column in ipairs(result.workload.columns) do
        row.figures[column[1]] = median(row.rounds, column[1])
      end
    end
  end
  return results
end

local folder = assert(require("luv").fs_mkdtemp "/tmp/tgrunner-bench-XXXXXX")
local server = load.server(build)
local nginx, url, ca_file = tls.start(folder, server.url)
local ok, results = xpcall(run_all, debug.traceback, server, { url = url, ca_file = ca_file })
subjects.stop(nginx)
subjects.stop(server.process)
os.execute("rm -rf " .. folder)
if not ok then
  say("bench: %s", results)
  os.exit(1)
end
local text = report.markdown(results, report.facts(build, here, options))
io.write(text)
if not options.no_results and not options.only then
  report.write(here .. "/results", results, text)
end
