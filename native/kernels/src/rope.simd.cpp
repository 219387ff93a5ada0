#include "rope.h"

#include "isa.h"

namespace kernels::ISA {

namespace {

void copy_rest(const float* x, long from, long features, float* y) {
  if (x != y) {
    for (long i = from; i < features; i++) y[i] = x[i];
  }
}

void halves(const float* x, const float* cosines, const float* sines, long pairs, long features, float* y) {
  long i = 0;
  for (; i + WIDTH <= pairs; i += WIDTH) {
    Vec a = load(x + i), b = load(x + pairs + i), c = load(cosines + i), s = load(sines + i);
    store(y + i, a * c - b * s);
    store(y + pairs + i, a * s + b * c);
  }
  for (; i < pairs; i++) {
    float a = x[i], b = x[pairs + i];
    y[i] = a * cosines[i] - b * sines[i];
    y[pairs + i] = a * sines[i] + b * cosines[i];
  }
  copy_rest(x, 2 * pairs, features, y);
}

void neighbours(const float* x, const float* cosines, const float* sines, long pairs, long features, float* y) {
  for (long i = 0; i < pairs; i++) {
    float a = x[2 * i], b = x[2 * i + 1];
    y[2 * i] = a * cosines[i] - b * sines[i];
    y[2 * i + 1] = a * sines[i] + b * cosines[i];
  }
  copy_rest(x, 2 * pairs, features, y);
}

}  // namespace

const Rope rope{halves, neighbours};

}  // namespace kernels::ISA
