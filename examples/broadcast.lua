-- A message to everybody, below Telegram's limits, with a progress bar that is edited meanwhile.
-- Try it: tgrunner-lua --sim examples/broadcast.lua   then type /start and /broadcast Hello
local tg = require "tgrunner"
local bot = tg.Bot()

-- 30 calls a second in all, one a second for each chat. What is refused nevertheless (429) is
-- repeated by tg.auto_retry, which every bot has.
bot.api.config:use(tg.throttler())

local subscribers = {} -- chat id → true; a real bot keeps them in a database

bot:command("start", function(ctx)
  subscribers[ctx.chat_id] = true
  ctx:reply "You will hear from me."
end)

-- False when the user has blocked the bot.
local function send(chat_id, text)
  local ok, err = pcall(bot.api.send_message, { chat_id = chat_id, text = text })
  if ok then return true end
  if not tg.is_api_error(err) or err.error_code ~= 403 then error(err, 0) end
  subscribers[chat_id] = nil
  return false
end

local function bar(done, all)
  local full = all == 0 and 10 or done * 10 // all
  return ("%s%s %d/%d"):format(("█"):rep(full), ("░"):rep(10 - full), done, all)
end

bot:command("broadcast", function(ctx)
  local chats = {}
  for chat_id in pairs(subscribers) do chats[#chats + 1] = chat_id end
  local done, lost = 0, 0
  local message = ctx:reply(bar(0, #chats))
  local function show(text)
    bot.api.edit_message_text {
      chat_id = ctx.chat_id, message_id = message.message_id, text = text,
    }
  end
  -- A task of its own: the handler ends now, and other updates do not wait.
  tg.spawn(function()
    local progress = tg.every(2000, function() show(bar(done, #chats)) end)
    local _ <close> = setmetatable({}, { __close = function() progress:cancel() end })
    for _, chat_id in ipairs(chats) do
      if not send(chat_id, ctx.match) then lost = lost + 1 end
      done = done + 1
    end
    show(("%s, %d have blocked me"):format(bar(done, #chats), lost))
  end)
end)

tg.run(bot)
