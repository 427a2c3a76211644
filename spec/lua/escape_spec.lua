local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("escape", function()
  local tg = fake_host.load()

  it("html leaves no tag", function()
    assert.equal("&lt;b&gt; &amp; &quot;x&quot;", tg.escape_html '<b> & "x"')
    assert.equal("5", tg.escape_html(5))
  end)

  it("refuses what is no text", function()
    for name, value in pairs { escape_html = {}, escape_markdown = true } do
      assert.matches("^spec/lua/escape_spec%.lua:%d+: tg%." .. name .. " takes text %(got a ",
        raised(function() tg[name](value) end))
    end
    assert.error_matches(function() tg.escape_html(nil) end, "takes text %(got a nil%)")
  end)

  it("markdown leaves no mark", function()
    assert.equal([[\_\*\[a\]\(b\)\~\`\>\#\+\-\=\|\{\}\.\!\\é]],
      tg.escape_markdown [[_*[a](b)~`>#+-=|{}.!\é]])
  end)
end)
