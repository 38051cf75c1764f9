#!/usr/bin/env bash
# Checks the verdicts of benchmarks/against.sh with programs that only pretend to measure. Prints nothing when all is well.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
broken=0

# pretend DIRECTORY TIMES...: programs whose n-th run reports the n-th time, in microseconds, in the format of Google Benchmark, and
# begin with the first time again after the last one.
pretend() {
  local directory=$work/$1 name
  shift
  mkdir -p "$directory"
  for name in optimizer_benchmark dense_benchmark; do
    printf '%s\n' "$@" >"$directory/$name.times"
    cat >"$directory/$name" <<'PROGRAM'
#!/usr/bin/env bash
for option in "$@"; do if [[ $option == --benchmark_out=* ]]; then out=${option#*=}; fi; done
printf 'name,iterations,real_time,cpu_time,time_unit,a,b,label,error_occurred,error_message\n' >"$out"
printf '"%s/1",9,%s,1,us,,,,,\n' "${0##*/}" "$(head -n 1 "$0.times")" >>"$out"
sed -i -e '1{h;d}' -e '${p;x}' "$0.times"
PROGRAM
    chmod +x "$directory/$name"
  done
}

# expect STATUS WORDS OPTIONS...: runs the comparison; it must end with the status and say the words.
expect() {
  local status=0 wanted=$1 words=$2 output
  shift 2
  output=$("$root/benchmarks/against.sh" "$@" 2>&1) || status=$?
  if [[ $status != "$wanted" || $output != *"$words"* ]]; then
    printf '  against.sh %s: status %s instead of %s, or not "%s":\n%s\n' "$*" "$status" "$wanted" "$words" "$output"
    broken=1
  fi
}

same=(100 100 100 100 100)
pretend base "${same[@]}"; pretend here 105 104 106 105 105
expect 0 "2 compared: 0 slower, 0 faster; geometric mean of the ratios 1.050" --programs "$work/base" "$work/here" --rounds 5
pretend base "${same[@]}"; pretend here 130 90 125 120 130
expect 1 "| 100.00 | 125.00 | 1.250 | 1.200 to 1.300 | slower |" --programs "$work/base" "$work/here" --rounds 5
pretend base "${same[@]}"; pretend here 130 90 125 120 130
expect 0 "0 slower" --programs "$work/base" "$work/here" --rounds 5 --margin 25
pretend base "${same[@]}"; pretend here 100 300 100 300 100
expect 0 "0 slower, 0 faster" --programs "$work/base" "$work/here" --rounds 5
pretend base "${same[@]}"; pretend here 50 50 50 50 50
expect 0 "2 faster" --programs "$work/base" "$work/here" --rounds 5
expect 2 "--rounds must be 5 to 9999, but is '4'" --rounds 4
expect 2 "a revision is needed"
expect 2 "unknown option '--fast'" --fast
expect 2 "there is no $work/nowhere/optimizer_benchmark" --programs "$work/base" "$work/nowhere"
((broken == 0))
