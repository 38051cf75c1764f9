# Writes generated/optimizer_table.inc: one line NOPT_OPTIMIZER(name) for each rule file native/src/optimizers/<name>.cpp, in
# alphabetical order; and matrix_rule_table.inc the same for native/src/optimizers/matrix/. A new rule file is a new optimizer;
# nothing else has to be edited.
set(NOPT_GENERATED_DIR "${CMAKE_CURRENT_BINARY_DIR}/generated")

function(nopt_write_rule_table folder table)
  file(GLOB rule_files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  list(SORT rule_files)
  set(lines "")
  foreach(file IN LISTS rule_files)
    cmake_path(GET file STEM name)
    if(NOT name MATCHES "^(step|measured_step|registry)$")
      string(APPEND lines "NOPT_OPTIMIZER(${name})\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${NOPT_GENERATED_DIR}/${table}" CONTENT "${lines}")
endfunction()

nopt_write_rule_table(native/src/optimizers optimizer_table.inc)
nopt_write_rule_table(native/src/optimizers/matrix matrix_rule_table.inc)
