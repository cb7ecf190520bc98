#!/usr/bin/env bash
# Check formatting (all files), layering (all files) and clang-tidy (changed files).
# Usage: scripts/lint.sh [BUILD_DIR]
# BUILD_DIR holds compile_commands.json for clang-tidy (default: build/dev). Changed are the files that
# differ from $STAREVAL_LINT_BASE, by default the commit before the last; at most 24, the smallest first,
# so that a large change does not hold up a test run; STAREVAL_LINT_ALL=1 checks all, STAREVAL_LINT_TIDY=0
# none.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/dev}

mapfile -t sources < <(git ls-files '*.h' '*.cc' | grep -v '^third_party/')
clang-format-14 --dry-run -Werror "${sources[@]}"
echo "formatting: ${#sources[@]} files"
python3 scripts/check_layering.py
[[ "${STAREVAL_LINT_TIDY:-1}" == 0 ]] && exit 0

base=${STAREVAL_LINT_BASE:-HEAD~1}
git rev-parse -q --verify "$base" >/dev/null || base=$(git hash-object -t tree /dev/null)
most=24
mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" -- '*.cc' | xargs -r wc -l |
  grep -v ' total$' | sort -n | awk '{print $2}')
if [[ "${STAREVAL_LINT_ALL:-}" == 1 ]]; then
  mapfile -t changed < <(git ls-files '*.cc')
  most=${#changed[@]}
fi
((${#changed[@]} <= most)) || echo "clang-tidy: $((${#changed[@]} - most)) more changed files are left out"
changed=("${changed[@]:0:$most}")
checked=()
for file in "${changed[@]}"; do
  grep -qF "/$file\"" "$build/compile_commands.json" && checked+=("$file")
done
if ((${#checked[@]} > 0)); then
  printf '%s\n' "${checked[@]}" |
    xargs -P "$(nproc)" -n 1 clang-tidy-14 -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option 2>/dev/null
fi
echo "clang-tidy: ${#checked[@]} changed files"
