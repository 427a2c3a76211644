-- Errors: a boundary around a part of the bot, and one handler for all the rest.
-- Try it: tgrunner-lua --sim examples/error_boundary.lua   then type /divide 1 0 and /crash
local tg = require "tgrunner"
local bot = tg.Bot()

-- What fails behind the boundary is told to the user; calling next() would go on behind it.
local calculator = bot:error_boundary(function(err)
  tg.log.warn("calculator: " .. tostring(err.error))
  err.ctx:reply "That cannot be calculated."
end)

calculator:command("divide", function(ctx)
  local a, b = ctx.match:match "^(%S+)%s+(%S+)$"
  ctx:reply(tostring(math.tointeger(a) // math.tointeger(b)))
end)

bot:command("crash", function() error "as was asked for" end)

-- Everything else. Without bot:catch an error is logged and the bot goes on.
bot:catch(function(err)
  if tg.is_api_error(err.error) then
    tg.log.error(("Telegram refused %s: %s"):format(err.error.method, err.error.description))
  else
    tg.log.error(tostring(err.error) .. "\n" .. (err.traceback or ""))
  end
  err.ctx:reply "Something went wrong. We have been told."
end)

bot:on("message:text", function(ctx) ctx:reply "Try /divide 6 3" end)

tg.run(bot)
