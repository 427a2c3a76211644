--- Constants of the Bot API: grammY's API_CONSTANTS.
local queries = require "tgrunner.queries"

local constants = {}

-- What the server sends only to bots that ask for it.
local on_request = { chat_member = true, message_reaction = true, message_reaction_count = true }

local function kinds(accept)
  local list = {}
  for _, kind in ipairs(queries.kind_names()) do
    if accept(kind) then list[#list + 1] = kind end
  end
  return list
end

--- Every kind of update, for `allowed_updates`.
---@type string[]
constants.ALL_UPDATE_TYPES = kinds(function() return true end)

--- What the server sends when `allowed_updates` does not say.
---@type string[]
constants.DEFAULT_UPDATE_TYPES = kinds(function(kind) return not on_request[kind] end)

--- ChatPermissions that allow everything.
---@type table<string, boolean>
constants.ALL_CHAT_PERMISSIONS = {}
for name in ([[send_messages send_audios send_documents send_photos send_videos send_video_notes
  send_voice_notes send_polls send_other_messages add_web_page_previews react_to_messages
  change_info invite_users edit_tag pin_messages manage_topics]]):gmatch "%S+" do
  constants.ALL_CHAT_PERMISSIONS["can_" .. name] = true
end

return constants
