--- A bot with conversations for flow specs, judged by what the server saw.
local flow = require "support.flow"

--- What specs do with it.
---@param sim table of flow.sim
---@return fun(body: string, options: string?, fields: table?): table start a bot whose
---conversation "talk" is `body`; /start enters it, and other texts are echoed
---@return fun(text: string, chat: integer?) say
---@return fun(count: integer, chat: integer?): string[] texts what the bot has sent (to a chat),
---once there are `count` in all
return function(sim)
  local function start(body, options, fields)
    fields = fields or {}
    return flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      local conversations = tg.conversations(%s)
      bot:use(conversations)
      bot:catch(function(err) bot.api.send_message { chat_id = err.ctx.chat_id,
        text = "error: " .. tostring(err.error):gsub("^.-:%%d+: ", "") } end)
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:command("cancel", function(ctx) ctx:reply("cancelled " .. ctx:exit()) end)
      bot:conversation("talk", %s)
      bot:on("message:text", function(ctx) ctx:reply("other: " .. ctx.text) end)
      tg.run(bot, %s)]]):format(fields.before or "", options or "", body, fields.run or "{}"),
      fields.args)
  end

  local function say(text, chat) sim:update(flow.message(text, { chat = chat or 1 })) end

  local function texts(count, chat)
    local list = {}
    for _, call in ipairs(sim:wait_calls("sendMessage", count)) do
      if not chat or call.params.chat_id == chat then list[#list + 1] = call.params.text end
    end
    return list
  end

  return start, say, texts
end
