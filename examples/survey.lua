-- A conversation: a function that asks, waits for the answer and goes on. Nothing waits but the
-- function itself; between answers it is a suspended coroutine.
-- Try it: tgrunner-lua --sim examples/survey.lua   then type /survey   (the towns need a network)
local tg = require "tgrunner"
local bot = tg.Bot()
local url = os.getenv "TOWNS_URL" or "https://geocoding-api.open-meteo.com/v1/search"

bot:use(tg.sequentialize "chat") -- answers come one after another
bot:use(tg.conversations())

local function escape(text)
  return (text:gsub("[^%w]", function(c) return ("%%%02X"):format(c:byte()) end))
end

-- Asks another HTTP API; the conversation waits for it as for anything.
local function find_town(name)
  local answer = tg.fetch(("%s?name=%s&count=1"):format(url, escape(name)), { timeout_ms = 5000 })
  local towns = answer.ok and answer:json().results
  return towns and towns[1]
end

-- Part of a conversation: a plain function.
local function ask_town(conv)
  local text = conv:ask("Which town do you live in?").text
  while true do
    local ok, town = pcall(find_town, text)
    if not ok then
      tg.log.warn("towns: " .. tostring(town))
      return { name = text, country = "somewhere" } -- good enough for a survey
    end
    if town then return town end
    text = conv:ask("I do not know that town. Another one nearby?").text
  end
end

local function ask_rating(conv)
  local keyboard = tg.InlineKeyboard()
  for stars = 1, 5 do keyboard:text(("★"):rep(stars), "stars:" .. stars) end
  conv:reply("How do you like it there?", { reply_markup = keyboard })
  local ctx, why = conv:wait_for_callback_query(tg.pattern "^stars:(%d)$", {
    timeout_ms = 10 * 60 * 1000,
    otherwise = function(other) other:reply "Please press one of the buttons." end,
  })
  if not ctx then return nil, why end
  ctx:answer_callback_query()
  return math.tointeger(tonumber(ctx.match[1]))
end

bot:conversation("survey", function(conv)
  local name = conv:ask("What is your name?").text
  local town = ask_town(conv)
  local stars = ask_rating(conv)
  if not stars then return conv:reply "No answer? Then later, with /survey." end
  conv:reply(("Thank you! %s from %s (%s): %s"):format(
    name, town.name, town.country, ("★"):rep(stars)))
end)

bot:command("survey", function(ctx)
  ctx:exit "survey" -- begins anew if there is one
  ctx:enter "survey"
end)
-- A command with a handler is no answer: this works at any point of the survey.
bot:command("cancel", function(ctx)
  ctx:reply(ctx:exit "survey" > 0 and "As you wish." or "There is nothing to cancel.")
end)
bot:on("message", function(ctx) ctx:reply "Type /survey." end)

tg.run(bot)
