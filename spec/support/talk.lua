--- Talk: a bot whose conversation "talk" notes each text it gets, over a fake host; what it does
--- not take is noted, too.
local fake_host = require "support.fake_host"

local talk = {}

---@class Talk
---@field tg table
---@field host FakeHost
---@field bot table of the last make
---@field open table its conversations
---@field seen string[] what was noted
---@field package id integer of the last update
local Talk = {}

--- Nothing is made yet.
---@return Talk
function talk.new()
  local tg, host = fake_host.load()
  return setmetatable({ tg = tg, host = host, id = 0, seen = {} }, { __index = Talk })
end

function Talk:note(...) self.seen[#self.seen + 1] = table.concat({ ... }, " ") end

--- Makes the bot.
---@param opts table? of tg.conversations
---@param body function? of "talk"
---@param register fun(bot: table)? what else the bot has
function Talk:make(opts, body, register)
  local bot = self.tg.Bot()
  bot.me = self.host.answers.getMe
  self.bot, self.open = bot, self.tg.conversations(opts)
  if register then register(bot) end
  bot:use(self.open)
  bot:command("start", function(ctx) ctx:enter "talk" end)
  bot:conversation("talk", body or function(conv)
    while true do self:note("talk", conv.key, conv:wait_for("message:text").text) end
  end)
  bot:use(function(ctx) self:note("other", ctx.text or ctx.kind) end)
  bot:catch(function(err) error(err.error, 0) end)
end

--- A user says something in a chat.
---@param text string
---@param chat integer?
---@param user integer?
function Talk:say(text, chat, user)
  self.id = self.id + 1
  local entities
  if text:sub(1, 1) == "/" then
    entities = { { type = "bot_command", offset = 0, length = #text:match "^%S+" } }
  end
  self.bot:handle_update { update_id = self.id, message = {
    message_id = 1, date = 1, text = text, entities = entities,
    chat = { id = chat or 7, type = "private" }, from = { id = user or 7 },
  } }
end

return talk
