--- Fetcher: what asks Telegram for updates, with its retries.
--- Source: grammY runner 2.0.3, createUpdateFetcher.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local kinds = require "tgrunner.kinds"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local fetcher = {}

local function interval(value)
  return value == "exponential" or value == "quadratic" or type(value) == "number" and value >= 0,
    'must be "exponential", "quadratic" or a number of milliseconds'
end

local function poll_timeout(value)
  return math.type(value) == "integer" and value >= 0 and value <= 50,
    "must be an integer of seconds from 0 to 50"
end

-- Anything but a list would be sent as an empty one: all kinds but three.
local function kind_list(value)
  local count = 0
  for _ in pairs(type(value) == "table" and value or {}) do count = count + 1 end
  return type(value) == "table" and count == #value,
    'must be a list of update kinds, such as { "message", "callback_query" }'
end

-- Members of getUpdates; others pass as they are.
local fetch_spec = setmetatable({ timeout = poll_timeout, allowed_updates = kind_list }, {
  __index = function() return "any" end,
})

--- What a fetcher's options may be.
fetcher.spec = {
  fetch = fetch_spec,
  max_retry_time = "milliseconds",
  retry_interval = interval,
  silent = "boolean",
  conflict_wait_ms = "milliseconds",
  drop_pending_updates = "boolean",
}

--- Raises for a kind that does not exist.
---@param list string[] allowed_updates
local function check_allowed(list)
  for _, kind in ipairs(list) do
    if not kinds.is_known(kind) then
      errors.usage("unknown update kind '%s' in allowed_updates%s", tostring(kind),
        kinds.hint(kind))
    end
  end
end

-- The kinds to ask for, and whether the script said so itself.
local function allowed_updates(bot, given)
  local needed, takes_all = bot:_kinds()
  if not given then return kinds.to_allow(needed, takes_all) end
  check_allowed(given)
  local missing = kinds.missing(given, needed)
  if #missing > 0 then
    host.log("warn", ("allowed_updates leaves out %s, but handlers are registered for it"):format(
      table.concat(missing, ", ")))
  end
  return given
end

fetcher.check_allowed, fetcher.allowed_updates = check_allowed, allowed_updates

local parameters = { offset = true, limit = true, timeout = true, allowed_updates = true }

-- A Bot API server of one's own may know others.
local function check_names(fetch)
  for name in pairs(fetch) do
    if name == "offset" or name == "limit" then
      host.log("warn", ("runner.fetch.%s is not sent: the runner sets it itself, from what it has "
        .. "fetched and what it has room for"):format(name))
    elseif not parameters[name] then
      host.log("warn", ("getUpdates has no parameter '%s'%s (runner.fetch); it is sent as it is")
        :format(tostring(name), suggest.hint(name, parameters)))
    end
  end
end

---@class tgrunner.Fetcher
local Fetcher = {}
fetcher.meta = { __index = Fetcher, __name = "tgrunner.Fetcher" }

-- Handlers may be registered until the first request: the kinds are read then.
function Fetcher:_refresh()
  if self._fresh then return end
  self._fresh = true
  local list = { table.unpack(allowed_updates(self._bot, self._given)) }
  self._native:set_allowed(host.encode(setmetatable(list, host.array_meta)))
end

---@class tgrunner.FetcherOptions
---@field fetch? table more parameters of getUpdates, such as timeout (seconds, 30) and
---  allowed_updates (computed from the bot's handlers when absent)
---@field max_retry_time? number ms after which an outage is fatal (15 h)
---@field retry_interval? "exponential"|"quadratic"|number how the pause between tries grows:
---  100 ms and doubling (default), 100 ms more each time, or a fixed number of ms (100 at least)
---@field silent? boolean outages are not logged
---@field conflict_wait_ms? number how long another program that polls the bot is put up with
---  (30,000)
---@field drop_pending_updates? boolean start behind the queue

--- What asks Telegram for updates: a supplier for create_source.
---@param bot tgrunner.Bot
---@param opts? tgrunner.FetcherOptions
---@return tgrunner.Fetcher
function fetcher.create(bot, opts)
  options.check_bot("create_update_fetcher", bot)
  opts = options.check("create_update_fetcher options", opts, fetcher.spec)
  local fetch = {}
  check_names(opts.fetch or fetch)
  if opts.fetch and opts.fetch.allowed_updates then check_allowed(opts.fetch.allowed_updates) end
  for name, value in pairs(opts.fetch or {}) do fetch[name] = value end
  local timeout, given = fetch.timeout, fetch.allowed_updates
  fetch.timeout, fetch.allowed_updates, fetch.offset, fetch.limit = nil, nil, nil, nil
  local native = host.fetcher {
    client = bot:_client(),
    knows_me = bot.me ~= nil,
    on_me = function(me) bot:_set_me(me) end,
    timeout_s = timeout or 30,
    fetch = next(fetch) and host.encode(fetch):sub(2, -2) or nil,
    max_retry_ms = opts.max_retry_time,
    retry_interval = opts.retry_interval or "exponential",
    silent = opts.silent or false,
    conflict_wait_ms = opts.conflict_wait_ms,
    drop_pending_updates = opts.drop_pending_updates or false,
  }
  return setmetatable({ _native = native, _bot = bot, _given = given }, fetcher.meta)
end

return fetcher
