-- Files both ways: what is sent to the bot goes to disk and back; /table is made while it is sent.
-- Try it: tgrunner-lua --sim examples/files.lua   then type /table
local tg = require "tgrunner"
local bot = tg.Bot()

-- Whatever its size, a file is streamed: it is never in memory as a whole.
bot:on(":file", function(ctx)
  local path = os.tmpname()
  local _ <close> = setmetatable({}, { __close = function() os.remove(path) end })
  ctx:get_file():download(path)
  local file <close> = assert(io.open(path, "rb"))
  ctx:reply(("Got %d bytes. Here they are again:"):format(file:seek "end"))
  ctx:reply_with_document(tg.InputFile(path, "copy.bin"))
end)

-- An iterator gives the pieces of a file when the network is ready for them. It may wait, too.
local function squares(count)
  local n = 0
  return function()
    n = n + 1
    if n <= count then return ("%d,%d\n"):format(n, n * n) end
  end
end

bot:command("table", function(ctx)
  ctx:reply_with_document(tg.InputFile(squares(1000), "squares.csv"), { caption = "Squares" })
end)

bot:on("message:text", function(ctx) ctx:reply "Send me a file, or /table." end)

tg.run(bot)
