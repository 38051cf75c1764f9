#!/usr/bin/env bash
# Runs the test suites on what build.sh has built, lists every skip and prints the totals. Called by `./build.sh test`.
# Fails when a test fails, when a suite ran nothing, and, on Debian or with CI=true, when a skip is not in allowed-skips.txt.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
results=$root/artifacts/test-results
passed=0 failed=0 skipped=0 broken=0

complain() { printf '%s\n' "  tests: $*"; broken=1; }

# Prints what is not simply "passed", and the output of what failed.
run_native() {
  ctest --preset release -j "$(nproc)" --output-junit "$results/native.xml" </dev/null |
    grep -vE '^ +Start +[0-9]+:| Passed +[0-9.]+ sec' || broken=1
}

# run_managed <project> <suite>
run_managed() {
  dotnet test "$root/tests/$1/$1.csproj" -c Release --no-build --nologo \
    --results-directory "$results" --logger "trx;LogFileName=$2.trx" </dev/null || broken=1
}

# Is this skip, "name: reason", on the list? A line of the list is a shell pattern; # starts a comment.
is_allowed() {
  local pattern
  while IFS= read -r pattern; do
    # shellcheck disable=SC2053  # the right side is a pattern on purpose
    if [[ -n $pattern && $pattern != \#* && $1 == $pattern ]]; then return 0; fi
  done <"$root/tests/allowed-skips.txt"
  return 1
}

is_strict() { [[ ${CI:-} == true ]] || grep -qE '^ID=debian' /etc/os-release 2>/dev/null; }

# count <suite> <result file>: adds a suite's results to the totals and lists its skips.
count() {
  local suite=$1 file=$2 ran=0 suite_passed=0 suite_failed=0 suite_skipped=0 outcome name reason
  if [[ ! -f $file ]]; then complain "the $suite suite wrote no results"; return; fi
  while IFS=$'\t' read -r outcome name reason; do
    case $outcome in
      passed) suite_passed=$((suite_passed + 1)) ;;
      failed) suite_failed=$((suite_failed + 1)); printf '  failed: %s\n' "$name" ;;
      skipped)
        suite_skipped=$((suite_skipped + 1))
        printf '  skipped: %s: %s\n' "$name" "$reason"
        if is_strict && ! is_allowed "$name: $reason"; then complain "the skip above is not in tests/allowed-skips.txt"; fi
        ;;
    esac
  done < <(awk -f "$root/tests/results.awk" "$file")
  ran=$((suite_passed + suite_failed))
  printf '%s: %d passed, %d failed, %d skipped\n' "$suite" "$suite_passed" "$suite_failed" "$suite_skipped"
  if ((ran == 0)); then complain "the $suite suite ran no tests"; fi
  passed=$((passed + suite_passed)) failed=$((failed + suite_failed)) skipped=$((skipped + suite_skipped))
}

# Scripts that decide something have a test each; they count in no suite.
run_scripts() { "$root/tests/against.sh" || complain "tests/against.sh failed"; }

rm -rf "$results"
mkdir -p "$results"
cd "$root"
run_scripts
run_native
run_managed NativeOpt.Tests managed
run_managed NativeOpt.PackageTests package
printf '\n'
count native "$results/native.xml"
count managed "$results/managed.trx"
count package "$results/package.trx"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0 && broken == 0))
