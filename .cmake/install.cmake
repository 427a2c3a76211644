# The library for other programs, shared and static, and what `cmake --install`
# puts where. pack/ beside this file holds templates, and what is installed as
# it is.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TGRUNNER_LUA_DIR ${CMAKE_INSTALL_DATADIR}/lua/5.4 CACHE STRING
    "Where Lua 5.4 looks for Lua files")
set(TGRUNNER_LUA_CMOD_DIR ${CMAKE_INSTALL_LIBDIR}/lua/5.4 CACHE STRING
    "Where Lua 5.4 looks for C modules")
set(TGRUNNER_UNIT_DIR lib/systemd/system CACHE STRING
    "Where systemd looks for units of packages")

set(objects "")
foreach(layer IN LISTS TGR_LAYERS)
  list(APPEND objects $<TARGET_OBJECTS:tgr_${layer}>)
endforeach()

add_library(tgrunner SHARED ${objects})
add_library(tgrunner_static STATIC ${objects})
set_target_properties(tgrunner PROPERTIES VERSION ${PROJECT_VERSION}
                                          SOVERSION ${PROJECT_VERSION_MAJOR})
set_target_properties(tgrunner_static PROPERTIES OUTPUT_NAME tgrunner
                                                 EXPORT_NAME static)
set_target_properties(tgrunner tgrunner_static PROPERTIES LINKER_LANGUAGE C)
# All symbols are there at run time, and libraries nobody uses are left out.
target_link_options(tgrunner PRIVATE -Wl,--no-undefined -Wl,--as-needed)
target_link_libraries(
  tgrunner
  PRIVATE tgr_flags
          ${TGR_LAYER_LIBS})
# What a program that links the static one needs besides; names, not targets, so
# that it does not have to find them the way we do.
set(static_libs lua5.4 lua5.4-cjson curl uv microhttpd jansson)
if("journal" IN_LIST TGR_LAYERS)
  list(APPEND static_libs sqlite3)
endif()
list(TRANSFORM static_libs PREPEND -l OUTPUT_VARIABLE static_flags)
list(JOIN static_flags " " static_flags)
target_link_libraries(tgrunner_static INTERFACE ${static_libs} Threads::Threads
                                                m)
foreach(target tgrunner tgrunner_static)
  target_include_directories(
    ${target}
    INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/host/include>
              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
add_library(tgrunner::tgrunner ALIAS tgrunner)
add_library(tgrunner::static ALIAS tgrunner_static)

# ---- the module for Lua states of others, such as the stock interpreter's. It
# takes Lua's API from the program that loads it, and a slot.c of its own.
set(module_objects "")
foreach(layer base loop engine json net telegram script journal)
  if(layer IN_LIST TGR_LAYERS)
    list(APPEND module_objects $<TARGET_OBJECTS:tgr_${layer}>)
  endif()
endforeach()
file(GLOB module_sources CONFIGURE_DEPENDS
     ${CMAKE_CURRENT_SOURCE_DIR}/host/module/*.c)
add_library(tgrunner_module MODULE
            ${module_sources}
            $<FILTER:${module_objects},EXCLUDE,host/script/slot\.c>)
set_target_properties(tgrunner_module PROPERTIES PREFIX "" OUTPUT_NAME tgrunner
                                                 LIBRARY_OUTPUT_DIRECTORY
                                                 ${CMAKE_CURRENT_BINARY_DIR}/lua)
target_include_directories(tgrunner_module SYSTEM PRIVATE ${LUA_INCLUDE_DIRS})
set(module_libs ${TGR_LAYER_LIBS})
list(REMOVE_ITEM module_libs PkgConfig::LUA PkgConfig::CJSON
     PkgConfig::MICROHTTPD PkgConfig::JANSSON)
# Its pkg-config file asks for Lua's library, which it does not need itself.
target_link_libraries(tgrunner_module PRIVATE tgr_flags ${module_libs}
                                              lua5.4-cjson)
set(module_map ${CMAKE_CURRENT_SOURCE_DIR}/.cmake/pack/module.map)
# It stays loaded when Lua's state closes: a thread that was left behind in it
# may still run, and libraries below it keep data of each thread.
target_link_options(tgrunner_module PRIVATE -Wl,--version-script=${module_map}
                                            -Wl,-z,nodelete)
set_property(TARGET tgrunner_module APPEND PROPERTY LINK_DEPENDS ${module_map})
install(TARGETS tgrunner_module
        LIBRARY DESTINATION ${TGRUNNER_LUA_CMOD_DIR} COMPONENT lua)
# Its Lua files are embedded; those are for reading. Without init.lua, which
# Lua would find before the module.
install(DIRECTORY lua/tgrunner DESTINATION ${TGRUNNER_LUA_DIR} COMPONENT lua
        FILES_MATCHING PATTERN *.lua PATTERN init.lua EXCLUDE)

# ---- the library and how it is found
install(TARGETS tgrunner EXPORT tgrunner
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
                NAMELINK_COMPONENT dev)
install(TARGETS tgrunner_static EXPORT tgrunner
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
install(FILES host/include/tgrunner.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tgrunner)
install(EXPORT tgrunner NAMESPACE tgrunner:: FILE tgrunnerTargets.cmake
        DESTINATION ${config_dir} COMPONENT dev)
configure_package_config_file(
  .cmake/pack/tgrunnerConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/tgrunnerConfig.cmake
  INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(
  ${CMAKE_CURRENT_BINARY_DIR}/tgrunnerConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tgrunnerConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/tgrunnerConfigVersion.cmake
        DESTINATION ${config_dir} COMPONENT dev)
# Where the prefix is from there: it may be another one by the time of install.
file(RELATIVE_PATH prefix_of_pc ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
     ${CMAKE_INSTALL_PREFIX})
configure_file(.cmake/pack/tgrunner.pc.in tgrunner.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tgrunner.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

# ---- the program
if(TARGET tgrunner-lua)
  install(TARGETS tgrunner-lua RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
                                       COMPONENT program)
  install(FILES .cmake/pack/tgrunner-lua.1
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES .cmake/pack/completion.bash RENAME tgrunner-lua
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          COMPONENT program)
  # The unit names the program where it is installed, which is known only then.
  install(CODE "
    get_filename_component(program_dir \"${CMAKE_INSTALL_BINDIR}\" ABSOLUTE
                           BASE_DIR \"\${CMAKE_INSTALL_PREFIX}\")
    configure_file(
      \"${CMAKE_CURRENT_SOURCE_DIR}/.cmake/pack/tgrunner-lua@.service.in\"
      \"${CMAKE_CURRENT_BINARY_DIR}/tgrunner-lua@.service\" @ONLY)"
          COMPONENT program)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tgrunner-lua@.service
          DESTINATION ${TGRUNNER_UNIT_DIR} COMPONENT program)
endif()

# ---- for Lua's language server: workspace.library is .../tgrunner/luals
install(DIRECTORY lua/ DESTINATION ${CMAKE_INSTALL_DATADIR}/tgrunner/luals
        COMPONENT program FILES_MATCHING PATTERN *.lua)

include(.cmake/pack.cmake)
