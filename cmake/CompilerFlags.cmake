# nopt_compile_options(target): how every native target of this project is compiled.
#
# Rules that the numbers depend on: no contraction to FMA (elementwise kernels give the same bits on every instruction set), no
# -ffast-math, no -march=native (instruction sets are chosen at run time, in the sources, through Highway).
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_package(Threads REQUIRED)
find_path(NOPT_HIGHWAY_INCLUDE_DIR hwy/highway.h)
if(NOT NOPT_HIGHWAY_INCLUDE_DIR)
  message(FATAL_ERROR "hwy/highway.h was not found: install Google Highway (Debian: apt-get install libhwy-dev)")
endif()

function(nopt_compile_options target)
  target_compile_options(${target} PRIVATE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wformat=2
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> $<$<BOOL:${NOPT_WERROR}>:-Werror>)
  target_include_directories(${target} SYSTEM PRIVATE "${NOPT_HIGHWAY_INCLUDE_DIR}")
  # One entry for scalar, SSE4, AVX2 and AVX-512 each; Highway's checked build would need its library.
  target_compile_definitions(${target} PRIVATE "HWY_DISABLED_TARGETS=(HWY_SSSE3|HWY_AVX3_DL)" HWY_BROKEN_EMU128=1
    HWY_IS_DEBUG_BUILD=0)
endfunction()
