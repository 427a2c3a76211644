--- Loaded: the parts of the library that are loaded, by name ("tgrunner.session"). One that is not
--- has nothing to do yet.
local host = require "tgrunner.host"

---@type table<string, any>
return host.parts or package.loaded
