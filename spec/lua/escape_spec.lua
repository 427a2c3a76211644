local fake_host = require "support.fake_host"

describe("escape", function()
  local tg = fake_host.load()

  it("html leaves no tag", function()
    assert.equal("&lt;b&gt; &amp; &quot;x&quot;", tg.escape_html '<b> & "x"')
    assert.equal("5", tg.escape_html(5))
  end)

  it("markdown leaves no mark", function()
    assert.equal([[\_\*\[a\]\(b\)\~\`\>\#\+\-\=\|\{\}\.\!\\é]],
      tg.escape_markdown [[_*[a](b)~`>#+-=|{}.!\é]])
  end)
end)
