--- Keyboard builder: buttons in rows, as methods that can be chained. What a builder makes is given
--- as `reply_markup` as it is.
---
--- Not here: the kinds of buttons (inline_keyboard.lua, reply_keyboard.lua).
local errors = require "tgrunner.errors"
local keyboard_button = require "tgrunner.keyboard_button"
local options = require "tgrunner.options"

local keyboard_builder = {}

-- Builders whose next button begins a new row: a keyboard's own table holds only what is sent.
local at_row_end = setmetatable({}, { __mode = "k" })

--- A kind of keyboard.
---@class tgrunner.KeyboardKind
---@field name string as scripts call it: "InlineKeyboard"
---@field field string Telegram's name of what holds the rows
---@field buttons table<string, fun(...: any): table> method → what makes its button
---@field takes_texts boolean? a text is a button, too
---@field package meta table? of its builders

-- ---- rows --------------------------------------------------------------------------------------

local function create(kind, rows) return setmetatable({ [kind.field] = rows or {} }, kind.meta) end

local function as_button(kind, where, button)
  if kind.takes_texts and type(button) == "string" then return { text = button } end
  if type(button) ~= "table" then
    errors.usage("%s takes buttons (got a %s)", where, type(button))
  end
  return keyboard_button.check(where, button)
end

local function checked_row(kind, row, i)
  local where = ("%s: row %d"):format(kind.name, i)
  if type(row) ~= "table" or row.text ~= nil then
    errors.usage("%s must be a list of buttons (got %s)", where,
      type(row) == "table" and "a button" or "a " .. type(row))
  end
  local copy = {}
  for j, button in ipairs(row) do copy[j] = as_button(kind, where, button) end
  return copy
end

-- The rows of a builder, or of a list of rows.
local function rows_of(kind, source)
  local field = kind.field
  if getmetatable(source) == kind.meta then return source[field] end
  if type(source) ~= "table" then
    errors.usage("%s: rows come from a keyboard or a list of rows (got a %s)", kind.name,
      type(source))
  end
  local rows = {}
  for i, row in ipairs(source[field] or source) do rows[i] = checked_row(kind, row, i) end
  return rows
end

-- A keyboard like `self` with other rows.
local function with_rows(kind, self, rows)
  local copy = create(kind, rows)
  for key, value in pairs(self) do
    if key ~= kind.field then copy[key] = value end
  end
  return copy
end

-- ---- methods -----------------------------------------------------------------------------------

local function add_building(Class, kind)
  local name, field = kind.name, kind.field

  for button_name, make in pairs(kind.buttons) do
    Class[button_name] = function(self, ...) return self:add(make(...)) end
  end

  --- Adds buttons to the present row.
  function Class:add(...)
    for i = 1, select("#", ...) do
      local button = as_button(kind, name .. ":add", (select(i, ...)))
      local rows = self[field]
      if #rows == 0 or at_row_end[self] then rows[#rows + 1] = {} end
      at_row_end[self] = nil
      table.insert(rows[#rows], button)
    end
    return self
  end

  --- Begins a new row, with these buttons in it if any are given.
  function Class:row(...)
    if #self[field] > 0 then at_row_end[self] = true end
    return self:add(...)
  end

  --- Adds the rows of other keyboards, or lists of rows, below.
  function Class:append(...)
    for i = 1, select("#", ...) do
      for _, row in ipairs(rows_of(kind, (select(i, ...)))) do
        table.insert(self[field], { table.unpack(row) })
      end
    end
    at_row_end[self] = nil
    return self
  end

  --- Shows the reply interface at once.
  function Class:force_reply_now(is_enabled)
    self.force_reply = is_enabled ~= false
    return self
  end
end

local function add_styling(Class, kind)
  local name, field = kind.name, kind.field

  --- Sets a field of the button that was added last.
  local function set(self, key, value, method)
    local row = self[field][#self[field]]
    local button = row and row[#row]
    if not button then errors.usage("%s:%s: there is no button yet", name, method) end
    button[key] = value
    return self
  end

  --- The style of the last button: "danger", "success" or "primary".
  function Class:style(style)
    return set(self, "style", keyboard_button.check_style(name .. ":style", style), "style")
  end

  function Class:danger() return set(self, "style", "danger", "danger") end
  function Class:success() return set(self, "style", "success", "success") end
  function Class:primary() return set(self, "style", "primary", "primary") end

  --- The custom emoji before the text of the last button.
  function Class:icon(custom_emoji_id)
    keyboard_button.check_string(name .. ":icon", "the custom emoji id", custom_emoji_id)
    return set(self, "icon_custom_emoji_id", custom_emoji_id, "icon")
  end
end

-- The buttons one by one in rows of `columns`; the first row is the short one if so asked.
local function flowed(rows, columns, is_first_short)
  local flat = {}
  for _, row in ipairs(rows) do table.move(row, 1, #row, #flat + 1, flat) end
  local first = is_first_short and #flat % columns or 0
  local made = {}
  for i, button in ipairs(flat) do
    local index = i <= first and 1 or (i - first - 1) // columns + (first > 0 and 2 or 1)
    made[index] = made[index] or {}
    table.insert(made[index], button)
  end
  return made
end

local function add_copying(Class, kind)
  local name, field = kind.name, kind.field

  --- A new keyboard with rows and columns swapped.
  function Class:to_transposed()
    local rows = {}
    for _, row in ipairs(self[field]) do
      for i, button in ipairs(row) do
        rows[i] = rows[i] or {}
        table.insert(rows[i], button)
      end
    end
    return with_rows(kind, self, rows)
  end

  --- A new keyboard with the same buttons in rows of `columns`.
  ---@param columns integer
  ---@param opts { fill_last_row: boolean }? true: the first row is the short one
  function Class:to_flowed(columns, opts)
    if math.type(columns) ~= "integer" or columns < 1 then
      errors.usage("%s:to_flowed: columns must be an integer of at least 1", name)
    end
    opts = options.check(name .. ":to_flowed options", opts, { fill_last_row = "boolean" })
    return with_rows(kind, self, flowed(self[field], columns, opts.fill_last_row))
  end

  --- A copy whose rows can change independently.
  function Class:clone()
    local rows = {}
    for i, row in ipairs(self[field]) do rows[i] = { table.unpack(row) } end
    return with_rows(kind, self, rows)
  end
end

-- ---- making a class ----------------------------------------------------------------------------

--- A class of builders, and what scripts make them with.
---@param kind tgrunner.KeyboardKind
---@return table Class
---@return table new called with rows, or nothing; holds the makers of single buttons, too
function keyboard_builder.new_class(kind)
  local Class = {}
  kind.meta = { __name = "tgrunner." .. kind.name, __index = Class }
  add_building(Class, kind)
  add_styling(Class, kind)
  add_copying(Class, kind)
  local factory = {
    from = function(source) return create(kind, rows_of(kind, source)):clone() end,
  }
  for button_name, make in pairs(kind.buttons) do factory[button_name] = make end
  return Class, setmetatable(factory, {
    __call = function(_, rows) return create(kind, rows and rows_of(kind, rows)) end,
  })
end

--- Has the methods of a class, which is complete, refuse to be called with a dot.
---@param Class table
---@param name string
function keyboard_builder.seal(Class, name)
  for method_name, method in pairs(Class) do
    Class[method_name] = function(self, ...)
      local meta = getmetatable(self)
      if type(meta) ~= "table" or meta.__index ~= Class then
        errors.usage("call %s with a colon: %s():%s(…)", method_name, name, method_name)
      end
      return method(self, ...)
    end
  end
end

return keyboard_builder
