local methods = require "tgrunner.methods"

describe("the facts about the Bot API", function()
  it("are what the package @grammyjs/types says (npm ci installs it)", function()
    local pipe = assert(io.popen("node spec/support/generate_methods.mjs --check 2>&1"))
    local output = pipe:read "a"
    local ok = pipe:close()
    assert.equal("", output)
    assert.is_true(ok)
  end)

  it("hold every parameter with its kinds", function()
    local known = { file = true, integer = true, number = true, string = true, boolean = true,
      object = true, list = true }
    local count = 0
    for method, parameters in pairs(methods.list) do
      count = count + 1
      for word in parameters:gmatch "%S+" do
        local name, kinds = word:match("^([%l_%d]+)%??:([%l|]+)$")
        assert.is_string(name, method .. " " .. word)
        for kind in kinds:gmatch "[^|]+" do assert.is_true(known[kind], method .. " " .. word) end
      end
    end
    assert.is_true(count >= 180)
  end)

  it("know sendMessage", function()
    local parameters = methods.list.sendMessage
    assert.matches("chat_id:integer|string", parameters, 1, true)
    assert.matches("text:string", parameters, 1, true)
    assert.matches("entities?:list", parameters, 1, true)
    assert.matches("reply_markup?:object", parameters, 1, true)
    assert.matches("%sparse_mode%?:string", parameters)
    assert.matches("photo:file|string", methods.list.sendPhoto, 1, true)
    assert.matches("latitude:number", methods.list.sendLocation, 1, true)
  end)

  it("tell objects from lists", function()
    local set = {}
    for _, name in ipairs(require "tgrunner.object_fields") do set[name] = true end
    for _, name in ipairs { "reply_markup", "permissions", "reply_parameters", "scope" } do
      assert.is_true(set[name], name)
    end
    for _, name in ipairs { "media", "entities", "inline_keyboard", "commands", "results" } do
      assert.is_nil(set[name], name)
    end
  end)
end)
