--- Escape: text of unknown content for messages with a parse_mode. tg.fmt needs none of this.
local escape = {}

local html_names = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

--- For parse_mode "HTML".
--- Source: Bot API, Formatting options, HTML style.
---@param text string|number
---@return string
function escape.html(text)
  return (tostring(text):gsub('[&<>"]', html_names))
end

--- For parse_mode "MarkdownV2", outside of code and links.
--- Source: Bot API, Formatting options, MarkdownV2 style.
---@param text string|number
---@return string
function escape.markdown(text)
  return (tostring(text):gsub("[_*%[%]()~`>#+%-=|{}.!\\]", "\\%0"))
end

return escape
