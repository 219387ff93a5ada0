// Products with few rows on the left, as when text is generated: each number of the right side is read once.
#pragma once

#include "gemm.h"

namespace kernels {

constexpr long MOST_DOTS = 8;  // rows of the left side

struct Dots {
  // y[i][j] (+)= sum over k of x[i][k] w[j][k], for at most MOST_DOTS rows of x, side by side, and any number of rows of w.
  void (*plain)(
      const float* x, long x_rows, const void* w, Number type, long w_step, long w_rows, long depth, float* y, long y_step,
      bool add);
};

KERNELS_DECLARE(Dots, dots_functions)

// As gemm, with a result of float32, for at most MOST_DOTS rows; the depth of both sides runs along memory.
void dots_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth);

}  // namespace kernels
