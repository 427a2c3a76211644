-- The orders of the shop, in a storage: the same kind that sessions have.
local orders = {}
orders.__index = orders

function orders.new(storage)
  return setmetatable({ storage = storage }, orders)
end

--- The orders of a person, oldest first.
function orders:of(user_id)
  return self.storage.read("orders:" .. user_id) or {}
end

--- Adds an order; returns its number. (bot.lua sequentializes updates by person, so nothing is lost
--- between the read and the write, whatever chats they come from.)
function orders:add(user_id, order)
  local list = self:of(user_id)
  list[#list + 1] = order
  self.storage.write("orders:" .. user_id, list)
  return #list
end

return orders
