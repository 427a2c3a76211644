--- Waiting: conversations that wait for an update, linked by how long they do.
---
--- The links are fields of the conversations, so that a hundred thousand of them need no table of
--- their own.
local waiting = {}

---@class tgrunner.Waiting
---@field oldest tgrunner.Conversation? the one that has waited longest
---@field newest tgrunner.Conversation?
local Waiting = {}

local waiting_meta = { __index = Waiting }

--- An empty list.
---@return tgrunner.Waiting
function waiting.new() return setmetatable({}, waiting_meta) end

--- Takes a conversation out; harmless when it is not in the list.
---@param conv tgrunner.Conversation
function Waiting:remove(conv)
  local older, newer = conv._older, conv._newer
  if older then older._newer = newer elseif self.oldest == conv then self.oldest = newer end
  if newer then newer._older = older elseif self.newest == conv then self.newest = older end
  conv._older, conv._newer = nil, nil
end

--- A conversation waits from now on.
---@param conv tgrunner.Conversation
---@param now integer
function Waiting:add(conv, now)
  self:remove(conv)
  local newest = self.newest
  if newest then newest._newer = conv else self.oldest = conv end
  conv._older = newest
  conv._since = now
  self.newest = conv
end

return waiting
