// Root mean square normalization: y = x / sqrt(mean(x^2) + eps) * w (Zhang and Sennrich, 2019).
#pragma once

#include "cpu.h"

namespace kernels {

struct RmsNorm {
  // Rows of features numbers each, one behind the other.
  void (*forward)(const float* x, const float* weight, float eps, long rows, long features, float* y);
  // dx = r w g - r^3 x mean(x w g), with r = 1 / sqrt(mean(x^2) + eps).
  void (*to_input)(
      const float* x, const float* weight, const float* g, float eps, long rows, long features, float* dx);
};

KERNELS_DECLARE(RmsNorm, rms_norm)

const RmsNorm& rms_norm();

}  // namespace kernels
