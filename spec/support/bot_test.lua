--- A test of a bot, for specs of the testing kit.
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

--- A test of a bot whose handlers `register` adds.
---@param register fun(bot: table)
---@param run table? options of tg.run
---@return table test
return function(register, run)
  return testing.new(function()
    local bot = tg.Bot()
    register(bot)
    tg.run(bot, run)
  end)
end
