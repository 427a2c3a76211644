# tgr_layer(NAME [NEEDS layer…] [LIBS library…]): the folder host/NAME as a
# static library. A folder without C files is no layer. TGR_LAYERS lists the
# layers, TGR_LAYER_LIBS what they link.
function(tgr_layer name)
  cmake_parse_arguments(arg "" "" "NEEDS;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/host/${name}/*.c)
  if(NOT sources)
    return()
  endif()
  add_library(tgr_${name} STATIC ${sources})
  set(TGR_LAYERS ${TGR_LAYERS} ${name} PARENT_SCOPE)
  set(TGR_LAYER_LIBS ${TGR_LAYER_LIBS} ${arg_LIBS} PARENT_SCOPE)
  target_link_libraries(tgr_${name} PRIVATE tgr_flags)
  target_link_libraries(tgr_${name} PUBLIC ${arg_LIBS})
  foreach(need IN LISTS arg_NEEDS)
    target_link_libraries(tgr_${name} PUBLIC tgr_${need})
  endforeach()
endfunction()
