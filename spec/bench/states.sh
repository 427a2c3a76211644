#!/usr/bin/env bash
# Memory of workers that wait for updates, in KiB a worker: resident, private and
# written to (both with the thread, and with what the process grows by meanwhile,
# so few show more), and the Lua state alone.
# Run: spec/bench/states.sh BUILD_DIR
set -euo pipefail
build=$1
coproc SIM { exec "$build/spec/sim"; }
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
printf '%7s %12s %10s %8s\n' workers resident dirty Lua
for workers in 1 8 32; do
  BOT_TOKEN=$token "$build/tgrunner-lua" -q --api-root "$url" "$(dirname "$0")/states.lua" "$workers"
done
kill "$SIM_PID"
