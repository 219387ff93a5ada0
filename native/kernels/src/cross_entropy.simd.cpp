#include "cross_entropy.h"

#include <math.h>

#include "vector_math.h"

namespace kernels::ISA {

namespace {

float log_sum_exp(const float* logits, long classes) {
  Vec top = all(-INFINITY);
  long i = 0;
  for (; i + WIDTH <= classes; i += WIDTH) {
    top = larger(top, load(logits + i));
  }
  float most = largest(top);
  for (long rest = i; rest < classes; rest++) {
    most = logits[rest] > most ? logits[rest] : most;
  }
  Vec sums[4] = {};
  i = 0;
  for (; i + 4 * WIDTH <= classes; i += 4 * WIDTH) {
    for (int k = 0; k < 4; k++) {
      sums[k] += exp(load(logits + i + k * WIDTH) - most);
    }
  }
  for (; i + WIDTH <= classes; i += WIDTH) {
    sums[0] += exp(load(logits + i) - most);
  }
  float total = sum(sums[0] + sums[1] + (sums[2] + sums[3]));
  for (; i < classes; i++) {
    total += expf(logits[i] - most);
  }
  return most + logf(total);
}

void to_logits(const float* logits, float log_sum_exp, long target, float g, long classes, float* d) {
  long i = 0;
  for (; i + WIDTH <= classes; i += WIDTH) store(d + i, exp(load(logits + i) - log_sum_exp) * g);
  if (long rest = classes - i; rest > 0) store_some(d + i, exp(load_some(logits + i, rest) - log_sum_exp) * g, rest);
  d[target] -= g;
}

}  // namespace

const CrossEntropy cross_entropy{log_sum_exp, to_logits};

}  // namespace kernels::ISA
