-- The bot that ./dev bench measures: bot.lua WORKLOAD [WORKERS]
local tg = require "tgrunner"

local workload, workers = arg[1], tonumber(arg[2])
local bot = tg.Bot()
local sink = { concurrency = 500 }
local seen = 0

local function count() seen = seen + 1 end

local workloads = {}

function workloads.echo()
  bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
end

function workloads.ordered()
  sink.sequentialize, sink.waiting = "chat", 10000
  workloads.echo()
end

function workloads.route()
  bot:command("help", count)
  bot:command("start", count)
  bot:on("callback_query:data", count)
  bot:on("message:text", count)
end

function workloads.heavy()
  bot:on("message:photo", function(ctx)
    local links = 0
    for _, entity in ipairs(ctx.msg.caption_entities) do
      if entity.type == "url" then links = links + 1 end
    end
    ctx:reply(ctx.text:sub(-20):match "message %d+$" .. ", links: " .. links .. ", "
      .. ctx.msg.photo[#ctx.msg.photo].file_id)
  end)
end

function workloads.distribute()
  bot:on("message", tg.distribute("bot_worker.lua", { count = workers }))
end

function workloads.suspended()
  sink.concurrency = 20000
  bot:on("message", function() tg.sleep(3600000) end)
end

workloads[workload]()
tg.run(bot, { sink = sink })
