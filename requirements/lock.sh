#!/bin/sh
# Pins every dependency with the hashes of all its files, for every supported Python and platform (needs uv).
# No registry address may get in: whoever installs decides where from.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "lock: needs uv (pip install uv)" >&2; exit 1; }
lock() {
    uv pip compile pyproject.toml "$@" --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate
}
lock --output-file requirements/run.txt
lock --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
if grep -n '://' requirements/*.txt; then
    echo "lock: an address got into the lock" >&2
    exit 1
fi
