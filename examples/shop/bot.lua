-- A small shop, in several files: what is sold, a cart per person, and an order that asks for an
-- address. This file puts the parts together.
-- Try it:  tgrunner-lua --sim examples/shop/bot.lua shop.db   then type /start
-- Test it: tgrunner-lua examples/shop/spec/shop_spec.lua
local tg = require "tgrunner"
local bot = tg.Bot()

-- Carts and orders are kept in the database that is named on the command line.
local path = arg[1]
local orders = require "orders".new(path and tg.storage.sqlite(path) or tg.storage.memory())

-- A cart belongs to a person in a chat.
local function get_session_key(ctx)
  return ctx.chat_id and ctx.user_id and ("%d:%d"):format(ctx.chat_id, ctx.user_id)
end

-- One after another: what shares a cart, and what shares a person's orders.
bot:use(tg.sequentialize(function(ctx)
  local user = ctx.user_id and ("orders of %d"):format(ctx.user_id)
  return { get_session_key(ctx), user }
end))
bot:use(tg.session {
  get_session_key = get_session_key,
  initial = function() return { cart = {} } end,
  storage = path and tg.storage.sqlite(path),
})
bot:use(tg.conversations())
bot:conversation("checkout", require "conversations.checkout"(orders))

-- Composers of their own, in the order in which they see an update.
bot:use(require "handlers.catalogue")
bot:use(require "handlers.cart")
bot:use(require "handlers.orders"(orders))
bot:on("callback_query", function(ctx)
  ctx:answer_callback_query "That button is of no use now."
end)
bot:on("message", function(ctx) ctx:reply "I know /start, /cart, /orders and /cancel." end)

bot:catch(function(err)
  tg.log.error("%s\n%s", tostring(err.error), err.traceback or "")
  if err.ctx.chat_id then pcall(err.ctx.reply, err.ctx, "Something went wrong. Try again.") end
end)

tg.run(bot)
