--- Key hold: one fiber at a time has a key, in order of asking; it may share it with others that
--- work for it. A key that nobody wants takes no memory; a fiber that ends while it waits, or while
--- it holds, lets go.
local host = require "tgrunner.host"

local key_hold = {}

---@class tgrunner.KeyHolds
---@field package gate any
---@field package wanting table<string|integer, integer> how many hold a key or wait for it
---@field package holders table<string|integer, tgrunner.KeyHold>
local KeyHolds = {}

local holds_meta = { __index = KeyHolds }

---@class tgrunner.KeyHold
---@field package holds tgrunner.KeyHolds
---@field package key string|integer
---@field package seat any
---@field package holder any
---@field package shares integer how many have the seat
---@field package first tgrunner.KeyHold? of a share: whose seat it is
local KeyHold = {}

local hold_meta = { __index = KeyHold }

function hold_meta.__close(hold)
  local holds, key = hold.holds, hold.key
  local count = holds.wanting[key] - 1
  holds.wanting[key] = count > 0 and count or nil
  local first = hold.first or hold
  if not first.seat then return end -- it ended while it waited
  first.shares = first.shares - 1
  if first.shares > 0 then return end
  holds.holders[key] = nil
  first.seat:leave()
end

--- No key is held.
---@return tgrunner.KeyHolds
function key_hold.new()
  return setmetatable({ gate = host.gate(), wanting = {}, holders = {} }, holds_meta)
end

--- Notes that a key is wanted: `local hold <close> = holds:begin(key)`, then `hold:take(holder)`.
---@param key string|integer
---@return tgrunner.KeyHold
function KeyHolds:begin(key)
  self.wanting[key] = (self.wanting[key] or 0) + 1
  return setmetatable({ holds = self, key = key, seat = nil }, hold_meta)
end

--- Waits until all who began earlier are done with the key.
---@param holder any for KeyHolds:holder
function KeyHold:take(holder)
  self.seat = self.holds.gate:enter(self.key)
  self.holder, self.shares = holder, 1
  self.holds.holders[self.key] = self
end

--- Has a key together with who has it now: the key is free when both are done with it.
---@param key string|integer that somebody has
---@return tgrunner.KeyHold
function KeyHolds:share(key)
  local share, first = self:begin(key), self.holders[key]
  share.first, first.shares = first, first.shares + 1
  return share
end

--- Who has the key now.
---@param key string|integer
---@return any
function KeyHolds:holder(key)
  local hold = self.holders[key]
  return hold and hold.holder
end

--- Whether anybody has the key or waits for it.
---@param key string|integer
---@return boolean
function KeyHolds:wanted(key) return self.wanting[key] ~= nil end

--- Whether any key is wanted.
---@return boolean
function KeyHolds:any() return next(self.wanting) ~= nil end

return key_hold
