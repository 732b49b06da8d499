#!/bin/sh
# Builds .venv from the locked versions. $1, or PYTHON, may name the interpreter; otherwise the first one that fits.
set -eu
cd "$(dirname "$0")/.."

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' 2>/dev/null; }

python=${1:-}
if [ -n "$python" ]; then
    fits "$python" || { echo "setup: $python is not Python 3.11 or newer" >&2; exit 1; }
elif [ -x .venv/bin/python ] && fits .venv/bin/python; then
    python=.venv/bin/python
else
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if fits "$candidate"; then python=$candidate; break; fi
    done
fi
if [ -z "$python" ]; then
    echo "setup: no Python 3.11 or newer found; install one, or name it: make setup PYTHON=/path/to/python3.11" >&2
    exit 1
fi

if [ ! -x .venv/bin/python ] || ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "setup: $("$python" --version) has no venv module; on Debian or Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
    echo "setup: building .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
pip install --quiet --require-hashes -r requirements/dev.txt
pip install --quiet --no-deps --no-build-isolation --no-index -e .
