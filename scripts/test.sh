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

finish() {
  step "done"
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

# Configure and build a preset, whole or the targets; prints only what went wrong. Nothing is worth testing
# after a failure.
build() { # preset [targets...]
  local preset=$1 log
  shift
  log=$(mktemp)
  if cmake --preset "$preset" >"$log" 2>&1 &&
    cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"} >>"$log" 2>&1; then
    rm -f "$log"
    return
  fi
  grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating|Copying)' "$log" | tail -60
  echo "FAILED: build of $preset"
  failed=$((failed + 1))
  finish
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

plugin_folder() { # a new folder and a plain rebuild make a protocol appear in the list
  local folder=protocols/zz_probe ok=0
  trap 'rm -rf protocols/zz_probe' RETURN
  mkdir -p "$folder"
  echo 'stareval_plugin(SOURCES zz_probe.cc)' >"$folder/CMakeLists.txt"
  cat >"$folder/zz_probe.cc" <<'CC'
#include <memory>

#include "libstareval/run/registry.h"

namespace stareval {
namespace {

class Probe : public Protocol {
 public:
  ProtocolInfo info() const override {
    ProtocolInfo info;
    info.name = "zz_probe";
    info.tasks = {"ZZ"};
    info.headline = "accuracy";
    return info;
  }
  Prompt prompt(const Sample&) const override { return {}; }
  Score score(const Sample&, const Reply&) const override { return {}; }
  std::vector<Metric> summarise(std::span<const Scored>) const override { return {}; }
};

}  // namespace

void register_zz_probe(Registry& registry);
void register_zz_probe(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions&) -> std::unique_ptr<Protocol> {
    return std::make_unique<Probe>();
  });
}

}  // namespace stareval
CC
  cmake --build build/dev -j "$jobs" --target star-eval >/dev/null 2>&1 &&
    build/dev/apps/star_eval/star-eval list protocols | grep zz_probe &&
    build/dev/apps/star_eval/star-eval list tasks | grep ZZ || ok=1
  rm -rf "$folder"
  cmake --build build/dev -j "$jobs" --target star-eval >/dev/null 2>&1
  return "$ok"
}

consumer() { # the installed package, used by a program of somebody else
  local prefix=$root/build/prefix
  rm -rf "$prefix" build/consumer
  cmake --install build/dev --prefix "$prefix" >/dev/null &&
    cmake -S tests/consumer -B build/consumer -G Ninja -DCMAKE_PREFIX_PATH="$prefix" >/dev/null &&
    cmake --build build/consumer >/dev/null &&
    STAREVAL_DATA=$prefix/share/stareval build/consumer/consumer &&
    { [[ ! -x build/consumer/consumer_reader ]] || build/consumer/consumer_reader; } &&
    "$prefix/bin/star-eval" list datasets
}

main() {
  step "install"
  ./scripts/install_deps.sh --tests
  step "build"
  build dev
  step "format and layering"
  check lint env STAREVAL_LINT_TIDY=0 ./scripts/lint.sh
  check "layering self-test" python3 scripts/check_layering.py --self-test
  step "tests"
  STAREVAL_DRAW_SCENES=3000 run_tests dev
  [[ "${1:-}" == --fast ]] && finish

  step "a new plug-in folder, and the installed package"
  check "plug-in folder" plugin_folder
  check consumer consumer
  step "tests with AddressSanitizer and UndefinedBehaviorSanitizer"
  build asan
  run_tests asan
  step "tests of everything that has threads, with ThreadSanitizer"
  build tsan core_test backends_test integration_test reader_test
  run_tests tsan -R '^(core|integration)\..*(Runner|Journal|Evaluation|Resume|Threads|threads|Cach)|HttpClient|^backends\.|^reader\.(ReadingPool|ReaderTest|MakeReader)'
  step "fuzzing"
  build fuzz
  check fuzz ./scripts/fuzz.sh "${STAREVAL_FUZZ_SECONDS:-7}"
  step "clang-tidy"
  check tidy ./scripts/lint.sh
  finish
}

main "$@"  # in a function, so that the script may be edited while it runs
