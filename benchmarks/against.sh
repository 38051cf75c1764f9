#!/usr/bin/env bash
# Compares the quick native benchmarks of this tree with those of another commit. Called by `./build.sh bench --against REV`.
# Exits with 1 when something became slower: when in three rounds of four it took longer by more than the margin, and did so again when
# it was measured a second time.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
programs=(optimizer_benchmark dense_benchmark)
filter='^((forward|backward)/auto|step/(sgd|momentum|nesterov|rmsprop|adam))/'
rounds=7 margin=10 revision="" base="" here=$root/artifacts/native/release/benchmarks/native

say() { printf '%s\n' "-- $*" >&2; }
fail() { printf '%s\n' "against.sh: $*" >&2; exit 2; }

usage() {
  cat <<'HELP'
usage: ./build.sh bench --against REV [--rounds N] [--margin PERCENT] [--filter REGEX]
       benchmarks/against.sh --programs BASE HERE [the same options]

  REV             a commit, branch or tag; it is built in a temporary worktree
  --rounds N      turns of each side, at least 5 (7)
  --margin P      how many percent slower, in three rounds of four, is too slow (10)
  --filter REGEX  which benchmarks of Google Benchmark run (the quick set)
  --programs      compare two directories of built benchmarks instead
HELP
}

is_count() { [[ $1 =~ ^[1-9][0-9]{0,3}$ ]]; }

read_options() {
  while (($# > 0)); do
    case $1 in
      -h | --help) usage; exit 0 ;;
      --programs) (($# >= 3)) || fail "--programs needs two directories"; base=$2 here=$3; shift 2 ;;
      --rounds) is_count "${2:-}" && (($2 >= 5)) || fail "--rounds must be 5 to 9999, but is '${2:-}'"; rounds=$2; shift ;;
      --margin) is_count "${2:-}" || fail "--margin must be 1 to 9999 percent, but is '${2:-}'"; margin=$2; shift ;;
      --filter) [[ -n ${2:-} ]] || fail "--filter needs a regular expression"; filter=$2; shift ;;
      -*) usage >&2; fail "unknown option '$1'" ;;
      *) [[ -z $revision ]] || fail "one revision only, but there are '$revision' and '$1'"; revision=$1 ;;
    esac
    shift
  done
  [[ -n $base || -n $revision ]] || { usage >&2; fail "a revision is needed"; }
  [[ -z $base || -z $revision ]] || fail "give a revision or --programs, not both"
}

clean_up() {
  if [[ -d ${work:-}/tree ]]; then git -C "$root" worktree remove --force "$work/tree" || true; fi
  rm -rf "${work:-}"
}

# Builds the benchmarks of the revision, with the settings it has itself.
build_base() {
  local commit
  commit=$(git -C "$root" rev-parse --quiet --verify "$revision^{commit}") || fail "'$revision' is no commit of this repository"
  say "building $revision ($(git -C "$root" log -1 --format='%h %s' "$commit"))"
  git -C "$root" worktree add --quiet --detach "$work/tree" "$commit"
  (cd "$work/tree" && cmake --preset release -DNOPT_BUILD_BENCHMARKS=ON -DNOPT_BUILD_TESTS=OFF &&
    cmake --build --preset release --target "${programs[@]}") >"$work/build.log" 2>&1 </dev/null ||
    { tail -n 40 "$work/build.log" >&2; fail "$revision does not build"; }
  base=$work/tree/artifacts/native/release/benchmarks/native
}

# measure SIDE DIRECTORY ROUND: appends lines "name <tab> side <tab> round <tab> nanoseconds of real time".
measure() {
  local program
  for program in "${programs[@]}"; do
    rm -f "$work/out.csv"
    "$2/$program" --benchmark_filter="$filter" --benchmark_min_time=0.02 --benchmark_out="$work/out.csv" --benchmark_out_format=csv \
      >"$work/run.log" 2>&1 </dev/null || { cat "$work/run.log" >&2; fail "$2/$program failed"; }
    # A program that has none of the benchmarks writes nothing.
    if [[ ! -f $work/out.csv ]]; then continue; fi
    awk -F, -v OFS='\t' -v side="$1" -v turn="$3" '$1 == "name" { table = 1; next }
      table && $9 == "" {
        gsub(/"/, "", $1)
        print $1, side, turn, $3 * ($5 == "ns" ? 1 : $5 == "us" ? 1e3 : $5 == "ms" ? 1e6 : 1e9)
      }' "$work/out.csv" >>"$work/samples"
  done
}

# Prints the table of all samples; fails with 1 when something is slower.
compare() { awk -v margin="$margin" -f "$root/benchmarks/against.awk" "$work/samples"; }

# Measures what the table says is slower once more by itself: most of it is noise.
confirm() {
  local names
  names=$(sed -n 's/^| \([^ ]*\) |.*| slower |$/\1/p' "$work/table" | paste -sd'|')
  say "measuring again: ${names//|/, }"
  filter="^(${names})\$"
  rm "$work/samples"
  take_turns
  printf '\nMeasured again; what is slower here too is what counts.\n\n'
  compare
}

# The side that begins changes from round to round, so that neither always finds the machine as the other has left it.
take_turns() {
  local turn
  for ((turn = 1; turn <= rounds; turn++)); do
    say "round $turn of $rounds"
    if ((turn % 2)); then
      measure base "$base" "$turn"; measure here "$here" "$turn"
    else
      measure here "$here" "$turn"; measure base "$base" "$turn"
    fi
  done
}

read_options "$@"
for program in "${programs[@]}"; do [[ -x $here/$program ]] || fail "there is no $here/$program: run ./build.sh bench first"; done
work=$(mktemp -d)
trap clean_up EXIT
if [[ -n $revision ]]; then build_base; fi
load=$(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)
take_turns
printf 'This tree against %s: %d rounds in turns, margin %d %%, load %s at the start.\n\n' "${revision:-$base}" "$rounds" "$margin" "$load"
compare >"$work/table" && status=0 || status=$?
cat "$work/table"
if ((status != 1)); then exit "$status"; fi
confirm
