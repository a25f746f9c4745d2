#!/usr/bin/env bash
# The browser tests need Debian's Chromium. As root it is installed; as a user its name is said.
set -euo pipefail
if command -v chromium >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests"
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "Chromium is missing, so the browser tests cannot run. On Debian: apt-get install chromium" >&2
[ "${CI:-}" = true ] && exit 2
exit 0
