// Floating-point formats of 16 bits and packed weights, to and from float32.
#pragma once

#include <cstdint>

#include "cpu.h"

namespace kernels {

enum class Number { FLOAT32, BFLOAT16, FLOAT16 };

inline long bytes(Number type) {
  return type == Number::FLOAT32 ? 4 : 2;
}

// A matrix whose numbers are packed into few bits, as mlx.core.quantize packs in its affine mode: number i of a row is
// the bits from i * bits on of the row's words, low bits first, and stands for scale * number + bias of its group.
struct PackedMatrix {
  const uint32_t* values;  // [rows, columns * bits / 32]
  const void* scales;      // [rows, columns / group]
  const void* biases;      // as the scales
  Number type;             // of scales and biases
  int group;               // columns that share a scale: 32, 64 or 128
  int bits;                // 2, 3, 4, 5, 6 or 8
  long columns;            // a multiple of the group
};

struct Numbers {
  void (*to_float)(const void* from, Number type, long count, float* to);
  // Rounded to nearest, ties to even.
  void (*from_float)(const float* from, Number type, long count, void* to);
  // Numbers begin to end of a row; begin and end are multiples of 32.
  void (*unpack)(const PackedMatrix& matrix, long row, long begin, long end, float* to);
};

KERNELS_DECLARE(Numbers, numbers_functions)

const Numbers& numbers();

}  // namespace kernels
