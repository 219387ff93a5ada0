#!/usr/bin/env bash
# Lets the packaged command line train a tiny model, and keeps what Java loaded and linked for it as BUILD/mlx.aot, from
# which bin/mlx starts in half the time. Without the file it starts all the same, so that no build fails here.
#
#   record-start.sh BUILD
set -euo pipefail

build=$1
engine=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
fixture=$engine/src/test/resources/fixtures/llama-masked
beside=$build/mlx.aot.part
work=$(mktemp -d)
trap 'rm -rf "$work" "$beside"' EXIT

# A recording begins without the last one.
rm -f "$build/mlx.aot"
if MLX_JAVA_OPTS="-XX:AOTCacheOutput=$beside" OPENBLAS_NUM_THREADS=1 "$engine/bin/mlx" lora --train --model "$fixture/model" \
  --data "$fixture/data" --mask-prompt --num-layers 2 --iters 2 --steps-per-report 1 --steps-per-eval 1 --save-every 2 \
  --adapter-path "$work/adapter" --metrics "$work/metrics.jsonl" >"$work/log" 2>&1 && [ -f "$beside" ]; then
  mv "$beside" "$build/mlx.aot"
else
  tail -n 5 "$work/log"
  echo "record-start.sh: no start was recorded; the command line takes a second or two longer to start"
fi
