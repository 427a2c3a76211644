-- require that can wait: the loader runs from Lua code, so a module's main
-- chunk may call the API; whoever requires it meanwhile waits for it.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local loading = require "tgrunner.loading"

local package = package -- which a sandbox takes from scripts

-- What a searcher says. That a module is broken it raises without the line that requires it.
local function search(searcher, name)
  local ok, loader, extra = pcall(searcher, name)
  if ok then return loader, extra end
  if type(loader) ~= "string" then error(loader, 0) end
  if loader:find("error loading module ", 1, true) == 1 then errors.usage("%s", loader) end
  error(loader, 0)
end

local function find_loader(name)
  local tried = {}
  for _, searcher in ipairs(package.searchers) do
    local loader, extra = search(searcher, name)
    if type(loader) == "function" then return loader, extra end
    if type(loader) == "string" then tried[#tried + 1] = "\n\t" .. loader:gsub("^\n\t", "") end
  end
  errors.usage("module '%s' not found:%s", name, table.concat(tried))
end

local function load_module(name)
  local loader, extra = find_loader(name)
  loading.begin(name, extra)
  local _ <close> = setmetatable({}, { __close = function() loading.finish(name) end })
  local result = loader(name, extra)
  if result ~= nil then
    package.loaded[name] = result
  elseif package.loaded[name] == nil then
    package.loaded[name] = true
  end
  return package.loaded[name]
end

loading.loader = load_module

--- Lua's require, with these differences: the module's main chunk may wait, a
--- second require of a module that is still loading waits for the first, and a
--- module that requires itself is an error instead of a stack overflow. Only the
--- module is returned, so that `bot:use(require "handlers")` hands over one value.
---@param name string
---@return any module
return function(name)
  if type(name) ~= "string" then
    error(("bad argument #1 to 'require' (string expected, got %s)"):format(type(name)), 2)
  end
  while true do
    local loaded = package.loaded[name]
    if loaded ~= nil then return loaded end
    local entry = loading.entries[name]
    if not entry then return load_module(name) end
    if entry.by == host.current() then
      error(("module '%s' requires itself, directly or through others"):format(name), 2)
    end
    entry.done:wait()
  end
end
