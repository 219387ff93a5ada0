"""What one operation costs from Python: recording it and freeing its array. Prints a line of JSON, nanoseconds by name.

The operations are those of engine/src/test/java/org/mlxspring/engine/array/BindingBenchmark.java.
"""

import json
import timeit
from statistics import median

import mlx.core as mx

WIDTH = 64
rows, further = mx.ones((8, WIDTH)), mx.ones((8, WIDTH))
square, indices = mx.ones((WIDTH, WIDTH)), mx.array([3, 1, 2])
one, two = mx.array(1.0), mx.array(2.0)
gate, down = mx.ones((WIDTH, 2 * WIDTH)), mx.ones((2 * WIDTH, WIDTH))
mx.eval(rows, further, square, indices, one, two, gate, down)


def mlp():
    hidden = rows @ gate
    activated = hidden * mx.sigmoid(hidden)
    out = activated @ down + rows
    return mx.rsqrt(mx.mean(out * out, axis=-1, keepdims=True) + one) * out


OPERATIONS = {
    "add": "rows + further",
    "matmul": "rows @ square",
    "reshape": "rows.reshape(2, 4, WIDTH)",
    "slice": "rows[2:6]",
    "take": "mx.take(rows, indices, axis=0)",
    "mlp": "mlp()",
    "eval": "mx.eval(one + two)",
    "item": "(one + two).item()",
    "read": "one.item()",
}


def nanoseconds(statement):
    """The median of five measurements of half a second, after one that warms up."""
    timer = timeit.Timer(statement, globals=globals())
    count, seconds = timer.autorange()
    count = max(1, round(count / seconds / 2))
    return median(timer.repeat(6, count)[1:]) / count * 1e9


print(json.dumps({name: nanoseconds(statement) for name, statement in OPERATIONS.items()}))
