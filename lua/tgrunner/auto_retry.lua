--- Auto retry: calls that were refused for a while, or that did not get through, are made again.
---
--- Source: grammY's auto-retry plugin. Ours: on by default and bounded; a refusal (429) holds
--- back only calls for the same chat; what is not sure to be harmless when it happens twice, such
--- as sendMessage, is not repeated once it may have reached Telegram.
local api = require "tgrunner.api"
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local auto_retry = {}

local spec = { max_attempts = "count", max_delay_s = "seconds" }

-- Methods that do the same when they are called twice begin with one of these …
local repeatable_words = {}
for word in ([[get set edit delete answer ban unban restrict promote pin unpin close reopen hide
  unhide leave verify remove read revoke]]):gmatch("%S+") do
  repeatable_words[word] = true
end

-- … with these exceptions.
local exceptions = {
  sendChatAction = true,
  answerWebAppQuery = false,
  answerGuestQuery = false,
  close = false,
}

--- Whether a method may be called again when it is not known whether it was carried out.
---@param method string as the Bot API spells it
---@return boolean
function auto_retry.is_repeatable(method)
  local known = exceptions[method]
  if known ~= nil then return known end
  return repeatable_words[method:match("^%l+")] or false
end

-- The pause before attempt n + 1, in ms: 500, 1000, 2000, …, with up to a tenth of jitter.
local function backoff_ms(attempt, max_ms)
  local pause = math.min(500 * 2 ^ (attempt - 1), max_ms)
  return math.ceil(pause * (0.9 + 0.1 * math.random()))
end

-- What a refusal for flooding holds back: calls for the chat, or of the method.
local function bucket(method, payload)
  local chat = payload.chat_id
  local is_id = type(chat) == "number" or type(chat) == "string"
  return is_id and "chat:" .. tostring(chat) or "method:" .. method
end

-- Holds calls back until a time, and forgets what is held back no more.
local function hold(held, key, time)
  local now = host.now_ms()
  for other, till in pairs(held) do
    if till <= now then held[other] = nil end
  end
  held[key] = math.max(held[key] or 0, time)
end

-- How long to wait before the next attempt; nil when there should be none.
local function pause_ms(method, response, attempt, max_delay_ms)
  if response.consumed or response.kind == "file" then return nil end
  if response.error_code == 429 then
    local after = response.parameters and response.parameters.retry_after
    -- Not all that stands before a Bot API says how long.
    if type(after) ~= "number" then return backoff_ms(attempt, max_delay_ms) end
    local pause = math.ceil(after * 1000)
    return pause <= max_delay_ms and pause or nil
  end
  -- Refused on this side, as a name that is no method's is: it would be again.
  if response.kind == "protocol" and response.sent == false then return nil end
  local is_server = response.error_code and response.error_code >= 500
  local is_network = response.kind and response.kind ~= "api"
  if not is_server and not is_network then return nil end
  local may_have_arrived = response.sent ~= false
  if may_have_arrived and not auto_retry.is_repeatable(method) then return nil end
  return backoff_ms(attempt, max_delay_ms)
end

local function wait_until(held, key)
  while held[key] do
    local left = held[key] - host.now_ms()
    if left <= 0 then
      held[key] = nil
    else
      host.sleep(left)
    end
  end
end

--- A transformer for bot.api.config:use. Bots have one unless their config says
--- `auto_retry = false`.
---@param opts { max_attempts?: integer, max_delay_s?: number }? attempts in all (3); a longer
---pause asked for by Telegram is not waited for (60)
---@return tgrunner.Transformer
function auto_retry.new(opts)
  opts = options.check("auto_retry options", opts, spec)
  local max_attempts = opts.max_attempts or 3
  local max_delay_ms = (opts.max_delay_s or 60) * 1000
  local held = {} -- bucket → the time at which its calls may go on
  local was_held = false -- whether anything ever was
  local function transformer(prev, method, payload)
    local attempt, key = 1, nil
    while true do
      if was_held and next(held) ~= nil then -- seldom: the bucket is not named for every call
        key = key or bucket(method, payload)
        wait_until(held, key)
      end
      local response = prev(method, payload)
      if response.ok or attempt >= max_attempts then return response end
      local pause = pause_ms(method, response, attempt, max_delay_ms)
      if not pause then return response end
      attempt = attempt + 1
      if response.error_code == 429 then
        key = key or bucket(method, payload)
        host.log("info", ("flood limit for %s (%s): waiting %.1f s"):format(
          method, key, pause / 1000))
        was_held = true
        hold(held, key, host.now_ms() + pause)
      else
        host.sleep(pause)
      end
    end
  end
  api.trust(transformer)
  return transformer
end

return auto_retry
