#!/usr/bin/env bash
# Everything that CI runs, from a bare Debian 12 machine: install, format, layering, build, tests, the
# installed package, sanitizers, fuzzing, clang-tidy. Ends with "N passed, N failed".
# Usage: scripts/test.sh [--fast]     --fast stops after the plain tests.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
jobs=$(nproc)
start=$SECONDS
passed=0
failed=0

step() { printf '\n== %s (%d:%02d)\n' "$1" $(((SECONDS - start) / 60)) $(((SECONDS - start) % 60)); }

# Run one check that passes or fails as a whole.
check() {
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAILED: $name"
  fi
}

build() { # preset [targets...]
  local preset=$1
  shift
  cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; return 1; }
  rm -f "build-$preset.log"
  cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"} | grep -vE '^\[[0-9]+/[0-9]+\] |^ninja: no work' || true
  return "${PIPESTATUS[0]}"
}

# Run ctest and add its counts to ours.
run_tests() { # preset [ctest options...]
  local preset=$1 log
  shift
  log=$(mktemp)
  ctest --preset "$preset" -j "$jobs" --progress "$@" >"$log" 2>&1 || true
  local line
  line=$(grep -E '[0-9]+% tests passed, [0-9]+ tests failed out of [0-9]+' "$log" || true)
  if [[ -z "$line" ]]; then
    cat "$log"
    failed=$((failed + 1))
  else
    local bad total
    bad=$(sed -E 's/.*passed, ([0-9]+) tests failed.*/\1/' <<<"$line")
    total=$(sed -E 's/.*out of ([0-9]+).*/\1/' <<<"$line")
    passed=$((passed + total - bad))
    failed=$((failed + bad))
    ((bad == 0)) || cat "$log"
    sed -nE '/tests did not run:/,$p' "$log"
    echo "$line"
  fi
  rm -f "$log"
}

consumer() { # the installed package, used by a program of somebody else
  local prefix=$root/build/prefix
  rm -rf "$prefix" build/consumer
  cmake --install build/dev --prefix "$prefix" >/dev/null &&
    cmake -S tests/consumer -B build/consumer -G Ninja -DCMAKE_PREFIX_PATH="$prefix" >/dev/null &&
    cmake --build build/consumer >/dev/null &&
    STAREVAL_DATA=$prefix/share/stareval build/consumer/consumer &&
    "$prefix/bin/star-eval" list datasets
}

finish() {
  step "done"
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

step "install"
./scripts/install_deps.sh --tests
step "build"
build dev
step "format and layering"
check lint env STAREVAL_LINT_TIDY=0 ./scripts/lint.sh
step "tests"
run_tests dev
[[ "${1:-}" == --fast ]] && finish

step "installed package"
check consumer consumer
step "tests with AddressSanitizer and UndefinedBehaviorSanitizer"
build asan
run_tests asan
step "tests of everything that has threads, with ThreadSanitizer"
build tsan
run_tests tsan -R 'Runner|Journal|Evaluation|backends\.|integration\.|Synth|Draw'
step "fuzzing"
build fuzz
check fuzz ./scripts/fuzz.sh "${STAREVAL_FUZZ_SECONDS:-10}"
step "clang-tidy"
check tidy ./scripts/lint.sh
finish
