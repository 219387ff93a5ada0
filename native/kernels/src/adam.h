// A step of Adam (Kingma and Ba, 2015) for one array of parameters.
#pragma once

#include "cpu.h"

namespace kernels {

struct AdamStep {
  float beta1;
  float rest1;  // 1 - beta1, which float32 has not exactly once beta1 is rounded
  float beta2;
  float rest2;
  float eps;
  float rate;    // learning rate, over 1 - beta1^t where that is corrected
  float unbias;  // 1, or 1 / sqrt(1 - beta2^t) where that is corrected
  float keep;    // of the parameter, 1 without weight decay
};

struct Adam {
  // The parameters p, their gradient g and both moments, from..to, give new ones; each may be written over the old.
  void (*step)(const AdamStep& step, const float* p, const float* g, const float* m, const float* v, long from, long to,
      float* new_p, float* new_m, float* new_v);
};

KERNELS_DECLARE(Adam, adam)

const Adam& adam();

}  // namespace kernels
