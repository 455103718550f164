# shellcheck shell=bash
# apt: the machine's own packages, and a private view of other suites that the machine never sees.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# need_package PACKAGE [COMMAND [FLOOR]]: wants the package unless the command is there, at FLOOR or
# later.
need_package() {
  local package
  [ -z "${2:-}" ] || ! command_at_least "$2" "${3:-0}" || return 0
  for package in "${PACKAGES[@]}"; do
    [ "$package" != "$1" ] || return 0
  done
  package_installed "$1" || PACKAGES+=("$1")
}

command_at_least() { # COMMAND FLOOR
  local version
  command -v "$1" >/dev/null || return 1
  [ "$2" != 0 ] || return 0
  version=$("$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | sed -n 1p) || return 1
  version_ge "$version" "$2"
}

package_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi 9>&- # a service that a package starts must not keep our lock
}

install_packages() {
  [ ${#PACKAGES[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
      fail "packages are missing (${PACKAGES[*]}), and this user is neither root nor has sudo" \
        "as root: apt-get install --no-install-recommends ${PACKAGES[*]}"
    [ ! -t 0 ] || sudo --validate # asks for the password here and not into a log
  fi
  step 'list of packages' apt_update
  step "packages (${#PACKAGES[@]} and their dependencies)" apt_install "${PACKAGES[@]}"
}

# A broken third-party source must not stop us: if a package that we need is missing, the
# installation reports it.
apt_update() {
  as_root apt-get -q -o DPkg::Lock::Timeout=900 update ||
    echo 'apt-get update failed; going on with the lists there are'
}

# --no-remove: stop instead of removing a package from the machine.
apt_install() {
  local status=0
  forbid_services
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=900 \
    -o Dpkg::Use-Pty=0 install --no-install-recommends --no-remove "$@" || status=$?
  allow_services
  return "$status"
}

# Some tests need a server as a program. It must not go on to run as a service on the tester's machine.
POLICY=/usr/sbin/policy-rc.d

forbid_services() {
  [ ! -e "$POLICY" ] || return 0
  printf '#!/bin/sh\n# of cmake/setup.sh, while it installs\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  as_root chmod +x "$POLICY"
}

allow_services() {
  grep -qs 'of cmake/setup.sh' "$POLICY" || return 0
  as_root rm -f "$POLICY"
  [ -d /run/systemd/system ] || return 0
  local package
  for package in "${PACKAGES[@]}"; do
    case $package in
      coturn | prometheus | caddy) as_root systemctl disable "$package" ;;
      nginx-light) as_root systemctl disable nginx ;;
    esac
  done
}

# private_apt SUITE: fills APT with the options of an apt that knows SUITE alone, from the mirror
# the machine uses, and APT_SOURCES with the folder of its sources. Its lists live in the scratch
# directory; the machine's sources, lists and preferences stay as they are.
private_apt() {
  local suite=$1 root=$SCRATCH/apt-$1 mirror
  apt_in "$root"
  [ ! -e "$root/ready" ] || return 0
  [ -r "$KEYRING" ] || fail "$KEYRING is missing, so packages of $suite cannot be verified" \
    'install debian-archive-keyring'
  mirror=$(mirror_of bookworm)
  [ -n "$mirror" ] || fail 'apt on this machine has no source for the suite bookworm' \
    'set-up is made for Debian 12: if this is one, name its suite bookworm in apt sources' \
    'and else use a Debian 12 container'
  private_source "$mirror" "$suite" >"$APT_SOURCES/main.sources"
  mirror=$(mirror_of bookworm-security)
  case $suite in
    *-backports) ;; # has no security suite
    *)
      [ -z "$mirror" ] ||
        private_source "$mirror" "$suite-security" >"$APT_SOURCES/security.sources"
      ;;
  esac
  apt-get "${APT[@]}" -q update
  touch "$root/ready"
}

# apt_in DIRECTORY: fills APT and APT_SOURCES for an apt whose sources and lists are there.
apt_in() {
  APT_SOURCES=$1/sources
  APT=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$APT_SOURCES"
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::lists=$1/lists" -o "Dir::Cache=$1/cache" -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Update::Error-Mode=any)
  mkdir -p "$APT_SOURCES" "$1/lists/partial" "$1/cache/archives/partial"
}

private_source() { # URI SUITE
  printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$1" "$2" "$KEYRING"
}

# mirror_of SUITE: the mirror from which the machine's own apt gets it. We ask apt, so that we need
# not read its files; the answer needs no lists, no root and no network.
mirror_of() {
  apt-get --print-uris update 2>/dev/null |
    sed -n "s#^'\(.*\)/dists/$1/\(In\)\{0,1\}Release'.*#\1#p" | sed -n 1p
}

# accept_version WHAT VERSION FLOOR: a point release may have moved on; an older or another major
# version may not pass.
accept_version() {
  local plain=${2#*:}
  version_ge "$2" "$3" || fail "$1 $2 is older than $3" \
    'the mirror may be behind: try again later or use another mirror'
  [ "${plain%%.*}" = "${3%%.*}" ] || fail "$1 $2 is another major version than $3" \
    'this needs a change in cmake/setup'
  took "$1 $2"
}

# fetch_packages SUITE DIRECTORY PACKAGE...: verified .deb files, not installed.
fetch_packages() {
  local suite=$1 directory=$2
  shift 2
  private_apt "$suite"
  mkdir -p "$directory"
  (cd "$directory" && apt-get "${APT[@]}" -q download "$@")
}
