"""The rate of a large matrix product of MLX in float32. Prints a line of JSON: operations of floating point per second.

The product is that of engine/src/test/java/org/mlxspring/engine/array/ProductBenchmark.java.
"""

import json
import timeit
from statistics import median

import mlx.core as mx

WIDTH, TIMES = 2048, 10
left, right = mx.ones((WIDTH, WIDTH)), mx.ones((WIDTH, WIDTH))
mx.eval(left, right)
once = lambda: mx.eval(left @ right)
once()
seconds = median(timeit.repeat(once, number=TIMES, repeat=5)) / TIMES
print(json.dumps({"rate": 2 * WIDTH**3 / seconds}))
