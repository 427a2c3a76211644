--- The checker for a long time: soak.lua [kills] [seed]. CI runs spec/flow/crash_spec.lua.
package.path = "spec/?.lua;" .. package.path
local driver = require "check.driver"
local flow = require "support.flow"
local judge = require "check.judge"

local kills = tonumber(arg[1]) or 2000
local seed = tonumber(arg[2]) or os.time()
local failed = false

local function check(title, options, is_right)
  options.seed, options.window_ms = seed, options.window_ms or 100
  local began = os.time()
  options.tell = function(done)
    if done % 100 == 0 then io.stderr:write(("%s: %d\n"):format(title, done)) end
  end
  local verdict = driver.run(options)
  local ok = is_right(verdict)
  failed = failed or not ok
  print(("%-4s %s, seed %d, %d s: %s"):format(ok and "ok" or "FAIL", title, seed,
    os.time() - began, judge.text(verdict)))
  flow.clean_up()
end

check(("%d times SIGKILL"):format(kills),
  { ends = kills, signal = "sigkill", journal = true, order = true },
  function(v) return v.lost == 0 and v.disorder == 0 and v.stale == 0 end)
check("50 times SIGTERM", { ends = 50, signal = "sigterm", journal = true, order = true },
  function(v) return v.lost == 0 and v.disorder == 0 and v.duplicates == 0 end)
check("control, no journal: there must be losses",
  { ends = 20, signal = "sigkill", journal = false, order = true },
  function(v) return v.lost > 0 end)
check("control, no order: there must be disorder",
  { ends = 20, signal = "sigkill", journal = true, order = false },
  function(v) return v.lost == 0 and v.disorder > 0 end)
flow.remove_files()
os.exit(failed and 1 or 0)
