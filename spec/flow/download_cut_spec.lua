local file_bot = require "support.file_bot"
local flow = require "support.flow"
local http = require "support.http"

-- The server's connection ends before the file has come.
describe("files that are cut off", function()
  local files
  before_each(function() files = file_bot.new() end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  local READ <const> = [[
    local function try(what)
      local ok, err = pcall(what)
      print(ok, (tostring(err):gsub("127.0.0.1:%d+", "SERVER")))
    end
    local file = bot.api.get_file { file_id = "x" }
    try(function() file:download(folder .. "/got.bin") end)
    try(function() for _ in file:chunks() do end end)]]

  -- What the script says when a file of 100 bytes is answered with `text` and the end.
  local function read(text)
    local server = http.server(function(request)
      if request.target:find "getFile" then
        request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg","file_size":100}}')
      else
        request:write(text, function() request:close() end)
      end
    end)
    local out, err = files:run(READ, { url = server.url })
    assert.equal("", err)
    return out
  end

  local CUT <const> =
    "false\tgetFile: network error: SERVER closed the connection in mid-answer\n"

  it("within the head are errors and leave nothing", function()
    assert.equal(CUT .. CUT, read "HTTP/1.1 200 OK\r\nContent-Le")
    assert.same({}, files:names())
  end)

  it("without a length are errors by their file_size", function()
    assert.equal(CUT .. CUT, read("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" .. ("x"):rep(99)))
    assert.same({}, files:names())
  end)

  it("are not those that have all of it", function()
    local all = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" .. ("x"):rep(100)
    assert.equal("true\tnil\ntrue\tnil\n", read(all))
    assert.same({ "got.bin" }, files:names())
  end)
end)
