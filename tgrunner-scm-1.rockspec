-- The Lua module for the stock interpreter: `luarocks make` in this folder builds
-- and installs it. It needs the packages of README's table of dependencies.
rockspec_format = "3.0"
package = "tgrunner"
version = "scm-1"
source = { url = "git+file://." }
description = {
  summary = "Runs Telegram bots written in Lua",
  license = "MIT",
}
dependencies = { "lua >= 5.4, < 5.5" }
build = {
  type = "command",
  build_command = "cmake -S . -B build/luarocks -DCMAKE_BUILD_TYPE=Release"
    .. " -DTGRUNNER_BUILD_SPECS=OFF -DTGRUNNER_BUILD_CLI=OFF"
    .. " && cmake --build build/luarocks --target tgrunner_module",
  install = { lib = { tgrunner = "build/luarocks/lua/tgrunner.so" } },
}
