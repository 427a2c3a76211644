-- Asking another HTTP API: tg.fetch suspends only the handler that waits for the answer.
-- Try it: tgrunner-lua --sim examples/http_api.lua   then type /rate EUR USD   (needs a network)
local tg = require "tgrunner"
local bot = tg.Bot()
local url = os.getenv "RATES_URL" or "https://api.frankfurter.dev/v1/latest"

local function rate(from, to)
  local answer = tg.fetch(("%s?base=%s&symbols=%s"):format(url, from, to), { timeout_ms = 5000 })
  if not answer.ok then return nil, "status " .. answer.status end
  return answer:json().rates[to]
end

bot:command("rate", function(ctx)
  local from, to = ctx.match:upper():match "^(%u%u%u)%s+(%u%u%u)$"
  if not from then return ctx:reply "Example: /rate EUR USD" end
  -- No answer at all (no network, too late) is raised; any status is an answer.
  local ok, value, why = pcall(rate, from, to)
  if not ok then
    tg.log.warn("rates: " .. tostring(value))
    ctx:reply "The rates cannot be reached. Try again later."
  elseif value then
    ctx:reply(("1 %s = %s %s"):format(from, value, to))
  else
    ctx:reply(("No rate from %s to %s (%s)."):format(from, to, why or "unknown"))
  end
end)

tg.run(bot)
