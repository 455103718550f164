#!/usr/bin/env bash
# Stands for systemctl where there is no systemd: starts what the installed unit says, as its user and
# with its capabilities, waits for READY=1, and signals it. $PAGE_STATE is a folder for what it keeps.
set -euo pipefail
unit=/etc/systemd/system/floe-gateway.service
pid_file=$PAGE_STATE/pid
of_unit() { sed -n "s/^$1=//p" "$unit"; }

# Words of a line of the unit, without a shell to expand anything but $MAINPID.
run_line() { local line=${1//\$MAINPID/$(cat "$pid_file" 2>/dev/null)}; $line; }

# An array and not a function, so that what it starts in the background is the process itself.
capability=net_bind_service
as_user=(setpriv --reuid="$(of_unit User)" --regid="$(of_unit Group)" --init-groups --no-new-privs
  --bounding-set "-all,+$capability" --inh-caps "-all,+$capability" --ambient-caps "-all,+$capability")

start() {
  "${as_user[@]}" $(of_unit ExecStartPre) >/dev/null
  local notify=$PAGE_STATE/notify
  python3 -c '
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1]); os.chmod(sys.argv[1], 0o666); s.settimeout(20)
open(sys.argv[2], "w").close()
while b"READY=1" not in s.recv(4096): pass
' "$notify" "$PAGE_STATE/bound" &
  local waiter=$!
  while [ ! -e "$PAGE_STATE/bound" ]; do sleep 0.05; done
  chmod 711 "$PAGE_STATE"
  NOTIFY_SOCKET=$notify "${as_user[@]}" $(of_unit ExecStart) >"$PAGE_STATE/out" 2>"$PAGE_STATE/log" &
  echo $! >"$pid_file"
  wait "$waiter"
}

case "$1" in
  daemon-reload) systemd-analyze verify "$unit" 2>&1 | sed '/floe-gateway/!d' | tee "$PAGE_STATE/verify"
    [ ! -s "$PAGE_STATE/verify" ] ;;
  enable) start ;;
  reload)
    while read -r line; do run_line "$line" >/dev/null; done < <(of_unit ExecReload)
    ;;
  stop)
    [ -e "$pid_file" ] || exit 0
    kill "$(cat "$pid_file")"
    for _ in $(seq 100); do kill -0 "$(cat "$pid_file")" 2>/dev/null || break; sleep 0.1; done
    rm "$pid_file"
    ;;
esac
