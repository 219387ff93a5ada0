// Products with few rows on the left, as when text is generated: each number of the right side is read once.
#pragma once

#include "gemm.h"

namespace kernels {

constexpr long MOST_DOTS = 8;  // rows of the left side at a time

struct Dots {
  // y[i][j] (+)= sum over k of x[i][k] w[j][k], for at most MOST_DOTS rows of x, side by side, and any number of rows of w.
  void (*plain)(
      const float* x, long x_rows, const void* w, Number type, long w_step, long w_rows, long depth, float* y, long y_step,
      bool add);

  // The same with a packed matrix of 2, 4 or 8 bits, rows begin to end of it. x is what arrange gave, scratch has room for
  // scratch_floats.
  void (*packed)(
      const float* arranged, long x_rows, const PackedMatrix& w, long begin, long end, float* y, long y_step, bool add,
      float* scratch);
  // Orders x as the words of a packed matrix are read, its sums over each group behind it.
  void (*arrange)(const float* x, long x_rows, const PackedMatrix& w, float* arranged);
  long (*arranged_floats)(long x_rows, const PackedMatrix& w);
  long (*scratch_floats)(const PackedMatrix& w);
};

KERNELS_DECLARE(Dots, dots_functions)

constexpr bool words_hold_whole_numbers(int bits) {
  return 32 % bits == 0;
}

// As gemm, with a result of float32, for few rows; the depth of both sides runs along memory.
void dots_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth);

}  // namespace kernels
