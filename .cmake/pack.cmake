# Debian packages: cpack -G DEB in the build folder (configured with
# CMAKE_INSTALL_PREFIX=/usr).
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tgrunner)
set(CPACK_PACKAGE_VENDOR tgrunner)
set(CPACK_PACKAGE_CONTACT "tgrunner <tgrunner@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Runs Telegram bots written in Lua")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENTS_ALL program library dev lua)
set(CPACK_DEBIAN_LUA_PACKAGE_NAME lua-tgrunner)
set(CPACK_DEBIAN_LUA_PACKAGE_SECTION interpreters)
set(CPACK_DEBIAN_LUA_PACKAGE_RECOMMENDS lua5.4)
set(CPACK_COMPONENT_LUA_DESCRIPTION
    "The host as a module of Lua 5.4, for the stock interpreter.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME tgrunner-lua)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libtgrunner${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libtgrunner-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "libtgrunner${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "The program tgrunner-lua: runs Telegram bots written in Lua.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
    "The host as a library, for programs that run bots.")
set(CPACK_COMPONENT_DEV_DESCRIPTION
    "Header and static library of the tgrunner library.")
include(CPack)
