-- What there is, with a button for each.
local tg = require "tgrunner"
local cart = require "cart"
local goods = require "goods"

local composer = tg.Composer()

local function keyboard()
  local made = tg.InlineKeyboard()
  for _, item in ipairs(goods) do
    made:text(("%s, %s"):format(item.name, goods.money(item.price)), "add:" .. item.id):row()
  end
  return made:text("Cart", "cart")
end

composer:command("start", function(ctx)
  ctx:reply("Welcome! What would you like?", { reply_markup = keyboard() })
end)

composer:callback_query(tg.pattern "^add:(%w+)$", function(ctx)
  local item = goods[ctx.match[1]]
  if not item then return ctx:answer_callback_query "That is sold out." end -- an old button
  cart.add(ctx.session.cart, item.id, 1)
  ctx:answer_callback_query(("%s: %d"):format(item.name, ctx.session.cart[item.id]))
end)

return composer
