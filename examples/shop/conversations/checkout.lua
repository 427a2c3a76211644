-- The order: asks for the address, then for a yes, and keeps it.
local tg = require "tgrunner"
local cart = require "cart"

local WAIT <const> = { timeout_ms = 60 * 60 * 1000 }

local function too_late(conv)
  conv:reply "No answer for an hour? Your cart is still there: /cart"
end

-- A command is no address: it goes on to its handler.
local function is_address(ctx)
  return ctx:has "message:text" and not ctx.text:find "^/"
end

-- Shows what is ordered, again until it is what the cart still holds when "Buy" is pressed.
-- Returns the press and what was ordered, or nothing.
local function confirm(conv, ctx, address)
  while true do
    -- The session is that of the update at work: each has its own.
    local items = ctx.session.cart
    if cart.is_empty(items) then
      conv:reply "Your cart is empty. /start shows what there is."
      return nil
    end
    conv:reply(("%s\nTo: %s"):format(cart.text(items), address), {
      reply_markup = tg.InlineKeyboard():text("Buy", "checkout:yes"):text("Not now", "checkout:no"),
    })
    ctx = conv:wait_for_callback_query(tg.pattern "^checkout:(%a+)$", WAIT)
    if not ctx then
      too_late(conv)
      return nil
    end
    local is_no, is_same = ctx.match[1] == "no", cart.are_equal(items, ctx.session.cart)
    ctx:answer_callback_query(not is_no and not is_same and "Your cart has changed." or nil)
    if is_no then
      ctx:edit_message_text "As you wish: /cart"
      return nil
    end
    if is_same then return ctx, items end
  end
end

return function(orders)
  return function(conv)
    conv:reply "Where shall it go?"
    local answer = conv:wait_until(is_address, WAIT)
    if not answer then return too_late(conv) end
    local address = answer.text
    local press, items = confirm(conv, answer, address)
    if not press then return end

    local number = orders:add(press.user_id, {
      items = items, total = cart.total(items), address = address,
    })
    press.session.cart = {}
    -- The order is kept: whether the message can still be edited must not undo the rest.
    local thanks = ("Thank you! Your order is No. %d."):format(number)
    if not pcall(press.edit_message_text, press, thanks) then conv:reply(thanks) end
  end
end
