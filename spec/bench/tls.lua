--- TLS: nginx in front of the load server, with a certificate of its own.
local subjects = require "subjects"
local uv = require "luv"

local tls = {}

local config = [[
daemon off;
pid %s/nginx.pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path %s; proxy_temp_path %s; fastcgi_temp_path %s;
  uwsgi_temp_path %s; scgi_temp_path %s;
  keepalive_requests 1000000;
  keepalive_timeout 300s;
  upstream load { server %s; keepalive 1024; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:%d ssl;
    ssl_certificate %s/cert.pem;
    ssl_certificate_key %s/key.pem;
    ssl_session_cache shared:s:1m;
    location / {
      proxy_pass http://load;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_read_timeout 300s;
    }
  }
}
]]

local function free_port()
  local server = uv.new_tcp()
  server:bind("127.0.0.1", 0)
  local port = server:getsockname().port
  server:close()
  return port
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

--- Starts nginx; returns it, its URL and the file that holds its certificate.
---@param folder string for its files
---@param server_url string
---@return bench.Process process
---@return string url
---@return string ca_file
function tls.start(folder, server_url)
  local port = free_port()
  assert(os.execute(("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
    .. "-addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout %s/key.pem -out %s/cert.pem "
    .. "2>/dev/null"):format(folder, folder)), "openssl cannot make a certificate")
  write(folder .. "/nginx.conf", config:format(folder, folder, folder, folder, folder, folder,
    server_url:match "//(.*)$", port, folder, folder))
  local nginx = uv.fs_stat "/usr/sbin/nginx" and "/usr/sbin/nginx" or "nginx"
  local process = subjects.start { nginx, "-p", folder, "-c", folder .. "/nginx.conf" }
  subjects.pause(300)
  assert(not process.ended, "nginx does not start")
  return process, ("https://127.0.0.1:%d"):format(port), folder .. "/cert.pem"
end

return tls
