--- Storage: where sessions are kept; tg.storage.
local storage_enhance = require "tgrunner.storage_enhance"
local storage_file = require "tgrunner.storage_file"
local storage_memory = require "tgrunner.storage_memory"
local storage_sqlite = require "tgrunner.storage_sqlite"

return {
  enhance = storage_enhance.new,
  file = storage_file.new,
  memory = storage_memory.new,
  sqlite = storage_sqlite.new,
}
