local flow = require "support.flow"

describe("formatted text", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("counts bytes that are no UTF-8 as what is sent for them", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      math.randomseed(1)
      local pieces = { "\xe4", "\xbb", "\x8a", "\xf0", "\x9f", "\x91", "\x8d", "a", "\xed", "\xa0",
        "\x80", "\xc0", "\xf4", "\x90", "\xe0", "\xff", "\xc3" }
      local function units_sent(text)
        local units = 0
        for _, code in utf8.codes(tg.json.decode(tg.json.encode { text })[1]) do
          units = units + (code > 0xFFFF and 2 or 1)
        end
        return units
      end
      for _ = 1, 5000 do
        local text = {}
        for i = 1, math.random(12) do text[i] = pieces[math.random(#pieces)] end
        text = table.concat(text)
        if #tg.fmt(text) ~= units_sent(text) then print(("%q"):format(text)) end
      end
      print "compared"]] }
    assert.equal("compared\n", result.out, result.err)
  end)
end)
