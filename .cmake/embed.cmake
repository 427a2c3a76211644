# Embeds lua/tgrunner/*.lua into the program: a generated C file with the table
# that host/script/modules.c searches. The files are compiled first, which takes
# a third off the time to the first poll, unless the build is for another machine:
# then the program compiles their text.
file(GLOB_RECURSE lua_files CONFIGURE_DEPENDS
     RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/lua
     ${CMAKE_CURRENT_SOURCE_DIR}/lua/tgrunner/*.lua)
set(embedded ${CMAKE_CURRENT_BINARY_DIR}/embedded_lua.c)
list(TRANSFORM lua_files PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/lua/
     OUTPUT_VARIABLE lua_paths)
set(code "")
if(NOT CMAKE_CROSSCOMPILING)
  add_executable(compile_lua .cmake/compile_lua.c)
  target_link_libraries(compile_lua PRIVATE PkgConfig::LUA)
  set(code ${CMAKE_CURRENT_BINARY_DIR}/embedded_code.h)
  set(chunks "")
  foreach(file IN LISTS lua_files)
    string(REGEX REPLACE "^tgrunner/" "" short ${file})
    list(APPEND chunks ${CMAKE_CURRENT_SOURCE_DIR}/lua/${file}
         "=[tgrunner]/${short}")
  endforeach()
  add_custom_command(
    OUTPUT ${code}
    COMMAND compile_lua ${code} ${chunks}
    DEPENDS ${lua_paths}
    COMMENT "Compiling lua/tgrunner"
    VERBATIM)
endif()
add_custom_command(
  OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embedded} -DCODE=${code}
          -DDIR=${CMAKE_CURRENT_SOURCE_DIR}/lua "-DFILES=${lua_files}"
          -P ${CMAKE_CURRENT_SOURCE_DIR}/.cmake/embed_write.cmake
  DEPENDS ${lua_paths} ${code}
          ${CMAKE_CURRENT_SOURCE_DIR}/.cmake/embed_write.cmake
  COMMENT "Embedding lua/tgrunner"
  VERBATIM)
target_sources(tgr_script PRIVATE ${embedded})

# The Bot API's version that the table of methods was made from.
set(methods ${CMAKE_CURRENT_SOURCE_DIR}/lua/tgrunner/methods.lua)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${methods})
file(STRINGS ${methods} line REGEX "bot_api = \"" LIMIT_COUNT 1)
string(REGEX REPLACE ".*bot_api = \"([0-9.]+)\".*" "\\1" bot_api "${line}")
set_source_files_properties(host/app/version.c PROPERTIES
                            COMPILE_DEFINITIONS "TGR_BOT_API=\"${bot_api}\"")
