--- Registered: goes through what a composer has, in the composers within too.
local registered = {}

---@class tgrunner.Found what is wanted of it
---@field each (fun(fn: function))? called for every function
---@field node (fun(node: table))? called for every node
---@field kinds table<string, true>? the kinds that some function is behind
---@field any boolean? whether some function is behind no kind

local visit

local function visit_list(list, within, found)
  for _, middleware in ipairs(list) do visit(middleware, within, found) end
end

local function narrowed(kinds, within)
  if not kinds then return within end
  if not within then return kinds end
  local common = {}
  for _, a in ipairs(kinds) do
    for _, b in ipairs(within) do
      if a == b then common[#common + 1] = a end
    end
  end
  return common
end

local function visit_node(node, within, found)
  if found.node then found.node(node) end
  if node.type == "conversation" then return end
  if node.type == "lazy" then
    visit(node.factory, within, found)
  elseif node.type == "branch" then
    visit_list(node.yes, within, found)
    visit_list(node.no, within, found)
  elseif node.type == "route" then
    for _, list in pairs(node.routes) do visit_list(list, within, found) end
    visit_list(node.fallback, within, found)
  else
    visit(node.child, narrowed(node.kinds, within), found)
  end
end

-- Notes what reaches a function: some kinds, or (within nil) whatever comes.
function visit(middleware, within, found)
  local nodes = type(middleware) == "table" and middleware._nodes
  if nodes then
    for _, node in ipairs(nodes) do visit_node(node, within, found) end
    return
  end
  if found.each then found.each(middleware) end
  if not found.kinds then return end
  if within then
    for _, kind in ipairs(within) do found.kinds[kind] = true end
  else
    found.any = true
  end
end

--- Goes through all of it.
---@param composer tgrunner.Composer
---@param found tgrunner.Found
function registered.visit(composer, found) visit(composer, nil, found) end

--- The kinds that handlers listen to.
---@param composer tgrunner.Composer
---@return string[] kinds that some handler names, sorted
---@return boolean any whether some handler is not behind a filter by kind
function registered.kinds(composer)
  local found = { kinds = {}, any = false }
  visit(composer, nil, found)
  local list = {}
  for kind in pairs(found.kinds) do list[#list + 1] = kind end
  table.sort(list)
  return list, found.any
end

return registered
