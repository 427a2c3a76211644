-- Past orders, and the way out of one that is under way.
local tg = require "tgrunner"
local goods = require "goods"

return function(orders)
  local composer = tg.Composer()

  composer:command("orders", function(ctx)
    local lines = {}
    for number, order in ipairs(orders:of(ctx.user_id)) do
      lines[number] = ("No. %d: %s, to %s"):format(number, goods.money(order.total), order.address)
    end
    ctx:reply(#lines > 0 and table.concat(lines, "\n") or "No orders yet.")
  end)

  composer:command("cancel", function(ctx)
    ctx:reply(ctx:exit "checkout" > 0 and "The order is cancelled; your cart is as it was."
      or "There is nothing to cancel.")
  end)

  return composer
end
