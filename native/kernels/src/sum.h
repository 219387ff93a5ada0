// Sums of arrays of the same extent, and of squares.
#pragma once

#include "cpu.h"

namespace kernels {

struct Sum {
  // y[i] = terms[0][i] + terms[1][i] + ... for `from` <= i < `to`; y may be one of at least two terms.
  void (*of)(const float* const* terms, int count, long from, long to, float* y);
  // x[0]^2 + x[1]^2 + ...
  double (*squares)(const float* x, long count);
};

KERNELS_DECLARE(Sum, sum_of)

const Sum& sum_of();

}  // namespace kernels
