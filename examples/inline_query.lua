-- Inline mode: "@YourBot heart" in any chat offers results; the user picks what is sent.
-- Try it: tgrunner-lua --sim=8081 examples/inline_query.lua   and, in another terminal:
-- curl localhost:8081/sim/updates -d '{"inline_query":{"id":"1","query":"heart","offset":"",
--   "from":{"id":5,"is_bot":false,"first_name":"Ann"}}}'
-- (For a real bot, switch inline mode on with @BotFather.)
local tg = require "tgrunner"
local bot = tg.Bot()

local faces = {
  { "heart", "❤️" }, { "broken heart", "💔" }, { "smile", "🙂" }, { "tears of joy", "😂" },
}

bot:on("inline_query", function(ctx)
  local wanted = ctx.inline_query.query:lower()
  local results = {}
  for i, face in ipairs(faces) do
    local name, text = table.unpack(face)
    if name:find(wanted, 1, true) then
      results[#results + 1] = tg.InlineQueryResultBuilder.article(tostring(i), name .. " " .. text)
        :text(text)
    end
  end
  ctx:answer_inline_query(results, { cache_time = 300 })
end)

bot:on("message:text", function(ctx)
  ctx:reply "Type my name in any chat, then what you are looking for."
end)

tg.run(bot)
