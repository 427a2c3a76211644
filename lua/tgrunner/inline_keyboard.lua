--- Inline keyboard: a builder for the buttons under a message.
---
--- Source: grammY's InlineKeyboard, in snake_case; Bot API, InlineKeyboardMarkup.
local host = require "tgrunner.host"
local keyboard_builder = require "tgrunner.keyboard_builder"
local keyboard_button = require "tgrunner.keyboard_button"

local inline_keyboard = {}

local check_callback_data = keyboard_button.check_callback_data
local check_fields, check_string = keyboard_button.check_fields, keyboard_button.check_string
local new_button, with = keyboard_button.new, keyboard_button.with

local function text_of(text) return type(text) == "table" and text.text or text end

-- Name → what makes the button.
local buttons = {}

function buttons.text(text, data)
  if data == nil then data = text_of(text) end
  if type(text_of(text)) == "string" then check_callback_data("InlineKeyboard:text", data) end
  return new_button("InlineKeyboard:text", text, "callback_data", data)
end

function buttons.url(text, url)
  check_string("InlineKeyboard:url", "the url", url)
  return new_button("InlineKeyboard:url", text, "url", url)
end

function buttons.web_app(text, url)
  local app = type(url) == "table" and url
    or { url = check_string("InlineKeyboard:web_app", "the url", url) }
  return new_button("InlineKeyboard:web_app", text, "web_app", app)
end

function buttons.login(text, url)
  local login = type(url) == "table" and url
    or { url = check_string("InlineKeyboard:login", "the url", url) }
  return new_button("InlineKeyboard:login", text, "login_url", login)
end

function buttons.switch_inline(text, query)
  local where = "InlineKeyboard:switch_inline"
  query = check_string(where, "the query", query == nil and "" or query)
  return new_button(where, text, "switch_inline_query", query)
end

function buttons.switch_inline_current(text, query)
  local where = "InlineKeyboard:switch_inline_current"
  query = check_string(where, "the query", query == nil and "" or query)
  return new_button(where, text, "switch_inline_query_current_chat", query)
end

function buttons.switch_inline_chosen(text, query)
  local where = "InlineKeyboard:switch_inline_chosen"
  local chosen = setmetatable(with({}, check_fields(where, "the query", query)), host.object_meta)
  return new_button(where, text, "switch_inline_query_chosen_chat", chosen)
end

function buttons.copy_text(text, copied)
  local copy = type(copied) == "table" and copied
    or { text = check_string("InlineKeyboard:copy_text", "what is copied", copied) }
  return new_button("InlineKeyboard:copy_text", text, "copy_text", copy)
end

function buttons.disabled(text)
  local empty = setmetatable({}, host.object_meta)
  return new_button("InlineKeyboard:disabled", text, "disabled", empty)
end

function buttons.game(text)
  local empty = setmetatable({}, host.object_meta)
  return new_button("InlineKeyboard:game", text, "callback_game", empty)
end

function buttons.pay(text)
  return new_button("InlineKeyboard:pay", text, "pay", true)
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
local InlineKeyboard, new = keyboard_builder.new_class {
  name = "InlineKeyboard", field = "inline_keyboard", buttons = buttons,
}

--- `tg.InlineKeyboard():text("Yes", "yes"):row():url("More", "https://…")`. The buttons' makers
--- are there as functions too: `tg.InlineKeyboard.text("Yes", "yes")` is one button.
---@type table|fun(rows?: table[][]): tgrunner.InlineKeyboard
inline_keyboard.new = new
keyboard_builder.seal(InlineKeyboard, "InlineKeyboard")

return inline_keyboard
