--- Inline results: items for ctx:answer_inline_query.
---
--- `tg.InlineQueryResultBuilder.article("id", "Title"):text("What is sent")`. An article (and an
--- HTML video) needs what is sent; the others may have it instead of themselves.
--- Source: grammY's InlineQueryResultBuilder, in snake_case; Bot API, InlineQueryResult.
local errors = require "tgrunner.errors"
local fmt = require "tgrunner.fmt"

local inline_result = {}

-- ---- what is sent ------------------------------------------------------------------------------

---@class tgrunner.InlineQueryResult
local Result = {}
local result_meta = { __name = "tgrunner.InlineQueryResult", __index = Result }

local function fill(target, where, names, ...)
  for i, name in ipairs(names) do
    local value = select(i, ...)
    if value == nil then errors.usage("%s: %s is missing", where, name) end
    target[name] = value
  end
  local options = select(#names + 1, ...)
  if options ~= nil and type(options) ~= "table" then
    errors.usage("%s: the options must be a table (got a %s)", where, type(options))
  end
  for key, value in pairs(options or {}) do target[key] = value end
  return target
end

local function spread(target, text, entities)
  if fmt.is(target[text]) then
    target[text], target[entities] = target[text].text, target[text].entities
  end
end

-- Content method → its positions.
local contents = {
  text = { "message_text" },
  rich = { "rich_message" },
  location = { "latitude", "longitude" },
  venue = { "title", "latitude", "longitude", "address" },
  contact = { "first_name", "phone_number" },
  invoice = { "title", "description", "payload", "provider_token", "currency", "prices" },
}

for name, positions in pairs(contents) do
  Result[name] = function(self, ...)
    local content = fill({}, "InlineQueryResult:" .. name, positions, ...)
    spread(content, "message_text", "entities")
    local copy = {}
    for key, value in pairs(self) do copy[key] = value end
    copy.input_message_content = content
    return setmetatable(copy, result_meta)
  end
end

-- ---- what is shown -----------------------------------------------------------------------------

-- Maker → type, positions after the id, fixed fields.
local results = {
  article = { "article", { "title" } },
  audio = { "audio", { "title", "audio_url" } },
  audio_cached = { "audio", { "audio_file_id" } },
  contact = { "contact", { "phone_number", "first_name" } },
  document_pdf = { "document", { "title", "document_url" }, { mime_type = "application/pdf" } },
  document_zip = { "document", { "title", "document_url" }, { mime_type = "application/zip" } },
  document_cached = { "document", { "title", "document_file_id" } },
  game = { "game", { "game_short_name" } },
  gif = { "gif", { "gif_url", "thumbnail_url" } },
  gif_cached = { "gif", { "gif_file_id" } },
  location = { "location", { "title", "latitude", "longitude" } },
  mpeg4gif = { "mpeg4_gif", { "mpeg4_url", "thumbnail_url" } },
  mpeg4gif_cached = { "mpeg4_gif", { "mpeg4_file_id" } },
  photo = { "photo", { "photo_url" } },
  photo_cached = { "photo", { "photo_file_id" } },
  sticker_cached = { "sticker", { "sticker_file_id" } },
  venue = { "venue", { "title", "latitude", "longitude", "address" } },
  video_html = { "video", { "title", "video_url", "thumbnail_url" }, { mime_type = "text/html" } },
  video_mp4 = { "video", { "title", "video_url", "thumbnail_url" }, { mime_type = "video/mp4" } },
  video_cached = { "video", { "title", "video_file_id" } },
  voice = { "voice", { "title", "voice_url" } },
  voice_cached = { "voice", { "title", "voice_file_id" } },
}

local function maker(name, kind, positions, fixed)
  local where = "InlineQueryResultBuilder." .. name
  return function(id, ...)
    if type(id) ~= "string" then
      errors.usage("%s: the id must be a string (got a %s)", where, type(id))
    end
    if #id < 1 or #id > 64 then
      errors.usage("%s: the id has %d bytes; Telegram takes 1 to 64", where, #id)
    end
    local result = { type = kind, id = id }
    for key, value in pairs(fixed or {}) do result[key] = value end
    fill(result, where, positions, ...)
    if name == "photo" and not result.thumbnail_url then result.thumbnail_url = result.photo_url end
    spread(result, "caption", "caption_entities")
    return setmetatable(result, result_meta)
  end
end

for name, fact in pairs(results) do inline_result[name] = maker(name, table.unpack(fact)) end

return inline_result
