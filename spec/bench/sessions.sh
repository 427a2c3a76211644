#!/usr/bin/env bash
# How long handlers take, session included, when 500 of them run at once for
# 500 ms and their sessions are in memory, in an SQLite database, in files. 5,000
# chats; every update changes a session. Asserts nothing.
# Run: spec/bench/sessions.sh BUILD_DIR [UPDATES] [STORAGE …]     10000 without
set -euo pipefail
build=$1
count=${2:-10000}
shift $(($# < 2 ? $# : 2))
folder=$(mktemp -d)
trap 'rm -rf "$folder"; kill $(jobs -p) 2>/dev/null' EXIT
for kind in "${@:-memory sqlite memory sqlite}"; do
  for storage in $kind; do
    rm -rf "$folder/it"*
    coproc SIM { exec "$build/spec/sim"; }
    pid=$SIM_PID
    read -r url <&"${SIM[0]}"
    read -r token <&"${SIM[0]}"
    curl -sf -d "{\"count\":$count,\"chats\":5000,\"text\":\"hello\"}" "$url/sim/load" >/dev/null
    BOT_TOKEN=$token "$build/tgrunner-lua" --api-root "$url" --log-level warn \
      "$(dirname "$0")/sessions.lua" "$storage" "$folder/it" "$count"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
  done
done
