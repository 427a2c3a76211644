--- Source: the text of a script that a subcommand looks at or runs.
local source = {}

--- Reads a script.
---@param path string
---@return string? text
---@return string? problem in a line, when there is none
function source.read(path)
  local file, problem = io.open(path, "rb")
  if not file then return nil, "cannot open script " .. problem end
  local text, mistake = file:read "a"
  file:close()
  if not text then return nil, ("cannot read script %s: %s"):format(path, mistake) end
  return text
end

--- The text as Lua reads it: a byte order mark and a first line with # are skipped, as by the host;
--- lines keep their numbers.
---@param text string
---@return string
function source.plain(text)
  return (text:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", ""))
end

--- Compiles a script.
---@param text string
---@param path string
---@return function? chunk
---@return string? mistake which names the script
function source.compile(text, path)
  local chunk, mistake = load(source.plain(text), "@" .. path, "t")
  if chunk or text:byte() ~= 27 then return chunk, mistake end
  return nil, ("%s: a script is text; this one is compiled already"):format(path)
end

return source
