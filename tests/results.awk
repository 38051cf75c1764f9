# Turns a result file of CTest (JUnit XML) or of dotnet test (TRX) into lines "outcome <tab> name <tab> reason".
# outcome is passed, failed or skipped; the reason is the first line of a skip's message.

function attribute(line, key,    at, rest) {
  at = index(line, " " key "=\"")
  if (at == 0) return ""
  rest = substr(line, at + length(key) + 3)
  return plain(substr(rest, 1, index(rest, "\"") - 1))
}

function plain(text) {
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

function flush_test() {
  if (outcome != "") printf "%s\t%s\t%s\n", outcome, name, outcome == "skipped" ? reason : ""
  outcome = ""; reason = "no reason given"
}

{ sub(/\r$/, "") }

# CTest
/<testcase / {
  flush_test()
  name = attribute($0, "name"); status = attribute($0, "status")
  sub(/ +# GetParam\(\).*/, "", name)
  outcome = status == "run" ? "passed" : status == "notrun" || status == "disabled" ? "skipped" : "failed"
}
after_skip { reason = plain($0); after_skip = 0 }
/: Skipped$/ { after_skip = outcome == "skipped" }

# dotnet test
/<UnitTestResult / {
  flush_test()
  name = attribute($0, "testName"); status = attribute($0, "outcome")
  outcome = status == "Passed" ? "passed" : status == "NotExecuted" ? "skipped" : "failed"
}
/<Message>/ && outcome == "skipped" { reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason); reason = plain(reason) }
/<TestDefinitions>/ { flush_test() }

END { flush_test() }
