#!/usr/bin/env bash
# Install what StarEval is built with, on Debian 12 as root. Does nothing, at once, where all is there.
# Usage: scripts/install_deps.sh [--tests]     --tests adds the tools that only the test suite needs.
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache pkg-config python3 ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-program-options1.81-dev
  libcurl4-openssl-dev libssl-dev libfmt-dev libutf8proc-dev libsqlite3-dev zlib1g-dev
  libcairo2-dev libpango1.0-dev libdeflate-dev libgraphviz-dev
  librsvg2-dev libturbojpeg0-dev libwebp-dev libpng-dev
  libopencv-imgproc-dev libtesseract-dev tesseract-ocr-eng tesseract-ocr-script-latn
  fonts-dejavu-core fonts-liberation fonts-open-sans fonts-cantarell fonts-cabin fonts-quicksand
  fonts-comic-neue fonts-inconsolata fonts-crosextra-caladea fonts-play fonts-wqy-microhei
)
[[ "${1:-}" == --tests ]] &&
  packages+=(libgtest-dev libgmock-dev libbenchmark-dev clang-14 clang-format-14 clang-tidy-14
    libclang-rt-14-dev git)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ "$status" == installed ]] || missing+=("$package")
done
((${#missing[@]} == 0)) && exit 0

if [[ "$(id -u)" != 0 ]]; then
  echo "install_deps.sh: these packages are missing, and only root can install them:" >&2
  echo "  apt-get install ${missing[*]}" >&2
  exit 3
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
