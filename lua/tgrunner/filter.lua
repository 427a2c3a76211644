--- Filter: filter queries ("message:text", ":photo", "::url") compiled to one predicate each.
---
--- Source: behaviour follows grammY's filter queries. Ours: of `{ "message", "message:text" }`
--- the wider one wins (the reference forgets it); an unknown query suggests the nearest valid one.
local choices = require "tgrunner.choices"
local errors = require "tgrunner.errors"
local queries = require "tgrunner.queries"
local suggest = require "tgrunner.suggest"

local filter = {}

local kinds = queries.kinds
local kind_shortcuts = queries.kind_shortcuts
local content_shortcuts = queries.content_shortcuts

---@class tgrunner.Path
---@field [1] string kind
---@field [2] string? content
---@field [3] string? detail

-- ---- from text to paths -----------------------------------------------------------------------

local function split(query)
  local parts = {}
  for part in (query .. ":"):gmatch("([^:]*):") do parts[#parts + 1] = part end
  return parts
end

local function is_empty(part) return part == nil or part == "" end

-- The kinds a first part stands for, given what follows it.
local function expand_kind(kind, content, detail)
  local targets = kind_shortcuts[kind]
  if not targets or (kind == "" and is_empty(content) and is_empty(detail)) then return { kind } end
  if content == nil then return targets end
  if content_shortcuts[content] and not (content == "" and is_empty(detail)) then
    return targets
  end
  local fitting = {}
  for _, target in ipairs(targets) do
    if kinds[target][content] then fitting[#fitting + 1] = target end
  end
  return fitting
end

local function expand_content(kind, content, detail)
  local targets = content_shortcuts[content]
  if not targets or (content == "" and is_empty(detail)) then return { content } end
  if detail == nil then return targets end
  local fitting = {}
  for _, target in ipairs(targets) do
    local details = kinds[kind] and kinds[kind][target]
    if details and details[detail] then fitting[#fitting + 1] = target end
  end
  return fitting
end

local function is_valid(kind, content, detail)
  local contents = kinds[kind]
  if not contents then return false end
  if content == nil then return true end
  local details = contents[content]
  if not details then return false end
  return detail == nil or details[detail] ~= nil
end

-- The paths of one query; nil when it is not valid.
---@return tgrunner.Path[]?
local function parse(query)
  local parts = split(query)
  local kind, content, detail = parts[1], parts[2], parts[3]
  if #parts > 3 then return nil end
  local paths = {}
  for _, l1 in ipairs(expand_kind(kind, content, detail)) do
    if content == nil then
      paths[#paths + 1] = { l1 }
    else
      for _, l2 in ipairs(expand_content(l1, content, detail)) do
        paths[#paths + 1] = { l1, l2, detail }
      end
    end
  end
  for _, path in ipairs(paths) do
    if not is_valid(path[1], path[2], path[3]) then return nil end
  end
  return #paths > 0 and paths or nil
end

-- ---- what to say about an unknown query --------------------------------------------------------

local function add_names(names, kind, contents)
  for content, details in pairs(contents) do
    names[#names + 1] = kind .. ":" .. content
    for detail in pairs(details) do names[#names + 1] = kind .. ":" .. content .. ":" .. detail end
  end
end

-- The contents that stand behind a first part: of the kind, or of all a shortcut stands for.
local function contents_of(targets)
  local all = {}
  for _, kind in ipairs(targets) do
    for content, details in pairs(kinds[kind]) do all[content] = details end
  end
  for shortcut, contents in pairs(content_shortcuts) do
    local details = {}
    for _, content in ipairs(contents) do
      for detail in pairs(all[content] or {}) do details[detail] = true end
    end
    if all[contents[1]] and shortcut ~= "" then all[shortcut] = details end
    if all.entities and shortcut == "" then all[""] = details end
  end
  return all
end

--- Every valid query, shortcuts included: for suggestions and completion. Unsorted.
---@return string[]
function filter.all()
  local names = {}
  for kind in pairs(kinds) do
    names[#names + 1] = kind
    add_names(names, kind, contents_of({ kind }))
  end
  for shortcut, targets in pairs(kind_shortcuts) do
    if shortcut ~= "" then names[#names + 1] = shortcut end
    add_names(names, shortcut, contents_of(targets))
  end
  local valid = {}
  for _, name in ipairs(names) do
    if parse(name) then valid[#valid + 1] = name end
  end
  return valid
end

local function sorted_keys(set)
  local keys = {}
  for key in pairs(set) do
    if key ~= "" then keys[#keys + 1] = key end
  end
  table.sort(keys)
  return table.concat(keys, ", ")
end

-- What could stand where the query goes wrong.
local function permitted(query)
  local parts = split(query)
  if #parts > 3 then return "a filter query has three parts at most" end
  local targets = kind_shortcuts[parts[1]] or (kinds[parts[1]] and { parts[1] })
  if not targets then return "an update is one of: " .. sorted_keys(kinds) end
  local contents = contents_of(targets)
  local details = contents[parts[2]]
  if not details or parts[2] == "" and is_empty(parts[3]) and #parts < 3 then
    if not next(contents) then return ("nothing can follow '%s'"):format(parts[1]) end
    return ("after '%s:' can stand: %s"):format(parts[1], sorted_keys(contents))
  end
  if next(details) and #parts == 3 then
    return ("after '%s:%s:' can stand: %s"):format(parts[1], parts[2], sorted_keys(details))
  end
  return ("nothing can follow '%s:%s'"):format(parts[1], parts[2])
end

-- Whether each part is near; of queries with a part more or less, whether all of it is.
local function is_near(parts, others, query, valid)
  if #parts ~= #others then return suggest.distance(query, valid, 1) <= 1 end
  for i, part in ipairs(parts) do
    local limit = math.max(1, #part // 2)
    if suggest.distance(part, others[i], limit) > limit then return false end
  end
  return true
end

-- The valid queries that may be meant: not "::pre" for "::me".
local function near_in_parts(query)
  local parts, near = split(query), {}
  for _, valid in ipairs(filter.all()) do
    if is_near(parts, split(valid), query, valid) then near[#near + 1] = valid end
  end
  return near
end

-- Whether each part is in its counterpart, but for an s at the end: "inline", "::commands".
local function is_within(parts, others)
  if #parts ~= #others then return false end
  for i, part in ipairs(parts) do
    local stem = #part > 3 and part:gsub("s$", "") or part
    local is_in = #part > 3 and others[i]:find(stem, 1, true)
    if part ~= others[i] and not is_in then return false end
  end
  return true
end

-- The shortest valid query that holds this one's parts.
local function containing(query)
  local parts, best = split(query), nil
  for _, valid in ipairs(filter.all()) do
    local is_better = not best or #valid < #best or #valid == #best and valid < best
    if is_better and is_within(parts, split(valid)) then best = valid end
  end
  return best
end

-- The shortest valid query that begins like this one.
local function beginning(query)
  local best
  for _, valid in ipairs(filter.all()) do
    local is_better = not best or #valid < #best or #valid == #best and valid < best
    if is_better and valid:sub(1, #query) == query then best = valid end
  end
  return #query:match "[^:]*$" > 2 and best or nil
end

local function refuse(query)
  if query == "" then
    errors.usage "an empty filter query matches nothing; use bot:use for every update"
  end
  local nearest = suggest.nearest(query, near_in_parts(query)) or containing(query)
    or beginning(query)
  if nearest then
    errors.usage("unknown filter query '%s'; did you mean '%s'?", query, nearest)
  end
  errors.usage("unknown filter query '%s'; %s", query, permitted(query))
end

-- ---- from paths to a predicate -----------------------------------------------------------------

-- What counts as there: grammY's truthiness.
local function is_set(value)
  return value and value ~= 0 and value ~= "" and true or false
end

local function has_detail(detail)
  return function(item)
    if type(item) ~= "table" then return item == detail end
    return is_set(item[detail]) or item.type == detail
  end
end

local function is_me(item, ctx) return item.id == ctx.me.id end

-- Whether an object, or one in a list of objects, has one of the details.
local function details_test(tests)
  local function any(item, ctx)
    for i = 1, #tests do
      if tests[i](item, ctx) then return true end
    end
    return false
  end
  local one = #tests == 1 and tests[1] or any
  return function(value, ctx)
    if type(value) ~= "table" or value[1] == nil then return one(value, ctx) end
    for i = 1, #value do
      if one(value[i], ctx) then return true end
    end
    return false
  end
end

-- content → true, or the test of its details.
local function contents_test(contents)
  local names, tests = {}, {}
  for content, details in pairs(contents) do
    names[#names + 1] = content
    if details ~= true then
      local list = {}
      for detail in pairs(details) do
        list[#list + 1] = detail == "me" and is_me or has_detail(detail)
      end
      tests[#names] = details_test(list)
    end
  end
  if #names == 1 and not tests[1] then
    local name = names[1]
    return function(object) return object[name] ~= nil end
  end
  return function(object, ctx)
    for i = 1, #names do
      local value = object[names[i]]
      if value ~= nil then
        local test = tests[i]
        if not test or (value and test(value, ctx)) then return true end
      end
    end
    return false
  end
end

-- A tree of paths in which a shorter path swallows the longer ones.
local function add_path(tree, path)
  local kind, content, detail = path[1], path[2], path[3]
  if tree[kind] == true then return end
  if content == nil then
    tree[kind] = true
    return
  end
  local contents = tree[kind] or {}
  tree[kind] = contents
  if contents[content] == true then return end
  if detail == nil then
    contents[content] = true
    return
  end
  contents[content] = contents[content] or {}
  contents[content][detail] = true
end

local function kind_predicate(set)
  local first = next(set)
  if next(set, first) == nil then
    return function(ctx) return ctx.kind == first end
  end
  return function(ctx)
    local kind = ctx.kind
    return kind ~= nil and set[kind] == true
  end
end

-- Whether an update that is not decoded yet lacks all of these contents: most updates that do not
-- match are told by their raw bytes. More names than this are looked up faster in a table.
local MOST_NAMES = 4

local function lacks(raw, names)
  for i = 1, #names do
    if raw:has(names[i]) ~= false then return false end
  end
  return true
end

-- The test of one kind of update.
local function kind_test(kind, contents)
  local test, names, is_bare = contents_test(contents), {}, true
  for name, details in pairs(contents) do
    names[#names + 1] = name
    is_bare = is_bare and details == true
  end
  if is_bare and #names == 1 and names[1] == "text" then
    return function(ctx) return ctx._text ~= false end
  end
  local is_raw_worth_it = #names <= MOST_NAMES
  return function(ctx)
    local raw = is_raw_worth_it and ctx._undecoded
    if raw then
      if lacks(raw, names) then return false end
      if is_bare then return true end
    end
    local object = ctx.update[kind]
    return type(object) == "table" and test(object, ctx)
  end
end

local function tree_predicate(tree)
  local tests, plain = {}, true
  for kind, contents in pairs(tree) do
    tests[kind] = contents == true or kind_test(kind, contents)
    plain = plain and contents == true
  end
  if plain then return kind_predicate(tests) end
  return function(ctx)
    local kind = ctx.kind
    local test = kind ~= nil and tests[kind]
    if not test then return false end
    if test == true then return true end
    return test(ctx)
  end
end

-- What raw updates tell: contents that are not null match; of details Lua decides.
---@return tgrunner.Rule
local function rule_of(tree)
  local rule = {}
  for kind, contents in pairs(tree) do
    local item = { kind = kind, sure = true }
    if contents ~= true then
      item.names = {}
      for name, details in pairs(contents) do
        table.insert(item.names, name)
        item.sure = item.sure and details == true
      end
    end
    rule[#rule + 1] = item
  end
  return rule
end

local function is_text(value) return type(value) == "string" end

--- Compiles a filter query, or a list of them of which any may match. Raises at the script's line
--- when one is unknown. A query of kinds alone never decodes the update.
---@param query string|string[]
---@param where string? the function it was given to, for errors
---@return fun(ctx: tgrunner.Context): boolean predicate
---@return string[] kinds the kinds of update that can match, sorted
---@return tgrunner.Rule
function filter.compile(query, where)
  local list = choices.read(where or "on", query, 'a filter query such as "message:text"', is_text)
  local tree, names = {}, {}
  for _, one in ipairs(list) do
    local paths = parse(one)
    if not paths then refuse(one) end
    for _, path in ipairs(paths) do add_path(tree, path) end
  end
  for kind in pairs(tree) do names[#names + 1] = kind end
  table.sort(names)
  return tree_predicate(tree), names, rule_of(tree)
end

local cache = setmetatable({}, { __mode = "v" })

--- The predicate of a query, compiled once: grammY's matchFilter.
---@param query string|string[]
---@param name string? who takes it, in messages
---@return fun(ctx: tgrunner.Context): boolean
function filter.match(query, name)
  local list = choices.read(name or "match_filter", query,
    'a filter query such as "message:text"', is_text)
  local key = table.concat(list, ",")
  local predicate = cache[key]
  if not predicate then
    predicate = filter.compile(query)
    cache[key] = predicate
  end
  return predicate
end

return filter
