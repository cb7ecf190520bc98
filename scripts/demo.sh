#!/usr/bin/env bash
# From a bare Debian 12 machine to a table: install, build, make a small dataset, have its pictures read by the
# backend reader, set that beside answers that never see them, print all side by side. Needs neither key nor network.
# Run again, it takes about a minute.
# Usage: scripts/demo.sh
set -euo pipefail
cd "$(dirname "$0")/.."

./scripts/install_deps.sh
echo "building (minutes the first time, moments afterwards)"
mkdir -p build
if ! { cmake --preset release && cmake --build --preset release; } >build/demo.log 2>&1; then
  tail -40 build/demo.log >&2
  exit 1
fi
PATH=$PWD/build/release/apps/star_eval:$PATH

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }

rm -rf out/demo  # a run of an older build could not go on in its folder
say star-eval synth --graph atlas --task all --count 50 --seed 7 --out out/demo/data
say star-eval check out/demo/data
say star-eval --backend reader --task all --dataset out/demo/data --out out/demo/runs/reader --quiet
for model in majority random oracle; do
  say star-eval --backend baseline --model "$model" --task all --dataset out/demo/data \
    --out "out/demo/runs/$model" --quiet
done
say star-eval verify out/demo/runs/reader
say star-eval report out/demo/runs/{reader,majority,random,oracle} \
  --format markdown,csv,json --out out/demo/report
echo
cat out/demo/report/report.md
