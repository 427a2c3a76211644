--- Input media: items of a media group, for ctx:reply_with_media_group and edit_message_media.
---
--- Source: grammY's InputMediaBuilder; Bot API, InputMedia.
local errors = require "tgrunner.errors"
local fmt = require "tgrunner.fmt"

local input_media = {}

local function maker(kind)
  return function(media, options)
    if type(media) ~= "string" and type(media) ~= "table" then
      errors.usage("InputMediaBuilder.%s takes a file id, a URL or a tg.InputFile (got a %s)",
        kind, type(media))
    end
    if options ~= nil and type(options) ~= "table" then
      errors.usage("InputMediaBuilder.%s: the options must be a table (got a %s)", kind,
        type(options))
    end
    local item = {}
    for key, value in pairs(options or {}) do item[key] = value end
    if fmt.is(item.caption) then
      item.caption, item.caption_entities = item.caption.text, item.caption.entities
    end
    item.type, item.media = kind, media
    return item
  end
end

---@alias tgrunner.InputMediaMaker fun(media: string|tgrunner.InputFile, options?: table): table

---@type tgrunner.InputMediaMaker
input_media.photo = maker "photo"
---@type tgrunner.InputMediaMaker
input_media.video = maker "video"
---@type tgrunner.InputMediaMaker
input_media.animation = maker "animation"
---@type tgrunner.InputMediaMaker
input_media.audio = maker "audio"
---@type tgrunner.InputMediaMaker
input_media.document = maker "document"

return input_media
