--- tgrunner: what scripts see as `local tg = require "tgrunner"`.
local api = require "tgrunner.api"
local auto_retry = require "tgrunner.auto_retry"
local bot = require "tgrunner.bot"
local composer = require "tgrunner.composer"
local filter = require "tgrunner.filter"
local fmt = require "tgrunner.fmt"
local host = require "tgrunner.host"
local log = require "tgrunner.log"
local pattern = require "tgrunner.pattern"
local run = require "tgrunner.run"
local tasks = require "tgrunner.tasks"

local tg = {
  _VERSION = host.version,
  Bot = bot.new,
  Composer = composer.new,
  auto_retry = auto_retry.new,
  fmt = fmt,
  log = log,
  match_filter = filter.match,
  pattern = pattern.new,
  snake_name = api.snake_name,
}
for _, part in ipairs { run, tasks } do
  for name, value in pairs(part) do tg[name] = value end
end

return tg
