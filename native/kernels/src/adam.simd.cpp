#include "adam.h"

#include <math.h>

namespace kernels::ISA {

namespace {

void step(const AdamStep& step, const float* p, const float* g, const float* m, const float* v, long from, long to,
    float* new_p, float* new_m, float* new_v) {
  const AdamStep s = step;
#pragma GCC ivdep
  for (long i = from; i < to; i++) {
    float first = m[i] * s.beta1 + g[i] * s.rest1;
    float second = v[i] * s.beta2 + g[i] * g[i] * s.rest2;
    new_m[i] = first;
    new_v[i] = second;
    new_p[i] = p[i] * s.keep - first * s.rate / (sqrtf(second) * s.unbias + s.eps);
  }
}

}  // namespace

const Adam adam{step};

}  // namespace kernels::ISA
