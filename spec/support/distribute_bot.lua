--- A bot with workers for flow specs.
local flow = require "support.flow"

local distribute_bot = {}

--- What every worker file begins with.
distribute_bot.WORKER = 'local tg = require "tgrunner"\nlocal bot = tg.BotWorker()\n'

--- How many updates specs of many send, over how many chats. TGRUNNER_UPDATES=100000 for the long
--- run, over 1,000 chats.
distribute_bot.UPDATES = tonumber(os.getenv "TGRUNNER_UPDATES") or 3000
distribute_bot.CHATS = math.min(1000, distribute_bot.UPDATES // 30)

--- Starts a bot whose messages go to workers.
---@param sim table of flow.sim
---@param worker string behind the worker file's begin
---@param options string? of tg.distribute
---@param more string? stands before tg.run
---@param rest string? stands behind it; `handle` is its runner
---@return table process
function distribute_bot.start(sim, worker, options, more, rest)
  flow.file(distribute_bot.WORKER .. worker, "worker.lua")
  return flow.bot(sim, ([[
    local tg = require "tgrunner"
    local bot = tg.Bot()
    local handle
    bot:catch(function(err) print("caught: " .. tostring(err.error)) end)
    %s
    bot:on("message", tg.distribute("worker.lua", %s))
    handle = tg.run(bot)
    %s]]):format(more or "", options or "{ count = 2 }", rest or ""))
end

--- Messages "1", "2", … of chats in turn.
---@param count integer
---@param chats integer
---@return table[]
function distribute_bot.messages(count, chats)
  local list = {}
  for i = 1, count do list[i] = flow.message(tostring(i), { chat = 1 + (i - 1) % chats }) end
  return list
end

--- Calls each(number, chat) for every recorded message whose text is a number, in order; returns
--- how many there were.
---@param sim table of flow.sim
---@param each fun(number: integer, chat: integer)
---@return integer count
function distribute_bot.each_message(sim, each)
  local since, count = 0, 0
  repeat
    local path = ("/sim/calls?method=sendMessage&limit=10000&since=%d"):format(since)
    local calls = sim:request("GET", path)
    for _, call in ipairs(calls) do
      each(tonumber(call.params.text), call.params.chat_id)
      since, count = call.seq, count + 1
    end
  until #calls == 0
  return count
end

return distribute_bot
