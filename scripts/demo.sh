#!/usr/bin/env bash
# From a bare Debian 12 machine to a table: install, build, make a small dataset, evaluate models that need
# neither key nor network, print them side by side. Run again, it is quick.
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
for model in oracle majority random constant; do
  say star-eval --backend baseline --model "$model" --task all --dataset out/demo/data \
    --out "out/demo/runs/$model" --quiet
done
say star-eval verify out/demo/runs/random
say star-eval report out/demo/runs/{oracle,majority,random,constant} \
  --format markdown,csv,json --out out/demo/report
echo
cat out/demo/report/report.md
