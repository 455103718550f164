#!/usr/bin/env bash
# Builds the programs of the demo: demo/build.sh [native] [wasm] [js]; all three when none is named.
#
# A step whose inputs have not changed costs next to nothing. Each step shows how far it is, and then
# how long it took; the output of the tools is in build/demo-build.log and is shown when it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=/dev/null
. build/env.sh
log=$PWD/build/demo-build.log
: >"$log"

# show_progress WHAT PID: Ninja's "[12/304]", in place on a terminal, or as a line every 30 seconds.
show_progress() {
  local what=$1 job=$2 passed=0
  while sleep 1 && kill -0 "$job" 2>/dev/null; do
    passed=$((passed + 1))
    if [ -t 1 ]; then
      printf '\r  %-42s %s ' "$what" "$(progress)"
    elif [ $((passed % 30)) = 0 ]; then
      printf '  %-42s %s\n' "$what" "$(progress)"
    fi
  done
  [ ! -t 1 ] || printf '\r'
}

progress() { tail -n 1 "$log" | sed -n 's/^\[\([0-9]*\)\/\([0-9]*\)\].*/\1 of \2/p'; }

step() {
  local what=$1 started=$SECONDS job
  shift
  "$@" >>"$log" 2>&1 &
  job=$!
  show_progress "$what" "$job"
  if ! wait "$job"; then
    tail -n 40 "$log" >&2
    printf 'demo/build.sh: %s failed; the full output is in %s\n' "$what" "$log" >&2
    exit 1
  fi
  printf '  %-42s %3d s       \n' "$what" $((SECONDS - started))
}

build_native() {
  cmake --preset release -DFLOE_TESTS=OFF && cmake --build --preset release --target floe floe-gateway floe-device
}

build_wasm() {
  cmake --preset wasm && cmake --build --preset wasm --target floe_package_modules
}

# Whether something below the other paths is newer than the first.
is_newer() {
  local built=$1
  shift
  [ ! -e "$built" ] || [ -n "$(find "$@" -type f -newer "$built" -print -quit)" ]
}

build_js() {
  js/build/node_modules.sh
  if is_newer js/dist/.built js/src js/build js/package.json js/tsconfig.json build/wasm/*.wasm; then
    (cd js && npm run build) && touch js/dist/.built
  fi
  if is_newer demo/web/dist/.built demo/web/src js/build js/dist/.built; then
    (cd js && npm run demo) && touch demo/web/dist/.built
  fi
}

[ $# -gt 0 ] || set -- native wasm js
[ -e build/bin/floe-gateway ] || echo 'The first build takes about 4 minutes on two cores.'
for part in "$@"; do
  case "$part" in
    native) step 'gateway, device and command' build_native ;;
    wasm) step 'the agent in WebAssembly' build_wasm ;;
    js) step 'the npm package and the page' build_js ;;
    *) printf 'demo/build.sh: no part is called %s\n' "$part" >&2; exit 2 ;;
  esac
done
