local fake_host = require "support.fake_host"

describe("parameters", function()
  local tg, host = fake_host.load()
  local methods = require "tgrunner.methods"
  local parameters = require "tgrunner.parameters"

  it("are read from the table of methods", function()
    local of = parameters.of "sendMessage"
    assert.equal("integer|string", of.chat_id.kinds)
    assert.equal(1, of.chat_id.required)
    assert.equal(0, of.parse_mode.required)
    assert.is_nil(parameters.of "sendHologram")
  end)

  it("are read of every method there is", function()
    for method, text in pairs(methods.list) do
      local count, colons = 0, select(2, text:gsub(":", ""))
      for _ in pairs(parameters.of(method)) do count = count + 1 end
      assert.equal(colons, count, method)
    end
  end)

  it("that are missing are named", function()
    assert.equal("chat_id, text are missing", parameters.missing("sendMessage", {}))
    assert.equal("text is missing", parameters.missing("sendMessage", { chat_id = 1 }))
    assert.is_nil(parameters.missing("sendMessage", { chat_id = 1, text = "" }))
    assert.is_nil(parameters.missing("sendHologram", {}))
    assert.equal("text is missing", (parameters.check("sendMessage", { chat_id = 1 })))
  end)

  -- What is said of one parameter, when all others are right.
  local function said(method, name, value)
    local payload = { [name] = value }
    local other = { chat_id = 1, text = "x", photo = "id", latitude = 1, longitude = 2, media = {},
      callback_query_id = "1", question = "?", options = {}, business_connection_id = "1",
      content = {}, story_id = 1, currency = "XTR", description = "d", payload = "p", prices = {},
      title = "t" }
    for required, parameter in pairs(parameters.of(method)) do
      if parameter.required == 1 and required ~= name then payload[required] = other[required] end
    end
    return (parameters.check(method, payload))
  end

  local markup = tg.InlineKeyboard():text "a"
  local file = tg.InputFile "a.png"

  for _, case in ipairs {
    { "sendMessage", "chat_id", 5, "@name", 5.0, "-100" },
    { "sendMessage", "text", "x", 5, 1.5, "" },
    { "sendMessage", "message_thread_id", 5, "5", 5.0, "5.0", 5.5, "" },
    { "editStory", "areas", { {} }, {} },
    { "sendInvoice", "provider_data", { receipt = {} }, {}, "{}" },
    { "sendMessage", "disable_notification", true, false, 1, 0, "true", "False", "1", "" },
    { "sendMessage", "reply_markup", {}, markup, "{}", ' {"a":1}', "" },
    { "sendMessage", "entities", {}, { {} }, "[]", tg.array {} },
    { "sendMessage", "parse_mode", "HTML", host.null },
    { "sendLocation", "latitude", 5, 5.5, "5.5", "-1e3" },
    { "sendPhoto", "photo", "id", "https://x", file },
    { "sendMediaGroup", "media", { {} }, "[]" },
    { "setChatPhoto", "photo", file, "attach://a" },
  } do
    local method, name = case[1], case[2]
    it(("takes what Telegram takes for %s of %s"):format(name, method), function()
      for i = 3, #case do
        assert.is_nil(said(method, name, case[i]), tostring(case[i]))
      end
    end)
  end

  for text, case in pairs {
    ["text must be a string (got true)"] = { "sendMessage", "text", true },
    ["text must be a string (got a function)"] = { "sendMessage", "text", print },
    ["text must be a string (got a table)"] = { "sendMessage", "text", {} },
    ["text must be a string (got a list)"] = { "sendMessage", "text", { "a" } },
    ["message_thread_id must be an integer (got 'abc')"] =
      { "sendMessage", "message_thread_id", "abc" },
    ["message_thread_id must be an integer (got true)"] =
      { "sendMessage", "message_thread_id", true },
    ["chat_id must be an integer or a string (got true)"] = { "sendMessage", "chat_id", true },
    ["chat_id must be an integer or a string (got a table)"] = { "sendMessage", "chat_id", {} },
    ["parse_mode must be a string (got formatted text)"] =
      { "sendMessage", "parse_mode", tg.fmt "x" },
    ["disable_notification must be a boolean (got 'maybe')"] =
      { "sendMessage", "disable_notification", "maybe" },
    ["disable_notification must be a boolean (got 2)"] =
      { "sendMessage", "disable_notification", 2 },
    ["reply_markup must be a table (got true)"] = { "sendMessage", "reply_markup", true },
    ["reply_markup must be a table (got a list)"] = { "sendMessage", "reply_markup", { {} } },
    ["reply_markup must be a table (got 'text')"] = { "sendMessage", "reply_markup", "text" },
    ["entities must be a list (got a table)"] = { "sendMessage", "entities", { type = "bold" } },
    ["entities must be a list (got 5)"] = { "sendMessage", "entities", 5 },
    ["photo must be a tg.InputFile or a string (got 5)"] = { "sendPhoto", "photo", 5 },
    ["photo must be a tg.InputFile or a string (got a table); wrap it: tg.InputFile{ … }"] =
      { "sendPhoto", "photo", { path = "a" } },
    ["photo must be a tg.InputFile or a string (got a function); wrap it: tg.InputFile(…)"] =
      { "sendPhoto", "photo", print },
    ["photo must be a tg.InputFile (got 'a.png'); of a path: tg.InputFile(path)"] =
      { "setChatPhoto", "photo", "a.png" },
    ["latitude must be a number (got 'a')"] = { "sendLocation", "latitude", "a" },
    ["show_alert must be a boolean (got a tg.InputFile)"] =
      { "answerCallbackQuery", "show_alert", file },
    ["reply_markup must be a table (got a tg.InputFile)"] = { "sendMessage", "reply_markup", file },
    ["the parameters have names (got the key '1')"] = { "sendMessage", 1, "x" },
  } do
    it("is told: " .. text, function()
      assert.equal(text, said(table.unpack(case)))
    end)
  end

  it("of methods that are not known are never wrong", function()
    assert.is_nil(parameters.check("sendHologram", { chat_id = {}, 5 }))
  end)

  it("of several that are wrong the first in the alphabet is named", function()
    for _ = 1, 5 do
      assert.matches("^chat_id", (parameters.check("sendMessage", {
        text = true, chat_id = true, entities = 5, parse_mode = true,
      })))
    end
  end)

  it("that are not known are found when another is near", function()
    assert.same({ nil, "parse_mod", "parse_mode" },
      { parameters.check("sendMessage", { chat_id = 1, text = "x", parse_mod = "HTML" }) })
    assert.same({}, { parameters.check("sendMessage",
      { chat_id = 1, text = "x", something_of_a_transformer = 1 }) })
  end)

  it("that are not known at all leave what is required to the server", function()
    assert.same({}, { parameters.check("sendMessage", { chat_id = 1, hologram = {} }) })
    assert.equal("text is missing; 'txt' is not a parameter of it, did you mean 'text'?",
      (parameters.check("sendMessage", { chat_id = 1, txt = "x", hologram = {} })))
  end)
end)
