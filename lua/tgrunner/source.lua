--- Source: asks a supplier for batches of updates, one request at a time.
--- Source: grammY runner 2.0.3, createSource.
local errors = require "tgrunner.errors"
local fetcher = require "tgrunner.fetcher"
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local source = {}

--- What a source's options may be.
source.spec = { speed_traffic_balance = "number", max_delay_milliseconds = "milliseconds" }

--- Asks a supplier for batches, one request at a time.
---@class tgrunner.Source
local Source = {}
source.meta = { __index = Source, __name = "tgrunner.Source" }

-- Raises when a method was called without its source, as with a dot.
local function check(self, name)
  if getmetatable(self) ~= source.meta then
    errors.usage("source:%s is called with a colon, on what create_source returned", name)
  end
end

--- Iterates over batches (lists of updates, empty ones too) until the source is
--- closed; an error of the supplier is raised.
---@return fun(): table[]?
function Source:generator()
  check(self, "generator")
  local seen -- how often it had been closed when the last batch was asked for
  return function()
    if self._runner and self._runner._native:is_alive() then
      errors.usage "this source is asked for updates by its runner"
    end
    if seen and seen ~= self._closed then return nil end
    seen = self._closed
    self:_prepare()
    return self._native:pull()
  end
end

function Source:_prepare()
  if self._fetcher then self._fetcher:_refresh() end
end

--- How many updates the next request asks for.
---@param n number at least 1
function Source:set_generator_pace(n)
  check(self, "set_generator_pace")
  if type(n) ~= "number" or n ~= n then
    errors.usage("source:set_generator_pace takes a number (got %s)", options.shown(n))
  end
  self._native:set_generator_pace(n)
end

--- True from the first request until close or an error.
---@return boolean
function Source:is_active()
  check(self, "is_active")
  return self._native:is_active()
end

--- Aborts the open request or pause and resets the pace; the source stays usable. A runner that
--- asks it for updates ends, as by its stop.
function Source:close()
  check(self, "close")
  self._closed = self._closed + 1
  self._native:close()
  if self._runner then self._runner._native:halt() end
end

---@class tgrunner.Supplier
---@field supply fun(batch_size: number, signal: { aborted: boolean }): any[]

---@class tgrunner.SourceOptions
---@field speed_traffic_balance? number 0 (default: no pauses) to 1 (as few requests as possible)
---@field max_delay_milliseconds? number the longest pause (500)

--- Makes a source of a supplier: a fetcher, or a table with
--- supply(batch_size, signal) -> list of updates. supply runs as a coroutine; once
--- signal.aborted is true its answer is not wanted any more.
---@param supplier tgrunner.Fetcher|tgrunner.Supplier
---@param opts? tgrunner.SourceOptions
---@return tgrunner.Source
function source.create(supplier, opts)
  opts = options.check("create_source options", opts, source.spec)
  if getmetatable(supplier) == fetcher.meta then
    if supplier._has_source then
      errors.usage "create_source: this fetcher has a source already; make a fetcher for each"
    end
    local native = host.source(supplier._native, opts)
    supplier._has_source = true
    return setmetatable({ _native = native, _fetcher = supplier, _closed = 0 }, source.meta)
  end
  if type(supplier) ~= "table" or type(supplier.supply) ~= "function" then
    errors.usage("create_source: the supplier must be a fetcher or a table with a function supply "
      .. "(got %s)", type(supplier))
  end
  return setmetatable({ _native = host.source(supplier, opts), _closed = 0 }, source.meta)
end

return source
