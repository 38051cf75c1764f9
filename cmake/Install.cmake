# install and find_package(NativeOpt). Component `runtime` is the stripped library alone, for
#   cmake --install artifacts/native/release --component stage --strip
include(GNUInstallDirs)
