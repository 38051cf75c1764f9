#!/usr/bin/env bash
# Runs the benchmarks that build.sh has built, which leave CSV in artifacts/benchmarks, and turns that into a page and a chart for each
# topic in benchmarks/results. Called by `./build.sh bench [--full] [--output DIR] [topics]`.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$root/artifacts/benchmarks
native=$root/artifacts/native/release/benchmarks/native
project=$root/benchmarks/NativeOpt.Benchmarks
program=$project/bin/Release/net10.0/NativeOpt.Benchmarks.dll
python=/usr/bin/python3
all_topics=(steps products training curves memory startup kernels backends)
topics=() output=$root/benchmarks/results full=0

say() { printf '%s\n' "-- $*"; }
fail() { printf '%s\n' "run.sh: $*" >&2; exit 2; }

read_options() {
  local words=$*
  while (($# > 0)); do
    case $1 in
      --full) full=1 ;;
      --output) output=${2:?--output needs a folder}; shift ;;
      -*) fail "unknown option '$1'; usage: ./build.sh bench [--full] [--output DIR] [${all_topics[*]}]" ;;
      *) [[ " ${all_topics[*]} " == *" $1 "* ]] || fail "unknown topic '$1'; there are: ${all_topics[*]}"; topics+=("$1") ;;
    esac
    shift
  done
  if ((${#topics[@]} == 0)); then topics=("${all_topics[@]}"); fi
  command="./build.sh bench${words:+ $words}"
}

# What the two sets differ in. Medians are of at least 5 rounds, in the quick set of at least 3.
choose_set() {
  if ((full)); then
    export NOPT_BENCH=full
    steps=(--huge) pytorch=() products=(--rounds 5) training=(--rounds 5) curves=(--rounds 5) benchmarks=(--benchmark_min_time=0.2) filter=.
    managed=('*')
  else
    steps=(--rounds 9 --sizes 1000,100000,1000000,10000000 --rules sgd,momentum,lion,rmsprop,adam) pytorch=(--rounds 5)
    products=(--rounds 3 --millis 1 --filter x784x128)
    training=(--rounds 3 --workloads tutorial --quick) curves=(--rounds 3 --quick) benchmarks=(--benchmark_min_time=0.02)
    # The optimizers without their variants, and the layers as the library runs them.
    filter='^(probe|limit|(forward|backward)/auto|add_only/adam|step/(sgd|momentum|nesterov|rmsprop|adam))/'
    managed=('*Dense*' '*OptimizerStep*adam*')
  fi
}

# note TOPIC WHAT VALUE: a line of the head of a page, or of all pages.
note() { printf '%s,%s,%s\n' "$1" "$2" "${3//,/;}" >>"$work/head.csv"; }

load() { cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || printf 'unknown\n'; }

commit() {
  git -C "$root" rev-parse --short HEAD 2>/dev/null || { printf 'unknown\n'; return; }
  if [[ -n $(git -C "$root" status --porcelain -- native src benchmarks/native 2>/dev/null) ]]; then printf 'with changes\n'; fi
}

note_run() {
  printf 'topic,what,value\n' >"$work/head.csv"
  note "" "system" "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null || uname -sr)"
  note "" "peers" "$(dpkg-query -W -f='${Package} ${Version}  ' python3-torch python3-sklearn libopenblas0-pthread libdnnl2 libblis4 libxsmm-dev 2>/dev/null || true)"
  note "" "made by" "\`$command\` on $(date -u +'%F %H:%M') UTC at commit $(commit | paste -sd' ')"
  if env | grep -qE '^(NOPT_(ISA|GEMM|NUM_THREADS)|OPENBLAS_[A-Z_]*|OMP_[A-Z_]*)='; then
    note "" "set in the environment" "$(env | grep -E '^(NOPT_(ISA|GEMM|NUM_THREADS)|OPENBLAS|OMP)_?[A-Z_]*=' | paste -sd' ')"
  fi
}

# run NAME COMMAND...: its output becomes NAME.csv; what it skips is noted for the topic.
run() {
  local name=$1
  shift
  "$@" >"$work/$name.csv" 2>"$work/$name.log" </dev/null || { cat "$work/$name.log" >&2; fail "$name failed"; }
  note_skipped "$name"
}

note_skipped() {
  local line
  while IFS= read -r line; do note "$topic" "${line%%:*}" "${line#*: }"; done < <(grep '^skipped: ' "$work/$1.log" || true)
}

has_python() {
  if [[ -x $python ]]; then return; fi
  note "$topic" skipped "peers in Python; there is no $python"
  return 1
}

measure_steps() {
  local table
  for table in limits options peers; do
    run "steps-$table" "$native/step_limits" $([[ $table == limits ]] || printf -- '--%s' "$table") "${steps[@]}"
  done
  run steps-denormals "$native/step_limits" --denormals --sizes 1000,100000
  run steps-turns dotnet "$program" turns
  if has_python; then run steps-pytorch "$python" "$root/benchmarks/peers/pytorch_step.py" "${pytorch[@]}"; fi
}

measure_products() {
  run products-1 "$native/gemm_peers" "${products[@]}"
  if (($(nproc) > 1)); then run products-all "$native/gemm_peers" --threads "$(nproc)" "${products[@]}"; fi
}

measure_training() {
  if has_python; then run training "$python" "$root/benchmarks/peers/training.py" "${training[@]}"; fi
}

measure_curves() {
  if has_python; then run curves "$python" "$root/benchmarks/peers/curves.py" "$work" "${curves[@]}"; fi
}

measure_memory() { run memory dotnet "$program" memory; }

measure_startup() { run startup dotnet "$program" startup "$root/artifacts/nativeopt" "$python"; }

measure_kernels() {
  local name
  for name in optimizer_benchmark dense_benchmark; do
    "$native/$name" --benchmark_filter="$filter" "${benchmarks[@]}" --benchmark_format=csv 2>"$work/$name.log" </dev/null |
      sed -n '/^name,/,$p' >"$work/$name.csv" || { cat "$work/$name.log" >&2; fail "$name failed"; }
  done
}

# BenchmarkDotNet looks for the project file below the current directory.
measure_backends() {
  (cd "$project" && dotnet "$program" --filter "${managed[@]}" --artifacts "$work/dotnet") >"$work/backends.log" 2>&1 </dev/null ||
    { tail -n 40 "$work/backends.log" >&2; fail "BenchmarkDotNet failed"; }
  if grep -q '^Benchmarks with issues' "$work/backends.log"; then
    sed -n '/^Benchmarks with issues/,/^$/p' "$work/backends.log" >&2
    fail "benchmarks with issues; $work/backends.log has all"
  fi
}

read_options "$@"
choose_set
rm -rf "$work"
mkdir -p "$work"
note_run
for topic in "${topics[@]}"; do
  started=$(load) start=$SECONDS
  "measure_$topic"
  note "$topic" "load (1; 5; 15 minutes)" "$started at the start; $(load) at the end"
  say "$topic: $((SECONDS - start)) s"
done
dotnet "$program" pages "$work" "$output"
say "measured in $SECONDS s"
