#include "dots.h"

#include <algorithm>

#include "half.h"
#include "isa.h"
#include "packed_dots.h"
#include "x_rows.h"

namespace kernels::ISA {

namespace {

template <Number TYPE>
Vec load_as(const void* from, long i) {
  if constexpr (TYPE == Number::FLOAT32) return load(static_cast<const float*>(from) + i);
  if constexpr (TYPE == Number::BFLOAT16) return from_bfloat16(static_cast<const uint16_t*>(from) + i);
  if constexpr (TYPE == Number::FLOAT16) return from_float16(static_cast<const uint16_t*>(from) + i);
}

template <Number TYPE>
float number(const void* from, long i) {
  if constexpr (TYPE == Number::FLOAT32) return static_cast<const float*>(from)[i];
  if constexpr (TYPE == Number::BFLOAT16) return from_bfloat16(static_cast<const uint16_t*>(from)[i]);
  if constexpr (TYPE == Number::FLOAT16) return from_float16(static_cast<const uint16_t*>(from)[i]);
}

// Some rows of w at a time, so that loads of several run beside each other and each of x serves all.
template <Number TYPE, int X, int W>
void dots(const float* x, const void* const* w, long depth, float* y, long y_step, bool add) {
  Vec sums[W][X] = {};
  long k = 0;
  for (; k + WIDTH <= depth; k += WIDTH) {
    Vec rows[W];
#pragma GCC unroll 8
    for (int j = 0; j < W; j++) rows[j] = load_as<TYPE>(w[j], k);
#pragma GCC unroll 8
    for (int i = 0; i < X; i++) {
      Vec each = load(x + i * depth + k);
#pragma GCC unroll 8
      for (int j = 0; j < W; j++) sums[j][i] += each * rows[j];
    }
  }
#pragma GCC unroll 8
  for (int j = 0; j < W; j++) {
#pragma GCC unroll 8
    for (int i = 0; i < X; i++) {
      float total = sum(sums[j][i]);
      for (long rest = k; rest < depth; rest++) total += x[i * depth + rest] * number<TYPE>(w[j], rest);
      float& to = y[i * y_step + j];
      to = add ? to + total : total;
    }
  }
}

template <Number TYPE, int X>
void rows(const float* x, const char* w, long w_bytes, long w_rows, long depth, float* y, long y_step, bool add) {
  constexpr int AT_ONCE = X <= 2 ? 4 : WIDTH == 16 && X <= 6 ? 4 : 2;
  long j = 0;
  for (; j + AT_ONCE <= w_rows; j += AT_ONCE) {
    const void* some[AT_ONCE];
    for (int r = 0; r < AT_ONCE; r++) some[r] = w + (j + r) * w_bytes;
    dots<TYPE, X, AT_ONCE>(x, some, depth, y + j, y_step, add);
  }
  for (; j < w_rows; j++) {
    const void* one[1] = {w + j * w_bytes};
    dots<TYPE, X, 1>(x, one, depth, y + j, y_step, add);
  }
}

void plain(
    const float* x, long x_rows, const void* w, Number type, long w_step, long w_rows, long depth, float* y, long y_step,
    bool add) {
  auto at = static_cast<const char*>(w);
  long step = w_step * bytes(type);
  with_rows(x_rows, [&](auto n) {
    switch (type) {
      case Number::FLOAT32: return rows<Number::FLOAT32, n>(x, at, step, w_rows, depth, y, y_step, add);
      case Number::BFLOAT16: return rows<Number::BFLOAT16, n>(x, at, step, w_rows, depth, y, y_step, add);
      case Number::FLOAT16: return rows<Number::FLOAT16, n>(x, at, step, w_rows, depth, y, y_step, add);
    }
  });
}

}  // namespace

const Dots dots_functions{plain, packed, arrange, arranged_floats, scratch_floats};

}  // namespace kernels::ISA
