#!/usr/bin/env bash
# Sets up, builds, runs, tests and packs NativeOpt. `./build.sh help` lists the commands.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
artifacts=$root/artifacts
native_build=$artifacts/native/release
caller=$PWD
cli_project=$root/src/NativeOpt.Cli/NativeOpt.Cli.csproj

# What the native build and its tests need, by Debian name.
required_packages=(g++ cmake ninja-build libopenblas-pthread-dev libhwy-dev libgtest-dev libbenchmark-dev git ca-certificates)
# Without it the comparison runs on the digits that are embedded in the command.
optional_packages=(dataset-fashion-mnist)
# What the benchmarks are compared with; each is left out, by name, where it is missing.
peer_packages=(python3-torch python3-sklearn libdnnl-dev libblis4 libxsmm-dev)

say() { printf '%s\n' "-- $*"; }
fail() { printf '%s\n' "build.sh: $*" >&2; exit 2; }

usage() {
  cat <<'HELP'
usage: ./build.sh <command>

  run [options]   build everything in Release and run `nativeopt compare [options]`; results go to out/compare
  test            build and run all tests: native (CTest), managed and those of the packages (dotnet test)
  bench [--full] [--output DIR] [topics]
                  build and run the benchmarks; a page and a chart for each topic go to benchmarks/results
  bench --against REV
                  compare the quick native benchmarks with those of another commit; exit code 1 if one is slower
  pack            build the NuGet packages into artifacts/packages
  native          build the native library only, into artifacts/runtimes
  managed         build the managed projects only; needs nothing but the .NET SDK
  help            show this text

On Debian and Ubuntu, missing system packages are installed first (with sudo unless root).
NOPT_SKIP_SETUP=1 leaves the system alone and builds with what is there.
HELP
}

# --- set-up -------------------------------------------------------------------------------------------------------------

is_debian() { [[ -r /etc/os-release ]] && grep -qE '^(ID|ID_LIKE)=.*(debian|ubuntu)' /etc/os-release; }

is_installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true) == installed ]]; }

missing_packages() {
  local package
  for package in "$@"; do
    is_installed "$package" || printf '%s\n' "$package"
  done
}

# apt-get as root: directly, or through sudo.
apt_get() {
  local line=(env DEBIAN_FRONTEND=noninteractive apt-get -q "$@")
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || fail "not root, and there is no sudo. As root, run: apt-get install ${missing[*]}"
    line=(sudo "${line[@]}")
  fi
  say "${line[*]}"
  "${line[@]}" </dev/null
}

# Optional packages that this system does not offer are remembered, so that they are not asked for again each time.
setup_debian() {
  local missing wanted=() package unavailable=$artifacts/unavailable-packages
  mapfile -t missing < <(missing_packages "${required_packages[@]}" "${optional_packages[@]}" | grep -vxFf <(cat "$unavailable" 2>/dev/null))
  if ((${#missing[@]} == 0)); then return; fi
  say "missing system packages, to be installed now: ${missing[*]}"
  apt_get update || say "apt-get update failed; going on with the package lists that are there"
  for package in "${missing[@]}"; do
    if [[ " ${optional_packages[*]} " == *" $package "* ]] && ! apt-cache show "$package" >/dev/null 2>&1; then
      say "$package is not in this system's package lists: going on without it"
      printf '%s\n' "$package" >>"$unavailable"
    else
      wanted+=("$package")
    fi
  done
  if ((${#wanted[@]} == 0)); then return; fi
  apt_get install -y --no-install-recommends "${wanted[@]}" || fail "apt-get could not install: ${wanted[*]}"
}

setup_system() {
  if [[ ${NOPT_SKIP_SETUP:-0} == 1 ]]; then return; fi
  if is_debian && command -v apt-get >/dev/null; then
    setup_debian
    return
  fi
  cat >&2 <<'OTHER'
build.sh: this is neither Debian nor Ubuntu. Please install by hand:
  - a C++17 compiler (g++ >= 12), CMake >= 3.25, Ninja
  - OpenBLAS, static, pthread flavour (libopenblas.a; neither the serial nor the OpenMP one)
  - Google Highway (headers), GoogleTest, Google Benchmark
  - the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0
  - optional: the four Fashion-MNIST files (idx, gz), given to the command with --data-dir
Then run the command again with NOPT_SKIP_SETUP=1.
OTHER
  exit 2
}

at_least() { [[ $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

check_cmake() {
  local version
  command -v cmake >/dev/null || fail "cmake was not found"
  version=$(cmake --version | sed -n '1s/.* //p')
  at_least "$version" 3.25 || fail "CMake $version is too old: 3.25 or newer is needed (https://cmake.org/download)"
}

# dotnet insists on a home directory it may write to, and on ICU unless told otherwise.
setup_dotnet() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  if ! /sbin/ldconfig -p 2>/dev/null | grep -q libicuuc; then export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1; fi
  if [[ ! -w ${HOME:-} ]]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6 || true)
    [[ -w $HOME ]] || HOME=$artifacts/home
    mkdir -p "$HOME"
    export HOME
  fi
  if ! command -v dotnet >/dev/null && [[ -x $HOME/.dotnet/dotnet ]]; then PATH=$HOME/.dotnet:$PATH; fi
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    fail "the .NET 10 SDK was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or with
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
which puts it into ~/.dotnet, where this script finds it."
  fi
}

# --- build --------------------------------------------------------------------------------------------------------------

# A build directory remembers the place it was made in: a tree that was moved or copied starts afresh.
drop_foreign_build() {
  local cache=$native_build/CMakeCache.txt
  if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then rm -rf "$native_build"; fi
}

# configure_native [cmake options...]
configure_native() {
  setup_system
  check_cmake
  drop_foreign_build
  cmake --preset release "$@" >"$artifacts/configure.log" 2>&1 || { cat "$artifacts/configure.log" >&2; return 1; }
}

# build_native [targets...]: all of them by default.
build_native() {
  local targets=()
  if (($# > 0)); then targets=(--target "$@"); fi
  say "building the native library"
  cmake --build --preset release "${targets[@]}"
  stage_native
}

# Copies the stripped library to artifacts/runtimes, if it has changed: .NET copies it on, to each project that uses it.
stage_native() {
  local stamp=$native_build/staged
  if [[ -d $artifacts/runtimes && -f $stamp && ! $native_build/libnativeopt.so -nt $stamp ]]; then return; fi
  cmake --install "$native_build" --component stage --strip >/dev/null
  touch "$stamp"
}

build_managed() {
  setup_dotnet
  say "building the managed projects"
  dotnet build "$1" -c Release -v quiet --nologo </dev/null
}

# The command with its machine code, so that it starts in half the time: where the SDK can get its compiler for that.
compile_command_ahead() {
  if [[ $(uname -sm) != "Linux x86_64" ]]; then return; fi
  say "compiling the command ahead of its start"
  dotnet publish "$cli_project" -c Release -r linux-x64 -p:CompileAhead=true -o "$artifacts/command" -v quiet --nologo \
    </dev/null >"$artifacts/publish.log" 2>&1 || say "it will be compiled at each start instead: see $artifacts/publish.log"
}

write_launcher() {
  cat >"$artifacts/nativeopt" <<'LAUNCHER'
#!/bin/sh
# Runs the nativeopt command that build.sh has built: compiled ahead, unless one of its parts was built anew since.
here=$(dirname "$(readlink -f "$0")")
built=$here/../src/NativeOpt.Cli/bin/Release/net10.0
ahead=$here/command
for part in NativeOpt.Cli.dll NativeOpt.dll runtimes/linux-x64/native/libnativeopt.so; do
  if [ ! -f "$ahead/$part" ] || [ "$built/$part" -nt "$ahead/$part" ]; then ahead=$built; fi
done
exec dotnet "$ahead/NativeOpt.Cli.dll" "$@"
LAUNCHER
  chmod +x "$artifacts/nativeopt"
}

build_command() {
  build_managed "$cli_project"
  compile_command_ahead
  write_launcher
}

# --- commands -----------------------------------------------------------------------------------------------------------

command_native() {
  configure_native
  build_native nativeopt
  say "built $artifacts/runtimes"
}

command_managed() {
  build_managed "$root/NativeOpt.sln"
}

# Paths among the options are relative to where the caller stands.
command_run() {
  local output=(--output "$root/out/compare") option
  for option in "$@"; do
    if [[ $option == --output || $option == --output=* ]]; then output=(); fi
  done
  configure_native
  build_native nativeopt
  build_command
  local words=(compare "${output[@]}" "$@")
  say "the command is $artifacts/nativeopt; running: nativeopt ${words[*]}"
  cd "$caller"
  "$artifacts/nativeopt" "${words[@]}"
}

command_test() {
  configure_native
  build_native
  build_managed "$root/NativeOpt.sln"
  compile_command_ahead
  write_launcher
  setup_onnxruntime
  "$root/tests/run.sh"
}

# ONNX Runtime for Node, in which a test runs what is exported; without it that test is skipped, by name.
setup_onnxruntime() {
  local folder=$artifacts/node package=onnxruntime-node@1.30.0 unavailable=$artifacts/unavailable-packages
  if [[ ${NOPT_SKIP_SETUP:-0} == 1 || -d $folder/node_modules/onnxruntime-node ]] || ! command -v npm >/dev/null; then return; fi
  if grep -qxF "$package" "$unavailable" 2>/dev/null; then return; fi
  say "installing $package into $folder"
  if ! timeout 180 npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund "$package" </dev/null >"$artifacts/npm.log" 2>&1; then
    say "going on without $package: see $artifacts/npm.log"
    rm -rf "$folder"
    printf '%s\n' "$package" >>"$unavailable"
  fi
}

# The comparisons do without their peers, so that nothing here may end the run.
setup_peers() {
  local missing package offered=()
  if [[ ${NOPT_SKIP_SETUP:-0} == 1 ]] || ! is_debian; then return; fi
  mapfile -t missing < <(missing_packages "${peer_packages[@]}")
  if ((${#missing[@]} == 0)); then return; fi
  if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
    say "compared without ${missing[*]}: not root, and there is no sudo"
    return
  fi
  apt_get update || true
  for package in "${missing[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      offered+=("$package")
    else
      say "compared without $package: not in the package lists"
    fi
  done
  if ((${#offered[@]} == 0)); then return; fi
  apt_get install -y --no-install-recommends "${offered[@]}" || say "compared without ${offered[*]}: apt-get could not install them"
}

command_bench_against() {
  if [[ ${1:-} != -* ]]; then
    git -C "$root" rev-parse --quiet --verify "${1:-}^{commit}" >/dev/null || fail "'${1:-}' is no commit of this repository"
  fi
  configure_native -DNOPT_BUILD_BENCHMARKS=ON
  build_native optimizer_benchmark dense_benchmark nativeopt
  "$root/benchmarks/against.sh" "$@"
}

command_bench() {
  if [[ ${1:-} == --against ]]; then
    shift
    command_bench_against "$@"
    return
  fi
  setup_peers
  configure_native -DNOPT_BUILD_BENCHMARKS=ON
  build_native
  build_managed "$root/benchmarks/NativeOpt.Benchmarks/NativeOpt.Benchmarks.csproj"
  build_command
  "$root/benchmarks/run.sh" "$@"
}

# pack PROJECT [options...]
pack() {
  say "packing $(basename "$1")"
  dotnet pack "$@" -c Release -v quiet --nologo -o "$artifacts/packages" </dev/null
}

command_pack() {
  local project
  configure_native
  build_native nativeopt
  setup_dotnet
  # Those of another version would count, and be found by whoever restores from the folder.
  rm -rf "$artifacts/packages"
  for project in NativeOpt.Native NativeOpt; do
    pack "$root/src/$project/$project.csproj"
  done
  # One package with machine code for each system that has the native library, and one for the others.
  pack "$cli_project" -p:CompileAhead=true || pack "$cli_project"
  show_sizes
}

# The packages one by one and together, which is what somebody downloads.
show_sizes() {
  local file size total=0 limit=30000000
  for file in "$artifacts/packages"/*.nupkg; do
    size=$(stat -c %s "$file")
    total=$((total + size))
    printf '%10d  %s\n' "$size" "${file##*/}"
  done
  printf '%10d  together, of at most %d bytes\n' "$total" "$limit"
  ((total <= limit)) || fail "the packages are larger than $limit bytes"
}

main() {
  local command=${1:-help}
  if (($# > 0)); then shift; fi
  case $command in
    run | test | bench | pack | native | managed) ;;
    help | -h | --help) usage; return ;;
    *) usage >&2; fail "unknown command '$command'" ;;
  esac
  cd "$root"
  mkdir -p "$artifacts"
  "command_$command" "$@"
}

main "$@"
