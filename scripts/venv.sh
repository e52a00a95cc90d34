#!/bin/sh
# Makes .venv and installs pinned requirements: scripts/venv.sh base demo [dev].
# A stamp per set of files makes the second call immediate. Runs before any Python of ours can.
set -eu
cd "$(dirname "$0")/.."

groups="$*"

say() { echo "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed. On Debian or Ubuntu: apt install python3 python3-venv"
    exit 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        case " $groups " in
            *" dev "*) scripts/debian.sh python3-venv ;;
            *) say "$python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"
               exit 1 ;;
        esac
    fi
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv

stamp=.venv/installed-$(echo "$*" | tr ' ' '-')
files=
for name in "$@"; do files="$files requirements/$name.txt"; done
sums=$(cksum $files)
if [ "$(cat "$stamp" 2>/dev/null)" != "$sums" ]; then
    say "Installing dependencies ($*)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        $(for file in $files; do echo "-r $file"; done)
    echo "$sums" >"$stamp"
fi
