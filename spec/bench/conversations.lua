-- Resident memory of the process for each open conversation; see conversations.sh.
local tg = require "tgrunner"

local COUNT <const> = 100000

local function resident() -- KiB
  for line in io.lines "/proc/self/status" do
    local size = line:match "^VmRSS:%s+(%d+)"
    if size then return tonumber(size) end
  end
end

local bot = tg.Bot()
local conversations = tg.conversations { max = COUNT }
bot:use(conversations)
bot:conversation("survey", function(conv)
  local name = conv:wait_for("message:text").text
  local age = conv:wait_for("message:text").text
  conv:reply(name .. age)
end)
bot:on("message:text", function(ctx) ctx:enter "survey" end)

collectgarbage()
local before, lua_before = resident(), collectgarbage "count"
local handle = tg.run(bot)
-- Half of the conversations have had one answer.
while handle:stats().done < COUNT * 1.5 do tg.sleep(10) end
collectgarbage()
collectgarbage()
assert(conversations:size() == COUNT, conversations:size())
print(("%d open conversations: %.2f KiB resident each, %.2f KiB of that by Lua's count"):format(
  COUNT, (resident() - before) / COUNT, (collectgarbage "count" - lua_before) / COUNT))
os.exit(0)
