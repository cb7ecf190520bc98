#!/usr/bin/env bash
# Run each fuzz target of build/fuzz for some seconds, from its committed seeds.
# Usage: scripts/fuzz.sh [SECONDS [SEED]]     An input that crashes is kept in build/fuzz, and named.
# The seed is fixed, so that two runs of one tree try nearly the same inputs, and a change does not fail by bad
# luck. Who looks for faults gives more seconds, and other seeds.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
seed=${2:-1}

export LSAN_OPTIONS="suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0"
run_one() {
  local program=$1 name work
  name=$(basename "$program")
  work=$(mktemp -d)
  if "$program" -seed="$seed" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="build/fuzz/$name-" "$work" "tests/fuzz/corpus/$name" >"$work.log" 2>&1; then
    echo "$name: $(grep -oE 'DONE.*|stat::number_of_executed_units: [0-9]+' "$work.log" | tail -1)"
  else
    tail -40 "$work.log"
    echo "FAILED: $name: the input is kept as build/fuzz/$name-*"
    return 1
  fi
  rm -rf "$work" "$work.log"
}
export -f run_one
export seconds seed
find build/fuzz/tests/fuzz -maxdepth 1 -type f -name '*_fuzz' | sort |
  xargs -P "$(nproc)" -I{} bash -c 'run_one {}'
