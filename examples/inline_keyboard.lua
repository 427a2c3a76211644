-- Buttons below a message: each press is a callback query that has to be answered.
-- Try it: tgrunner-lua --sim examples/inline_keyboard.lua   then type /count, and [+] to press
local tg = require "tgrunner"
local bot = tg.Bot()

-- What a button stands for is in its data, 64 bytes at most: the bot keeps nothing.
local function keyboard(count)
  return tg.InlineKeyboard()
    :text("−", "count:" .. count - 1)
    :text(tostring(count), "show")
    :text("+", "count:" .. count + 1)
end

bot:command("count", function(ctx)
  ctx:reply("How many?", { reply_markup = keyboard(0) })
end)

-- A Lua pattern; its captures are in ctx.match.
bot:callback_query(tg.pattern "^count:(-?%d+)$", function(ctx)
  local count = math.tointeger(ctx.match[1])
  ctx:answer_callback_query() -- ends the button's progress circle
  ctx:edit_message_reply_markup { reply_markup = keyboard(count) }
end)

bot:callback_query("show", function(ctx)
  ctx:answer_callback_query { text = "Press + or −.", show_alert = true }
end)

-- Buttons of older versions of this bot should not spin for ever.
bot:on("callback_query", function(ctx) ctx:answer_callback_query "This button is too old." end)

tg.run(bot)
