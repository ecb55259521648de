#!/bin/sh
# Install what Racecourse needs from Debian or Ubuntu, as root or with sudo: bubblewrap, the stronger of the sandboxes
# for submissions. All other dependencies come with `make`.
set -eu
if ! command -v apt-get >/dev/null; then
  echo 'This is no Debian or Ubuntu: install bubblewrap with the package manager of this system.' >&2
  exit 1
fi
as_root=''
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo 'Run this as root, or install sudo.' >&2; exit 1; }
  as_root='sudo'
fi
command -v bwrap >/dev/null && { echo "bubblewrap is there: $(bwrap --version)"; exit 0; }
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends bubblewrap
bwrap --version
