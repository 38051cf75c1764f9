#!/usr/bin/env bash
# Runs the benchmarks that build.sh has built and writes benchmarks/results/<date>-<cpu>.md. Called by `./build.sh bench [--full]`.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$root/artifacts/benchmarks
project=$root/benchmarks/NativeOpt.Benchmarks
started=$(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)
training=(--rounds 3 --epochs 2 --workloads tutorial) min_time=0.05
products=(--rounds 5 --millis 1 --filter 32x)
steps=(--rounds 9 --sizes 1000,100000,10000000 --rules sgd,momentum,lion,rmsprop,adam)
# The short set: the optimizers without their variants, and the layers as the library runs them.
filter='^(probe|(forward|backward)/auto|step/(sgd|momentum|nesterov|rmsprop|adam))/'

case ${1:-} in
  "") ;;
  --full) export NOPT_BENCH=full; training=(--rounds 7) products=(--rounds 7) steps=(--huge) min_time=0.5 filter=. ;;
  *) printf 'usage: ./build.sh bench [--full]\n' >&2; exit 2 ;;
esac

say() { printf '%s\n' "-- $*"; }

processor() { sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1 | grep . || uname -m; }

slug() { tr '[:upper:]' '[:lower:]' | sed -E 's/\((r|tm)\)//g; s/[^a-z0-9]+/-/g; s/^-|-$//g'; }

commit() {
  local state=""
  git -C "$root" rev-parse --short HEAD 2>/dev/null || { printf 'unknown\n'; return; }
  state=$(git -C "$root" status --porcelain 2>/dev/null || true)
  if [[ -n $state ]]; then printf 'with uncommitted changes\n'; fi
}

run_native() {
  local program
  for program in "$root"/artifacts/native/release/benchmarks/native/*_benchmark*; do
    if [[ ! -f $program || ! -x $program ]]; then continue; fi
    say "native benchmarks: ${program##*/}"
    "$program" --benchmark_filter="$filter" --benchmark_min_time="$min_time" --benchmark_out="$work/${program##*/}.csv" --benchmark_out_format=csv \
      >"$work/native.log" 2>&1 </dev/null || { cat "$work/native.log" >&2; return 1; }
  done
}

# BenchmarkDotNet looks for the project file below the current directory.
run_managed() {
  say "managed against native: BenchmarkDotNet; its log is $work/managed.log"
  (cd "$project" && dotnet bin/Release/net10.0/NativeOpt.Benchmarks.dll --filter '*' --artifacts "$work/dotnet") \
    >"$work/managed.log" 2>&1 </dev/null || { tail -n 40 "$work/managed.log" >&2; return 1; }
  if grep -q '^Benchmarks with issues' "$work/managed.log"; then
    sed -n '/^Benchmarks with issues/,/^$/p' "$work/managed.log" >&2
    return 1
  fi
}

run_peers() {
  local python=/usr/bin/python3
  say "peers"
  if [[ ! -x $python ]]; then
    printf 'training comparison skipped: there is no %s\n' "$python"
    return
  fi
  "$python" "$root/benchmarks/peers/training.py" "${training[@]}" </dev/null
}

# The matrix product beside other libraries, on one thread and on all.
run_products() {
  local program=$root/artifacts/native/release/benchmarks/native/gemm_peers threads
  for threads in $(printf '1\n%s\n' "$(nproc)" | sort -un); do
    say "matrix products beside other libraries, $threads thread(s)"
    "$program" --threads "$threads" "${products[@]}" >"$work/products-$threads.txt" 2>"$work/products.log" </dev/null ||
      { cat "$work/products.log" >&2; return 1; }
  done
}

# Optimizer steps beside the limits of the machine, other loops, and PyTorch.
run_steps() {
  local program=$root/artifacts/native/release/benchmarks/native/step_limits python=/usr/bin/python3 table
  say "steps beside the limits of the machine" >&2
  for table in "" --options --peers --denormals; do
    "$program" ${table:+"$table"} "${steps[@]}" </dev/null
    printf '\n'
  done
  (cd "$project" && dotnet bin/Release/net10.0/NativeOpt.Benchmarks.dll turns </dev/null)
  printf '\n'
  if [[ -x $python ]]; then "$python" "$root/benchmarks/peers/pytorch_step.py" </dev/null; fi
}

write_head() {
  printf '# Benchmarks, %s, %s\n\n' "$(date -u +%F)" "$(processor)"
  # shellcheck disable=SC2016  # the backquotes are Markdown
  printf 'Written by `./build.sh bench%s`; the run began with a load of %s (1, 5 and 15 minutes).\n' \
    "${NOPT_BENCH:+ --full}" "$started"
  printf 'Commit %s. Machines are shared: compare within a table, not between files.\n\n' "$(commit | paste -sd' ')"
  printf '```\n'
  "$root/artifacts/nativeopt" info </dev/null | sed "s|$root/||"
  env | grep -E '^(NOPT|OPENBLAS|OMP)_[A-Z0-9_]*=' | sed 's/^/set in the environment: /' || true
  printf '```\n'
}

# CSV of Google Benchmark to a Markdown table. Its rates are per second of CPU time, or of real time where the name says so.
write_native() {
  local file
  for file in "$work"/*.csv; do
    if [[ ! -f $file ]]; then continue; fi
    printf '\n## Native core (Google Benchmark, %s)\n\n' "$(basename "$file" .csv)"
    printf 'Names end with the number of threads. Items are elements of the optimizers and floating-point operations of the layers.\n\n'
    printf '| benchmark | real time, us | CPU time, us | GB/s | 10^9 items/s |\n|---|---:|---:|---:|---:|\n'
    awk -F, '$1 == "name" { table = 1; next }
      table && $9 == "" {
        gsub(/"/, "", $1)
        unit = $5 == "ns" ? 1e3 : $5 == "us" ? 1 : 1e-3
        printf "| %s | %.2f | %.2f | %s | %s |\n", $1, $3 / unit, $4 / unit, giga($6), giga($7)
      }
      function giga(x) { return x == "" ? "" : sprintf("%.2f", x / 1e9) }' "$file"
  done
}

# The tables of BenchmarkDotNet without the description of the machine above each.
write_managed() {
  local file
  for file in "$work"/dotnet/results/*-report-github.md; do
    printf '\n## %s (BenchmarkDotNet; the managed reference is the baseline)\n\n' \
      "$(basename "$file" -report-github.md | sed 's/.*\.//')"
    grep '^|' "$file" | sed 's/\*\*//g'
  done
}

rm -rf "$work"
mkdir -p "$work"
run_native
run_managed
run_products
run_steps >"$work/steps.md"
run_peers | tee "$work/peers.md"
result=$root/benchmarks/results/$(date -u +%F)-$(processor | slug).md
mkdir -p "${result%/*}"
{
  write_head
  write_native
  write_managed
  printf '\n## Steps beside the limits of the machine (step_limits, turns, pytorch_step.py)\n\n'
  cat "$work/steps.md"
  printf '\n## Matrix products beside other libraries (benchmarks/native/gemm_peers)\n\n'
  cat "$work"/products-*.txt
  printf '\n## Training beside other libraries, in turns (benchmarks/peers/training.py)\n\n'
  grep -v '^--' "$work/peers.md"
} >"$work/result.md"
mv "$work/result.md" "$result"
say "wrote $result"
