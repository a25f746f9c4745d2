#!/usr/bin/env bash
# Make the virtual environment and install everything from requirements.lock. Called by make.
set -euo pipefail
venv="$1"

python=""
for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null &&
     "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python="$candidate"
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and was not found. On Debian: apt-get install python3" >&2
  exit 2
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing python3-venv"
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
  else
    echo "The Debian package python3-venv is missing. Ask for: apt-get install python3-venv" >&2
    exit 2
  fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing what requirements.lock names"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock 2> >(grep -v "WARNING: Location" >&2)
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable . 2> >(grep -v "WARNING: Location" >&2)
"$venv/bin/python" -m compileall -q src # so that no command has to, even where Python is told to keep nothing
echo "Compiling the forecast's kernel (the first forecast would wait for it)"
"$venv/bin/python" -m highneeds.forecast.kernels || echo "It could not be compiled now; the first forecast will do it." >&2
