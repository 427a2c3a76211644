local fake_host = require "support.fake_host"

describe("storage.enhance", function()
  local tg, host, values, storage

  before_each(function()
    tg, host = fake_host.load()
    values = {}
    storage = {
      read = function(key) return values[key] end,
      write = function(key, value) values[key] = value end,
      delete = function(key) values[key] = nil end,
    }
  end)

  local migrations = {
    [1] = function(old) return { name = old } end,
    [2] = function(old) return { names = { old.name } } end,
    [10] = function(old) return { names = old.names, count = #old.names } end,
  }

  it("is enhance_storage too, grammY's name", function()
    assert.equal(tg.storage.enhance, tg.enhance_storage)
    local made = tg.enhance_storage { storage = storage, milliseconds_to_live = 5 }
    made.write("a", 1)
    host.now = 6
    assert.is_nil(made.read "a")
  end)

  describe("migrations", function()
    it("are applied in the order of their versions, from the stored one on", function()
      local made = tg.storage.enhance { storage = storage, migrations = migrations }
      values.old, values.one = "Ann", { __d = { name = "Bob" }, v = 1 }
      values.two = { __d = { names = { "Cy", "Di" } }, v = 2 }
      values.between = { __d = { names = {} }, v = 7 }
      assert.same({ names = { "Ann" }, count = 1 }, made.read "old")
      assert.same({ names = { "Bob" }, count = 1 }, made.read "one")
      assert.same({ names = { "Cy", "Di" }, count = 2 }, made.read "two")
      assert.same({ names = {}, count = 0 }, made.read "between")
      assert.is_nil(made.read "none")
    end)

    it("mark what is written with the latest version", function()
      local made = tg.storage.enhance { storage = storage, migrations = migrations }
      made.write("a", { names = {} })
      assert.same({ __d = { names = {} }, v = 10 }, values.a)
      assert.same({ names = {} }, made.read "a")
    end)

    it("are checked", function()
      assert.error_matches(function()
        tg.storage.enhance { storage = storage, migrations = {} }
      end, "there are no migrations")
      assert.error_matches(function()
        tg.storage.enhance { storage = storage, migrations = { a = function() end } }
      end, "migrations are functions by version")
      assert.error_matches(function() tg.storage.enhance {} end, "needs a storage")
    end)
  end)

  describe("ttl_ms", function()
    it("lets values expire, and deletes them", function()
      local made = tg.storage.enhance { storage = storage, ttl_ms = 1000 }
      made.write("a", 1)
      host.now = 1000
      assert.equal(1, made.read "a")
      host.now = 1001
      assert.is_nil(made.read "a")
      assert.is_nil(values.a)
    end)

    it("does not touch what was stored without it", function()
      values.a = 5
      assert.equal(5, tg.storage.enhance { storage = storage, ttl_ms = 1 }.read "a")
    end)

    it("begins anew with every update that looks at the session", function()
      local made = tg.storage.enhance { storage = storage, ttl_ms = 1000 }
      made.write("7", "x")
      local bot, seen = tg.Bot(), nil
      bot:use(tg.session { storage = made }, function(ctx) seen = ctx.session end)
      local update = { update_id = 1, message = { message_id = 1, date = 1, text = "a",
        chat = { id = 7, type = "private" }, from = { id = 7, first_name = "Ann" } } }
      bot.me = host.answers.getMe
      for _ = 1, 3 do
        host.now = host.now + 900
        bot:handle_update(update)
        assert.equal("x", seen)
      end
    end)
  end)
end)
