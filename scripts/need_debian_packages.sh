#!/usr/bin/env bash
# The tests open pages in Debian's Chromium without windows and read the text of PDFs with its poppler-utils. As root
# what is missing is installed; as a user its name is said.
set -euo pipefail
missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests"
  apt-get update -qq && apt-get install -y -qq "${missing[@]}" >/dev/null && exit 0
fi
echo "${missing[*]} missing, so some tests cannot run. On Debian: apt-get install ${missing[*]}" >&2
[ "${CI:-}" = true ] && exit 2
exit 0
