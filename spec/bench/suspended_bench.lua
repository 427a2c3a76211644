-- Memory of 10,000 suspended handlers behind three middlewares: resident KiB of
-- the process before and after, the update's raw text included. Run: tgrunner-lua spec/bench/suspended_bench.lua
local tg = require "tgrunner"

local function resident()
  for line in io.lines "/proc/self/status" do
    local size = line:match "^VmRSS:%s+(%d+)"
    if size then return tonumber(size) end
  end
end

local COUNT = 10000
local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", {
  me = { id = 123456, is_bot = true, first_name = "b", username = "b" },
})
for _ = 1, 3 do
  bot:use(function(ctx, next)
    ctx.depth = (ctx.depth or 0) + 1
    next()
  end)
end
bot:on("message", function() tg.sleep(3600000) end)

local served = 0
local source = tg.create_source {
  supply = function()
    local batch = {}
    for i = 1, math.min(100, COUNT - served) do
      local id = served + i
      batch[i] = ('{"update_id":%d,"message":{"message_id":%d,"date":1,"text":"hello",'
        .. '"chat":{"id":%d,"type":"private"},"from":{"id":%d,"is_bot":false,'
        .. '"first_name":"Ann"}}}'):format(id, id, id, id)
    end
    served = served + #batch
    if #batch == 0 then tg.sleep(3600000) end
    return batch
  end,
}
local sink = tg.create_concurrent_sink({
  consume = function(update) bot:handle_update(update) end,
}, print, { concurrency = COUNT })

collectgarbage()
local before, lua_before = resident(), collectgarbage "count"
local runner = tg.create_runner(source, sink):start()
while runner:stats().running < COUNT do tg.sleep(10) end
collectgarbage()
local grown, lua_grown = resident() - before, collectgarbage "count" - lua_before
print(("%d suspended handlers: %.2f KiB resident each, of that %.2f KiB in Lua"):format(
  COUNT, grown / COUNT, lua_grown / COUNT))
os.exit(0)
