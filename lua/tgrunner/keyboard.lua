--- Keyboards: builders for inline keyboards (buttons under a message) and reply keyboards (buttons
--- in place of the keyboard). What a builder makes is given as `reply_markup` as it is.
---
--- Source: grammY's InlineKeyboard and Keyboard, in snake_case; Bot API, InlineKeyboardMarkup and
--- ReplyKeyboardMarkup.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local keyboard = {}

--- Telegram's limit for callback data, in bytes.
keyboard.CALLBACK_DATA_MAX = 64

-- Builders whose next button begins a new row: a keyboard's own table holds only what is sent.
local at_row_end = setmetatable({}, { __mode = "k" })

-- ---- buttons -----------------------------------------------------------------------------------

local styles = { danger = true, success = true, primary = true }

local function check_string(where, what, value)
  if type(value) ~= "string" then
    errors.usage("%s: %s must be a string (got a %s)", where, what, type(value))
  end
  return value
end

local function check_style(where, style)
  if styles[style] then return style end
  errors.usage("%s: the style must be \"danger\", \"success\" or \"primary\" (got %s)%s", where,
    options.shown(style), suggest.hint(style, styles))
end

local function check_callback_data(where, data)
  check_string(where, "the callback data", data)
  if data == "" then errors.usage("%s: the callback data is empty", where) end
  if #data > keyboard.CALLBACK_DATA_MAX then
    errors.usage("callback data '%s…' has %d bytes; Telegram takes at most %d",
      data:sub(1, 20), #data, keyboard.CALLBACK_DATA_MAX)
  end
  return data
end

-- What every button needs, and what is wrong in any place.
local function check_button(where, button)
  if type(button.text) ~= "string" then
    errors.usage("%s: the button's text must be a string (got a %s)", where, type(button.text))
  end
  if button.style ~= nil then check_style(where, button.style) end
  if button.icon_custom_emoji_id ~= nil then
    check_string(where, "the icon's custom emoji id", button.icon_custom_emoji_id)
  end
  if button.callback_data ~= nil then check_callback_data(where, button.callback_data) end
  return button
end

-- A button of a text, or of a table with the text and more fields (style, icon_custom_emoji_id).
local function new_button(where, text, field, value)
  local button = {}
  if type(text) == "table" then
    for key, item in pairs(text) do button[key] = item end
  else
    button.text = text
  end
  if field then button[field] = value end
  return check_button(where, button)
end

local function check_id(where, id)
  if math.type(id) ~= "integer" then
    errors.usage("%s: the request id must be an integer (got a %s)", where, type(id))
  end
  return id
end

local function with(fields, more)
  local merged = {}
  for key, value in pairs(more or {}) do merged[key] = value end
  for key, value in pairs(fields) do merged[key] = value end
  return merged
end

-- A table of more fields, or nothing.
local function check_fields(where, what, value)
  if value ~= nil and type(value) ~= "table" then
    errors.usage("%s: %s must be a table (got a %s)", where, what, type(value))
  end
  return value
end

local function text_of(text) return type(text) == "table" and text.text or text end

-- Name → what makes the button.
local inline_buttons = {}

function inline_buttons.text(text, data)
  if data == nil then data = text_of(text) end
  if type(text_of(text)) == "string" then check_callback_data("InlineKeyboard:text", data) end
  return new_button("InlineKeyboard:text", text, "callback_data", data)
end

function inline_buttons.url(text, url)
  check_string("InlineKeyboard:url", "the url", url)
  return new_button("InlineKeyboard:url", text, "url", url)
end

function inline_buttons.web_app(text, url)
  local app = type(url) == "table" and url
    or { url = check_string("InlineKeyboard:web_app", "the url", url) }
  return new_button("InlineKeyboard:web_app", text, "web_app", app)
end

function inline_buttons.login(text, url)
  local login = type(url) == "table" and url
    or { url = check_string("InlineKeyboard:login", "the url", url) }
  return new_button("InlineKeyboard:login", text, "login_url", login)
end

function inline_buttons.switch_inline(text, query)
  local where = "InlineKeyboard:switch_inline"
  query = check_string(where, "the query", query == nil and "" or query)
  return new_button(where, text, "switch_inline_query", query)
end

function inline_buttons.switch_inline_current(text, query)
  local where = "InlineKeyboard:switch_inline_current"
  query = check_string(where, "the query", query == nil and "" or query)
  return new_button(where, text, "switch_inline_query_current_chat", query)
end

function inline_buttons.switch_inline_chosen(text, query)
  local where = "InlineKeyboard:switch_inline_chosen"
  local chosen = setmetatable(with({}, check_fields(where, "the query", query)), host.object_meta)
  return new_button(where, text, "switch_inline_query_chosen_chat", chosen)
end

function inline_buttons.copy_text(text, copied)
  local copy = type(copied) == "table" and copied
    or { text = check_string("InlineKeyboard:copy_text", "what is copied", copied) }
  return new_button("InlineKeyboard:copy_text", text, "copy_text", copy)
end

function inline_buttons.disabled(text)
  local empty = setmetatable({}, host.object_meta)
  return new_button("InlineKeyboard:disabled", text, "disabled", empty)
end

function inline_buttons.game(text)
  local empty = setmetatable({}, host.object_meta)
  return new_button("InlineKeyboard:game", text, "callback_game", empty)
end

function inline_buttons.pay(text)
  return new_button("InlineKeyboard:pay", text, "pay", true)
end

local reply_buttons = {}

local poll_kinds = { quiz = true, regular = true }

function reply_buttons.text(text, more)
  local where = "Keyboard:text"
  if type(more) == "string" then more = { style = more } end
  check_fields(where, "what follows the text", more)
  return check_button(where, with(new_button(where, text), more))
end

function reply_buttons.request_users(text, id, more)
  check_fields("Keyboard:request_users", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_users", id) }, more)
  return new_button("Keyboard:request_users", text, "request_users", request)
end

function reply_buttons.request_chat(text, id, more)
  check_fields("Keyboard:request_chat", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_chat", id) }, more)
  if request.chat_is_channel == nil then request.chat_is_channel = false end
  return new_button("Keyboard:request_chat", text, "request_chat", request)
end

function reply_buttons.request_managed_bot(text, id, more)
  check_fields("Keyboard:request_managed_bot", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_managed_bot", id) }, more)
  return new_button("Keyboard:request_managed_bot", text, "request_managed_bot", request)
end

function reply_buttons.request_contact(text)
  return new_button("Keyboard:request_contact", text, "request_contact", true)
end

function reply_buttons.request_location(text)
  return new_button("Keyboard:request_location", text, "request_location", true)
end

function reply_buttons.request_poll(text, kind)
  if kind ~= nil and not poll_kinds[kind] then
    errors.usage("Keyboard:request_poll: the kind must be \"quiz\" or \"regular\" (got %s)%s",
      options.shown(kind), suggest.hint(kind, poll_kinds))
  end
  local poll = setmetatable({ type = kind }, host.object_meta)
  return new_button("Keyboard:request_poll", text, "request_poll", poll)
end

function reply_buttons.web_app(text, url)
  check_string("Keyboard:web_app", "the url", url)
  return new_button("Keyboard:web_app", text, "web_app", { url = url })
end

-- ---- rows --------------------------------------------------------------------------------------

-- Has the methods of a class refuse to be called with a dot.
local function seal(Class, name)
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

-- A builder class whose rows are in `field`.
local function new_class(name, field, buttons)
  local Class = {}
  local meta = { __name = "tgrunner." .. name, __index = Class }

  local function create(rows)
    return setmetatable({ [field] = rows or {} }, meta)
  end

  local function as_button(where, button)
    if type(button) == "string" and buttons == reply_buttons then return { text = button } end
    if type(button) ~= "table" then
      errors.usage("%s takes buttons (got a %s)", where, type(button))
    end
    return check_button(where, button)
  end

  local function checked_row(row, i)
    local where = ("%s: row %d"):format(name, i)
    if type(row) ~= "table" or row.text ~= nil then
      errors.usage("%s must be a list of buttons (got %s)", where,
        type(row) == "table" and "a button" or "a " .. type(row))
    end
    local copy = {}
    for j, button in ipairs(row) do copy[j] = as_button(where, button) end
    return copy
  end

  -- The rows of a builder, or of a list of rows.
  local function rows_of(source)
    if getmetatable(source) == meta then return source[field] end
    if type(source) ~= "table" then
      errors.usage("%s: rows come from a keyboard or a list of rows (got a %s)", name,
        type(source))
    end
    local rows = {}
    for i, row in ipairs(source[field] or source) do rows[i] = checked_row(row, i) end
    return rows
  end

  -- A keyboard like `self` with other rows.
  local function with_rows(self, rows)
    local copy = create(rows)
    for key, value in pairs(self) do
      if key ~= field then copy[key] = value end
    end
    return copy
  end

  for button_name, make in pairs(buttons) do
    Class[button_name] = function(self, ...) return self:add(make(...)) end
  end

  --- Adds buttons to the present row.
  function Class:add(...)
    for i = 1, select("#", ...) do
      local button = as_button(name .. ":add", (select(i, ...)))
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
    return set(self, "style", check_style(name .. ":style", style), "style")
  end

  function Class:danger() return set(self, "style", "danger", "danger") end
  function Class:success() return set(self, "style", "success", "success") end
  function Class:primary() return set(self, "style", "primary", "primary") end

  --- The custom emoji before the text of the last button.
  function Class:icon(custom_emoji_id)
    check_string(name .. ":icon", "the custom emoji id", custom_emoji_id)
    return set(self, "icon_custom_emoji_id", custom_emoji_id, "icon")
  end

  --- Shows the reply interface at once.
  function Class:force_reply_now(is_enabled)
    self.force_reply = is_enabled ~= false
    return self
  end

  --- A new keyboard with rows and columns swapped.
  function Class:to_transposed()
    local rows = {}
    for _, row in ipairs(self[field]) do
      for i, button in ipairs(row) do
        rows[i] = rows[i] or {}
        table.insert(rows[i], button)
      end
    end
    return with_rows(self, rows)
  end

  --- A new keyboard with the same buttons in rows of `columns`.
  ---@param columns integer
  ---@param opts { fill_last_row: boolean }? true: the first row is the short one
  function Class:to_flowed(columns, opts)
    if math.type(columns) ~= "integer" or columns < 1 then
      errors.usage("%s:to_flowed: columns must be an integer of at least 1", name)
    end
    local flat = {}
    for _, row in ipairs(self[field]) do
      for _, button in ipairs(row) do flat[#flat + 1] = button end
    end
    opts = options.check(name .. ":to_flowed options", opts, { fill_last_row = "boolean" })
    local first = opts.fill_last_row and #flat % columns or 0
    local rows = {}
    for i, button in ipairs(flat) do
      local index = i <= first and 1 or (i - first - 1) // columns + (first > 0 and 2 or 1)
      rows[index] = rows[index] or {}
      table.insert(rows[index], button)
    end
    return with_rows(self, rows)
  end

  --- A copy whose rows can change independently.
  function Class:clone()
    local rows = {}
    for i, row in ipairs(self[field]) do rows[i] = { table.unpack(row) } end
    return with_rows(self, rows)
  end

  --- Adds the rows of other keyboards, or lists of rows, below.
  function Class:append(...)
    for i = 1, select("#", ...) do
      for _, row in ipairs(rows_of((select(i, ...)))) do
        table.insert(self[field], { table.unpack(row) })
      end
    end
    at_row_end[self] = nil
    return self
  end

  local factory = {
    from = function(source) return create(rows_of(source)):clone() end,
  }
  for button_name, make in pairs(buttons) do factory[button_name] = make end
  return Class, setmetatable(factory, {
    __call = function(_, rows) return create(rows and rows_of(rows)) end,
  })
end

---@class tgrunner.InlineKeyboard: telegram.InlineKeyboardMarkup
---@field text fun(self, text: string|table, data?: string): self callback data: at most 64 bytes,
---the text when absent
---@field url fun(self, text: string|table, url: string): self
---@field web_app fun(self, text: string|table, url: string|table): self
---@field login fun(self, text: string|table, url: string|table): self
---@field switch_inline fun(self, text: string|table, query?: string): self
---@field switch_inline_current fun(self, text: string|table, query?: string): self
---@field switch_inline_chosen fun(self, text: string|table, query?: table): self
---@field copy_text fun(self, text: string|table, copied: string|table): self
---@field disabled fun(self, text: string|table): self
---@field game fun(self, text: string|table): self
---@field pay fun(self, text: string|table): self
---@field add fun(self, ...: table): self
---@field row fun(self, ...: table): self
---@field style fun(self, style: "danger"|"success"|"primary"): self
---@field danger fun(self): self
---@field success fun(self): self
---@field primary fun(self): self
---@field icon fun(self, custom_emoji_id: string): self
---@field to_transposed fun(self): tgrunner.InlineKeyboard
---@field to_flowed fun(self, columns: integer, options?: table): tgrunner.InlineKeyboard
---@field clone fun(self): tgrunner.InlineKeyboard
---@field append fun(self, ...: table): self
local InlineKeyboard, inline = new_class("InlineKeyboard", "inline_keyboard", inline_buttons)

--- `tg.InlineKeyboard():text("Yes", "yes"):row():url("More", "https://…")`. The buttons' makers are
--- there as functions too: `tg.InlineKeyboard.text("Yes", "yes")` is one button.
---@type table|fun(rows?: table[][]): tgrunner.InlineKeyboard
keyboard.inline = inline
seal(InlineKeyboard, "InlineKeyboard")

---@class tgrunner.Keyboard: telegram.ReplyKeyboardMarkup
---@field text fun(self, text: string|table, options?: string|table): self
---@field request_users fun(self, text: string|table, request_id: integer, options?: table): self
---@field request_chat fun(self, text: string|table, request_id: integer, options?: table): self
---@field request_managed_bot fun(self, text: string|table, id: integer, options?: table): self
---@field request_contact fun(self, text: string|table): self
---@field request_location fun(self, text: string|table): self
---@field request_poll fun(self, text: string|table, kind?: "quiz"|"regular"): self
---@field web_app fun(self, text: string|table, url: string): self
---@field add fun(self, ...: table|string): self
---@field row fun(self, ...: table|string): self
---@field style fun(self, style: "danger"|"success"|"primary"): self
---@field icon fun(self, custom_emoji_id: string): self
---@field to_transposed fun(self): tgrunner.Keyboard
---@field to_flowed fun(self, columns: integer, options?: table): tgrunner.Keyboard
---@field clone fun(self): tgrunner.Keyboard
---@field append fun(self, ...: table): self
local Keyboard, reply = new_class("Keyboard", "keyboard", reply_buttons)

local function flag(field)
  return function(self, is_enabled)
    self[field] = is_enabled ~= false
    return self
  end
end

--- Shown whenever the ordinary keyboard is hidden.
---@type fun(self: tgrunner.Keyboard, is_enabled?: boolean): tgrunner.Keyboard
Keyboard.persistent = flag "is_persistent"
--- For mentioned users and the sender of the message replied to only.
---@type fun(self: tgrunner.Keyboard, is_enabled?: boolean): tgrunner.Keyboard
Keyboard.selected = flag "selective"
--- Hidden once a button was pressed.
---@type fun(self: tgrunner.Keyboard, is_enabled?: boolean): tgrunner.Keyboard
Keyboard.one_time = flag "one_time_keyboard"
--- As high as its rows need.
---@type fun(self: tgrunner.Keyboard, is_enabled?: boolean): tgrunner.Keyboard
Keyboard.resized = flag "resize_keyboard"

--- The text in the empty input field.
---@param text string
function Keyboard:placeholder(text)
  check_string("Keyboard:placeholder", "the text", text)
  self.input_field_placeholder = text
  return self
end

--- The rows of buttons.
---@return table[][]
function Keyboard:build() return self.keyboard end

seal(Keyboard, "Keyboard")

--- `tg.Keyboard():text("Yes"):text("No"):resized()`.
---@type table|fun(rows?: table[][]): tgrunner.Keyboard
keyboard.reply = reply

return keyboard
