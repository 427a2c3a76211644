-- Each of the threads runs this file once, then the updates it is handed. There is nothing to
-- start: the main script fetches.
local tg = require "tgrunner"
local bot = tg.BotWorker()

local function count_primes(limit)
  local count = 0
  for n = 2, limit do
    local is_prime = true
    for d = 2, math.floor(n ^ 0.5) do
      if n % d == 0 then
        is_prime = false
        break
      end
    end
    if is_prime then count = count + 1 end
  end
  return count
end

bot:hears(tg.pattern "^(%d+)$", function(ctx)
  local limit = math.min(math.tointeger(ctx.match[1]) or 0, 1000000)
  tg.shared.incr "jobs"
  ctx:reply(("%d primes up to %d"):format(count_primes(limit), limit))
end)
bot:on("message:text", function(ctx) ctx:reply "Send me a number." end)
