#!/usr/bin/env bash
# Memory of 100,000 open conversations, fed by the simulator.
# Run: spec/bench/conversations.sh BUILD_DIR
set -euo pipefail
build=$1
coproc SIM { exec "$build/spec/sim"; }
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
curl -sf -d '{"count":150000,"chats":100000,"text":"hello"}' "$url/sim/load" >/dev/null
BOT_TOKEN=$token "$build/tgrunner-lua" --api-root "$url" "$(dirname "$0")/conversations.lua"
kill "$SIM_PID"
