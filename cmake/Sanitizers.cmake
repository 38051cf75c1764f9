# NOPT_SANITIZER=address|undefined|thread compiles everything with that sanitizer. OpenBLAS is not instrumented: the presets run
# their tests with NOPT_GEMM=own.
set(nopt_known_sanitizers "" address undefined thread)
if(NOT NOPT_SANITIZER IN_LIST nopt_known_sanitizers)
  message(FATAL_ERROR "NOPT_SANITIZER is \"${NOPT_SANITIZER}\"; known are address, undefined and thread")
endif()
if(NOPT_SANITIZER)
  add_compile_options(-fsanitize=${NOPT_SANITIZER} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${NOPT_SANITIZER})
  if(NOPT_SANITIZER STREQUAL "undefined")
    add_compile_options(-fno-sanitize-recover=all)
  endif()
endif()
