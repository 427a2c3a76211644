--- Workloads: what ./dev bench lets every program do, and which figures of it are shown.
---
--- `bot`: the workload's name in bot.lua and peers/; `warm`, `run`: what is fed before and while
--- it is measured; `columns`: figure → title; `memory`: which line of /proc/PID/status is read
--- behind the run.

---@class bench.Workload
---@field name string
---@field bot string
---@field about string
---@field run fun(quick: boolean): bench.Run?
---@field columns { [1]: string, [2]: string, [3]: string? }[] figure, title, format
---@field peers? table<string, boolean> without it all
---@field tls boolean?
---@field workers integer[]?
---@field memory_of_suspended integer?

---@type bench.Workload[]
local workloads = {
  {
    name = "echo",
    bot = "echo",
    about = "text messages over 1,000 chats, each echoed with one sendMessage",
    run = function(quick) return { count = quick and 10000 or 50000, is_echoed = true } end,
    columns = {
      { "cpu_us", "CPU µs/update", "%.1f" }, { "rate", "updates/s", "%.0f" },
      { "p50_ms", "p50 ms", "%.1f" }, { "p99_ms", "p99 ms", "%.1f" },
      { "peak_mib", "peak RSS MiB", "%.1f" },
    },
  },
  {
    name = "route only",
    bot = "route",
    about = "filters by kind and command count updates; nothing is answered",
    run = function(quick)
      return { count = quick and 50000 or 200000, kind = "mixed", is_echoed = false }
    end,
    columns = { { "cpu_us", "CPU µs/update", "%.2f" }, { "rate", "updates/s", "%.0f" } },
  },
  {
    name = "ordered echo, 50 ms per call",
    bot = "ordered",
    about = "10,000 echoes in order within 1,000 chats, a server that takes 50 ms per call",
    run = function()
      return { count = 10000, delay_ms = 50, is_echoed = true }
    end,
    columns = {
      { "rate", "updates/s", "%.0f" }, { "bound", "bound of the busiest chat", "%.0f" },
      { "cpu_us", "CPU µs/update", "%.1f" }, { "disordered", "out of order", "%d" },
    },
    peers = { ["grammY + runner"] = true },
  },
  {
    name = "JSON-heavy",
    bot = "heavy",
    about = "posts of 4 KiB with 48 entities, all of which are looked at; one sendMessage",
    run = function(quick)
      return { count = quick and 5000 or 20000, kind = "heavy", is_echoed = true }
    end,
    columns = { { "cpu_us", "CPU µs/update", "%.1f" }, { "rate", "updates/s", "%.0f" } },
  },
  {
    name = "spaced updates",
    bot = "echo",
    about = "one update each 10 ms on an idle long poll: from its answer to the echo",
    run = function(quick)
      return { count = quick and 100 or 300, gap_ms = 10, is_echoed = true }
    end,
    columns = { { "p50_ms", "p50 ms", "%.2f" }, { "p99_ms", "p99 ms", "%.2f" } },
  },
  {
    name = "echo over TLS",
    bot = "echo",
    about = "the echo through nginx with TLS on loopback",
    run = function(quick) return { count = quick and 5000 or 20000, is_echoed = true } end,
    columns = { { "cpu_us", "CPU µs/update", "%.1f" }, { "rate", "updates/s", "%.0f" } },
    tls = true,
  },
  {
    name = "idle",
    bot = "echo",
    about = "from start to the first poll, and the memory then",
    run = function() end,
    columns = { { "start_ms", "start ms", "%.0f" }, { "idle_mib", "RSS MiB", "%.1f" } },
  },
  {
    name = "suspended handlers",
    bot = "suspended",
    about = "10,000 handlers that sleep at the same time: memory",
    run = function() return { count = 10000, is_echoed = false } end,
    columns = { { "peak_mib", "peak RSS MiB", "%.1f" } },
    peers = { ["grammY + runner"] = true },
  },
  {
    name = "distribute",
    bot = "distribute",
    about = "the echo in worker threads, each with a Lua state and connections of its own",
    run = function(quick) return { count = quick and 5000 or 20000, is_echoed = true } end,
    columns = { { "rate", "updates/s", "%.0f" }, { "cpu_us", "CPU µs/update", "%.1f" } },
    peers = {},
    workers = { 1, 2, 4, 8 },
  },
}

return workloads
