--- JSON: the host's codec for scripts, and what tells empty tables and null apart.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local json = {}

--- A value as JSON text. An empty table is `[]` unless it was made by tg.object. Raises on values
--- that JSON has no form for.
---@type fun(value: any): string
json.encode = host.encode

--- The value of a JSON text. null is tg.null; integers stay integers. Raises on text that is not
--- JSON.
---@type fun(text: string): any
json.decode = host.decode

--- What scripts see: tg.json.
json.codec = { encode = json.encode, decode = json.decode }

local function marked(name, meta)
  return function(value)
    if value == nil then value = {} end
    if type(value) ~= "table" then
      errors.usage("tg.%s takes a table (got a %s)", name, type(value))
    end
    return setmetatable(value, meta)
  end
end

--- Marks a table as an array: it is `[]` when it is empty.
---@type fun(value?: table): table
json.array = marked("array", host.array_meta)

--- Marks a table as an object: it is `{}` when it is empty.
---@type fun(value?: table): table
json.object = marked("object", host.object_meta)

--- JSON's null, where nil would mean absent.
---@type lightuserdata
json.null = host.null

return json
