-- A cart: how many of each, by id. It is a plain table, so that a session can hold it.
local goods = require "goods"

local cart = {}

function cart.add(items, id, count)
  local number = math.max((items[id] or 0) + count, 0)
  items[id] = number > 0 and number or nil
end

function cart.is_empty(items) return next(items) == nil end

function cart.are_equal(items, others)
  for id, count in pairs(items) do
    if others[id] ~= count then return false end
  end
  for id in pairs(others) do
    if not items[id] then return false end
  end
  return true
end

function cart.total(items)
  local sum = 0
  for id, count in pairs(items) do sum = sum + goods[id].price * count end
  return sum
end

--- One line for each, in the order of the catalogue, and the sum.
function cart.text(items)
  local lines = {}
  for _, item in ipairs(goods) do
    local count = items[item.id]
    if count then
      lines[#lines + 1] = ("%d × %s: %s"):format(count, item.name,
        goods.money(count * item.price))
    end
  end
  lines[#lines + 1] = "Total: " .. goods.money(cart.total(items))
  return table.concat(lines, "\n")
end

return cart
