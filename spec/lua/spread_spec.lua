local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("formatted text", function()
  local tg, host = fake_host.load()
  local spread = require "tgrunner.spread"
  local methods = require "tgrunner.methods"
  local bold = tg.fmt.bold "b"
  local entities = { { type = "bold", offset = 0, length = 1 } }

  it("becomes text and entities wherever a method takes both", function()
    local count = 0
    for method, text in pairs(methods.list) do
      for name in text:gmatch "([%w_]*entities)%??:list" do
        local field = name == "entities" and "text" or name:match "^(.*)_entities$"
        assert.same({ [field] = "b", [name] = entities },
          spread.payload(method, { [field] = bold }), method)
        count = count + 1
      end
    end
    assert.is_true(count >= 20)
  end)

  it("is spread in polls, checklists, media, inline results and quotes", function()
    assert.same({
      question = "b", question_entities = entities, explanation = "b",
      explanation_entities = entities, description = "b", description_entities = entities,
      options = { "a", { text = "b", text_entities = entities },
        { text = "b", text_entities = entities } },
    }, spread.payload("sendPoll", { question = bold, explanation = bold, description = bold,
      options = { "a", bold, { text = bold } } }))
    assert.same({
      checklist = { title = "b", title_entities = entities,
        tasks = { { id = 1, text = "b", text_entities = entities } } },
    }, spread.payload("sendChecklist",
      { checklist = { title = bold, tasks = { { id = 1, text = bold } } } }))
    assert.same({ media = { { type = "photo", caption = "b", caption_entities = entities } } },
      spread.payload("sendMediaGroup", { media = { { type = "photo", caption = bold } } }))
    local article = { type = "article", input_message_content = { message_text = bold } }
    local sent = { type = "article",
      input_message_content = { message_text = "b", entities = entities } }
    assert.same({ results = { sent, { caption = "b", caption_entities = entities } } },
      spread.payload("answerInlineQuery", { results = { article, { caption = bold } } }))
    assert.same({ result = sent }, spread.payload("answerWebAppQuery", { result = article }))
    assert.same({ reply_parameters = { quote = "b", quote_entities = entities } },
      spread.payload("sendMessage", { reply_parameters = { quote = bold } }))
    assert.same(bold, article.input_message_content.message_text)
  end)

  it("is refused as a title of what is no checklist", function()
    for _, field in ipairs { "title", "description" } do
      assert.error_matches(function()
        spread.payload("answerInlineQuery", { results = { { [field] = bold } } })
      end, "answerInlineQuery: " .. field .. " takes no formatted text")
    end
  end)

  it("leaves what has none as it is", function()
    local payload = { chat_id = 1, text = "x", media = { { type = "photo" } }, options = { "a" } }
    assert.equal(payload, spread.payload("sendMessage", payload))
  end)

  it("is refused, at the script's line, where nothing takes it", function()
    local api = tg.Bot(nil, { auto_retry = false }).api
    assert.matches("^spec/lua/spread_spec%.lua:%d+: answerInlineQuery: id takes no formatted text$",
      raised(function()
        api.answer_inline_query { inline_query_id = "1", results = { { id = bold } } }
      end))
    assert.matches("^spec/lua/spread_spec%.lua:%d+: setMyName: name must be a string "
      .. "%(got formatted text%)$", raised(function() api.set_my_name { name = bold } end))
    assert.same({}, host.calls)
  end)
end)
