#!/bin/sh
# Install what Racecourse and its tests need from Debian or Ubuntu, as root or with sudo. All other dependencies come with
# `make`.
set -eu

# bubblewrap: the stronger of the sandboxes for submissions
# chromium, npm: pages and diagrams, drawn by what people see them with; the fonts are for their pictures
PACKAGES="bubblewrap chromium fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji"
command -v npm >/dev/null || PACKAGES="$PACKAGES npm" # Node.js from elsewhere brings its own
command -v cc >/dev/null || PACKAGES="$PACKAGES gcc libc6-dev" # what compiles the engine for `make same`

if ! command -v apt-get >/dev/null; then
  echo "This is no Debian or Ubuntu: install with its package manager what is in $PACKAGES." >&2
  exit 1
fi

missing=''
for package in $PACKAGES; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=''
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo 'Run this as root, or install sudo.' >&2; exit 1; }
  as_root='sudo'
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word for each package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
