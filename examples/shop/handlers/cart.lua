-- The cart: a message that changes with each press.
local tg = require "tgrunner"
local cart = require "cart"
local goods = require "goods"

local composer = tg.Composer()

local function view(items)
  if cart.is_empty(items) then return "Your cart is empty. /start shows what there is." end
  local keyboard = tg.InlineKeyboard()
  for _, item in ipairs(goods) do
    if items[item.id] then
      keyboard:text("− " .. item.name, "less:" .. item.id):text("+", "more:" .. item.id):row()
    end
  end
  return cart.text(items), { reply_markup = keyboard:text("Order", "order") }
end

local function show(ctx) ctx:reply(view(ctx.session.cart)) end

composer:command("cart", show)
composer:callback_query("cart", function(ctx)
  ctx:answer_callback_query()
  show(ctx)
end)

composer:callback_query(tg.pattern "^(%a+):(%w+)$", function(ctx, next)
  local what, id = ctx.match[1], ctx.match[2]
  if not goods[id] or (what ~= "more" and what ~= "less") then return next() end
  cart.add(ctx.session.cart, id, what == "more" and 1 or -1)
  ctx:answer_callback_query()
  ctx:edit_message_text(view(ctx.session.cart))
end)

composer:callback_query("order", function(ctx)
  ctx:answer_callback_query()
  if cart.is_empty(ctx.session.cart) then return show(ctx) end
  ctx:exit "checkout" -- begins anew if there is one
  ctx:enter "checkout"
end)

return composer
