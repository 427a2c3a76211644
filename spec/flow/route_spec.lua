local flow = require "support.flow"

-- A bot of random filters, and what becomes of updates in it: as the host hands them over, as raw
-- updates in Lua, and as decoded tables, where each filter is evaluated on its own.
local bot_text = [[
local tg = require "tgrunner"
local file, seed = arg[1], tonumber(arg[2])
math.randomseed(seed)

local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  { me = { id = 1, is_bot = true, username = "TheBot" } })
local trace = {}
local numbers = 0

local function note(ctx, number)
  local match = ctx.match
  if type(match) == "table" then match = match[0] end
  local id = ctx.update_id
  trace[id] = (trace[id] or "") .. (" %d:%s"):format(number, tostring(match))
end

local function handler()
  numbers = numbers + 1
  local number, goes_on = numbers, math.random(3) > 1
  if not goes_on and math.random(2) == 1 then return function(ctx) note(ctx, number) end end
  return function(ctx, next)
    note(ctx, number)
    if ctx.update_id % 5 == number % 5 then ctx.update.note = true end -- decodes it
    if goes_on then next() end
  end
end

local queries = { "message", "message:text", ":photo", ":caption", "callback_query:data", "poll",
  "::bot_command", "edited_message:text", "message:entities:url", "inline_query", ":media",
  { "message:voice", "callback_query" }, "chat_member", "msg:new_chat_members:me" }
local commands = { "start", "help", { "start", "stop" }, "start@TheBot", "st", "HELP" }
local texts = { "hi", "/start", tg.pattern "^/s", function(text) return #text > 3 and text end }

local function any(list) return list[math.random(#list)] end

local grow
local function child(depth)
  if depth == 0 or math.random(2) == 1 then return handler() end
  local inner = tg.Composer()
  grow(inner, depth - 1)
  return inner
end

local makers = {
  function(it, ...) it:on(any(queries), ...) end,
  function(it, ...) it:on(any(queries), ...) end,
  function(it, ...) it:command(any(commands), ...) end,
  function(it, ...) it:hears(any(texts), ...) end,
  function(it, ...) it:callback_query(any { "yes", tg.pattern "n" }, ...) end,
  function(it, ...) it:reaction("x", ...) end,
  function(it, ...) it:chat_type("private", ...) end,
  function(it, ...) it:filter(function(ctx) return ctx.update_id % 2 == 0 end, ...) end,
  function(it, ...) it:branch(tg.Context.has.command "start", ..., handler()) end,
  function(it, ...) it:drop(tg.Context.has.filter_query(any(queries)), ...) end,
}

function grow(it, depth)
  for _ = 1, math.random(5) do any(makers)(it, child(depth)) end
  if math.random(3) == 1 then it:use(handler()) end
end

grow(bot, 3)
local updates = {}
for line in io.lines(file) do updates[#updates + 1] = line end

local function traced(update)
  trace = {}
  bot:handle_update(update)
  return select(2, next(trace)) or ""
end

-- In updates null is absent.
local function without_null(value)
  for key, item in pairs(value) do
    if item == tg.null then
      value[key] = nil
    elseif type(item) == "table" then
      without_null(item)
    end
  end
  return value
end

local runner = bot:start()
while runner:stats().done < #updates do tg.sleep(5) end
local by_host, differing = trace, 0
runner:stop()
for _, text in ipairs(updates) do
  local update = without_null(tg.json.decode(text))
  local expected, by_raw = traced(update), traced(text)
  local host_says = by_host[update.update_id] or ""
  if expected ~= by_raw or expected ~= host_says then
    differing = differing + 1
    print(("%s\n  decoded:%s\n  raw:%s\n  host:%s"):format(text, expected, by_raw, host_says))
  end
end
print(("%d updates, %d differ"):format(#updates, differing))
]]

local function any(list) return list[math.random(#list)] end

local texts = {
  '"hi"', '"/start"', '"/start now"', '"/start@TheBot x"', '"/start@Other"', '"/started"',
  '"/help"', '""', '"\\/start"', '"\\u002fstart"', '"/st\\u0061rt"', '"/HELP"', '"/s"', '"/"',
  "null", '"see x.org"',
}
local entities = {
  '[{"type":"bot_command","offset":0,"length":6}]', '[]', "null",
  '[{"offset":0,"length":5,"type":"bot_command"}]',
  '[{"type":"url","offset":4,"length":5},{"type":"bot_command","offset":0,"length":6}]',
  '[{"type":"bot_command","offset":3,"length":6}]',
  '[{"type":"bot\\u005fcommand","offset":0,"length":6}]',
  '[{"type":"bot_command","offset":0,"length":14}]', '[{"type":"url","offset":4,"length":5}]',
}
local members = {
  function() return '"text":' .. any(texts) end,
  function() return '"text":' .. any(texts) .. ',"entities":' .. any(entities) end,
  function() return '"caption":' .. any(texts) .. ',"caption_entities":' .. any(entities) end,
  function() return '"photo":' .. any { "[]", "null", '[{"file_id":"1"}]' } end,
  function() return any { '"t\\u0065xt":"/start"', '"voice" : {}', '"date": 5', '"video":false' } end,
  function() return '"new_chat_members":' .. any { '[{"id":1}]', '[{"id":2}]' } end,
}
local objects = {
  message = function() return any(members)() end,
  edited_message = function() return any(members)() end,
  channel_post = function() return any(members)() end,
  callback_query = function() return any { '"data":"yes"', '"data":"no"', '"game_short_name":"g"' } end,
  inline_query = function() return '"query":"yes"' end,
  message_reaction = function()
    return '"old_reaction":[],"new_reaction":' .. any { "[]", '[{"type":"emoji","emoji":"x"}]' }
  end,
  poll = function() return '"question":"?"' end,
  chat_member = function() return '"date":1' end,
  of_tomorrow = function() return '"text":"/start"' end,
}
local kinds = {}
for kind in pairs(objects) do kinds[#kinds + 1] = kind end
table.sort(kinds)

local function random_update(id)
  local kind = any(kinds)
  local parts = { '"from":{"id":5,"is_bot":false,"first_name":"Ann"}' }
  if kind ~= "inline_query" and kind ~= "poll" then
    table.insert(parts, '"chat":{"id":' .. any { 5, -7 } .. ',"type":"'
      .. any { "private", "group" } .. '"}')
  end
  if math.random(8) > 1 then table.insert(parts, math.random(#parts + 1), objects[kind]()) end
  return ('{"update_id":%d,"%s":{%s}}'):format(id, kind, table.concat(parts, ","))
end

describe("updates that are told apart by their raw bytes", function()
  after_each(flow.clean_up)

  local function run(seed)
    local sim = flow.sim()
    math.randomseed(seed)
    local updates = {}
    for i = 1, 60 do updates[i] = random_update(seed * 1000 + i) end
    sim:answer { method = "getUpdates", times = 1,
      body = '{"ok":true,"result":[' .. table.concat(updates, ",") .. "]}" }
    local file = flow.file(table.concat(updates, "\n") .. "\n", "updates")
    local bot = flow.bot(sim, bot_text, nil, { args = { file, tostring(seed) } })
    bot:wait_for("out", "updates, %d+ differ")
    assert.matches("^60 updates, 0 differ", bot:out())
  end

  for seed = 1, 16 do
    it(("reach the handlers that they reach when decoded (%d)"):format(seed), function()
      run(seed)
    end)
  end
end)
