# Configuring with an OpenBLAS of another flavour than pthread fails and says why.
#   cmake -D COMPILER=<C> -D AR=... -D MODULES=... -D SOURCE=... -D WORK=... -D GENERATOR=... -P run.cmake
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}/include")
file(WRITE "${WORK}/include/openblas_config.h" "")

# configure(<flavour>): sets `result` and `output`.
function(configure flavour)
  file(WRITE "${WORK}/flavour.c" "int openblas_get_parallel(void) { return ${flavour}; }\n")
  execute_process(COMMAND "${COMPILER}" -c "${WORK}/flavour.c" -o "${WORK}/flavour.o" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${AR}" rcs "${WORK}/libopenblas${flavour}.a" "${WORK}/flavour.o" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${SOURCE}" -B "${WORK}/build${flavour}" -G "${GENERATOR}"
    "-DCMAKE_C_COMPILER=${COMPILER}" "-DNOPT_MODULES=${MODULES}" "-DOPENBLAS_ARCHIVE=${WORK}/libopenblas${flavour}.a"
    "-DOPENBLAS_INCLUDE_DIR=${WORK}/include" RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(result "${result}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

foreach(flavour 0 2)
  configure(${flavour})
  if(result EQUAL 0 OR NOT output MATCHES "is not the pthread flavour" OR NOT output MATCHES "is[ \n]+\"${flavour}\"")
    message(FATAL_ERROR "flavour ${flavour} was not refused:\n${output}")
  endif()
endforeach()
configure(1)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the pthread flavour was refused:\n${output}")
endif()
