# Turns lines "name <tab> base or here <tab> round <tab> time" into a Markdown table of ratios, time here to time at the base.
# Slower (faster) is what was so by more than `margin` percent in three rounds of four: one slow round of a shared machine is noise.
# Exits with 1 when something is slower, with 2 when there was nothing to compare.

BEGIN { FS = "\t" }

{
  if (!($1 in seen)) { seen[$1] = 1; names[++count] = $1 }
  if ($3 > rounds) rounds = $3
  time[$1, $2, $3] = $4
}

# Sorts the first n of `values`: there are few.
function sort(n,    i, j, x) {
  for (i = 2; i <= n; i++) {
    x = values[i]
    for (j = i - 1; j >= 1 && values[j] > x; j--) values[j + 1] = values[j]
    values[j + 1] = x
  }
}

# The value below which lies the share p, between neighbours by a straight line.
function quantile(n, p,    at, low) {
  at = 1 + (n - 1) * p
  low = int(at)
  return low >= n ? values[n] : values[low] + (at - low) * (values[low + 1] - values[low])
}

function median_of(name, side,    n, turn) {
  n = 0
  for (turn = 1; turn <= rounds; turn++) if ((name, side, turn) in time) values[++n] = time[name, side, turn]
  sort(n)
  return quantile(n, 0.5)
}

# Fills `values` with the ratios of the rounds that both sides have, in order; returns how many there are.
function ratios_of(name,    n, turn) {
  n = 0
  for (turn = 1; turn <= rounds; turn++)
    if ((name, "base", turn) in time && (name, "here", turn) in time && time[name, "base", turn] > 0)
      values[++n] = time[name, "here", turn] / time[name, "base", turn]
  sort(n)
  return n
}

END {
  limit = 1 + margin / 100
  print "| benchmark | base, us | here, us | ratio of medians | middle half of the ratios | |"
  print "|---|---:|---:|---:|---:|---|"
  for (i = 1; i <= count; i++) {
    name = names[i]
    n = ratios_of(name)
    if (n == 0) { alone++; continue }
    low = quantile(n, 0.25); high = quantile(n, 0.75)
    verdict = low > limit ? "slower" : high < 1 / limit ? "faster" : ""
    slower += verdict == "slower"; faster += verdict == "faster"; compared++
    base = median_of(name, "base"); here = median_of(name, "here")
    logs += log(here / base)
    printf "| %s | %.2f | %.2f | %.3f | %.3f to %.3f | %s |\n", name, base / 1e3, here / 1e3, here / base, low, high, verdict
  }
  if (alone > 0) printf "\n%d benchmarks exist on one side only and were left out.\n", alone
  if (compared == 0) { print "\nThere was nothing to compare."; exit 2 }
  printf "\n%d compared: %d slower, %d faster; geometric mean of the ratios %.3f.\n", compared, slower, faster, exp(logs / compared)
  exit slower > 0
}
