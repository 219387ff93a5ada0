// Cross-entropy of a row of logits at its target, and its gradient.
#pragma once

#include "cpu.h"

namespace kernels {

struct CrossEntropy {
  // The logarithm of the sum of the exponentials of a row; the loss is that less the target's logit.
  float (*log_sum_exp)(const float* logits, long classes);
  // d = (softmax - one-hot) * g of a row; d may be logits.
  void (*to_logits)(const float* logits, float log_sum_exp, long target, float g, long classes, float* d);
};

KERNELS_DECLARE(CrossEntropy, cross_entropy)

const CrossEntropy& cross_entropy();

}  // namespace kernels
