local flow = require "support.flow"
local http = require "support.http"
local uv = require "luv"

-- Every file of examples/ has one entry here: what a person says to it with --sim and what it
-- replies, and more of it against a simulator of the spec's own.
local examples = {}

local sim

local function start(name, env, args)
  env = env or {}
  env.BOT_TOKEN = sim.token
  return flow.start("tgrunner-lua",
    { "--api-root", sim.url, "examples/" .. name .. ".lua", table.unpack(args or {}) }, { env = env })
end

-- The texts of the messages it has sent so far, once there are `count`.
local function texts(count)
  local list = {}
  for _, call in ipairs(sim:wait_calls("sendMessage", count)) do list[#list + 1] = call.params.text end
  return list
end

-- The uploads so far, once there are `count` and all have arrived in full.
local function documents(count)
  local calls
  flow.wait_until(function()
    calls = sim:wait_calls("sendDocument", count)
    return calls[count].status == 200
  end)
  return calls
end

local ann = { id = 5, is_bot = false, first_name = "Ann" }

examples.echo = {
  says = { "hello", "/start" }, replies = { "hello", "Hi! Send me something." },
}

examples.commands = {
  says = { "/start", "/start shop", "/add 2 3", "/sum 1 x", "/echo", "/echo a b", "/help", "/nonsense" },
  replies = {
    "Hi! I know /add, /echo and /help.", "You came by the link for shop.", "5",
    "x is no number. Example: /add 2 3", "Echo what?", "a b", "/add NUMBERS, /echo TEXT",
    "I do not know that command. Try /help.",
  },
  run = function()
    start "commands"
    assert.equal("add", sim:wait_calls("setMyCommands", 1)[1].params.commands[1].command)
    sim:update(flow.message "/add@SomeOtherBot 1 2")
    sim:update(flow.message "/add 40 2")
    local got = texts(2)
    table.sort(got) -- the two are handled at once
    assert.same({ "42", "I do not know that command. Try /help." }, got)
  end,
}

examples.inline_keyboard = {
  says = { "/count" }, replies = { "How many?" },
  run = function()
    start "inline_keyboard"
    sim:update(flow.message("/count", { chat = 5 }))
    local markup = sim:wait_calls("sendMessage", 1)[1].params.reply_markup
    assert.equal("count:1", markup.inline_keyboard[1][3].callback_data)
    for i, data in ipairs { "count:1", "show", "old" } do
      sim:update { callback_query = { id = tostring(i), from = ann, chat_instance = "x", data = data,
        message = { message_id = 9, date = 1, chat = { id = 5, type = "private" }, text = "How many?" } } }
    end
    local answers = {}
    for _, call in ipairs(sim:wait_calls("answerCallbackQuery", 3)) do
      answers[call.params.callback_query_id] = call.params.text or "nothing"
    end
    assert.same({ ["1"] = "nothing", ["2"] = "Press + or −.", ["3"] = "This button is too old." }, answers)
    local edit = sim:wait_calls("editMessageReplyMarkup", 1)[1].params
    assert.equal(9, edit.message_id)
    assert.equal("count:0", edit.reply_markup.inline_keyboard[1][1].callback_data)
  end,
}

examples.inline_query = {
  says = { "hi" }, replies = { "Type my name in any chat, then what you are looking for." },
  run = function()
    start "inline_query"
    sim:update { inline_query = { id = "77", from = ann, query = "Heart", offset = "" } }
    local params = sim:wait_calls("answerInlineQuery", 1)[1].params
    assert.equal("77", params.inline_query_id)
    assert.equal(2, #params.results)
    assert.equal("💔", params.results[2].input_message_content.message_text)
    sim:update { inline_query = { id = "78", from = ann, query = "nothing", offset = "" } }
    assert.same({}, sim:wait_calls("answerInlineQuery", 2)[2].params.results)
  end,
}

examples.files = {
  says = { "hi" }, replies = { "Send me a file, or /table." },
  run = function()
    start "files"
    local bytes = ("some bytes"):rep(1000)
    local id = sim:request("POST", "/sim/files?name=x.bin", bytes).file_id
    local update = flow.message "x"
    update.message.text, update.message.document = nil, { file_id = id, file_unique_id = "u" }
    sim:update(update)
    assert.same({ "Got 10000 bytes. Here they are again:" }, texts(1))
    local copy = documents(1)[1].files.file0
    assert.equal("copy.bin", copy.name)
    assert.equal(10000, copy.size)
    sim:update(flow.message "/table")
    local call = documents(2)[2]
    local size = 0
    for n = 1, 1000 do size = size + #("%d,%d\n"):format(n, n * n) end
    assert.equal(size, call.files.file0.size)
    assert.equal("squares.csv", call.files.file0.name)
    assert.equal("Squares", call.params.caption)
  end,
}

examples.http_api = {
  says = { "/rate EUR" }, replies = { "Example: /rate EUR USD" },
  run = function()
    local rates = http.server(function(request)
      if request.target:find "symbols=USD" then
        request:answer(200, '{"rates":{"USD":1.25}}')
      elseif request.target:find "symbols=XXX" then
        request:answer(404, '{"message":"not found"}')
      else
        request:close()
      end
    end)
    start("http_api", { RATES_URL = rates.url .. "/latest" })
    sim:update(flow.message "/rate eur usd")
    assert.same({ "1 EUR = 1.25 USD" }, texts(1))
    assert.equal("/latest?base=EUR&symbols=USD", rates.requests[1].target)
    sim:update(flow.message "/rate EUR XXX")
    assert.equal("No rate from EUR to XXX (status 404).", texts(2)[2])
    sim:update(flow.message "/rate EUR YYY")
    assert.equal("The rates cannot be reached. Try again later.", texts(3)[3])
  end,
}

examples.broadcast = {
  says = { "/start" }, replies = { "You will hear from me." },
  run = function()
    sim:answer { method = "sendMessage", match = { chat_id = 103, text = "News!" }, status = 403 }
    local bot = start "broadcast"
    for chat = 101, 105 do sim:update(flow.message("/start", { chat = chat })) end
    sim:wait_calls("sendMessage", 5)
    sim:update(flow.message("/broadcast News!", { chat = 200 }))
    local reached = {}
    flow.wait_until(function()
      flow.pause(20)
      for _, call in ipairs(sim:calls "sendMessage") do
        if call.params.text == "News!" then reached[call.params.chat_id - 100] = true end
      end
      return #reached == 5
    end)
    assert.same({ true, true, true, true, true }, reached)
    local edits = sim:wait_calls("editMessageText", 1)
    assert.equal("██████████ 5/5, 1 have blocked me", edits[#edits].params.text, bot:err())
    assert.equal(200, edits[#edits].params.chat_id)
    -- Who has blocked the bot is not written to again.
    sim:update(flow.message("/broadcast Again", { chat = 200 }))
    edits = sim:wait_calls("editMessageText", #edits + 1)
    assert.equal("██████████ 4/4, 0 have blocked me", edits[#edits].params.text)
  end,
}

examples.survey = {
  says = { "hi", "/survey", "Ann", "/cancel", "/cancel" },
  replies = {
    "Type /survey.", "What is your name?", "Which town do you live in?", "As you wish.",
    "There is nothing to cancel.",
  },
  run = function()
    local towns = http.server(function(request)
      if request.target:find "name=Bonn&" then
        request:answer(200, '{"results":[{"name":"Bonn","country":"Germany"}]}')
      elseif request.target:find "name=X" then
        request:answer(200, "{}")
      else
        request:close()
      end
    end)
    start("survey", { TOWNS_URL = towns.url .. "/search" })
    local count = 0
    local function say(update)
      sim:update(type(update) == "string" and flow.message(update, { chat = 5 }) or update)
      count = count + 1
      return texts(count)[count]
    end
    local function press(data)
      return say { callback_query = { id = "1", from = ann, chat_instance = "x", data = data,
        message = { message_id = 9, date = 1, chat = { id = 5, type = "private" }, text = "?" } } }
    end
    assert.equal("What is your name?", say "/survey")
    assert.equal("Which town do you live in?", say "Ann")
    assert.equal("I do not know that town. Another one nearby?", say "X & Y")
    assert.equal("/search?name=X%20%26%20Y&count=1", towns.requests[1].target)
    assert.equal("How do you like it there?", say "Bonn")
    assert.equal("Please press one of the buttons.", say "good")
    assert.equal("Thank you! Ann from Bonn (Germany): ★★★★", press "stars:4")
    assert.equal("Type /survey.", say "more")
    -- Begun anew amid another; an API that is down.
    assert.equal("What is your name?", say "/survey")
    assert.equal("What is your name?", say "/survey")
    assert.equal("Which town do you live in?", say "Bob")
    assert.equal("How do you like it there?", say "Nowhere")
    assert.equal("Thank you! Bob from Nowhere (somewhere): ★", press "stars:1")
  end,
}

examples.error_boundary = {
  says = { "/divide 7 2", "/divide 1 0", "hi" },
  replies = { "3", "That cannot be calculated.", "Try /divide 6 3" },
  run = function()
    local bot = start "error_boundary"
    sim:update(flow.message "/crash")
    assert.same({ "Something went wrong. We have been told." }, texts(1))
    bot:wait_for("err", "error_boundary.lua:%d+: as was asked for\n")
    sim:update(flow.message "/divide x y")
    assert.equal("That cannot be calculated.", texts(2)[2])
    bot:wait_for("err", "calculator: ")
  end,
}

examples.session = {
  says = { "a", "b", "/forget", "c" },
  replies = { "That was message 1.", "That was message 2.", "Forgotten." },
  run = function()
    local path = os.tmpname()
    local function begin() return start("session", nil, { path }) end
    local bot = begin()
    local updates = {}
    for i = 1, 20 do updates[i] = flow.message("x", { chat = i % 2 + 1 }) end
    sim:update(updates)
    local highest = {}
    for _, call in ipairs(sim:wait_calls("sendMessage", 20)) do
      local chat = call.params.chat_id
      assert.equal(("That was message %d."):format((highest[chat] or 0) + 1), call.params.text)
      highest[chat] = (highest[chat] or 0) + 1
    end
    assert.same({ 10, 10 }, highest)
    bot:kill()
    assert.equal(0, bot:wait())
    assert.equal("", bot:err():gsub("[^\n]* info [^\n]*\n", ""))
    begin()
    sim:update(flow.message("x", { chat = 1 }))
    assert.equal("That was message 11.", texts(21)[21])
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end,
}

local function count_of(path)
  local lines, words = 0, 0
  for line in io.lines(path) do
    lines = lines + 1
    for _ in line:gmatch "%S+" do words = words + 1 end
  end
  return ("%d lines, %d words, 0 failed, 0 too slow"):format(lines, words)
end

examples.lines = { -- no bot: there is nobody to talk to
  run = function()
    local bot = start("lines", nil, { "README.md" })
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal(count_of "README.md" .. "\n", bot:out())
  end,
}

describe("every example", function()
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)

  it("has a spec, and every spec its example", function()
    local files, known = {}, {}
    for name in uv.fs_scandir_next, uv.fs_scandir "examples" do
      if name:find "%.lua$" then files[#files + 1] = name end
    end
    for name in pairs(examples) do known[#known + 1] = name .. ".lua" end
    table.sort(files)
    table.sort(known)
    assert.same(files, known)
  end)

  for name, example in pairs(examples) do
    if example.says then it("runs with --sim: " .. name, function()
      local result = flow.run({ "--sim", "--log-level", "error", "examples/" .. name .. ".lua" },
        { stdin = table.concat(example.says, "\n") .. "\n" })
      assert.equal(0, result.code, result.err)
      assert.equal("", result.err)
      local replies, wanted = {}, {}
      for line in result.out:gmatch "[^\n]+" do replies[line] = true end
      for _, text in ipairs(example.replies) do wanted[text] = true end
      assert.same(wanted, replies)
    end) end

    if example.run then
      it("does what it shows: " .. name, function() example.run() end)
    end
  end
end)
