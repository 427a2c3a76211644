#!/usr/bin/env bash
# Updates/s with 0, 1, 2, 4, 8 workers for a handler that does nothing and one
# that works on JSON, in interleaved runs; the simulator feeds them over HTTP.
# Run: spec/bench/distribute.sh BUILD_DIR [RUNS [UPDATES]]
# Medians of: updates/s, CPU of the main thread an update (µs, everything from
# the poll to the answer), CPU of all threads an update, wake-ups of the main loop
# a batch, of all workers a batch, updates decoded in the main state, KiB resident
# a worker (with its thread and what the process has grown by, so fewer workers
# show more).
set -euo pipefail
build=$1
runs=${2:-5}
updates=${3:-100000}
here=$(dirname "$0")
results=$(mktemp)
trap 'rm -f "$results"' EXIT
coproc SIM { exec "$build/spec/sim"; }
read -r url <&"${SIM[0]}"
read -r token <&"${SIM[0]}"
curl -sf -d '{"record":false}' "$url/sim/settings" >/dev/null
for ((run = 0; run < runs; run++)); do
  for handler in noop json; do
    for workers in 0 1 2 4 8; do
      count=$updates
      [[ $handler == json ]] && count=$((updates / 5))
      curl -sf -X POST "$url/sim/reset" >/dev/null
      curl -sf -d '{"record":false}' "$url/sim/settings" >/dev/null
      curl -sf -d "{\"count\":$((count + 1000)),\"chats\":1000,\"text\":\"hello\"}" "$url/sim/load" >/dev/null
      BOT_TOKEN=$token "$build/tgrunner-lua" -q --api-root "$url" "$here/distribute.lua" \
        "$workers" "$handler" "$count" >>"$results"
    done
  done
done
kill "$SIM_PID"
printf '%-6s %7s %10s %8s %8s %9s %9s %8s %8s\n' handler workers updates/s main_us all_us mainwk/b workwk/b decoded KiB
for handler in noop json; do
  for workers in 0 1 2 4 8; do
    grep "^$handler $workers " "$results" | sort -n -k3 | awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }' |
      awk '{ printf "%-6s %7s %10s %8s %8s %9s %9s %8s %8s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9 }'
  done
done
