#!/bin/sh
# Installs Debian packages where it may (root or sudo without a password); otherwise names them and stops.
set -eu

if [ "$(id -u)" = 0 ]; then as_root=
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root=none
fi
if [ "$as_root" = none ] || ! command -v apt-get >/dev/null; then
    echo "This machine lacks: $*" >&2
    echo "On Debian or Ubuntu install them with: sudo apt install $*" >&2
    exit 1
fi
echo "Installing Debian packages: $*" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
