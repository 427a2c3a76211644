--- Say: what subcommands print. No token leaves through here.
local host = require "tgrunner.host"

local say = {}

--- A line on standard output.
---@param text string
function say.line(text)
  print(host.redact(text))
end

--- "tgrunner-lua: …" on standard error.
---@param message string
---@param ... any with more arguments, message is a format
function say.wrong(message, ...)
  if select("#", ...) > 0 then message = message:format(...) end
  io.stderr:write("tgrunner-lua: ", host.redact(message), "\n")
end

return say
