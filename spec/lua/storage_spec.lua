local fake_host = require "support.fake_host"

describe("storage", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  local kinds = {
    memory = function() return tg.storage.memory() end,
    file = function() return tg.storage.file "sessions" end,
    sqlite = function() return tg.storage.sqlite "it.db" end,
    enhanced = function()
      return tg.storage.enhance { storage = tg.storage.memory(), ttl_ms = 1000 }
    end,
  }

  for name, new in pairs(kinds) do
    describe(name, function()
      it("keeps values by key, strings and integers alike", function()
        local storage = new()
        storage.write("a", { n = 1, list = { "x", true } })
        storage.write(5, "five")
        assert.same({ n = 1, list = { "x", true } }, storage.read "a")
        assert.equal("five", storage.read "5")
        assert.is_nil(storage.read "b")
      end)

      it("replaces and deletes, also what is not there", function()
        local storage = new()
        storage.write("a", 1)
        storage.write("a", 2)
        assert.equal(2, storage.read "a")
        storage.delete "a"
        storage.delete "a"
        assert.is_nil(storage.read "a")
      end)

      it("keeps copies", function()
        local storage, value = new(), { n = 1 }
        storage.write("a", value)
        value.n = 2
        assert.equal(1, storage.read "a".n)
        storage.read "a".n = 3
        assert.equal(1, storage.read "a".n)
      end)

      it("refuses what is not JSON", function()
        assert.error_matches(function() new().write("a", { f = print }) end,
          "a function cannot be stored")
      end)
    end)
  end

  it("refuses paths with a byte 0, which would be cut off there", function()
    for _, name in ipairs { "file", "sqlite" } do
      assert.error_matches(function() tg.storage[name] "a\0b" end,
        "storage%." .. name .. ": a path has no byte 0 in it")
    end
  end)

  it("names wrong keys and values", function()
    local storage = tg.storage.memory()
    assert.error_matches(function() storage.read(1.5) end,
      "storage.memory: a key is a string or an integer %(got a number%)")
    assert.error_matches(function() storage.write("a", nil) end, "there is no value to write")
    assert.error_matches(function() storage.write("a", { f = print }) end,
      "storage.memory: value.f: a function cannot be stored")
  end)

  describe("file", function()
    it("has its folder cleaned of what was left half written, by its first use", function()
      local storage = tg.storage.file "dir"
      assert.same({}, host.swept)
      storage.write("a", 1)
      storage.read "b"
      assert.same({ "dir/" }, host.swept)
    end)

    it("gives every key a file of its own, with a name every disk can hold", function()
      local storage = tg.storage.file "dir/"
      for _, key in ipairs { "-100:42", "a/b", "A", "a", "", ".", "ü", "%41" } do
        storage.write(key, key)
        assert.equal(key, storage.read(key))
      end
      local names = {}
      for path in pairs(host.files) do names[#names + 1] = path end
      table.sort(names)
      assert.same({ "dir/%.json", "dir/%2541.json", "dir/%2e.json", "dir/%41.json",
        "dir/%c3%bc.json", "dir/-100%3a42.json", "dir/a%2fb.json", "dir/a.json" }, names)
    end)

    it("refuses a key that is too long for a name", function()
      assert.error_matches(function() tg.storage.file("d").read(("k"):rep(201)) end,
        "storage.file: the key k+… is too long for a file name")
    end)

    it("names a damaged file", function()
      host.files["d/a.json"] = '{"n":'
      assert.error_matches(function() tg.storage.file("d").read "a" end,
        "^d/a.json is damaged: .+; repair or remove it$")
    end)

    it("raises what the disk says", function()
      host.files["d/a.json"] = false
      local storage = tg.storage.file "d"
      assert.error_matches(function() storage.read "a" end,
        "^storage.file: cannot open d/a.json: it is broken$")
      assert.error_matches(function() storage.write("a", 1) end, "cannot open d/a.json")
    end)

    it("takes the path of a folder", function()
      assert.error_matches(function() tg.storage.file() end,
        "takes the path of a folder %(got a nil")
      assert.error_matches(function() tg.storage.file "" end, "got an empty string")
    end)
  end)

  describe("sqlite", function()
    it("raises what the database says", function()
      host.files["it.db"] = false
      local storage = tg.storage.sqlite "it.db"
      assert.error_matches(function() storage.read "a" end,
        "^storage.sqlite: it.db: it is broken$")
      assert.error_matches(function() storage.write("a", 1) end, "it.db: it is broken")
      assert.error_matches(function() storage.delete "a" end, "it.db: it is broken")
    end)

    it("names a damaged value", function()
      host.files["it.db"] = { a = "{" }
      assert.error_matches(function() tg.storage.sqlite("it.db").read "a" end,
        "^it.db: the value of a is damaged: .+; repair or remove it$")
    end)

    it("takes the path of a database", function()
      assert.error_matches(function() tg.storage.sqlite(1) end,
        "takes the path of a database %(got a number")
      assert.error_matches(function() tg.storage.sqlite "" end, "got an empty string")
    end)

    it("says so where there is none", function()
      host.sqlite_storage = nil
      assert.error_matches(function() tg.storage.sqlite "it.db" end, "is not possible here")
    end)
  end)
end)
