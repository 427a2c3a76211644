#!/usr/bin/env bash
# The main thread's CPU an update from the bytes of getUpdates to a worker's
# ring, decoding, placing and waking included, answers not.
# Run: spec/bench/distribute_ring.sh BUILD_DIR [ROUNDS]
set -euo pipefail
build=$1
rounds=${2:-50}
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/fifo"
coproc SIM { exec "$build/spec/sim"; }
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
curl -sf -d '{"record":false}' "$url/sim/settings" >/dev/null
BOT_TOKEN=$token "$build/tgrunner-lua" -q --api-root "$url" "$here/distribute_ring.lua" \
  "$url" "$folder/fifo" "$rounds"
kill "$SIM_PID"
