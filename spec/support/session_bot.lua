--- A bot with a session over a fake host, and the updates and storages that specs give it.
local session_bot = {}

--- A storage of plain values that notes what is done with it.
---@param values table?
---@return table storage
---@return string[] done
---@return table values
function session_bot.recorder(values)
  values = values or {}
  local done = {}
  return {
    read = function(key)
      done[#done + 1] = "read " .. key
      return values[key]
    end,
    write = function(key, value)
      done[#done + 1] = "write " .. key
      values[key] = value
    end,
    delete = function(key)
      done[#done + 1] = "delete " .. key
      values[key] = nil
    end,
  }, done, values
end

--- A bot that uses middleware.
---@param tg table
---@param host FakeHost
---@param ... any
---@return table bot
function session_bot.new(tg, host, ...)
  local bot = tg.Bot()
  bot.me = host.answers.getMe
  bot:use(...)
  return bot
end

local id = 0

--- An update with a text.
---@param text string
---@param chat integer?
---@param from integer?
---@return table
function session_bot.message(text, chat, from)
  id = id + 1
  return { update_id = id, message = {
    message_id = id, date = 1, text = text,
    chat = { id = chat or 7, type = "private" }, from = { id = from or 7, first_name = "Ann" },
  } }
end

--- An update without a chat.
---@return table
function session_bot.inline_query()
  local query = { id = "1", from = { id = 7, first_name = "Ann" }, query = "", offset = "" }
  return { update_id = 1, inline_query = query }
end

--- What a session is at first, for `count`.
function session_bot.counter() return { n = 0 } end

--- A handler that counts in the session.
function session_bot.count(ctx) ctx.session.n = ctx.session.n + 1 end

return session_bot
