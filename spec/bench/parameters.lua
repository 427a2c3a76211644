-- What looking at the parameters of a call costs.
--
-- Run from the root: build/tgrunner-lua spec/bench/parameters.lua [calls, 3000000]
local tg = require "tgrunner"
local parameters = require "tgrunner.parameters"

local count = tonumber(arg and arg[1]) or 3000000

local cases = {
  { "sendMessage", { chat_id = 1, text = "x" } },
  { "sendMessage", { chat_id = 1, text = "x", parse_mode = "HTML", message_thread_id = 5,
    disable_notification = true, reply_markup = {}, reply_parameters = {}, entities = {} } },
  { "answerCallbackQuery", { callback_query_id = "1" } },
}

for _, case in ipairs(cases) do
  local method, payload = case[1], case[2]
  local names = {}
  for name in pairs(payload) do names[#names + 1] = name end
  table.sort(names)
  local check = parameters.check
  tg.sleep(1) -- the CPU guard begins anew
  local start = os.clock()
  for _ = 1, count do check(method, payload) end
  print(("%s{%s}: %.3f µs"):format(method, table.concat(names, ", "),
    (os.clock() - start) / count * 1e6))
end
