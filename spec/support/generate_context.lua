--- Makes lua/library/tgrunner/context.lua, the shortcuts of ctx for editors, out of
--- tgrunner.shortcuts and lua/library/tgrunner/methods.lua.
---
--- lua5.4 spec/support/generate_context.lua, in the root of the repository.
local generate = {}

generate.path = "lua/library/tgrunner/context.lua"

local function read(path)
  local file = assert(io.open(path))
  local text = file:read "a"
  file:close()
  return text
end

-- "sendMessage" → what it returns, and the types of its parameters.
local function library()
  local returns, types, class = {}, {}, nil
  for line in read("lua/library/tgrunner/methods.lua"):gmatch "[^\n]+" do
    class = line:match "^%-%-%-@class telegram%.(%w+)" or class
    local name, text = line:match "^%-%-%-@field ([%w_]+%??) (%S+)"
    if name and text ~= "fun(params:" then
      local method = class:gsub("Options$", ""):gsub("Params$", "")
      types[method] = types[method] or {}
      types[method][name:gsub("%?$", "")] = text
    end
    local method, result = line:match "^%-%-%-@field (%w+) fun%(.-%): (%S+)"
    if method then returns[method] = result end
  end
  return returns, types
end

-- Kind of update → type.
local function update_fields()
  local block = read("lua/library/tgrunner/types.lua")
    :match "%-%-%-@class telegram%.Update\n(.-)\n\n"
  local kinds = {}
  for name, kind in block:gmatch "%-%-%-@field ([%w_]+)%?? (%S+)" do kinds[name] = kind end
  return kinds
end

local function field(shortcut, returns, types)
  local method = shortcut.method
  local class = method:sub(1, 1):upper() .. method:sub(2)
  local arguments = { "self: tgrunner.Context" }
  for _, position in ipairs(shortcut.facts.positions) do
    local kind = types[class] and types[class][position.name] or "any"
    if position.name == "text" then kind = "string|tgrunner.FormattedText" end
    if shortcut.name == "react" then kind = "string|table" end
    local mark = position.optional and "?" or ""
    table.insert(arguments, ("%s%s: %s"):format(position.name, mark, kind))
  end
  local options = ("telegram.%sOptions"):format(class)
  if shortcut.facts.text then options = "string|" .. options end
  if next(shortcut.facts.kinds) then arguments[#arguments + 1] = "other?: " .. options end
  return ("---@field %s fun(%s): %s %s"):format(
    shortcut.name, table.concat(arguments, ", "), returns[method], method)
end

--- The text of the file.
---@return string
function generate.text()
  local returns, types = library()
  local lines = {
    "---@meta _",
    "-- Shortcuts of ctx, for editors with LuaLS; never loaded.",
    "-- Made by spec/support/generate_context.lua: do not edit.",
    "",
    "---@class tgrunner.Context",
  }
  local kinds = update_fields()
  for _, kind in ipairs(require("tgrunner.queries").kind_names()) do
    lines[#lines + 1] = ("---@field %s? %s"):format(kind, kinds[kind])
  end
  for _, shortcut in ipairs(require("tgrunner.shortcuts").all()) do
    lines[#lines + 1] = field(shortcut, returns, types)
  end
  return table.concat(lines, "\n") .. "\n"
end

--- The text of the file as it is in the repository.
---@return string
function generate.present() return read(generate.path) end

if arg and arg[0] and arg[0]:find "generate_context%.lua$" then
  package.path = "lua/?.lua;" .. package.path
  local text = generate.text()
  local file = assert(io.open(generate.path, "w"))
  file:write(text)
  file:close()
end

return generate
