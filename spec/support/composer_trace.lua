--- A composer over a fake host, and middleware that notes what becomes of an update.
local fake_host = require "support.fake_host"

--- What specs of composers work with.
---@class ComposerTrace
---@field tg table
---@field host FakeHost
---@field composer table
---@field seen string[] what was noted
local ComposerTrace = {}

local trace_meta = { __index = ComposerTrace }

--- Middleware that notes a name.
---@param name string
---@return fun()
function ComposerTrace:note(name)
  return function() self.seen[#self.seen + 1] = name end
end

--- Middleware that notes when it is entered and left.
---@param name string
---@return tgrunner.Middleware
function ComposerTrace:around(name)
  return function(_, next)
    self.seen[#self.seen + 1] = name .. ">"
    next()
    self.seen[#self.seen + 1] = "<" .. name
  end
end

--- A context of an update, or of a message.
---@param update table
---@return table
function ComposerTrace:context(update)
  if not update.update_id then update = { update_id = 1, message = update } end
  return require("tgrunner.context").maker(self.tg.Bot())(update)
end

--- Runs the composer for an update, or a message; its context.
---@param update table?
---@return table
function ComposerTrace:run(update)
  local run_all = self.composer._composed_run or self.composer:_run()
  self.composer._composed_run = run_all
  local ctx = self:context(update or { text = "hi", message_id = 1 })
  run_all(ctx)
  return ctx
end

--- What was noted, in one line.
---@return string
function ComposerTrace:traced() return table.concat(self.seen, " ") end

local composer_trace = {}

--- A composer without middleware.
---@return ComposerTrace
function composer_trace.new()
  local tg, host = fake_host.load()
  return setmetatable({ tg = tg, host = host, composer = tg.Composer(), seen = {} }, trace_meta)
end

--- A message with a command.
---@param text string
---@param length integer of the command
---@return table
function composer_trace.command(text, length)
  return { text = text, entities = { { type = "bot_command", offset = 0, length = length } } }
end

return composer_trace
