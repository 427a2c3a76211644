--- Loaded: parts that have to do with every bot once a script uses them; they enter themselves when
--- they are loaded, and nothing is to be done for one that is not.

---@class tgrunner.Loaded
---@field conversations table? tgrunner.conversations
---@field distribute table? tgrunner.distribute
local loaded = {}

return loaded
