#!/usr/bin/env bash
# Memory of 10,000 suspended handlers, fed by the simulator.
# Run: spec/bench/suspended.sh BUILD_DIR
set -euo pipefail
build=$1
coproc SIM { exec "$build/spec/sim"; }
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
curl -sf -d '{"count":10000,"chats":1000,"text":"hello"}' "$url/sim/load" >/dev/null
BOT_TOKEN=$token "$build/tgrunner-lua" --api-root "$url" "$(dirname "$0")/suspended.lua"
kill "$SIM_PID"
