#!/usr/bin/env bash
# Makes sample-app/base-model anew: writes general tickets, fits a tokenizer to them, draws random weights, trains them
# with the engine's full training, and adds the result to the random model. Takes some minutes on two cores.
#
#   mvn -DskipTests package
#   sample-app/training/make-base-model.sh [FOLDER]
#
# FOLDER is where the work is kept, sample-app/target/training without one. Needs Java 25 and Python 3.9 or later.
# MLX names another engine than this checkout's engine/bin/mlx.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
app=$(dirname "$here")
root=$(dirname "$app")
work=${1:-$app/target/training}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

mkdir -p "$work"
rm -rf "$work/rows" "$work/random" "$work/weights" "$work/base-model"

if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
fi
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"

"$java" "$app/src/test/java/org/mlxspring/sample/generator/GenerateTickets.java" general "$work/rows"
"$work/venv/bin/python" "$here/make_random_model.py" "$work/rows/train.jsonl" "$work/random"

mlx=${MLX:-$root/engine/bin/mlx}
"$mlx" lora --train -c "$here/base-model.yaml" --model "$work/random" --data "$work/rows" --adapter-path "$work/weights"
"$mlx" fuse --model "$work/random" --adapter-path "$work/weights" --save-path "$work/base-model"

rm -rf "$app/base-model"
cp -R "$work/base-model" "$app/base-model"
du -sh "$app/base-model"
