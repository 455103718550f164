#!/usr/bin/env bash
# Writes the references of the APIs: build/reference/cpp for C and C++, build/reference/js for
# JavaScript. A warning of either tool is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  -h | --help) sed -n '2,3s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
cmake/setup.sh js reference
# shellcheck source=/dev/null
. build/env.sh
mkdir -p build/reference
doxygen cmake/Doxyfile
js/build/node_modules.sh
(cd js && npx typedoc)
printf '%s\n' "build/reference/cpp/index.html" "build/reference/js/index.html"
