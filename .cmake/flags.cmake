# The flags of our own targets; never global, so that an embedding project's
# targets stay untouched.
add_library(tgr_flags INTERFACE)
target_compile_definitions(tgr_flags INTERFACE _GNU_SOURCE)
target_include_directories(tgr_flags INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/host)
target_compile_options(
  tgr_flags
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wvla
            -Wwrite-strings
            -Wconversion
            -Wno-sign-conversion
            $<$<BOOL:${TGRUNNER_WERROR}>:-Werror>)
if(TGRUNNER_SANITIZE)
  target_compile_options(
    tgr_flags INTERFACE -fsanitize=${TGRUNNER_SANITIZE}
                        -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tgr_flags INTERFACE -fsanitize=${TGRUNNER_SANITIZE})
endif()
