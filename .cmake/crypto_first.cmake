# A libcurl that uses OpenSSL brings libcrypto, behind some twenty other libraries.
# 4,200 of the 11,000 symbols that the dynamic linker binds at the start are its
# own, and each is looked for in all libraries before it. In front of them it
# makes 10 % fewer instructions until a bot is there, and the first poll comes 3
# to 6 % earlier.
pkg_check_modules(CRYPTO QUIET libcrypto)
if(CRYPTO_FOUND
   AND "crypto" IN_LIST CURL_STATIC_LIBRARIES
   AND CMAKE_SYSTEM_NAME STREQUAL "Linux"
   AND NOT TGRUNNER_SANITIZE)
  target_link_options(
    tgrunner-lua PRIVATE
    "SHELL:-Wl,--push-state,--no-as-needed -lcrypto -Wl,--pop-state")
endif()
