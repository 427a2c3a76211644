#!/usr/bin/env bash
# Speed and peak memory of uploads and downloads on loopback, with the simulator
# as the server (which keeps the file in its own memory). Asserts nothing.
# Run: spec/bench/files.sh BUILD_DIR [MEGABYTES]     500 without
set -euo pipefail
build=$1
size=$((${2:-500} * 1000 * 1000))
coproc SIM { exec "$build/spec/sim"; }
folder=$(mktemp -d)
trap 'kill "$SIM_PID" 2>/dev/null; rm -rf "$folder"' EXIT
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
head -c "$size" /dev/zero | tr '\0' 'x' >"$folder/big.bin"
curl -sf -d "{\"file_max\":$((size + 1))}" "$url/sim/settings" >/dev/null
id=$(curl -sf -H 'Expect:' -F chat_id=1 -F "document=@$folder/big.bin" "$url/bot$token/sendDocument" |
  grep -o 'sim-file-[0-9a-z-]*' | head -n 1)
BOT_TOKEN=$token "$build/tgrunner-lua" --api-root "$url" "$(dirname "$0")/files.lua" "$folder/big.bin" "$id"
