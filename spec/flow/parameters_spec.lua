local flow = require "support.flow"

-- Random parameters, looked at with the host's quick look and without it.
local script = [[
local host = require "tgrunner.host"
local parameters = require "tgrunner.parameters"
local spread = require "tgrunner.spread"
local tg = require "tgrunner"
math.randomseed(tonumber(arg[1]))

local function any(list) return list[math.random(#list)] end

local methods = { "sendMessage", "sendPhoto", "getMe", "sendPoll", "answerCallbackQuery", "noSuch" }
local names = { "chat_id", "text", "parse_mode", "photo", "question", "options", "caption",
  "disable_notification", "callback_query_id", "show_alert", "chat", "txt", 1 }
local formatted = tg.fmt("%s", tg.fmt.bold "b")
local values = {
  function() return 5 end, function() return "text" end, function() return "7" end,
  function() return true end, function() return {} end, function() return { "a", "b" } end,
  function() return formatted end, function() return tg.null end, function() return print end,
  function() return tg.InputFile { bytes = "x", filename = "x" } end, function() return 1.5 end,
  function() return "true" end,
}

local function random_payload()
  local payload = {}
  for _ = 1, math.random(0, 4) do payload[any(names)] = any(values)() end
  if math.random(10) == 1 then setmetatable(payload, {}) end
  return payload
end

local function outcome(fn, ...)
  local got = table.pack(pcall(fn, ...))
  for i = 1, got.n do got[i] = tostring(got[i]) end
  return table.concat(got, " ")
end

local fits, is_plain = host.fits, host.is_plain
local quick, differing = 0, 0
for _ = 1, 3000 do
  local method, payload = any(methods), random_payload()
  host.fits, host.is_plain = fits, is_plain
  local checked, same = outcome(parameters.check, method, payload),
    select(2, pcall(spread.payload, method, payload)) == payload
  local known = parameters.of(method)
  if known and fits(payload, known) then quick = quick + 1 end
  host.fits, host.is_plain = function() end, function() return false end
  local checked_slowly, same_slowly = outcome(parameters.check, method, payload),
    select(2, pcall(spread.payload, method, payload)) == payload
  if checked ~= checked_slowly or same ~= same_slowly then
    differing = differing + 1
    print(method, checked, checked_slowly, same, same_slowly)
  end
end
print(("%d differ, %s were quick"):format(differing, quick > 200 and "many" or "few"))
]]

describe("the quick look at the parameters of a call", function()
  after_each(flow.clean_up)

  for seed = 1, 3 do
    it(("finds nothing wrong where nothing is (%d)"):format(seed), function()
      local result = flow.run({ flow.file(script), tostring(seed) })
      assert.equal("0 differ, many were quick\n", result.out, result.err)
    end)
  end
end)
