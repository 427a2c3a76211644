--- A small HTTP server for flow specs, on luv: what it answers, and when, is in the spec's hand.
-- It runs while the spec waits (flow.wait_until and what is built on it). A chunked body is not
-- read: the request is there with its head, and is the last of its connection.
local uv = require "luv"

local http = {}

---@class spec.Request
---@field method string
---@field target string as it stands in the request line
---@field headers table<string, string> names in lower case
---@field body string
---@field write fun(self, text: string) sends bytes as they are
---@field close fun(self)
---@field answer fun(self, status: integer, body?: string, headers?: table<string, string>)

local Request = {}
Request.__index = Request

function Request:write(text, done)
  if not self.socket:is_closing() then self.socket:write(text, done) end
end

function Request:close()
  if not self.socket:is_closing() then self.socket:close() end
end

function Request:answer(status, body, headers)
  body = body or ""
  local lines = { ("HTTP/1.1 %d x"):format(status), "Content-Length: " .. #body }
  for name, value in pairs(headers or {}) do lines[#lines + 1] = name .. ": " .. value end
  self:write(table.concat(lines, "\r\n") .. "\r\n\r\n" .. (self.method == "HEAD" and "" or body))
end

-- One request of `text` that is there in full; with what follows it.
local function parse(text)
  local head_end = select(2, text:find("\r\n\r\n", 1, true))
  if not head_end then return nil end
  local request = setmetatable({ headers = {} }, Request)
  request.method, request.target = text:match "^(%S+) (%S+)"
  for name, value in text:sub(1, head_end):gmatch "\r\n([^:\r]+): *([^\r]*)" do
    request.headers[name:lower()] = value
  end
  local length = tonumber(request.headers["content-length"]) or 0
  if #text < head_end + length then return nil end
  request.body = text:sub(head_end + 1, head_end + length)
  return request, text:sub(head_end + length + 1)
end

--- Starts a server; flow.clean_up closes it.
---@param handle fun(request: spec.Request)
---@return { url: string, requests: spec.Request[], closed: integer }
function http.server(handle)
  local listener = uv.new_tcp()
  assert(listener:bind("127.0.0.1", 0))
  local server = { requests = {}, closed = 0 }
  server.url = ("http://127.0.0.1:%d"):format(listener:getsockname().port)
  assert(listener:listen(128, function()
    local socket = uv.new_tcp()
    listener:accept(socket)
    local text, socket_is_done = "", false
    socket:read_start(function(_, chunk)
      if not chunk then
        server.closed = server.closed + 1
        if not socket:is_closing() then socket:close() end
        return
      end
      text = text .. chunk
      while not socket_is_done do
        local request, rest = parse(text)
        if not request then return end
        text = rest
        request.socket = socket
        socket_is_done = request.headers["transfer-encoding"] ~= nil
        table.insert(server.requests, request)
        handle(request)
      end
    end)
  end))
  return server
end

return http
