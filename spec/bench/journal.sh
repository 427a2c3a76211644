#!/usr/bin/env bash
# What a journal costs: CPU per update and latency, with and without, in turns, of one run.
# Usage: spec/bench/journal.sh BUILD_DIR [updates] [rounds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1
updates=${2:-50000}
rounds=${3:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "$sim" 2>/dev/null || true' EXIT
mkfifo "$work/in"
"$build/spec/sim" <"$work/in" >"$work/out" &
sim=$!
exec 3>"$work/in"
until [[ $(wc -l <"$work/out") -ge 2 ]]; do sleep 0.05; done
url=$(sed -n 1p "$work/out")
token=$(sed -n 2p "$work/out")
curl -s -d '{"record":false,"repeat_rule":false}' "$url/sim/settings" >"$work/answer"
printf '%s\n' "journal     load     µs CPU/update  updates/s  p50 ms  p99 ms"
for ((round = 1; round <= rounds; round++)); do
  for durability in off power process none; do
    rm -f "$work"/bot.journal*
    BOT_TOKEN=$token "$build/tgrunner-lua" --log-level warn --api-root "$url" \
      spec/bench/journal.lua "$url" "$updates" "$durability" "$work/bot.journal"
  done
done
