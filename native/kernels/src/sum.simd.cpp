#include "sum.h"

#include "isa.h"

namespace kernels::ISA {

namespace {

void of(const float* const* terms, int count, long from, long to, float* y) {
  long i = from;
  for (; i + WIDTH <= to; i += WIDTH) {
    Vec total = load(terms[0] + i);
    for (int t = 1; t < count; t++) total += load(terms[t] + i);
    store(y + i, total);
  }
  for (; i < to; i++) {
    float total = terms[0][i];
    for (int t = 1; t < count; t++) total += terms[t][i];
    y[i] = total;
  }
}

}  // namespace

const Sum sum_of{of};

}  // namespace kernels::ISA
