--- Reply keyboard: a builder for the buttons that people have in place of their keyboard.
---
--- Source: grammY's Keyboard, in snake_case; Bot API, ReplyKeyboardMarkup.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local keyboard_builder = require "tgrunner.keyboard_builder"
local keyboard_button = require "tgrunner.keyboard_button"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local reply_keyboard = {}

local check_fields, check_string = keyboard_button.check_fields, keyboard_button.check_string
local new_button, with = keyboard_button.new, keyboard_button.with

local function check_id(where, id)
  if math.type(id) ~= "integer" then
    errors.usage("%s: the request id must be an integer (got a %s)", where, type(id))
  end
  return id
end

-- Name → what makes the button.
local buttons = {}

local poll_kinds = { quiz = true, regular = true }

function buttons.text(text, more)
  local where = "Keyboard:text"
  if type(more) == "string" then more = { style = more } end
  check_fields(where, "what follows the text", more)
  return keyboard_button.check(where, with(new_button(where, text), more))
end

function buttons.request_users(text, id, more)
  check_fields("Keyboard:request_users", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_users", id) }, more)
  return new_button("Keyboard:request_users", text, "request_users", request)
end

function buttons.request_chat(text, id, more)
  check_fields("Keyboard:request_chat", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_chat", id) }, more)
  if request.chat_is_channel == nil then request.chat_is_channel = false end
  return new_button("Keyboard:request_chat", text, "request_chat", request)
end

function buttons.request_managed_bot(text, id, more)
  check_fields("Keyboard:request_managed_bot", "what follows the id", more)
  local request = with({ request_id = check_id("Keyboard:request_managed_bot", id) }, more)
  return new_button("Keyboard:request_managed_bot", text, "request_managed_bot", request)
end

function buttons.request_contact(text)
  return new_button("Keyboard:request_contact", text, "request_contact", true)
end

function buttons.request_location(text)
  return new_button("Keyboard:request_location", text, "request_location", true)
end

function buttons.request_poll(text, kind)
  if kind ~= nil and not poll_kinds[kind] then
    errors.usage("Keyboard:request_poll: the kind must be \"quiz\" or \"regular\" (got %s)%s",
      options.shown(kind), suggest.hint(kind, poll_kinds))
  end
  local poll = setmetatable({ type = kind }, host.object_meta)
  return new_button("Keyboard:request_poll", text, "request_poll", poll)
end

function buttons.web_app(text, url)
  check_string("Keyboard:web_app", "the url", url)
  return new_button("Keyboard:web_app", text, "web_app", { url = url })
end

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
local Keyboard, new = keyboard_builder.new_class {
  name = "Keyboard", field = "keyboard", buttons = buttons, takes_texts = true,
}

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

keyboard_builder.seal(Keyboard, "Keyboard")

--- `tg.Keyboard():text("Yes"):text("No"):resized()`.
---@type table|fun(rows?: table[][]): tgrunner.Keyboard
reply_keyboard.new = new

return reply_keyboard
