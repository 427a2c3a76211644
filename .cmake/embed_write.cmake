# Writes OUT: the files FILES (relative to DIR) as C arrays and their table; with
# CODE, a header that compile_lua.c has written for them, their code too.
set(body "/* Made by the build from lua/: do not edit. */\n")
string(APPEND body "#include \"script/modules.h\"\n\n")
set(compiled "NULL, 0")
if(CODE)
  string(APPEND body "#include \"${CODE}\"\n\n")
endif()
set(table "")
set(number 0)
foreach(file IN LISTS FILES)
  file(READ ${DIR}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND body
         "static const unsigned char file_${number}[] = {\n${bytes}0};\n")
  string(REGEX REPLACE "\\.lua$" "" module ${file})
  string(REGEX REPLACE "/init$" "" module ${module})
  string(REPLACE "/" "." module ${module})
  string(REGEX REPLACE "^tgrunner/" "" short ${file})
  if(CODE)
    set(compiled "(const char *)code_${number}, sizeof code_${number} - 1")
  endif()
  string(APPEND table "    {\"${module}\", \"=[tgrunner]/${short}\",\n"
         "     (const char *)file_${number}, sizeof file_${number} - 1,\n"
         "     ${compiled}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND body "\nconst struct tgr_module_file tgr_module_files[] = {\n"
       "${table}    {NULL, NULL, NULL, 0, NULL, 0},\n};\n")
file(WRITE ${OUT} "${body}")
