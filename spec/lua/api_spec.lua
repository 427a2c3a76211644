local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("the API", function()
  local tg, host, api

  before_each(function()
    tg, host = fake_host.load()
    api = tg.Bot(nil, { auto_retry = false }).api
  end)

  local function refusal(code, description, parameters)
    return function()
      return false, { kind = "api", error_code = code, description = description,
        parameters = parameters, sent = true }
    end
  end

  it("knows a method by both spellings and returns its result", function()
    host.answers.sendMessage = { message_id = 1 }
    assert.equal(1, api.send_message({ chat_id = 2, text = "x" }).message_id)
    assert.equal(1, api.sendMessage({ chat_id = 2, text = "x" }).message_id)
    assert.same({ method = "sendMessage", params = { chat_id = 2, text = "x" } }, host.calls[1])
    assert.same(host.calls[1], host.calls[2])
  end)

  it("finds every method by its name in snake case", function()
    local module = require "tgrunner.api"
    for method in pairs(require("tgrunner.methods").list) do
      api[module.snake_name(method)] { left_to_the_server = true }
      assert.equal(method, host.calls[#host.calls].method)
    end
    assert.same({}, host.logged)
  end)

  it("refuses names that no method can have", function()
    for _, name in ipairs { "send message", "", "sendMessage?", "a/b", "é", ("x"):rep(129) } do
      assert.matches("^spec/lua/api_spec%.lua:%d+: '" .. name:gsub("%?", "%%?") ..
        "' is no name of a method: it consists of letters, digits and '_', 128 at most$",
        raised(function() api[name] {} end))
    end
    assert.same({}, host.calls)
    assert.same({}, host.logged)
  end)

  it("points at the script when a transformer calls on with something else", function()
    local bad
    local function send() api.send_message { chat_id = 1, text = "x" } end
    api.config:use(function(prev, method, payload) return bad(prev, method, payload) end)
    function bad(prev, _, payload) return prev(nil, payload) end
    assert.matches("^spec/lua/api_spec%.lua:%d+: prev takes the method's name and a table of "
      .. "parameters %(got a nil and a table%)$", raised(send))
    function bad(prev, method) return prev(method, nil) end
    assert.matches("^spec/lua/api_spec%.lua:%d+: prev takes .*%(got a string and a nil%)$",
      raised(send))
    assert.same({}, host.calls)
  end)

  it("takes no maker of transformers that was not called", function()
    assert.matches("^spec/lua/api_spec%.lua:%d+: api.config:use: tg.auto_retry makes a "
      .. "transformer, and is called for that",
      raised(function() api.config:use(tg.auto_retry) end))
    assert.matches("tg.fmt.bold is no transformer",
      raised(function() api.config:use(tg.fmt.bold) end))
    api.config:use(tg.auto_retry(), tg.throttler())
  end)

  it("says when config:use is called with a dot", function()
    assert.matches("^spec/lua/api_spec%.lua:%d+: call use with a colon: api%.config:use%(…%)$",
      raised(function() api.config.use(function() end) end))
    assert.matches("call installed_transformers with a colon",
      raised(function() api.config.installed_transformers() end))
  end)

  it("takes no parameters as an empty table", function()
    api.get_me()
    assert.same({ method = "getMe", params = {} }, host.calls[1])
  end)

  it("returns false and nothing but what the server says", function()
    host.answers.getChat = function() return true, false end
    assert.is_false(api.get_chat { chat_id = 1 })
  end)

  it("raises what the server refuses", function()
    host.answers.sendMessage = refusal(400, "Bad Request: message text is empty")
    local payload = { chat_id = 2, text = "" }
    local err = raised(api.send_message, payload)
    assert.equal("sendMessage: 400 Bad Request: message text is empty", tostring(err))
    assert.equal("sendMessage", err.method)
    assert.equal(400, err.error_code)
    assert.same(payload, err.payload)
    assert.is_true(tg.is_api_error(err))
    assert.is_false(tg.is_api_error "text")
  end)

  it("raises what fails on the way", function()
    host.answers.getMe = function()
      return false, { kind = "timeout", description = "no answer within 50 s", sent = true }
    end
    local err = raised(api.get_me)
    assert.equal("timeout", err.kind)
    assert.equal("getMe: timeout error: no answer within 50 s", tostring(err))
  end)

  it("points at the script when parameters cannot be sent", function()
    host.answers.sendMessage = function()
      error("sendMessage: text: cannot encode a function", 0)
    end
    assert.matches("^spec/lua/api_spec%.lua:%d+: sendMessage: text: cannot encode a function",
      raised(function() api.send_message { chat_id = 1, text = "x", entities = { print } } end))
  end)

  it("says which parameter is missing, and where, before it is sent", function()
    assert.matches("^spec/lua/api_spec%.lua:%d+: sendMessage: text is missing$",
      raised(function() api.send_message { chat_id = 1 } end))
    assert.matches("^spec/lua/api_spec%.lua:%d+: sendMessage: chat_id, text are missing$",
      raised(function() api.send_message() end))
    assert.matches("sendMessage: text is missing; 'txt' is not a parameter of it, did you mean "
      .. "'text'%?$", raised(function() api.send_message { chat_id = 1, txt = "x" } end))
    assert.same({}, host.calls)
  end)

  it("leaves methods that are newer than its table to the server", function()
    host.answers.sendMessage = refusal(400, "Bad Request: message text is empty")
    local err = raised(function() api.send_message { chat_id = 1, hologram = {} } end)
    assert.matches("^sendMessage: 400 Bad Request: message text is empty "
      .. "%(spec/lua/api_spec%.lua:%d+: text is missing%)$", tostring(err))
  end)

  it("refuses parameters of types that cannot be meant", function()
    assert.matches("^spec/lua/api_spec%.lua:%d+: sendMessage: chat_id must be an integer or a "
      .. "string %(got a table%)$", raised(function() api.send_message { chat_id = {} } end))
    assert.matches("^spec/lua/api_spec%.lua:%d+: sendLocation: latitude must be a number",
      raised(function() api.send_location { chat_id = 1, latitude = "a", longitude = 5 } end))
    assert.same({}, host.calls)
  end)

  it("looks at parameters when transformers have filled them in", function()
    api.config:use(function(prev, method, payload)
      payload.chat_id, payload.text = 5, payload.text[1]
      return prev(method, payload)
    end)
    api.send_message { text = { "x" } }
    assert.same({ chat_id = 5, text = "x" }, host.calls[1].params)
  end)

  it("warns once of parameters that are nearly right", function()
    for _ = 1, 2 do api.send_message { chat_id = 1, text = "x", parse_mod = "HTML" } end
    assert.equal(2, #host.calls)
    assert.equal(1, #host.logged)
    assert.matches("'parse_mod' is not a parameter of sendMessage in Bot API %S+, "
      .. "did you mean 'parse_mode'%?", host.logged[1].text)
  end)

  it("refuses a colon after the api of a ctx, with a config of its own or without", function()
    local bot = tg.Bot()
    local ctx = require("tgrunner.context").maker(bot)({ update_id = 1 })
    local function colon() ctx.api:set_my_description { description = "Hello" } end
    assert.matches("^spec/lua/api_spec%.lua:%d+: call api%.set_my_description with a dot, not with "
      .. "a colon$", raised(colon))
    ctx.api.config:use(function(prev, method, payload) return prev(method, payload) end)
    assert.matches("with a dot, not with a colon$", raised(colon))
    assert.same({}, host.calls)
  end)

  it("does not take for given what only a metatable has", function()
    local payload = setmetatable({ text = "x" }, { __index = { chat_id = 9 } })
    assert.matches("sendMessage: chat_id is missing$", raised(api.send_message, payload))
    assert.same({}, host.calls)
  end)

  it("points at the call when a mistake is found behind transformers", function()
    api.config:use(function(prev, method, payload)
      local response = prev(method, payload)
      return response
    end)
    local line
    local function send(payload)
      line = debug.getinfo(1, "l").currentline + 1
      return api.send_message(payload), 1
    end
    local err = raised(send, { chat_id = 1 })
    assert.equal(("spec/lua/api_spec.lua:%d: sendMessage: text is missing"):format(line), err)
    err = raised(send, { chat_id = {}, text = "x" })
    assert.equal(1, err:find(("spec/lua/api_spec.lua:%d: sendMessage: chat_id must"):format(line),
      1, true))
  end)

  it("refuses parameters that are no table, and a colon", function()
    assert.matches("^spec/lua/api_spec%.lua:%d+: send_message takes one table of parameters "
      .. "%(got a string%)", raised(function() api.send_message "x" end))
    assert.error_matches(function() api:send_message { text = "x" } end, "with a dot")
  end)

  describe("of an unknown method", function()
    it("sends it as it is, with one warning", function()
      api.sendHologram { chat_id = 1 }
      api.sendHologram { chat_id = 1 }
      assert.equal("sendHologram", host.calls[1].method)
      assert.equal(1, #host.logged)
      assert.equal("warn", host.logged[1].level)
      assert.matches("'sendHologram' is not a method of Bot API", host.logged[1].text)
    end)

    it("converts its name by the same rule", function()
      api.send_hologram_now {}
      assert.equal("sendHologramNow", host.calls[1].method)
    end)

    it("suggests the nearest when the server does not know it either", function()
      host.answers.sendMesage = refusal(404, "Not Found")
      assert.matches("did you mean 'send_message'%?", tostring(raised(api.send_mesage, {})))
      assert.matches("did you mean 'sendMessage'%?", tostring(raised(api.sendMesage, {})))
      assert.matches("did you mean 'send_message'", host.logged[1].text)
    end)

    it("suggests nothing for a method that is known", function()
      host.answers.sendMessage = refusal(404, "Not Found")
      assert.equal("sendMessage: 404 Not Found",
        tostring(raised(api.send_message, { chat_id = 1, text = "x" })))
    end)
  end)

  it("spreads formatted text into text and entities", function()
    local payload = { chat_id = 1, text = tg.fmt.bold "b" }
    api.send_message(payload)
    assert.equal("b", host.calls[1].params.text)
    assert.equal("bold", host.calls[1].params.entities[1].type)
    assert.is_nil(payload.entities)
  end)

  it("spreads formatted captions of media", function()
    local media = { { type = "photo", media = "a", caption = tg.fmt.bold "b" }, { type = "x" } }
    api.send_media_group { chat_id = 1, media = media }
    local sent = host.calls[1].params.media
    assert.equal("b", sent[1].caption)
    assert.equal("bold", sent[1].caption_entities[1].type)
    assert.equal(media[2], sent[2])
    assert.is_nil(media[1].caption_entities)
    api.edit_message_media { media = media[1] }
    assert.equal("b", host.calls[2].params.media.caption)
  end)

  it("is its own raw, as in grammY", function()
    assert.equal(api, api.raw)
    api.raw.send_message { chat_id = 1, text = "x" }
    assert.equal("sendMessage", host.calls[1].method)
  end)

  describe("'s transformers", function()
    it("see method and payload, the last one first", function()
      local trace = {}
      local function spy(name)
        return function(prev, method, payload)
          trace[#trace + 1] = ("%s %s %s"):format(name, method, payload.text)
          local response = prev(method, payload)
          trace[#trace + 1] = ("%s %s"):format(name, tostring(response.ok))
          return response
        end
      end
      api.config:use(spy "first", spy "second")
      api.send_message { chat_id = 1, text = "x" }
      assert.same({ "second sendMessage x", "first sendMessage x", "first true", "second true" },
        trace)
    end)

    it("can change a call", function()
      api.config:use(function(prev, _, payload)
        payload.parse_mode = "HTML"
        return prev("sendPhoto", payload)
      end)
      api.send_message { text = "x" }
      assert.same({ method = "sendPhoto", params = { text = "x", parse_mode = "HTML" } },
        host.calls[1])
    end)

    it("can answer a call themselves", function()
      api.config:use(function() return { ok = true, result = { id = 1 } } end)
      assert.equal(1, api.get_me().id)
      assert.same({}, host.calls)
    end)

    it("see refusals as responses, and can turn them into results", function()
      host.answers.getChat = refusal(403, "Forbidden", { retry_after = 1 })
      local seen
      api.config:use(function(prev, method, payload)
        seen = prev(method, payload)
        return { ok = true, result = "rescued" }
      end)
      assert.equal("rescued", api.get_chat { chat_id = 1 })
      assert.same({ ok = false, kind = "api", error_code = 403, description = "Forbidden",
        parameters = { retry_after = 1 }, sent = true }, seen)
    end)

    it("can refuse a call", function()
      api.config:use(function()
        return { ok = false, error_code = 400, description = "not today" }
      end)
      assert.equal("getMe: 400 not today", tostring(raised(api.get_me)))
    end)

    it("must return a response", function()
      api.config:use(function(prev, method, payload) prev(method, payload) end)
      assert.error_matches(function() api.get_me() end, "must return a response.*got nil")
    end)

    it("are functions", function()
      assert.error_matches(function() api.config:use(5) end, "api.config:use takes functions")
    end)

    it("can be listed", function()
      local function transformer(prev, method, payload) return prev(method, payload) end
      assert.same({}, api.config:installed_transformers())
      assert.equal(api.config, api.config:use(transformer))
      assert.same({ transformer }, api.config:installed_transformers())
    end)

    it("of one context see only its calls, before those of the bot", function()
      local bot = tg.Bot(nil, { auto_retry = false })
      local trace = {}
      local function spy(name)
        return function(prev, method, payload)
          trace[#trace + 1] = name .. " " .. method
          return prev(method, payload)
        end
      end
      local make = require("tgrunner.context").maker(bot)
      local message = { chat = { id = 1 }, message_id = 2 }
      local one, other = make { message = message }, make { message = message }
      one.api.config:use(spy "ctx")
      bot.api.config:use(spy "bot")
      one:reply "x"
      other:delete_message()
      bot.api.get_me()
      one.api.send_photo { chat_id = 1, photo = "id" }
      assert.same({ "ctx sendMessage", "bot sendMessage", "bot deleteMessage", "bot getMe",
        "ctx sendPhoto", "bot sendPhoto" }, trace)
      assert.equal(1, #one.api.config:installed_transformers())
      assert.equal(0, #other.api.config:installed_transformers())
    end)

    it("serve methods that were looked up before", function()
      local get_me = api.get_me
      api.config:use(function() return { ok = true, result = "new" } end)
      assert.equal("new", get_me())
    end)
  end)
end)
