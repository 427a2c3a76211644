# Embeds lua/tgrunner/*.lua into the program: a generated C file with the table
# that host/script/modules.c searches.
file(GLOB_RECURSE lua_files CONFIGURE_DEPENDS
     RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/lua
     ${CMAKE_CURRENT_SOURCE_DIR}/lua/tgrunner/*.lua)
set(embedded ${CMAKE_CURRENT_BINARY_DIR}/embedded_lua.c)
list(TRANSFORM lua_files PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/lua/
     OUTPUT_VARIABLE lua_paths)
add_custom_command(
  OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embedded}
          -DDIR=${CMAKE_CURRENT_SOURCE_DIR}/lua "-DFILES=${lua_files}"
          -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed_write.cmake
  DEPENDS ${lua_paths} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed_write.cmake
  COMMENT "Embedding lua/tgrunner"
  VERBATIM)
target_sources(tgr_script PRIVATE ${embedded})
