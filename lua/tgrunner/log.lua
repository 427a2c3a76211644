--- Log: lines in the host's log, with the bot token redacted by the host.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local log = {}

local function writer(level)
  return function(message, ...)
    local text = tostring(message)
    if select("#", ...) > 0 then
      local ok, made = pcall(string.format, text, ...)
      if not ok then
        errors.usage("tg.log.%s: %s", level, (made:gsub("'[%a.]*format'", "'" .. level .. "'")))
      end
      text = made
    end
    host.log(level, text)
  end
end

---@alias tgrunner.LogFunction fun(message: any, ...: any) with more arguments, message is a format

---@type tgrunner.LogFunction
log.debug = writer "debug"
---@type tgrunner.LogFunction
log.info = writer "info"
---@type tgrunner.LogFunction
log.warn = writer "warn"
---@type tgrunner.LogFunction
log.error = writer "error"

return log
