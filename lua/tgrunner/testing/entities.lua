--- Entities: what Telegram marks by itself in a text that somebody writes: commands, mentions,
--- hashtags, cashtags, e-mail addresses and URLs.
---
--- Source: the rules are TDLib's (MessageEntity.cpp); letters beyond ASCII are told from signs by
--- ranges, and top-level domains beside those of countries are the usual ones.
local utf16 = require "tgrunner.utf16"

local entities = {}

-- ---- characters --------------------------------------------------------------------------------

-- Signs, spaces and pictures beyond ASCII: first and last character of each range.
local signs = {
  { 0x80, 0xA9 }, { 0xAB, 0xB4 }, { 0xB6, 0xB9 }, { 0xBB, 0xBF }, { 0xD7, 0xD7 }, { 0xF7, 0xF7 },
  { 0x2000, 0x2BFF }, { 0x3000, 0x3004 }, { 0x3007, 0x3030 }, { 0xE000, 0xF8FF },
  { 0xFE00, 0xFE6F }, { 0xFF00, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFFF0, 0xFFFF },
  { 0x1F000, 0x1FFFF }, { 0xE0000, 0xE0FFF },
}

local function is_letter(code)
  if code < 0x80 then return ("%c"):format(code):find "%a" ~= nil end
  for _, range in ipairs(signs) do
    if code >= range[1] and code <= range[2] then return false end
  end
  return true
end

local function is_word(code)
  return code ~= nil and (is_letter(code) or code >= 0x30 and code <= 0x39 or code == 0x5F)
end

-- The character that ends before, or begins at, a byte; nil at the text's end.
local function code_before(text, at)
  if at <= 1 then return nil end
  local start = utf8.offset(text, -1, at)
  return start and utf8.codepoint(text, start)
end

local function code_at(text, at)
  return at <= #text and utf8.codepoint(text, at) or nil
end

local function is_one_of(code, chars)
  return code ~= nil and code < 0x80 and chars:find(string.char(code), 1, true) ~= nil
end

-- ---- one kind each -----------------------------------------------------------------------------

-- Kind → function(text, at): where what begins at byte `at` ends; nil when nothing does. `marks`
-- are the characters that it begins with.
local finders = {}

finders.bot_command = { marks = "/", find = function(text, at)
  local before = code_before(text, at)
  if is_word(before) or is_one_of(before, "/<>") then return nil end
  local last = text:match("^/[%w_]+()", at)
  if not last or last - at - 1 > 64 then return nil end
  local name, behind = text:match("^@([%w_]+)()", last)
  if text:sub(last, last) == "@" then
    if not name or #name < 3 or #name > 32 then return nil end
    last = behind
  end
  local after = code_at(text, last)
  if is_word(after) or is_one_of(after, "/<>") then return nil end
  return last
end }

-- Names of less than four characters that exist all the same: inline bots of old.
local short_names = {}
for name in ("bing bold gif imdb like pic stx sub vid vote wiki ya"):gmatch "%S+" do
  short_names[name] = true
end

finders.mention = { marks = "@", find = function(text, at)
  if is_word(code_before(text, at)) then return nil end
  local name, last = text:match("^@([%w_]+)()", at)
  if not name or #name > 32 or is_word(code_at(text, last)) then return nil end
  if #name < 4 and not short_names[name:lower()] then return nil end
  return last
end }

local function is_of_tag(code)
  return code ~= nil and (is_word(code) or code == 0x200C or code == 0xB7)
end

finders.hashtag = { marks = "#", find = function(text, at)
  if is_of_tag(code_before(text, at)) then return nil end
  local last, count, has_letter = at + 1, 0, false
  local code = code_at(text, last)
  while is_of_tag(code) and count < 256 do
    has_letter = has_letter or is_letter(code)
    last, count = last + #utf8.char(code), count + 1
    code = code_at(text, last)
  end
  if not has_letter or is_one_of(code, "#") then return nil end
  return last
end }

finders.cashtag = { marks = "$", find = function(text, at)
  local before = code_before(text, at)
  if is_of_tag(before) or is_one_of(before, "$") then return nil end
  local last = text:match("^%$1INCH()", at) or text:match("^%$%u+()", at)
  if not last or last - at - 1 > 8 then return nil end
  local after = code_at(text, last)
  if is_of_tag(after) or is_one_of(after, "$") then return nil end
  return last
end }

-- ---- addresses ---------------------------------------------------------------------------------

local domains = {}
for name in ([[
  com net org info biz name pro mobi app dev io ai me tv cc xyz online site store shop tech blog
  club live life news world page link click space website cloud team work wiki agency digital
  email media network social studio systems today tools top travel video chat bot games design
  gov edu mil int aero asia cat coop jobs museum post tel ton
]]):gmatch "%S+" do domains[name] = true end

-- Those of countries.
for name in ([[
  ac ad ae af ag al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw
  by bz ca cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et
  eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id
  ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu
  lv ly ma mc md mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np
  nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
  sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tw tz ua ug uk us
  uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
]]):gmatch "%S+" do domains[name] = true end

local function is_known_domain(name)
  local lower = name:lower()
  if lower ~= name and lower:sub(2) == name:sub(2) then return false end -- "end.So"
  return domains[lower] == true or lower:find "^xn%-%-" ~= nil
end

-- Whether a host's name may be one; without a protocol only under a domain that is known.
local function is_host(host, has_protocol)
  if host:find "^%d+%.%d+%.%d+%.%d+$" then return true end
  local last = host:match "^.+%.([^.]+)$"
  if not last or host:find("..", 1, true) or host:find "^[.-]" then return false end
  return is_known_domain(last) or has_protocol and last:find "^%a%a+$" ~= nil
end

local protocols = { http = true, https = true, ftp = true, sftp = true }
local own_protocols = { tg = true, ton = true, tonsite = true }

-- Where a URL's path, query and fragment end: not with a sentence's own marks.
local function path_end(text, at)
  if not text:find("^[/?#]", at) then return at end
  local last = text:match("^[^%s<>\"]*()", at)
  while last > at + 1 do
    local char = text:sub(last - 1, last - 1)
    local is_closing = char == ")" and not text:sub(at, last - 2):find("(", 1, true)
    if not is_closing and not (".:;,('?!`"):find(char, 1, true) then break end
    last = last - 1
  end
  return last == at + 1 and text:sub(at, at) ~= "/" and at or last
end

local HOST <const> = "[%w._~\x80-\xff-]+"

-- With a protocol, or without: from the first byte of either on.
finders.url = { find = function(text, at)
  if is_word(code_before(text, at)) or is_one_of(code_before(text, at), "@.~-") then return nil end
  local protocol, from = text:match("^([%a]+)://()", at)
  if protocol and own_protocols[protocol:lower()] then
    local last = text:match("^[%w_-]+()", from)
    return last and path_end(text, last)
  end
  if protocol and not protocols[protocol:lower()] then return nil end
  from = from or at
  local user = protocol and text:match("^[^%s/%[%]{}()'`<>\"@]+@()", from)
  local last = text:match("^" .. HOST .. "()", user or from)
  if not last then return nil end
  while text:sub(last - 1, last - 1) == "." do last = last - 1 end
  if not is_host(text:sub(user or from, last - 1), protocol ~= nil) then return nil end
  if text:sub(last, last) == "@" then return nil end
  return path_end(text, text:match("^:%d+()", last) or last)
end }

finders.email = { find = function(text, at)
  if is_one_of(code_before(text, at), ".+:_-") or is_word(code_before(text, at)) then return nil end
  local last = text:match("^[%w_.+:-]*[%w_-]@[%w][%w_.-]*()", at)
  while last and not text:sub(last - 1, last - 1):find "%w" do last = last - 1 end
  local domain = last and text:sub(at, last - 1):match "@.*%.(%a+)$"
  return domain and #domain >= 2 and #domain <= 8 and last or nil
end }

-- ---- all of them -------------------------------------------------------------------------------

local names = { "mention", "bot_command", "hashtag", "cashtag" }

local function find_at(text, at)
  local char = text:sub(at, at)
  for _, name in ipairs(names) do
    if finders[name].marks == char then return name, finders[name].find(text, at) end
  end
  local last = finders.email.find(text, at)
  if last then return "email", last end
  return "url", finders.url.find(text, at)
end

--- The entities of a text, as Telegram marks them.
---@param text string
---@return table[]? # MessageEntity, in order; nil when there are none
function entities.of(text)
  if not utf8.len(text) then return nil end
  local found, at = {}, 1
  while at <= #text do
    local name, last = find_at(text, at)
    if last then
      found[#found + 1] = {
        type = name, offset = utf16.len(text:sub(1, at - 1)),
        length = utf16.len(text:sub(at, last - 1)),
      }
    end
    at = last or utf8.offset(text, 2, at)
  end
  return #found > 0 and found or nil
end

return entities
