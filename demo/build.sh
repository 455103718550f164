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
  cmake --preset release -DFLOE_TESTS=OFF && cmake --build --preset release --target floe floe-gateway floe-device floe_shared
}

build_wasm() {
  cmake --preset wasm && cmake --build --preset wasm --target floe_package_modules
}

# must_build STAMP PATH...: whether a path is missing, or something below one is newer than the stamp.
must_build() {
  local stamp=$1 newer
  shift
  [ -e "$stamp" ] || return 0
  newer=$(find "$@" -type f -newer "$stamp" -print -quit 2>/dev/null) || return 0
  [ -n "$newer" ]
}

# The stamps are in build/, because all of js/dist goes into the package. What is built is among the
# inputs: built by hand from something else, it is built again.
build_js() {
  local package=build/npm-package.built page=build/demo-page.built
  js/build/node_modules.sh
  if must_build "$package" js/{src,build,dist,package.json,tsconfig.json} \
    build/wasm/{*.wasm,THIRD_PARTY_NOTICES.txt}; then
    (cd js && npm run build) && touch "$package"
  fi
  if must_build "$page" demo/web/{src,dist} demo/direct js/build "$package"; then
    (cd js && npm run demo) && touch "$page"
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
