-- What is sold. Prices are in cents: money is never a float.
local goods = {
  { id = "tea", name = "Green tea", price = 450 },
  { id = "mug", name = "Mug", price = 900 },
  { id = "pot", name = "Teapot", price = 2400 },
}

for _, item in ipairs(goods) do goods[item.id] = item end

--- 450 → "4.50 €"
function goods.money(cents)
  return ("%d.%02d €"):format(cents // 100, cents % 100)
end

return goods
