-- Run: tgrunner-lua examples/shop/spec/shop_spec.lua   or: busted --lua=tgrunner-lua examples/shop
local testing = require "tgrunner.testing"

local here = debug.getinfo(1, "S").source:match "^@(.*)spec[/\\]" or ""
local function new(...) return testing.new(here .. "bot.lua", { args = { ... } }) end

-- The bot's last message, as it looks now.
local function shown(t)
  local messages = t:messages()
  return messages[#messages].text
end

-- A cart with a mug and two teas, shown.
local function fill(t)
  t:command "start"
  t:click "Mug, 9.00 €"
  t:click "Green tea, 4.50 €"
  t:click "Green tea, 4.50 €"
  t:click "Cart"
end

testing.case("a press puts something into the cart, and says so", function()
  local t = new()
  t:command "start"
  t:click "Green tea, 4.50 €"
  testing.equal("Green tea: 1", t:last("answerCallbackQuery").text)
  t:click "Green tea, 4.50 €"
  testing.equal("Green tea: 2", t:last("answerCallbackQuery").text)
end)

testing.case("the cart can be changed where it is shown", function()
  local t = new()
  fill(t)
  testing.equal("2 × Green tea: 9.00 €\n1 × Mug: 9.00 €\nTotal: 18.00 €", shown(t))
  t:click "− Mug"
  testing.equal("2 × Green tea: 9.00 €\nTotal: 9.00 €", shown(t))
  t:click "− Green tea"
  t:click "− Green tea"
  testing.equal("Your cart is empty. /start shows what there is.", shown(t))
end)

testing.case("everybody has a cart of their own, also in one group", function()
  local t = new()
  t:command("start", { chat = -5 })
  t:click("Mug, 9.00 €", { chat = -5 })
  t:command("cart", { chat = -5, from = 77 })
  testing.equal("Your cart is empty. /start shows what there is.", t:last().text)
  t:command("cart", { chat = -5 })
  testing.equal("1 × Mug: 9.00 €\nTotal: 9.00 €", t:last().text)
end)

testing.case("an order asks for the address and for a yes", function()
  local t = new()
  fill(t)
  t:click "Order"
  testing.equal("Where shall it go?", shown(t))
  t:text "Lane 1, Town"
  testing.equal("2 × Green tea: 9.00 €\n1 × Mug: 9.00 €\nTotal: 18.00 €\nTo: Lane 1, Town",
    shown(t))
  t:click "Buy"
  testing.equal("Thank you! Your order is No. 1.", shown(t))
  t:command "orders"
  testing.equal("No. 1: 18.00 €, to Lane 1, Town", shown(t))
  t:command "cart"
  testing.equal("Your cart is empty. /start shows what there is.", shown(t))
end)

testing.case("commands work amid an order, and /cancel ends it", function()
  local t = new()
  fill(t)
  t:click "Order"
  t:command "orders"
  testing.equal("No orders yet.", shown(t))
  t:command "cancel"
  testing.equal("The order is cancelled; your cart is as it was.", shown(t))
  t:text "Lane 1, Town"
  testing.equal("I know /start, /cart, /orders and /cancel.", shown(t))
end)

testing.case("an order waits an hour for an answer", function()
  local t = new()
  fill(t)
  t:click "Order"
  t:advance(60 * 60 * 1000 - 1)
  testing.equal("Where shall it go?", shown(t))
  t:advance(1)
  testing.equal("No answer for an hour? Your cart is still there: /cart", shown(t))
end)

testing.case("fast presses are all counted", function()
  local t = new()
  t:command "start"
  t:together(function()
    for _ = 1, 5 do t:click "Teapot, 24.00 €" end
  end)
  t:command "cart"
  testing.equal("5 × Teapot: 120.00 €\nTotal: 120.00 €", shown(t))
end)

testing.case("carts and orders outlive the program in a database", function()
  local path = os.tmpname()
  local t = new(path)
  fill(t)
  t:click "Order"
  t:text "Lane 1, Town"
  t:click "Buy"
  t:command "start"
  t:click "Mug, 9.00 €"
  t = new(path) -- the program begins anew
  t:command "cart"
  testing.equal("1 × Mug: 9.00 €\nTotal: 9.00 €", shown(t))
  t:command "orders"
  testing.equal("No. 1: 18.00 €, to Lane 1, Town", shown(t))
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end)

-- Everything up to the question whether it shall be bought.
local function checkout(t, fields)
  t:command("start", fields)
  t:click("Mug, 9.00 €", fields)
  t:command("cart", fields)
  t:click("Order", fields)
  t:text("Lane 1, Town", fields)
end

testing.case("what is bought is what was shown", function()
  local t = new()
  checkout(t)
  t:click "+"
  t:click "+"
  t:click "Buy"
  testing.equal("Your cart has changed.", t:last("answerCallbackQuery").text)
  testing.equal("3 × Mug: 27.00 €\nTotal: 27.00 €\nTo: Lane 1, Town", shown(t))
  t:click "Buy"
  t:command "orders"
  testing.equal("No. 1: 27.00 €, to Lane 1, Town", shown(t))
end)

testing.case("nothing cannot be bought", function()
  local t = new()
  checkout(t)
  t:click "− Mug"
  t:click "Buy"
  testing.equal("Your cart is empty. /start shows what there is.", shown(t))
  t:callback "order" -- a button of an older cart
  testing.equal("Your cart is empty. /start shows what there is.", shown(t))
  t:command "orders"
  testing.equal("No orders yet.", shown(t))
end)

testing.case("\"Not now\" leaves the cart as it is", function()
  local t = new()
  checkout(t)
  t:click "Not now"
  testing.equal("As you wish: /cart", shown(t))
  t:command "orders"
  testing.equal("No orders yet.", shown(t))
  t:command "cart"
  testing.equal("1 × Mug: 9.00 €\nTotal: 9.00 €", shown(t))
end)

testing.case("\"Order\" begins anew amid an order", function()
  local t = new()
  checkout(t)
  t:click "Order"
  testing.equal("Where shall it go?", shown(t))
  t:text "Lane 2, Town"
  t:click "Buy"
  t:command "orders"
  testing.equal("No. 1: 9.00 €, to Lane 2, Town", shown(t))
end)

testing.case("a second press of \"Buy\" buys nothing, but is answered", function()
  local t = new()
  checkout(t)
  t:together(function()
    t:click "Buy"
    t:click "Buy"
  end)
  testing.equal("That button is of no use now.", t:last("answerCallbackQuery").text)
  t:command "orders"
  testing.equal("No. 1: 9.00 €, to Lane 1, Town", shown(t))
end)

testing.case("an order counts although its message cannot be edited", function()
  local t = new()
  checkout(t)
  t:fail("editMessageText", 400, { times = 1 })
  t:click "Buy"
  testing.equal("Thank you! Your order is No. 1.", t:last("sendMessage").text)
  t:command "cart"
  testing.equal("Your cart is empty. /start shows what there is.", shown(t))
end)

testing.case("orders of one person in two groups at once are both kept", function()
  local path = os.tmpname()
  local t = new(path)
  checkout(t, { chat = -5 })
  checkout(t, { chat = -6 })
  t:together(function()
    t:click("Buy", { chat = -5 })
    t:click("Buy", { chat = -6 })
  end)
  t:command "orders"
  testing.equal("No. 1: 9.00 €, to Lane 1, Town\nNo. 2: 9.00 €, to Lane 1, Town", shown(t))
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end)
