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

return function(orders)
  return function(conv)
    conv:reply "Where shall it go?"
    local answer = conv:wait_until(is_address, WAIT)
    if not answer then return too_late(conv) end
    local address = answer.text

    -- From here on the session is that of the answer: each update has its own.
    conv:reply(("%s\nTo: %s"):format(cart.text(answer.session.cart), address), {
      reply_markup = tg.InlineKeyboard():text("Buy", "checkout:yes"):text("Not now", "checkout:no"),
    })
    local press = conv:wait_for_callback_query(tg.pattern "^checkout:(%a+)$", WAIT)
    if not press then return too_late(conv) end
    press:answer_callback_query()
    if press.match[1] == "no" then return press:edit_message_text "As you wish: /cart" end

    local items = press.session.cart
    local number = orders:add(press.user_id, {
      items = items, total = cart.total(items), address = address,
    })
    press.session.cart = {}
    press:edit_message_text(("Thank you! Your order is No. %d."):format(number))
  end
end
