--- Report: the results of a bench as a table and a plot.
local report = {}

local function output_of(command)
  local pipe = assert(io.popen(command .. " 2>/dev/null"))
  local text = pipe:read "a"
  pipe:close()
  return (text:gsub("%s+$", ""))
end

local function version_of(here, package)
  local file = io.open(("%s/peers/node_modules/%s/package.json"):format(here, package))
  if not file then return "?" end
  local text = file:read "a"
  file:close()
  return text:match '"version"%s*:%s*"([^"]+)"' or "?"
end

--- Where and with what it was measured, a line each.
---@return string[]
function report.facts(build, here, options)
  local cpu = output_of "grep -m1 'model name' /proc/cpuinfo":match ": (.*)$" or "?"
  return {
    ("%s, %s"):format(os.date "!%Y-%m-%d", output_of(("git -C %s describe --always --dirty")
      :format(here))),
    ("%s, %s cores, Linux %s, load average %s at the end"):format(cpu, output_of "nproc",
      output_of "uname -r", output_of "cut -d' ' -f1 /proc/loadavg"),
    output_of(build .. "/tgrunner-lua --version"):gsub("\n.*", ""),
    ("grammY %s, @grammyjs/runner %s, telegraf %s, Node.js %s"):format(version_of(here, "grammy"),
      version_of(here, "@grammyjs/runner"), version_of(here, "telegraf"),
      output_of "node --version"),
    ("median of %d round%s, the programs by turns against one server process"):format(
      options.rounds, options.rounds == 1 and "" or "s"),
  }
end

local function separated(text)
  local head, tail = text:match "^(%d+)(.*)$"
  if not head then return text end
  head = head:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return head .. tail
end

---@return string
function report.markdown(results, facts)
  local lines = { "# Results of ./dev bench", "", table.concat(facts, "  \n"), "" }
  local function add(text) lines[#lines + 1] = text end
  for _, result in ipairs(results) do
    local workload, head, rule = result.workload, { "" }, { "---" }
    for i, column in ipairs(workload.columns) do
      head[i + 1], rule[i + 1] = column[2], "--:"
    end
    add(("## %s"):format(workload.name))
    add ""
    add(workload.about:gsub("^%l", string.upper) .. ".")
    add ""
    add("| " .. table.concat(head, " | ") .. " |")
    add("| " .. table.concat(rule, " | ") .. " |")
    for _, row in ipairs(result.rows) do
      local cells = { row.name }
      for i, column in ipairs(workload.columns) do
        cells[i + 1] = separated(column[3]:format(row.figures[column[1]]))
      end
      add("| " .. table.concat(cells, " | ") .. " |")
    end
    add ""
  end
  return table.concat(lines, "\n")
end

-- ---- the plot: CPU an update, a group of bars for each workload that has peers -----------------

local COLORS = { "#2563eb", "#9ca3af", "#d1d5db" }
local WIDTH, BAR, LABEL, SCALE = 760, 18, 210, 400

---@return string
function report.svg(results)
  local parts, y = {}, 34
  local function add(...) parts[#parts + 1] = string.format(...) end
  for _, result in ipairs(results) do
    local shown = #result.rows > 1 and not result.workload.workers and result.rows[1].figures.cpu_us
    local most = 0
    for _, row in ipairs(shown and result.rows or {}) do
      most = math.max(most, row.figures.cpu_us)
    end
    if shown then
      add('<text x="0" y="%d" font-weight="bold">%s</text>', y, result.workload.name)
      y = y + 8
    end
    for i, row in ipairs(shown and result.rows or {}) do
      local cpu_us = row.figures.cpu_us
      local width = math.max(1, cpu_us / most * SCALE)
      add('<text x="%d" y="%d" text-anchor="end">%s</text>', LABEL - 8, y + 13, row.name)
      add('<rect x="%d" y="%d" width="%.0f" height="%d" fill="%s"/>', LABEL, y, width, BAR - 4,
        COLORS[i])
      local ratio = i > 1 and (", %.1f times ours"):format(cpu_us / result.rows[1].figures.cpu_us)
        or ""
      add('<text x="%.0f" y="%d">%.1f%s</text>', LABEL + width + 6, y + 12, cpu_us, ratio)
      y = y + BAR
    end
    if shown then y = y + 24 end
  end
  return ([[
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
<rect width="100%%" height="100%%" fill="white"/>
<text x="0" y="12">CPU of the bot's process, µs an update; less is better</text>
%s
</svg>
]]):format(WIDTH, y, table.concat(parts, "\n"))
end

--- Writes table and plot.
---@param folder string
function report.write(folder, results, text)
  os.execute("mkdir -p " .. folder)
  for name, content in pairs { ["README.md"] = text .. "\n![CPU an update](cpu.svg)\n",
    ["cpu.svg"] = report.svg(results) } do
    local file = assert(io.open(folder .. "/" .. name, "w"))
    file:write(content)
    file:close()
  end
end

return report
