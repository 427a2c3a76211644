--- Escape: text of unknown content for messages with a parse_mode. tg.fmt needs none of this.
local errors = require "tgrunner.errors"

local escape = {}

local function check(name, text)
  if type(text) == "string" or type(text) == "number" then return tostring(text) end
  errors.usage("tg.%s takes text (got a %s)", name, type(text))
end

local html_names = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

--- For parse_mode "HTML".
--- Source: Bot API, Formatting options, HTML style.
---@param text string|number
---@return string
function escape.html(text)
  return (check("escape_html", text):gsub('[&<>"]', html_names))
end

--- For parse_mode "MarkdownV2", outside of code and links.
--- Source: Bot API, Formatting options, MarkdownV2 style.
---@param text string|number
---@return string
function escape.markdown(text)
  return (check("escape_markdown", text):gsub("[_*%[%]()~`>#+%-=|{}.!\\]", "\\%0"))
end

return escape
