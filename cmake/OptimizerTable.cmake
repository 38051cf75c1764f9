# Writes generated/optimizer_table.inc: one line NOPT_OPTIMIZER(name) for each rule file native/src/optimizers/<name>.cpp, in
# alphabetical order. A new rule file is a new optimizer; nothing else has to be edited.
file(GLOB nopt_rule_files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/native/src/optimizers/*.cpp")
list(SORT nopt_rule_files)
set(nopt_optimizer_lines "")
foreach(file IN LISTS nopt_rule_files)
  cmake_path(GET file STEM name)
  if(NOT name MATCHES "^(step|measured_step|registry)$")
    string(APPEND nopt_optimizer_lines "NOPT_OPTIMIZER(${name})\n")
  endif()
endforeach()
set(NOPT_GENERATED_DIR "${CMAKE_CURRENT_BINARY_DIR}/generated")
file(CONFIGURE OUTPUT "${NOPT_GENERATED_DIR}/optimizer_table.inc" CONTENT "${nopt_optimizer_lines}")
