#include "rms_norm.h"

#include <cmath>

#include "isa.h"

namespace kernels::ISA {

namespace {

float dot(const float* a, const float* b, long count) {
  Vec sums{};
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) sums += load(a + i) * load(b + i);
  float total = sum(sums);
  for (; i < count; i++) total += a[i] * b[i];
  return total;
}

float dot(const float* a, const float* b, const float* c, long count) {
  Vec sums{};
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) sums += load(a + i) * load(b + i) * load(c + i);
  float total = sum(sums);
  for (; i < count; i++) total += a[i] * b[i] * c[i];
  return total;
}

float inverse_root(const float* x, float eps, long features) {
  return 1 / std::sqrt(dot(x, x, features) / features + eps);
}

void forward(const float* x, const float* weight, float eps, long rows, long features, float* y) {
  for (long row = 0; row < rows; row++, x += features, y += features) {
    float r = inverse_root(x, eps, features);
    for (long i = 0; i < features; i++) y[i] = x[i] * r * weight[i];
  }
}

void to_input(const float* x, const float* weight, const float* g, float eps, long rows, long features, float* dx) {
  for (long row = 0; row < rows; row++, x += features, g += features, dx += features) {
    float r = inverse_root(x, eps, features);
    float back = r * r * r * dot(x, weight, g, features) / features;
    for (long i = 0; i < features; i++) dx[i] = r * weight[i] * g[i] - back * x[i];
  }
}

}  // namespace

const RmsNorm rms_norm{forward, to_input};

}  // namespace kernels::ISA
