# shellcheck shell=bash
# The functions that every part of the set-up uses: messages, timed steps, the lock, the cache and its
# hashes.

say() { printf '%s\n' "$*"; }

# fail WHAT [WHAT-TO-DO]...
fail() {
  printf 'set-up failed: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

if [ -z "${FLOE_CACHE:-}" ]; then
  [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] ||
    fail 'neither FLOE_CACHE nor HOME is set, so there is no place for the cache' \
      'set FLOE_CACHE to a directory outside the work tree'
  FLOE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/floe
fi
case $FLOE_CACHE in
  /*) ;;
  *) FLOE_CACHE=$PWD/$FLOE_CACHE ;; # package files embed the path
esac
SCRATCH=$FLOE_CACHE/tmp.$$

now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# since START: seconds with one decimal.
since() {
  local tenths=$((($(now) - $1) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# step TITLE COMMAND [ARGUMENT...]: one line with its seconds; what the command prints goes to a
# log. Never call it inside a condition: bash would ignore 'set -e' in everything below it.
step() {
  local title=$1 log started status
  shift
  mkdir -p "$FLOE_CACHE/logs"
  log=$FLOE_CACHE/logs/$1.log
  started=$(now)
  printf '  %s ... ' "$title"
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [ $status -eq 0 ]; then
    printf '%s s%s\n' "$(since "$started")" "$(sed -n 's/^took: \(.*\)/ (\1)/p' "$log" | tail -n 1)"
    return
  fi
  printf 'failed after %s s\n' "$(since "$started")"
  printf 'The last lines of %s:\n' "$log" >&2
  tail -n 20 "$log" | sed 's/^/  | /' >&2
  fail "$title (status $status)" "the whole output is in $log" \
    'mend the cause and run cmake/setup.sh again: finished steps are kept'
}

# took TEXT: inside a step, adds TEXT to the line of the step.
took() { printf 'took: %s\n' "$*"; }

need_job() { # FUNCTION TITLE
  local job
  for job in "${JOBS[@]}"; do
    [ "$job" != "$1" ] || return 0
  done
  JOBS+=("$1")
  JOB_TITLES+=("$2")
}

nothing_missing() { [ ${#PACKAGES[@]} -eq 0 ] && [ ${#JOBS[@]} -eq 0 ]; }

list_missing() { # HEADING
  say "set-up: ${COMPONENTS[*]}: $1"
  if [ ${#PACKAGES[@]} -gt 0 ]; then
    printf '%s\n' "${PACKAGES[*]}" | fold -s -w 80 |
      sed '1s/^/  packages  /;2,$s/^/            /;s/ *$//'
  fi
  [ ${#JOBS[@]} -eq 0 ] || printf '  cache     %s\n' "${JOB_TITLES[@]}"
  [ ${#JOBS[@]} -eq 0 ] || say "            in $FLOE_CACHE"
}

# One set-up at a time may write to the cache; a set-up that waited finds the work done. Children
# inherit the descriptor: a build whose parent was killed still writes, and so still holds the lock.
take_lock() {
  mkdir -p "$FLOE_CACHE" || fail "cannot create the cache $FLOE_CACHE" \
    'set FLOE_CACHE to a directory you can write to'
  exec 9>"$FLOE_CACHE/lock"
  if ! flock --nonblock 9; then
    say "set-up: waiting for another run that uses $FLOE_CACHE"
    flock 9
  fi
  trap 'rm -rf "$SCRATCH"' EXIT
  trap 'exit 130' INT TERM HUP
  rm -rf "$FLOE_CACHE"/tmp.* # of runs that were killed: no other process holds the lock
  mkdir "$SCRATCH"
}

# version_ge A B: A >= B, by Debian's rules, which order plain version numbers as expected.
version_ge() { dpkg --compare-versions "$1" ge "$2"; }

# recipe FUNCTION...: the text of the functions as bash sees it. It has no comments, so a changed
# comment rebuilds nothing.
recipe() { declare -f "$@"; }

short_hash() { sha256sum | cut -c 1-10; }

# A shell that has sourced build/env.sh finds our own tools on PATH. They are ignored here, because
# otherwise the first run and the second run would see two different machines.
forget_own_environment() {
  local entry kept=
  local IFS=:
  for entry in $PATH; do
    case $entry in
      "$FLOE_CACHE"/*) ;;
      *) kept=${kept:+$kept:}$entry ;;
    esac
  done
  PATH=$kept
  case ${EM_CONFIG:-} in
    "$FLOE_CACHE"/*) unset EM_CONFIG ;;
  esac
  # Flags of the caller's own builds must not change libraries that all work trees share.
  unset CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS DESTDIR
  unset CMAKE_TOOLCHAIN_FILE CMAKE_GENERATOR CMAKE_PREFIX_PATH
}
