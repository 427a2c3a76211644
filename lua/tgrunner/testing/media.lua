--- Media: builders of messages with a file. See updates.lua.
local entities = require "tgrunner.testing.entities"
local known_fields = require "tgrunner.testing.fields"
local parts = require "tgrunner.testing.parts"
local values = require "tgrunner.testing.values"

local media = {}

---@class tgrunner.BotTest
local Test = {}
media.methods = Test

-- Kind → what its object has beside the file.
local objects = {
  animation = { width = 320, height = 240, duration = 1, mime_type = "video/mp4" },
  audio = { duration = 1, mime_type = "audio/mpeg" },
  document = { file_name = "file.txt", mime_type = "text/plain" },
  photo = { width = 320, height = 240 },
  sticker = {
    type = "regular", width = 512, height = 512, is_animated = false, is_video = false,
  },
  video = { width = 320, height = 240, duration = 1, mime_type = "video/mp4" },
  video_note = { length = 240, duration = 1 },
  voice = { duration = 1, mime_type = "audio/ogg" },
}

local function media_message(self, kind, fields)
  local message_fields, object = {}, values.copy(objects[kind])
  fields = parts.check_fields(kind, fields)
  known_fields.check(kind, fields)
  for key, value in pairs(fields) do
    (known_fields.is_of_medium(kind, key) and object or message_fields)[key] = value
  end
  local file = self.world:new_file(object.bytes or ("a %s"):format(kind), object.file_id,
    object.file_name)
  object.bytes = nil
  object = values.merged(object, {
    file_id = file.file_id, file_unique_id = file.file_unique_id, file_size = file.file_size,
  })
  local caption = message_fields.caption
  return parts.give_message(self, kind, {
    [kind] = kind == "photo" and { object } or object,
    caption_entities = caption and entities.of(caption),
  }, message_fields)
end

--- Somebody sends a photo. `fields.bytes` is what a download of it gives; `caption`.
---@param fields table?
---@return table message
function Test:photo(fields) return media_message(self, "photo", fields) end

--- Somebody sends a file: `file_name`, `mime_type`, `bytes`, `caption`.
---@param fields table?
---@return table message
function Test:document(fields) return media_message(self, "document", fields) end

---@param fields table?
---@return table message
function Test:video(fields) return media_message(self, "video", fields) end

---@param fields table?
---@return table message
function Test:audio(fields) return media_message(self, "audio", fields) end

---@param fields table?
---@return table message
function Test:voice(fields) return media_message(self, "voice", fields) end

---@param fields table?
---@return table message
function Test:video_note(fields) return media_message(self, "video_note", fields) end

---@param fields table?
---@return table message
function Test:animation(fields) return media_message(self, "animation", fields) end

---@param fields table? `emoji`, `set_name`, …
---@return table message
function Test:sticker(fields) return media_message(self, "sticker", fields) end

return media
